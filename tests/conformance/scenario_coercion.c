/* scenario_coercion.c: {value, type, expect}: an input coerced to the declared type of its field.
 *
 * An Agent step hands the value to an operation whose field has that type and which gives it back.
 * What is left as it was and is not of the type never reaches an operation: there the step fails.
 */
#include <stdio.h>
#include <string.h>

#include "scenario.h"

/* The reference's types by Kiln's names; Option<T> is T. */
static const char *type_name(const char *type)
{
    static const char *const names[][2] = {
        { "f", "number" },  { "i", "integer" },     { "u", "integer" },
        { "b", "boolean" }, { "String", "string" },
    };

    if (!strncmp(type, "Option<", 7))
        type += 7;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strncmp(type, names[i][0], strlen(names[i][0])))
            return names[i][1];
    return "any";
}

static int is_of_type(const kiln_value *v, const char *type)
{
    if (v->tag == KILN_NULL || !strcmp(type, "any"))
        return 1;
    if (!strcmp(type, "integer"))
        return v->tag == KILN_INT;
    return !strcmp(value_type(v), type);
}

static void run_coercion(struct records *r, const char *part, const kiln_value *record)
{
    kiln_value type = value_member(record, "type"), expect = value_member(record, "expect");
    const char *declared = arena_dup(&r->heap->arena, type.u.s, type.n),
               *name = type_name(declared);
    kiln_value none = records_object(r->heap, NULL), got = value_null(), document, wanted;
    kiln_value value = make_immediate(r->heap, value_member(record, "value"));
    struct chain ch;
    enum outcome outcome;

    if (*declared == 'u' && !is_of_type(&expect, name)) { /* a text with a sign */
        records_count(r, CASE_UNSUPPORTED, part, NULL, "fields are not unsigned");
        return;
    }
    chain_init(&ch, r->heap);
    chain_add(&ch, "probe",
              make_agent(r->heap, "probe", name, records_object(r->heap, "value", value, NULL)));
    records_put(r->heap, &ch.outputs, "outputs", make_reference(r->heap, "steps.probe.outputs"));
    document = chain_finish(&ch);
    outcome = records_run(r, part, &document, &none, &got);
    wanted =
        is_of_type(&expect, name)
            ? records_object(r->heap, "ok", expect, NULL)
            : records_object(r->heap, "error", value_static("INPUT_DESERIALIZATION_ERROR"), NULL);
    records_judge(r, part, &wanted, outcome, &got);
}

void scenario_coercion(struct records *r, const kiln_value *list)
{
    for (unsigned i = 0; i < list->n; i++)
        run_coercion(r, records_name(r, list, i), &list->u.items[i]);
}
