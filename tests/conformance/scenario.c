/* scenario.c: the recorded cases of the scenario dialect, known by their shape.
 *
 * A file is a list of records, one workflow, or one call of an operation. The first record says
 * what all of them are: calls of operators, mappings, functions or operations, whole runs,
 * validation, or documents that only must compile.
 */
#include "scenario.h"

#include <string.h>

static int has(const kiln_value *object, const char *key)
{
    return value_member(object, key).tag != KILN_ABSENT;
}

typedef void run_list(struct records *r, const kiln_value *list);

static run_list *choose_by_member(const kiln_value *record)
{
    static const struct {
        const char *member, *other;
        run_list *run;
    } shapes[] = {
        { "condition", "source", scenario_conditions }, { "kind", "source", scenario_values },
        { "agent", "capability", scenario_agents },     { "fn", "args", scenario_functions },
        { "type", "value", scenario_coercion },         { "fn", "inputs", scenario_start },
        { "fn", "graph", scenario_versions },           { "fn", "version", scenario_versions },
        { "tag", "result", scenario_validation_files }, { "args", "expect", scenario_closures },
    };

    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (has(record, shapes[i].member) && has(record, shapes[i].other))
            return shapes[i].run;
    return NULL;
}

/* Who runs records like this one, or NULL. */
static run_list *choose(const kiln_value *record)
{
    kiln_value expect = value_member(record, "expect");

    if (record->tag == KILN_ARRAY)
        return record->n == 3 && record->u.items[1].tag == KILN_ARRAY ? scenario_conditions : NULL;
    if (has(&expect, "outcome"))
        return scenario_execution;
    if (has(record, "workflow") && has(&expect, "errors"))
        return scenario_validation;
    if (has(record, "workflow") && (has(&expect, "compiles") || has(&expect, "parses")))
        return scenario_compiles;
    return choose_by_member(record);
}

static int is_workflow(const kiln_value *v)
{
    kiln_value graph = value_member(v, "executionGraph");

    return has(graph.tag == KILN_OBJECT ? &graph : v, "steps")
           && has(graph.tag == KILN_OBJECT ? &graph : v, "entryPoint");
}

static int is_operation_call(const kiln_value *v)
{
    kiln_value expect = value_member(v, "expect");

    return has(v, "input") && has(&expect, "success");
}

/* Records of what an older reference said of a document. */
static int is_old(const kiln_value *file)
{
    kiln_value meta = value_member(file, "meta"), tag = value_member(&meta, "tag");
    kiln_value exercises = value_member(&meta, "exercises");

    return value_is(&exercises, "validator") && !value_is(&tag, "head");
}

/* Whether the file is one of this dialect; then it has been run. */
static int run_file(struct records *r, const kiln_value *file)
{
    kiln_value list = value_member(file, "records");
    run_list *run = list.tag == KILN_ARRAY && list.n ? choose(&list.u.items[0]) : NULL;

    if (run && is_old(file)) /* only the newest validator is followed: spec/scenario.md 2 */
        for (unsigned i = 0; i < list.n; i++)
            records_count(r, CASE_UNSUPPORTED, records_name(r, &list, i), NULL,
                          "what an older version said");
    else if (run)
        run(r, &list);
    else if (is_operation_call(file))
        scenario_operation_file(r, file);
    else if (is_workflow(file) && strstr(r->path, "validation_examples"))
        scenario_validation_file(r, file);
    else if (is_workflow(file))
        scenario_document(r, file);
    else
        return 0;
    return 1;
}

int conformance_scenario(struct conformance *c, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    struct records r = { .c = c, .path = path };
    kiln_value file;
    kiln_heap h;
    int known = 0;

    heap_init(&h, 0);
    r.heap = &h;
    r.name = arena_dup(&h.arena, name, strlen(name) - strlen(".json"));
    if (conformance_read(&h, path, &file) == 0)
        known = run_file(&r, &file);
    heap_fini(&h);
    return known;
}
