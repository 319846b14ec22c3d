/* scenario_schema.c: the schema of a Split's items and results (scenario 1.7.4).
 *
 * Only what the reference checks: required fields are there, and what is there and not null has its
 * declared type. All complaints go into one sentence.
 */
#include "functions/scenario.h"

#include <string.h>

int scenario_has_type(const kiln_value *v, const kiln_value *type)
{
    if (value_is(type, "string"))
        return v->tag == KILN_STRING;
    if (value_is(type, "integer"))
        return v->tag == KILN_INT || v->tag == KILN_UINT;
    if (value_is(type, "number"))
        return value_is_number(v);
    if (value_is(type, "boolean"))
        return v->tag == KILN_BOOL;
    if (value_is(type, "array"))
        return v->tag == KILN_ARRAY;
    return !value_is(type, "object") || v->tag == KILN_OBJECT;
}

static void put_missing(struct text *t, const kiln_value *v, const kiln_value *fields)
{
    unsigned n = 0;

    for (unsigned i = 0; i < fields->n; i++) {
        const kiln_member *m = &fields->u.members[i];
        kiln_value required = value_member(&m->value, "required");

        if (!kiln_truthy(&required) || kiln_get(v, &m->key).tag != KILN_ABSENT)
            continue;
        text_printf(t, "%s%.*s", n++ ? ", " : "required field(s) [", (int)m->key.n, m->key.u.s);
    }
    if (!n)
        return;
    text_puts(t, "] missing (got fields: [");
    for (unsigned i = 0; i < v->n; i++)
        text_printf(t, "%s%.*s", i ? ", " : "", (int)v->u.members[i].key.n,
                    v->u.members[i].key.u.s);
    text_puts(t, "])");
}

static void put_mismatches(struct text *t, const kiln_value *v, const kiln_value *fields)
{
    int first = 1;

    for (unsigned i = 0; i < fields->n; i++) {
        const kiln_member *m = &fields->u.members[i];
        kiln_value type = value_member(&m->value, "type"), found = kiln_get(v, &m->key);

        if (found.tag <= KILN_NULL || type.tag != KILN_STRING || scenario_has_type(&found, &type))
            continue;
        text_puts(t, first ? (t->n ? "; type mismatches: " : "type mismatches: ") : ", ");
        text_printf(t, "'%.*s' (expected %.*s, got %s)", (int)m->key.n, m->key.u.s, (int)type.n,
                    type.u.s, value_type(&found));
        first = 0;
    }
}

/* `b` is {fields, stepId, side: "input" | "output"}, `c` the number of the iteration. */
int kiln_scenario_conform(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b,
                          const kiln_value *c)
{
    kiln_value fields = value_member(b, "fields"), id = value_member(b, "stepId");
    kiln_value side = value_member(b, "side");
    struct text t = { 0 };
    int rc = 0;

    if (a->tag != KILN_OBJECT) {
        text_printf(&t, "expected object, got %s", value_type(a));
    } else {
        put_missing(&t, a, &fields);
        put_mismatches(&t, a, &fields);
    }
    if (t.n)
        rc = heap_fail(h, "Split '%.*s' iteration %lld: %.*s: %s", (int)id.n, id.u.s, c->u.i,
                       (int)side.n, side.u.s, text_cstr(&t));
    text_fini(&t);
    if (rc == 0)
        *ret = *a;
    return rc;
}
