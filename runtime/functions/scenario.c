/* scenario.c: where a scenario workflow begins: its data, its variables, the envelopes of its
 * steps.
 */
#include "functions/functions.h"

#include <string.h>

/* scenario 1.6.1: an input without a member `data` is the data. */
int kiln_scenario_data(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    kiln_value data = value_member(a, "data");

    (void)h;
    *ret = data.tag == KILN_ABSENT ? *a : data;
    return 0;
}

/* scenario 1.4: the input's variables win; it cannot set the runtime's own. */
static int is_reserved(const kiln_value *key)
{
    return key->n && *key->u.s == '_' && !value_is(key, "_cache_key_prefix");
}

int kiln_scenario_variables(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    kiln_value given = value_member(a, "variables"), data = value_member(a, "data");
    kiln_value all = *b;

    if (data.tag != KILN_ABSENT && given.tag > KILN_NULL && given.tag != KILN_OBJECT)
        return heap_fail(h, "Input validation failed: variables must be a object");
    for (unsigned i = 0; given.tag == KILN_OBJECT && i < given.n; i++) {
        const kiln_member *m = &given.u.members[i];

        if (!is_reserved(&m->key) && value_with(h, &all, &all, &m->key, &m->value) < 0)
            return -1;
    }
    *ret = all;
    return 0;
}

int kiln_scenario_overlay(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    kiln_value all = *a;

    for (unsigned i = 0; b->tag == KILN_OBJECT && i < b->n; i++)
        if (value_with(h, &all, &all, &b->u.members[i].key, &b->u.members[i].value) < 0)
            return -1;
    *ret = all;
    return 0;
}

/* scenario 1.7.1: `a` is {stepId, stepName, stepType}, `b` the siblings of `outputs` or absent,
 * `c` the outputs, absent when the step has not run. */
int kiln_scenario_envelope(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b,
                           const kiln_value *c)
{
    kiln_value key = value_static("outputs"), all;

    if (c->tag == KILN_ABSENT) {
        *ret = *c;
        return 0;
    }
    if (kiln_scenario_overlay(h, &all, a, b) < 0)
        return -1;
    return value_with(h, ret, &all, &key, c);
}

/* ---- putting values at dotted destinations (scenario 1.6.2) -------------------------------- */

static int put_at(kiln_heap *h, kiln_value *ret, const kiln_value *object, const kiln_value *keys,
                  unsigned n, const kiln_value *v)
{
    kiln_value inner = kiln_get(object, keys), fresh;

    if (n == 1)
        return value_with(h, ret, object, keys, v);
    if (kiln_object(h, &fresh, NULL, 0) < 0)
        return -1;
    if (inner.tag == KILN_ABSENT || (inner.tag != KILN_OBJECT && n > 2))
        inner = fresh;
    if (inner.tag != KILN_OBJECT) { /* the last parent holds something else: the value is lost */
        *ret = *object;
        return 0;
    }
    if (put_at(h, &inner, &inner, keys + 1, n - 1, v) < 0)
        return -1;
    return value_with(h, ret, object, keys, &inner);
}

int kiln_scenario_put(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b,
                      const kiln_value *c)
{
    kiln_value v = c->tag == KILN_ABSENT ? value_null() : *c;

    return put_at(h, ret, a, b->u.items, b->n, &v);
}
