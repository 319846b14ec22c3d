/* scenario_versions.c: which workflows a document embeds and which version of each. */
#include "scenario.h"

/* A list of what is embedded, and a version looked up where several are kept, are answers of a
 * service; what a document lacks is told by the compiler. */
void scenario_versions(struct records *r, const kiln_value *list)
{
    for (unsigned i = 0; i < list->n; i++) {
        const kiln_value *record = &list->u.items[i];
        kiln_value graph = value_member(record, "graph"), expect = value_member(record, "expect");
        kiln_value none = records_object(r->heap, NULL), got = value_null();
        const char *part = records_name(r, list, i);
        enum outcome outcome;

        if (value_member(&expect, "error").tag == KILN_ABSENT || graph.tag == KILN_ABSENT) {
            records_count(r, CASE_UNSUPPORTED, part, NULL, "versions are a service's");
            continue;
        }
        outcome = records_run(r, part, &graph, &none, &got);
        records_judge(r, part, &expect, outcome, &got);
    }
}
