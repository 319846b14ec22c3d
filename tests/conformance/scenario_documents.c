/* scenario_documents.c: documents that must compile, alone or as records. The workflows they embed
 * do not come with them: an empty one stands in for each. */
#include "scenario.h"

static void offer_stand_ins(struct records *r, struct child_set *set, const kiln_value *v)
{
    static const char empty[] =
        "{\"entryPoint\":\"f\",\"steps\":{\"f\":{\"stepType\":\"Finish\"}}}";
    static const char *const keys[] = { "childWorkflowId", "childScenarioId" };

    for (unsigned i = 0; i < 2; i++) {
        kiln_value id = value_member(v, keys[i]);
        struct child_file file = { .path = "empty", .text = empty, .n = sizeof empty - 1 };

        if (id.tag != KILN_STRING)
            continue;
        file.id = records_plain(r->heap, &id);
        child_set_add(set, &r->heap->arena, &file);
    }
    for (unsigned i = 0; v->tag == KILN_OBJECT && i < v->n; i++)
        offer_stand_ins(r, set, &v->u.members[i].value);
    for (unsigned i = 0; v->tag == KILN_ARRAY && i < v->n; i++)
        offer_stand_ins(r, set, &v->u.items[i]);
}

static void run_document(struct records *r, const char *part, const kiln_value *document)
{
    struct child_set children = { 0 };
    struct compile_options options = { .dialect = "scenario", .children = &children, .legacy = 1 };
    struct conformance_program p;
    struct text t = { 0 };
    enum verdict verdict;

    offer_stand_ins(r, &children, document);
    json_write(&t, document);
    conformance_compile(r->c, part, text_cstr(&t), t.n, NULL, &options, &p);
    verdict = p.program ? CASE_PASSED : records_is_unsupported(&p) ? CASE_UNSUPPORTED : CASE_FAILED;
    records_count(r, verdict, part, "it to compile", p.complaint);
    conformance_program_fini(&p);
    text_fini(&t);
}

void scenario_compiles(struct records *r, const kiln_value *list)
{
    for (unsigned i = 0; i < list->n; i++) {
        kiln_value document = value_member(&list->u.items[i], "workflow");

        run_document(r, records_name(r, list, i), &document);
    }
}

void scenario_document(struct records *r, const kiln_value *document)
{
    run_document(r, "document", document);
}
