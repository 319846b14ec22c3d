/* plan_random.c: small valid plans made at random, for what must hold of every plan.
 *
 * A step is filled with operations over registers known at that place, so that the result is valid
 * by construction; the verifier is asked all the same.
 */
#include "plan_maker.h"

#include <check.h>
#include <stdio.h>

unsigned maker_pick(struct maker *m, unsigned below)
{
    m->state = m->state * 1664525u + 1013904223u;
    return (m->state >> 8) % below;
}

int maker_known(struct maker *m)
{
    return m->regs[maker_pick(m, m->n_regs)];
}

void maker_learn(struct maker *m, int reg)
{
    m->regs[m->n_regs < MOST_REGS ? m->n_regs++ : maker_pick(m, MOST_REGS)] = reg;
}

static kiln_value any_value(struct maker *m)
{
    static const char *const words[] = {
        "", "a", "key", "line\nend", "\"quoted\"", "# no comment"
    };
    kiln_value items[2], v;

    switch (maker_pick(m, 7)) {
    case 0:
        return value_null();
    case 1:
        return value_bool((int)maker_pick(m, 2));
    case 2:
        return value_int((long long)maker_pick(m, 100) - 50);
    case 3:
        return value_double((double)maker_pick(m, 100) / 8);
    case 4:
        return value_uint(18446744073709551615ull - maker_pick(m, 3));
    case 5:
        items[0] = value_int(maker_pick(m, 3));
        items[1] = value_static("item");
        ck_assert_int_eq(kiln_array(&m->p->heap, &v, items, maker_pick(m, 3)), 0);
        return v;
    default:
        return value_static(words[maker_pick(m, 6)]);
    }
}

int maker_const(struct maker *m)
{
    kiln_value v = any_value(m);

    return plan_reg_const(m->s, &v);
}

static int any_object(struct maker *m)
{
    unsigned keys[2] = { plan_const_text(m->p, "a", 1), plan_const_text(m->p, "key", 3) };
    int values[2] = { maker_known(m), maker_known(m) };

    return plan_reg_object(m->s, keys, values, maker_pick(m, 3));
}

static int any_call(struct maker *m)
{
    static const char *const names[] = { "base.not", "base.and", "base.default", "base.concat" };
    unsigned which = maker_pick(m, 4);
    int args[2] = { maker_known(m), maker_known(m) };

    return plan_reg_call(m->s, names[which], args, which == 0 ? 1 : 2);
}

static void any_if(struct maker *m, unsigned depth)
{
    int result = plan_reg_new(m->s);
    unsigned before;

    plan_if(m->s, maker_known(m));
    before = m->n_regs;
    maker_fill(m, 1 + maker_pick(m, 3), depth + 1);
    plan_copy(m->s, result, maker_known(m));
    m->n_regs = before;
    plan_else(m->s);
    maker_fill(m, maker_pick(m, 3), depth + 1);
    plan_copy(m->s, result, maker_known(m));
    m->n_regs = before;
    plan_end(m->s);
    maker_learn(m, result);
}

static void any_for(struct maker *m, unsigned depth)
{
    unsigned before = m->n_regs;
    int item, result = plan_for(m->s, maker_known(m), &item);

    maker_learn(m, item);
    maker_fill(m, 1 + maker_pick(m, 3), depth + 1);
    plan_yield(m->s, maker_known(m));
    m->n_regs = before;
    plan_end(m->s);
    maker_learn(m, result);
}

static void any_set(struct maker *m)
{
    const struct plan_flow *f = m->s->flow;

    if (f->up && maker_pick(m, 3) == 0)
        plan_set(m->s, 1, maker_pick(m, f->up->n_slots), maker_known(m));
    else
        plan_set(m->s, 0, maker_pick(m, f->n_slots), maker_known(m));
}

static int any_slot(struct maker *m)
{
    const struct plan_flow *f = m->s->flow;

    if (f->up && maker_pick(m, 3) == 0)
        return plan_reg_slot(m->s, 1, maker_pick(m, f->up->n_slots));
    return plan_reg_slot(m->s, 0, maker_pick(m, f->n_slots));
}

/* `n` operations. A block forgets what it learnt, so the list must not overflow inside one. */
void maker_fill(struct maker *m, unsigned n, unsigned depth)
{
    while (n-- && m->n_regs < MOST_REGS - 8) {
        unsigned kind = maker_pick(m, depth < 3 ? 10 : 7);

        if (!m->n_regs || kind == 0)
            maker_learn(m, maker_const(m));
        else if (kind == 1)
            maker_learn(m, any_slot(m));
        else if (kind == 2)
            maker_learn(m, plan_reg_get(m->s, maker_known(m), "key", 3));
        else if (kind == 3)
            maker_learn(m, plan_reg_at(m->s, maker_known(m), (long long)maker_pick(m, 4) - 2));
        else if (kind == 4)
            maker_learn(m, any_object(m));
        else if (kind == 5)
            maker_learn(m, any_call(m));
        else if (kind == 6)
            any_set(m);
        else if (kind == 7)
            any_for(m, depth);
        else
            any_if(m, depth);
    }
}

void maker_policy(struct maker *m, unsigned in)
{
    kiln_value late = value_static("late");

    if (maker_pick(m, in) == 0 && !plan_sets_once(m->s))
        m->s->retry = (kiln_retry){ 1 + maker_pick(m, 3), 1 + maker_pick(m, 50), 90 };
    if (maker_pick(m, 4) == 0)
        plan_timeout(m->s, 1 + maker_pick(m, 120), &late);
}

void maker_await(struct maker *m)
{
    struct plan_step *s = m->s;
    struct plan *p = m->p;
    unsigned keys[3] = { plan_const_text(p, "id", 2), plan_const_text(p, "step", 4),
                         plan_const_text(p, "timeout", 7) };
    kiln_value ms = value_int(1 + maker_pick(m, 98)), late = value_static("nobody came");
    int values[3] = { plan_reg_text(s, s->id), plan_reg_text(s, s->id), plan_reg_const(s, &ms) };
    int result = (int)maker_pick(m, s->flow->n_slots + 1) - 1;

    plan_await(s, plan_reg_object(s, keys, values, maker_pick(m, 2) ? 2 : 3), result);
    plan_timeout(s, 0, &late);
}

/* The last operation of a step and the edges that go with it, all of them forward. */
static void finish_step(struct maker *m, struct plan_flow *f, struct plan_flow *child, unsigned i)
{
    struct plan_step *next = f->steps[i + 1 + maker_pick(m, f->n_steps - i - 1)];
    int args[1] = { maker_known(m) };
    int soft = maker_pick(m, 6) == 0;

    switch (maker_pick(m, 5)) {
    case 0:
        plan_test(m->s, maker_known(m));
        plan_edge_add(m->s, KILN_EDGE_CASE, 1, soft, next);
        plan_edge_add(m->s, KILN_EDGE_CASE, 0, 0, f->steps[i + 1]);
        return;
    case 1:
        plan_task(m->s, plans_find_op(NULL, maker_pick(m, 2) ? "test.pure" : "test.effect"),
                  maker_known(m), (int)maker_pick(m, f->n_slots + 1) - 1);
        plan_edge_add(m->s, KILN_EDGE_ERROR, 0, 0, next);
        break;
    case 2:
        if (child)
            plan_child(m->s, child, args, 1, maker_pick(m, 2) ? maker_known(m) : -1, -1);
        break;
    case 3:
        if (child)
            plan_each(m->s, child, args[0], NULL, 0, 0);
        break;
    default:
        plan_note(m->s, maker_known(m));
        break;
    }
    plan_edge_add(m->s, KILN_EDGE_NEXT, 0, soft, next);
}

static int is_reached(const struct plan_flow *f, const struct plan_step *s)
{
    for (unsigned i = 0; i < s->number; i++)
        for (unsigned e = 0; e < f->steps[i]->n_edges; e++)
            if (f->steps[i]->edges[e].to == s)
                return 1;
    return 0;
}

static void any_flow(struct maker *m, struct plan_flow *f, struct plan_flow *child)
{
    unsigned n = 2 + maker_pick(m, 6);
    struct plan_step *quiet;
    int seen[3];

    for (unsigned i = 0; i < n; i++)
        plan_step_add(f, "step",
                      i == 0             ? KILN_WAKE_START
                      : maker_pick(m, 4) ? KILN_WAKE_COUNT
                                         : KILN_WAKE_ANY);
    for (unsigned i = 0; i < n; i++) {
        m->s = f->steps[i];
        if (!is_reached(f, m->s))
            m->s->wake = KILN_WAKE_START;
        m->s->pointer = maker_pick(m, 2) ? "/steps/one" : NULL;
        m->s->line = m->s->pointer ? 1 + i : 0;
        m->s->column = m->s->pointer ? 5 : 0;
        m->n_regs = 0;
        maker_learn(m, maker_const(m));
        maker_fill(m, maker_pick(m, 8), 0);
        if (i + 1 < n)
            finish_step(m, f, child, i);
    }
    quiet = plan_step_add(f, "quiet", KILN_WAKE_QUIET);
    for (unsigned i = 0; i < 3; i++)
        seen[i] = plan_reg_slot(quiet, 0, maker_pick(m, f->n_slots));
    plan_finish(quiet, plan_reg_array(quiet, seen, 3));
}

static void any_slots(struct maker *m, struct plan_flow *f)
{
    plan_param_add(f, "data");
    for (unsigned n = 1 + maker_pick(m, 4); n--;) {
        unsigned slot =
            plan_slot_add(f, "cell", maker_pick(m, 3) ? KILN_RULE_LAST : KILN_RULE_APPEND,
                          maker_pick(m, 2) ? KILN_SLOT_PRIVATE : 0);

        if (maker_pick(m, 4) == 0)
            f->slots[slot].initial = (int)plan_const_text(m->p, "first", 5);
    }
}

struct plan *plans_random(struct arena *a, unsigned seed)
{
    struct maker m = { .state = seed * 2654435761u + 1 };
    struct plan_flow *root, *child = NULL;

    m.p = plan_new(a, "random", "scenario", maker_pick(&m, 2) ? KILN_PROGRAM_SORTED : 0);
    root = plan_flow_add(m.p, "root", NULL, maker_pick(&m, 2) ? KILN_FLOW_DEAD : 0);
    any_slots(&m, root);
    if (maker_pick(&m, 3)) {
        child = plan_flow_add(m.p, "root.child", root, maker_pick(&m, 2) ? KILN_FLOW_DEAD : 0);
        any_slots(&m, child);
        any_flow(&m, child, NULL);
    }
    any_flow(&m, root, child);
    plan_link(m.p);
    return m.p;
}
