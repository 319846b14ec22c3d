/* scenario.c: the recorded cases of the scenario dialect, known by their shape.
 *
 * A file is a list of records or one workflow. The first record says what all of them are: calls of
 * operators, mappings or operations, whole runs, validation, or documents that only must compile.
 */
#include "scenario.h"

#include <string.h>

static int has(const kiln_value *object, const char *key)
{
    return value_member(object, key).tag != KILN_ABSENT;
}

typedef void run_list(struct records *r, const kiln_value *list);

/* Who runs records like this one, or NULL. */
static run_list *choose(const kiln_value *record)
{
    kiln_value expect = value_member(record, "expect");

    if (record->tag == KILN_ARRAY)
        return record->n == 3 && record->u.items[1].tag == KILN_ARRAY ? scenario_conditions : NULL;
    if (has(record, "condition") && has(record, "source"))
        return scenario_conditions;
    if (has(record, "kind") && has(record, "source"))
        return scenario_values;
    if (has(record, "agent") && has(record, "capability"))
        return scenario_agents;
    if (has(&expect, "outcome"))
        return scenario_execution;
    if (has(record, "workflow") && has(&expect, "errors"))
        return scenario_validation;
    if (has(record, "workflow") && (has(&expect, "compiles") || has(&expect, "parses")))
        return scenario_compiles;
    return NULL;
}

static int is_workflow(const kiln_value *v)
{
    kiln_value graph = value_member(v, "executionGraph");

    return has(graph.tag == KILN_OBJECT ? &graph : v, "steps")
           && has(graph.tag == KILN_OBJECT ? &graph : v, "entryPoint");
}

static int is_old(const kiln_value *file)
{
    kiln_value meta = value_member(file, "meta"), tag = value_member(&meta, "tag");
    kiln_value exercises = value_member(&meta, "exercises");

    return value_is(&exercises, "validator") && !value_is(&tag, "head");
}

static void run_file(struct records *r, const kiln_value *file)
{
    kiln_value list = value_member(file, "records");
    run_list *run = list.tag == KILN_ARRAY && list.n ? choose(&list.u.items[0]) : NULL;

    if (run && !is_old(file)) /* only the newest validator is followed */
        run(r, &list);
    else if (is_workflow(file) && !strstr(r->path, "validation_examples"))
        scenario_document(r, file);
}

struct session {
    struct conformance *c;
    unsigned seen;
};

static void visit(void *ctx, const char *path)
{
    struct session *s = ctx;
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    size_t n = strlen(name);
    struct records r = { .c = s->c, .path = path };
    kiln_value file;
    kiln_heap h;

    if (n < 6 || strcmp(name + n - 5, ".json"))
        return;
    heap_init(&h, 0);
    r.heap = &h;
    r.name = arena_dup(&h.arena, name, n - 5);
    if (conformance_read(&h, path, &file) == 0)
        run_file(&r, &file);
    s->seen += r.seen;
    heap_fini(&h);
}

unsigned conformance_scenario(struct conformance *c, const char *path)
{
    struct session s = { .c = c };

    conformance_walk(path, visit, &s);
    return s.seen;
}
