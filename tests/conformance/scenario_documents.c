/* scenario_documents.c: documents that must compile, alone or as records. The workflows they embed
 * do not come with them: an empty one stands in for each. Nor do inputs: where runs are stopped
 * (stops.c), these begin with what their schema asks for, and what they await is answered.
 */
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

/* ---- running them, when runs are stopped ---- */

/* Something of a type. */
static kiln_value invent(kiln_heap *h, const kiln_value *type)
{
    kiln_value items = records_array(h);

    if (value_is(type, "integer") || value_is(type, "number"))
        return value_int(3);
    if (value_is(type, "boolean"))
        return value_bool(1);
    if (value_is(type, "object"))
        return records_object(h, "name", value_static("one"), NULL);
    if (!value_is(type, "array"))
        return value_static("text");
    for (int i = 1; i <= 3; i++)
        records_push(h, &items,
                     records_object(h, "name", value_static("one"), "value", value_int(i), NULL));
    return items;
}

static kiln_value invent_input(kiln_heap *h, const kiln_value *document)
{
    kiln_value graph = value_member(document, "executionGraph"), data = records_object(h, NULL);
    kiln_value schema = value_member(graph.tag == KILN_OBJECT ? &graph : document, "inputSchema");

    for (unsigned i = 0; schema.tag == KILN_OBJECT && i < schema.n; i++) {
        const kiln_member *m = &schema.u.members[i];
        kiln_value type = value_member(&m->value, "type");

        records_put(h, &data, arena_dup(&h->arena, m->key.u.s, m->key.n), invent(h, &type));
    }
    return records_object(h, "data", data, NULL);
}

static void stop_document(struct records *r, struct conformance_program *p,
                          const kiln_value *document)
{
    kiln_value input = invent_input(r->heap, document), answers = records_array(r->heap);
    struct conformance_case k = { .input = &input, .answers = &answers };

    records_push(r->heap, &answers, records_object(r->heap, "approved", value_bool(1), NULL));
    conformance_stop(r->c, p, &k);
}

/* ---- compiling them ---- */

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
    if (p.program)
        stop_document(r, &p, document);
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
