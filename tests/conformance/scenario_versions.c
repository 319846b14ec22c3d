/* scenario_versions.c: which workflows a document embeds and which version of each it asks for:
 * what the parser gathers for those who look for the files. */
#include <string.h>

#include "scenario.h"

/* A step of the document itself, not of a body in it: /steps/ID/childWorkflowId. */
static int is_own(struct records *r, const struct embed *e)
{
    unsigned slashes = 0;

    for (const char *p = node_pointer(&r->heap->arena, e->at); *p; p++)
        slashes += *p == '/';
    return slashes == 3;
}

/* As the records write them. */
static kiln_value list_embeds(struct records *r, const struct compilation *c)
{
    kiln_value all = records_array(r->heap);

    for (const struct embed *e = c->unit.embeds; e; e = e->next) {
        const struct node *version = node_get(e->at->parent, "childVersion");
        kiln_value v;

        if (!is_own(r, e) || node_value(r->heap, &v, version) < 0)
            continue;
        records_push(r->heap, &all,
                     records_text(r->heap,
                                  "EmbedWorkflowStepInfo { step_id: \"%s\", child_workflow_id: "
                                  "\"%s\", child_version_requested: \"%s\" }",
                                  e->step, e->id, records_plain(r->heap, &v)));
    }
    return all;
}

static void judge_embeds(struct records *r, const char *part, const kiln_value *graph,
                         const kiln_value *expect)
{
    const struct compile_options options = { .until = STAGE_MODEL, .dialect = "scenario" };
    struct compilation c;
    struct text t = { 0 };
    kiln_value got;

    json_write(&t, graph);
    compile_text(&c, part, text_cstr(&t), t.n, r->c->ops, &options);
    got = list_embeds(r, &c);
    records_judge(r, part, expect, RAN, &got);
    compile_fini(&c);
    text_fini(&t);
}

/* Which of the versions kept somewhere is the latest or the current one is a service's answer. */
void scenario_versions(struct records *r, const kiln_value *list)
{
    for (unsigned i = 0; i < list->n; i++) {
        const kiln_value *record = &list->u.items[i];
        kiln_value graph = value_member(record, "graph"), expect = value_member(record, "expect");
        kiln_value none = records_object(r->heap, NULL), got = value_null();
        const char *part = records_name(r, list, i);
        enum outcome outcome;

        if (graph.tag == KILN_ABSENT) {
            records_count(r, CASE_UNSUPPORTED, part, NULL, "versions are a service's");
        } else if (value_member(&expect, "error").tag == KILN_ABSENT) {
            judge_embeds(r, part, &graph, &expect);
        } else {
            outcome = records_run(r, part, &graph, &none, &got);
            records_judge(r, part, &expect, outcome, &got);
        }
    }
}
