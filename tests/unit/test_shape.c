/* test_shape.c: a program's shape, from the plan to tables and no further than its bytes allow. */
#include <errno.h>
#include <string.h>

#include "passes/passes.h"
#include "plans.h"
#include "shape.h"
#include "suites.h"
#include "upgrade.h"

static void expect_step(const struct plan_step *s, const kiln_step *t, const struct shape *shape)
{
    const struct plan_op *op = s->n_ops ? &s->ops[s->n_ops - 1] : NULL;

    ck_assert_str_eq(s->id, t->id);
    ck_assert_uint_eq(s->wake, t->kind->wake);
    ck_assert_uint_eq(s->flags, t->kind->flags);
    ck_assert_uint_eq(s->hard, t->kind->hard);
    ck_assert_int_eq(s->result, t->result);
    ck_assert_uint_eq(s->n_edges, t->n_edges);
    ck_assert_uint_eq(s->n_watch, t->kind->n_watch);
    for (unsigned i = 0; i < s->n_edges; i++) {
        ck_assert_uint_eq(s->edges[i].to->number, t->edges[i].to);
        ck_assert_uint_eq(s->edges[i].kind, t->edges[i].kind);
        ck_assert_uint_eq(s->edges[i].label, t->edges[i].label);
        ck_assert_int_eq(s->edges[i].soft, t->edges[i].soft);
    }
    for (unsigned i = 0; i < s->n_watch; i++)
        ck_assert_uint_eq(s->watch[i], t->kind->watch[i]);
    if (op && op->kind == PLAN_TASK)
        ck_assert_str_eq(op->op->name, t->kind->op->name);
    if (op && op->flow)
        ck_assert_ptr_eq(shape->program.flows[op->flow->number], t->kind->flow);
}

static void expect_plan(const struct plan *p, const struct shape *s)
{
    ck_assert_str_eq(p->name, s->program.name);
    ck_assert_uint_eq(p->n_flows, s->program.n_flows);
    for (unsigned i = 0; i < p->n_flows; i++) {
        const struct plan_flow *f = p->flows[i];
        const kiln_flow *t = s->program.flows[i];

        ck_assert_str_eq(f->name, t->name);
        ck_assert_uint_eq(f->n_params, t->n_params);
        ck_assert_uint_eq(f->n_slots, t->n_slots);
        ck_assert_uint_eq(f->n_steps, t->n_steps);
        for (unsigned k = 0; k < f->n_slots; k++)
            ck_assert_str_eq(f->slots[k].name, t->slots[k].name);
        for (unsigned k = 0; k < f->n_steps; k++)
            expect_step(f->steps[k], &t->steps[k], s);
    }
}

START_TEST(a_shape_is_what_the_plan_is)
{
    struct arena a = { 0 };
    struct plan *p = plans_random(&a, (unsigned)_i);
    struct text t = { 0 };
    struct shape s;

    ck_assert_ptr_null(passes_run(p, 1, NULL, NULL));
    plan_shape(p, &t);
    ck_assert_int_eq(shape_read(&s, t.s, t.n, NULL), 0);
    expect_plan(p, &s);
    shape_fini(&s);
    text_fini(&t);
    plan_fini(p);
    arena_fini(&a);
}
END_TEST

static const char example[] = "1:p 6:pregel 0 1 2\n"
                              "3:act 2\n"
                              "4:root 0 1 2 2 0\n"
                              "2:in\n"
                              "4:both 3 0 0 1:a 1:b\n"
                              "1:a 2 0 1 o r1 p e E1,2,0 g0 t1 v1\n"
                              "3:end 9 4 0 h s\n"
                              "5:child 0 0 0 1 1\n"
                              "3:end 9 4 0 g1,1\n";

START_TEST(all_there_is_to_say)
{
    struct shape s;
    const kiln_flow *f;

    ck_assert_int_eq(shape_read(&s, example, sizeof example - 1, NULL), 0);
    f = s.program.flows[0];
    ck_assert_uint_eq(f->slots[1].kind->names->n, 2);
    ck_assert_uint_eq(f->quiet, 1);
    ck_assert_str_eq(f->steps[0].kind->op->name, "act");
    ck_assert_uint_eq(f->steps[0].kind->op->effect, KILN_EFFECTFUL);
    ck_assert_ptr_nonnull(f->steps[0].kind->policy);
    ck_assert_uint_eq(s.steps[0][0].answer, KILN_TASK);
    ck_assert_uint_eq(s.steps[0][0].uses.writes[0], 1);
    ck_assert_uint_eq(s.above[1].reads[0], 1);
    ck_assert_uint_eq(f->steps[0].edges[0].to, 1);
    ck_assert_uint_eq(f->steps[0].edges[0].kind, KILN_EDGE_NEXT);
    ck_assert_uint_eq(f->steps[0].edges[1].kind, KILN_EDGE_ERROR);
    ck_assert_uint_eq(f->steps[1].kind->hard, 1);
    ck_assert_uint_eq(f->steps[1].kind->soft, 1);
    shape_fini(&s);
}
END_TEST

START_TEST(no_part_of_one_is_one)
{
    for (size_t n = 0; n < sizeof example - 1; n++) {
        struct shape s;

        ck_assert_int_eq(shape_read(&s, example, n, NULL), -EUCLEAN);
        shape_fini(&s);
    }
}
END_TEST

/* Whatever the bytes say, what is read can be walked. */
static void walk(const struct shape *s)
{
    for (unsigned i = 0; i < s->program.n_flows; i++) {
        const kiln_flow *f = s->program.flows[i];

        for (unsigned k = 0; k < f->n_steps; k++) {
            const kiln_step *t = &f->steps[k];

            ck_assert_int_lt(t->result, (int)f->n_slots);
            for (unsigned e = 0; e < t->n_edges; e++)
                ck_assert_uint_lt(t->edges[e].to, f->n_steps);
            for (unsigned w = 0; w < t->kind->n_watch; w++)
                ck_assert_uint_lt(t->kind->watch[w], f->n_slots);
        }
    }
}

START_TEST(changed_bytes_are_safe)
{
    static const char others[] = { '0', '9', ' ', '\n', ':', ',', 'e', 'g', (char)0xff, 0 };
    char text[sizeof example];

    for (size_t at = 0; at < sizeof example - 1; at++)
        for (size_t i = 0; i < sizeof others; i++) {
            struct shape s;

            memcpy(text, example, sizeof text);
            text[at] = others[i];
            if (shape_read(&s, text, sizeof text - 1, NULL) == 0)
                walk(&s);
            shape_fini(&s);
        }
}
END_TEST

/* ---- hostile shapes: work by the length of the text ---- */

/* So many flows, each of which looks up and runs the next by two steps. */
static void put_doubling(struct text *t, unsigned n)
{
    text_printf(t, "1:p 1:t 0 0 %u\n", n);
    for (unsigned i = 0; i < n; i++) {
        text_printf(t, "1:f 0 0 1 3 %u\n1:s 0 0 0\n", i);
        if (i + 1 < n)
            text_printf(t, "1:a 3 0 0 f%u g0,0\n1:b 3 0 0 f%u t%u,0\n", i + 1, i + 1, i);
        else
            text_puts(t, "1:a 0 0 0\n1:b 0 0 0\n");
        text_puts(t, "1:q 9 4 0\n");
    }
}

/* What the innermost does to a slot of the outermost is known there, once. */
START_TEST(flows_within_flows)
{
    struct text t = { 0 };
    struct upgrade u;
    struct shape s;
    unsigned char written = 0;

    put_doubling(&t, SHAPE_DEEPEST);
    ck_assert_int_eq(shape_read(&s, t.s, t.n, NULL), 0);
    ck_assert_uint_eq(s.above[1].n_writes, SHAPE_DEEPEST - 2);
    upgrade_mark_writes(&s, 0, 0, &written);
    ck_assert_uint_eq(written, 1);
    ck_assert_int_eq(upgrade_init(&u, &s, &s), 0);
    upgrade_fini(&u);
    shape_fini(&s);
    text_clear(&t);
    put_doubling(&t, SHAPE_DEEPEST + 2);
    ck_assert_int_eq(shape_read(&s, t.s, t.n, NULL), -EUCLEAN);
    shape_fini(&s);
    text_fini(&t);
}
END_TEST

START_TEST(names_that_repeat)
{
    enum { N = 300000 };
    struct text t = { 0 };
    struct upgrade u;
    struct shape s;

    text_printf(&t, "1:p 1:t 0 0 1\n1:f 0 0 %d 1 0\n", N);
    for (unsigned i = 0; i < N; i++)
        text_puts(&t, i % 2 ? "1:s 0 0 0\n" : "1:r 0 0 0\n");
    text_puts(&t, "1:q 9 4 0\n");
    ck_assert_int_eq(shape_read(&s, t.s, t.n, NULL), 0);
    ck_assert_int_eq(upgrade_init(&u, &s, &s), 0);
    for (unsigned i = 0; i < N; i++)
        ck_assert_uint_eq(u.on.slots[0][i], i);
    upgrade_fini(&u);
    shape_fini(&s);
    text_fini(&t);
}
END_TEST

static const char *const refused[] = {
    "1:p 1:t 0 0 4294967295\n",
    "1:p 1:t 0 0 1\n1:f 0 0 4294967295 1 0\n",
    "1:p 1:t 0 0 1\n1:f 0 0 0 1 0\n1:a 0 0 0\n",                 /* no quiet step */
    "1:p 1:t 0 0 1\n1:f 0 0 0 2 0\n1:a 0 4 0\n1:b 0 4 0\n",      /* two */
    "1:p 1:t 0 0 1\n1:f 0 0 0 1 0\n1:a 2 4 0\n",                 /* a task of nothing */
    "1:p 1:t 0 1 1\n1:o 2\n1:f 0 0 0 1 0\n1:a 0 4 0 o0\n",       /* not a task */
    "1:p 1:t 0 0 1\n1:f 0 0 0 1 0\n1:a 3 4 0\n",                 /* runs nothing */
    "1:p 1:t 0 0 1\n1:f 0 0 0 1 0\n1:a 0 4 0 f0\n",              /* does not run */
    "1:p 1:t 0 0 1\n1:f 0 0 1 1 0\n1:s 0 0 0\n1:a 0 4 0 g0,1\n", /* no such slot */
    "1:p 1:t 0 0 1\n1:f 0 0 1 1 0\n1:s 0 0 0\n1:a 0 4 0 g1,0\n", /* nor frame */
    "1:p 1:t 0 0 2\n1:f 0 0 0 1 0\n1:a 0 4 0\n1:g 0 0 0 1 1\n1:a 3 4 0 f1\n", /* looks elsewhere */
};

START_TEST(what_makes_no_sense_is_refused)
{
    struct shape s;

    ck_assert_int_eq(shape_read(&s, refused[_i], strlen(refused[_i]), NULL), -EUCLEAN);
    shape_fini(&s);
}
END_TEST

Suite *suite_shape(void);
Suite *suite_shape(void)
{
    Suite *s = suite_create("shape");
    TCase *t = tcase_create("shape");

    tcase_add_loop_test(t, a_shape_is_what_the_plan_is, 0, 40);
    tcase_add_test(t, all_there_is_to_say);
    tcase_add_test(t, no_part_of_one_is_one);
    tcase_add_test(t, changed_bytes_are_safe);
    tcase_add_test(t, flows_within_flows);
    tcase_add_test(t, names_that_repeat);
    tcase_add_loop_test(t, what_makes_no_sense_is_refused, 0, sizeof refused / sizeof *refused);
    suite_add_tcase(s, t);
    return s;
}
