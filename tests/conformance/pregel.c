/* pregel.c: fixture files of the pregel dialect: {"format": 1, "fixtures": [{id, graph, steps}]}.
 *
 * Every recorded step counts as one case. A graph that is refused as not supported makes all its
 * steps unsupported.
 */
#include "conformance.h"

#include <stdio.h>
#include <string.h>

#include "pregel_thread.h"

static void refused(struct recorded *r, const char *op)
{
    const struct conformance_program *p = &r->f->program;
    kiln_value error = value_member(&r->expect, "error"), message = value_member(&error, "message");

    if (p->unsupported)
        pregel_count(r, CASE_UNSUPPORTED, NULL, p->complaint);
    else if (!strcmp(op, "compile") && message.tag == KILN_STRING && p->complaint
             && memmem(p->complaint, strlen(p->complaint), message.u.s, message.n))
        pregel_count(r, CASE_PASSED, NULL, NULL);
    else
        pregel_count(r, CASE_FAILED, conformance_text(&r->f->heap, &r->expect), p->complaint);
}

static int uses_exit(const kiln_value *steps)
{
    for (unsigned i = 0; i < steps->n; i++) {
        kiln_value durability = value_member(&steps->u.items[i], "durability");

        if (value_is(&durability, "exit"))
            return 1;
    }
    return 0;
}

static void judge_fixture(struct conformance *c, const kiln_value *fixture)
{
    struct fixture f = { .conformance = c };
    kiln_value graph = value_member(fixture, "graph"), steps = value_member(fixture, "steps");
    kiln_value id = value_member(fixture, "id");
    const char *text;
    int sound = 1;

    heap_init(&f.heap, 0);
    f.lossy = uses_exit(&steps);
    text = conformance_text(&f.heap, &graph);
    conformance_compile(c, "graph", text, strlen(text), NULL,
                        &(struct compile_options){ .dialect = "pregel" }, &f.program);
    for (unsigned i = 0; steps.tag == KILN_ARRAY && i < steps.n; i++) {
        const kiln_value *step = &steps.u.items[i];
        struct recorded r = { .f = &f, .graph = &graph, .step = step };
        const char *op = pregel_text_of(&r, "op");

        r.expect = value_member(step, "expect");
        op = op ? op : "?";
        snprintf(r.name, sizeof r.name, "%.*s step %u %s", (int)id.n, id.u.s, i, op);
        if (f.program.program)
            pregel_judge_step(&r, op, &sound);
        else
            refused(&r, op);
    }
    pregel_threads_fini(&f);
    conformance_program_fini(&f.program);
    heap_fini(&f.heap);
}

int conformance_pregel(struct conformance *c, const char *path)
{
    kiln_value file, fixtures;
    kiln_heap h;
    int known = 0;

    heap_init(&h, 0);
    if (conformance_read(&h, path, &file) == 0) {
        fixtures = value_member(&file, "fixtures");
        for (unsigned i = 0; fixtures.tag == KILN_ARRAY && i < fixtures.n; i++) {
            kiln_value graph = value_member(&fixtures.u.items[i], "graph");

            if (graph.tag != KILN_OBJECT)
                continue;
            judge_fixture(c, &fixtures.u.items[i]);
            known = 1;
        }
    }
    heap_fini(&h);
    return known;
}
