/* scenario_make.c: workflows made for recorded function calls.
 *
 * The records say what an operator, a mapping or an operation gives; here they become steps of a
 * workflow, many to a workflow, so that they go through the compiler like anyone's.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenario.h"

static void must(int rc)
{
    if (rc < 0) {
        fputs("conformance: out of memory\n", stderr);
        exit(70);
    }
}

void records_put(kiln_heap *h, kiln_value *object, const char *key, kiln_value v)
{
    kiln_value k;

    must(value_string(h, &k, key, strlen(key)));
    must(value_with(h, object, object, &k, &v));
}

kiln_value records_object(kiln_heap *h, const char *key, ...)
{
    kiln_value object;
    va_list ap;

    must(kiln_object(h, &object, NULL, 0));
    va_start(ap, key);
    for (; key; key = va_arg(ap, const char *)) {
        kiln_value v = va_arg(ap, kiln_value);

        records_put(h, &object, key, v);
    }
    va_end(ap);
    return object;
}

void records_push(kiln_heap *h, kiln_value *array, kiln_value v)
{
    must(kiln_push(h, array, &v));
}

kiln_value records_array(kiln_heap *h)
{
    kiln_value v;

    must(kiln_array(h, &v, NULL, 0));
    return v;
}

kiln_value records_text(kiln_heap *h, const char *format, ...)
{
    struct text t = { 0 };
    kiln_value v;
    va_list ap;

    va_start(ap, format);
    text_vprintf(&t, format, ap);
    va_end(ap);
    must(value_string(h, &v, text_cstr(&t), t.n));
    text_fini(&t);
    return v;
}

kiln_value make_immediate(kiln_heap *h, kiln_value v)
{
    return records_object(h, "valueType", value_static("immediate"), "value", v, NULL);
}

kiln_value make_reference(kiln_heap *h, const char *path)
{
    return records_object(h, "valueType", value_static("reference"), "value",
                          records_text(h, "%s", path), NULL);
}

kiln_value make_agent(kiln_heap *h, const char *agent, const char *capability, kiln_value mapping)
{
    return records_object(h, "stepType", value_static("Agent"), "agentId", value_static(agent),
                          "capabilityId", value_static(capability), "inputMapping", mapping, NULL);
}

kiln_value make_input(kiln_heap *h, const kiln_value *source)
{
    kiln_value variables = value_member(source, "variables");
    kiln_value input = records_object(h, "data", value_member(source, "data"), NULL);

    if (variables.tag != KILN_ABSENT)
        records_put(h, &input, "variables", variables);
    return input;
}

/* ---- chains -------------------------------------------------------------------------------- */

void chain_init(struct chain *ch, kiln_heap *h)
{
    *ch = (struct chain){ .heap = h,
                          .steps = records_object(h, NULL),
                          .edges = records_array(h),
                          .outputs = records_object(h, NULL) };
}

static void add_edge(struct chain *ch, const char *to, const char *label)
{
    kiln_value e = records_object(ch->heap, "fromStep", value_static(ch->last), "toStep",
                                  value_static(to), NULL);

    if (label)
        records_put(ch->heap, &e, "label", value_static(label));
    records_push(ch->heap, &ch->edges, e);
}

void chain_add(struct chain *ch, const char *id, kiln_value step)
{
    id = arena_dup(&ch->heap->arena, id, strlen(id));
    records_put(ch->heap, &step, "id", value_static(id));
    records_put(ch->heap, &ch->steps, id, step);
    if (!ch->entry)
        ch->entry = id;
    if (ch->last)
        add_edge(ch, id, ch->label);
    if (ch->last && ch->other)
        add_edge(ch, id, ch->other);
    ch->last = id;
    ch->label = ch->other = NULL;
}

void chain_add_conditional(struct chain *ch, const char *id, kiln_value step)
{
    chain_add(ch, id, step);
    ch->label = "true";
    ch->other = "false";
}

int chain_add_switch(struct chain *ch, const char *id, kiln_value step, const char *to)
{
    kiln_value config = value_member(&step, "config"), cases = value_member(&config, "cases");
    int routes = 0;

    chain_add(ch, id, step);
    for (unsigned i = 0; cases.tag == KILN_ARRAY && i < cases.n; i++) {
        kiln_value route = value_member(&cases.u.items[i], "route");

        if (route.tag != KILN_STRING)
            continue;
        add_edge(ch, to, arena_dup(&ch->heap->arena, route.u.s, route.n));
        routes = 1;
    }
    if (routes)
        ch->label = "default";
    return routes;
}

void chain_add_source(struct chain *ch, const kiln_value *source)
{
    kiln_value steps = value_member(source, "steps");

    for (unsigned i = 0; steps.tag == KILN_OBJECT && i < steps.n; i++) {
        const kiln_member *m = &steps.u.members[i];
        kiln_value mapping = records_object(
            ch->heap, "value", make_immediate(ch->heap, value_member(&m->value, "outputs")), NULL);

        chain_add(ch, arena_dup(&ch->heap->arena, m->key.u.s, m->key.n),
                  make_agent(ch->heap, "utils", "return-input", mapping));
    }
}

kiln_value chain_finish(struct chain *ch)
{
    chain_add(ch, "finish",
              records_object(ch->heap, "stepType", value_static("Finish"), "inputMapping",
                             ch->outputs, NULL));
    return records_object(ch->heap, "steps", ch->steps, "entryPoint", value_static(ch->entry),
                          "executionPlan", ch->edges, NULL);
}
