/* scenario_documents.c: documents that must compile, alone or as records. */
#include "scenario.h"

static void run_document(struct records *r, const char *part, const kiln_value *document)
{
    struct compile_options options = { .dialect = "scenario", .lenient = 1 };
    struct conformance_program p;
    struct text t = { 0 };
    enum verdict verdict;

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
