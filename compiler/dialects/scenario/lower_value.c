/* lower_value.c: mapping values to registers (scenario 1.6.2).
 *
 * What is constant stays one constant. A mapping is one object operation per nesting level of its
 * keys; only keys that get in each other's way ("a" beside "a.b") are put one by one at run time.
 */
#include "dialects/scenario/lower.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"

/* ---- constants ----------------------------------------------------------------------------- */

int lower_null(struct plan_step *s)
{
    kiln_value v = value_null();

    return plan_reg_const(s, &v);
}

int lower_integer(struct plan_step *s, long long i)
{
    kiln_value v = value_int(i);

    return plan_reg_const(s, &v);
}

int lower_bool(struct plan_step *s, int truth)
{
    kiln_value v = value_bool(truth);

    return plan_reg_const(s, &v);
}

int lower_literal(struct scope *sc, struct plan_step *s, const struct node *n)
{
    kiln_value v = value_null();

    if (n && node_value(&sc->l->plan->heap, &v, n) < 0)
        plan_memory_out();
    return plan_reg_const(s, &v);
}

int lower_texts(struct plan_step *s, const char *const *pairs)
{
    kiln_value members[32], v;
    unsigned n = 0;

    for (; pairs[n]; n++)
        members[n] = value_static(pairs[n]);
    if (kiln_object(&s->flow->plan->heap, &v, members, n / 2) < 0)
        plan_memory_out();
    return plan_reg_const(s, &v);
}

/* ---- values -------------------------------------------------------------------------------- */

static int array(struct scope *sc, struct plan_step *s, const struct mapping *m)
{
    int *regs = plan_alloc(sc->l->plan, m->n * sizeof *regs);

    for (unsigned i = 0; i < m->n; i++)
        regs[i] = lower_value(sc, s, m->at[i].value);
    return plan_reg_array(s, regs, m->n);
}

/* An object whose keys stay what they are: dots mean nothing inside a composite. */
static int object(struct scope *sc, struct plan_step *s, const struct mapping *m)
{
    unsigned *keys = plan_alloc(sc->l->plan, m->n * sizeof *keys);
    int *regs = plan_alloc(sc->l->plan, m->n * sizeof *regs);

    for (unsigned i = 0; i < m->n; i++) {
        regs[i] = lower_value(sc, s, m->at[i].value);
        keys[i] = plan_const_text(sc->l->plan, m->at[i].key, strlen(m->at[i].key));
    }
    return plan_reg_object(s, keys, regs, m->n);
}

int lower_value(struct scope *sc, struct plan_step *s, const struct value *v)
{
    switch (v->kind) {
    case VALUE_REFERENCE:
        return lower_reference(sc, s, v);
    case VALUE_ARRAY:
        return array(sc, s, v->members);
    case VALUE_OBJECT:
        return object(sc, s, v->members);
    case VALUE_TEMPLATE:
        return lower_template(sc, s, v);
    default:
        return v->text ? plan_reg_text(s, v->text) : lower_literal(sc, s, v->literal);
    }
}

/* ---- dotted destinations ------------------------------------------------------------------- */

struct destination {
    struct path keys;
    const struct value *value;
};

static int compare_parts(const struct part *a, const struct part *b)
{
    return bytes_compare(a->s, a->n, b->s, b->n);
}

static int compare_destinations(const void *a, const void *b)
{
    const struct path *x = &((const struct destination *)a)->keys;
    const struct path *y = &((const struct destination *)b)->keys;

    for (unsigned i = 0; i < x->n && i < y->n; i++) {
        int order = compare_parts(&x->at[i], &y->at[i]);

        if (order)
            return order;
    }
    return (x->n > y->n) - (x->n < y->n);
}

static struct destination *destinations(struct scope *sc, const struct mapping *m)
{
    struct destination *d = plan_alloc(sc->l->plan, m->n * sizeof *d);

    for (unsigned i = 0; i < m->n; i++)
        d[i] = (struct destination){ path_split_dots(sc->l->unit->arena, m->at[i].key),
                                     m->at[i].value };
    qsort(d, m->n, sizeof *d, compare_destinations);
    return d;
}

/* The first n keys are the same. */
static int begins_alike(const struct path *a, const struct path *b, unsigned n)
{
    if (a->n < n || b->n < n)
        return 0;
    for (unsigned i = 0; i < n; i++)
        if (compare_parts(&a->at[i], &b->at[i]))
            return 0;
    return 1;
}

/* Sorted, a destination inside another one's value stands right behind it or behind its like. */
static int collide(const struct destination *d, unsigned n)
{
    for (unsigned i = 1; i < n; i++)
        if (begins_alike(&d[i - 1].keys, &d[i].keys, d[i - 1].keys.n))
            return 1;
    return 0;
}

/* The object of destinations that share their first `depth` keys. */
static int nested(struct scope *sc, struct plan_step *s, const struct destination *d, unsigned n,
                  unsigned depth)
{
    unsigned *keys = plan_alloc(sc->l->plan, n * sizeof *keys), made = 0;
    int *regs = plan_alloc(sc->l->plan, n * sizeof *regs);

    for (unsigned i = 0, end; i < n; i = end) {
        const struct part *key = &d[i].keys.at[depth];

        for (end = i + 1; end < n && begins_alike(&d[i].keys, &d[end].keys, depth + 1);)
            end++;
        regs[made] = d[i].keys.n == depth + 1 ? lower_value(sc, s, d[i].value)
                                              : nested(sc, s, d + i, end - i, depth + 1);
        keys[made++] = plan_const_text(sc->l->plan, key->s, key->n);
    }
    return plan_reg_object(s, keys, regs, made);
}

static int keys_constant(struct scope *sc, struct plan_step *s, const struct path *keys)
{
    struct plan *plan = sc->l->plan;
    kiln_value *items = plan_alloc(plan, keys->n * sizeof *items), all;

    for (unsigned i = 0; i < keys->n; i++)
        if (value_string(&plan->heap, &items[i], keys->at[i].s, keys->at[i].n) < 0)
            plan_memory_out();
    if (kiln_array(&plan->heap, &all, items, keys->n) < 0)
        plan_memory_out();
    return plan_reg_const(s, &all);
}

static int put_one_by_one(struct scope *sc, struct plan_step *s, const struct destination *d,
                          unsigned n)
{
    int all = plan_reg_object(s, NULL, NULL, 0);

    for (unsigned i = 0; i < n; i++) {
        int value = lower_value(sc, s, d[i].value);

        all = plan_reg_call3(s, "scenario.put", all, keys_constant(sc, s, &d[i].keys), value);
    }
    return all;
}

int lower_mapping(struct scope *sc, struct plan_step *s, const struct mapping *m)
{
    const struct destination *d = destinations(sc, m);

    return collide(d, m->n) ? put_one_by_one(sc, s, d, m->n) : nested(sc, s, d, m->n, 0);
}

int lower_result(struct scope *sc, struct plan_step *s, const struct mapping *m)
{
    const struct destination *d = destinations(sc, m);
    int reg;

    for (unsigned i = 0; i < m->n; i++)
        if (!path_part_is(&d[i].keys, 0, "outputs"))
            return lower_mapping(sc, s, m);
    if (m->n == 1 && d->keys.n == 1)
        return lower_value(sc, s, d->value);
    reg = lower_mapping(sc, s, m);
    return m->n ? plan_reg_get(s, reg, "outputs", 7) : reg;
}
