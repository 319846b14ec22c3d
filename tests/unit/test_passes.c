/* test_passes.c: each pass alone, as plan text before and after (tests/plan), and what must hold of
 * all of them over plans made at random.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "passes/passes.h"
#include "plans.h"
#include "suites.h"

/* ---- tests/plan/ *.plan -------------------------------------------------------------------- */

/* One case: "# pass NAME: what it shows", a plan, "# want", the plan it becomes. */
static void run_case(const char *file, const char *from, const char *to)
{
    struct arena a = { 0 };
    const char *text = arena_dup(&a, from, (size_t)(to - from));
    const char *want = strstr(text, "\n# want\n");
    const char *name = arena_dup(&a, text + 7, strcspn(text + 7, ":\n"));
    const struct pass *pass = passes_find(name);
    struct plan *p, *goal;
    const char *wrong;

    ck_assert_msg(pass && want, "%s: no pass or no want in\n%s", file, text);
    p = plans_read(&a, arena_dup(&a, text, (size_t)(want - text)));
    wrong = plan_verify(p);
    ck_assert_msg(!wrong, "%s: before: %s\n%s", file, wrong, text);
    pass->run(p);
    wrong = plan_verify(p);
    ck_assert_msg(!wrong, "%s: after: %s\n%s", file, wrong, text);
    goal = plans_read(&a, want);
    ck_assert_msg(strcmp(plans_print(&a, p), plans_print(&a, goal)) == 0, "%s: %.*s\ngot\n%s", file,
                  (int)strcspn(text, "\n"), text, plans_print(&a, p));
    plan_fini(p);
    plan_fini(goal);
    arena_fini(&a);
}

static unsigned run_file(const char *path)
{
    struct arena a = { 0 };
    const char *from = strstr(plans_load(&a, path), "# pass ");
    unsigned n = 0;

    while (from) {
        const char *next = strstr(from + 1, "\n# pass ");

        run_case(path, from, next ? next + 1 : from + strlen(from));
        from = next ? next + 1 : NULL;
        n++;
    }
    arena_fini(&a);
    return n;
}

START_TEST(plan_text_becomes_plan_text)
{
    DIR *folder = opendir("tests/plan");
    struct dirent *entry;
    unsigned n = 0;
    char path[300];

    ck_assert_msg(folder != NULL, "no folder tests/plan here");
    while ((entry = readdir(folder))) {
        if (!strstr(entry->d_name, ".plan"))
            continue;
        snprintf(path, sizeof path, "tests/plan/%s", entry->d_name);
        n += run_file(path);
    }
    closedir(folder);
    ck_assert_uint_ge(n, 20);
}
END_TEST

/* ---- what holds of every plan -------------------------------------------------------------- */

START_TEST(what_is_printed_is_read_back)
{
    for (unsigned seed = 0; seed < 300; seed++) {
        struct arena a = { 0 };
        struct plan *made = plans_random(&a, seed);
        const char *text = plans_print(&a, made);
        struct plan *read = plans_read(&a, text);

        ck_assert_str_eq(plans_print(&a, read), text);
        ck_assert_ptr_null(plan_verify(read));
        plan_fini(made);
        plan_fini(read);
        arena_fini(&a);
    }
}
END_TEST

START_TEST(all_passes_twice_change_nothing_more)
{
    for (unsigned seed = 0; seed < 500; seed++) {
        struct arena a = { 0 };
        struct plan *p = plans_random(&a, seed);
        const char *wrong = passes_run(p, 1, NULL, NULL), *text = plans_print(&a, p);
        struct plan *again = plans_read(&a, text);

        ck_assert_msg(!wrong, "seed %u: %s\n%s", seed, wrong, text);
        ck_assert_ptr_null(passes_run(p, 1, NULL, NULL));
        ck_assert_msg(strcmp(plans_print(&a, p), text) == 0, "seed %u:\n%s\nagain\n%s", seed, text,
                      plans_print(&a, p));
        ck_assert_ptr_null(passes_run(again, 1, NULL, NULL));
        ck_assert_str_eq(plans_print(&a, again), text);
        plan_fini(p);
        plan_fini(again);
        arena_fini(&a);
    }
}
END_TEST

/* The numbers generated code is made of follow from the text alone. */
START_TEST(constants_are_numbered_as_the_text_goes)
{
    for (unsigned seed = 0; seed < 100; seed++) {
        struct arena a = { 0 };
        struct plan *p = plans_random(&a, seed), *read;

        passes_run(p, 0, NULL, NULL);
        read = plans_read(&a, plans_print(&a, p));
        ck_assert_uint_eq(read->n_consts, p->n_consts);
        for (unsigned i = 0; i < p->n_consts; i++) {
            ck_assert(value_equal(&p->consts[i], &read->consts[i]));
            ck_assert_uint_eq(plan_const(p, &p->consts[i]), i);
        }
        plan_fini(p);
        plan_fini(read);
        arena_fini(&a);
    }
}
END_TEST

/* ---- size ---------------------------------------------------------------------------------- */

/* A chain, each step handing a slot on that nobody reads in the end; and a wide join. */
static struct plan *make_long(struct arena *a, unsigned n)
{
    struct plan *p = plan_new(a, "long", "scenario", 0);
    struct plan_flow *f = plan_flow_add(p, "root", NULL, KILN_FLOW_DEAD);
    struct plan_step *before = plan_step_add(f, "start", KILN_WAKE_START), *join, *quiet;
    unsigned slot = plan_slot_add(f, "data", KILN_RULE_LAST, 0);

    for (unsigned i = 0; i < n; i++) {
        struct plan_step *s = plan_step_add(f, "step", KILN_WAKE_COUNT);
        int value = plan_reg_slot(s, 0, slot);
        int length = plan_reg_call1(s, "base.length", value);

        slot = plan_slot_add(f, "cell", KILN_RULE_LAST, 0);
        plan_set(s, 0, slot, length);
        plan_edge_add(before, KILN_EDGE_NEXT, 0, 0, s);
        before = s;
    }
    join = plan_step_add(f, "join", KILN_WAKE_COUNT);
    for (unsigned i = 0; i <= n; i++)
        plan_edge_add(f->steps[i], KILN_EDGE_NEXT, 0, 0, join);
    quiet = plan_step_add(f, "quiet", KILN_WAKE_QUIET);
    plan_finish(quiet, plan_reg_error(quiet));
    plan_link(p);
    return p;
}

START_TEST(ten_thousand_steps_take_no_time)
{
    struct arena a = { 0 };
    struct plan *p = make_long(&a, 10000), *read;
    clock_t start = clock();

    ck_assert_ptr_null(passes_run(p, 1, NULL, NULL));
    ck_assert_uint_eq(p->flows[0]->n_slots, 0);
    ck_assert_uint_eq(p->flows[0]->steps[1]->n_ops, 0);
    read = plans_read(&a, plans_print(&a, p));
    ck_assert_uint_eq(read->flows[0]->n_steps, 10003);
    ck_assert_int_lt((int)((clock() - start) / CLOCKS_PER_SEC), 5);
    plan_fini(p);
    plan_fini(read);
    arena_fini(&a);
}
END_TEST

/* ---- the table ----------------------------------------------------------------------------- */

static void note_pass(void *ctx, const char *pass, const struct plan *p)
{
    struct text *seen = ctx;

    ck_assert_ptr_nonnull(p);
    text_printf(seen, "%s ", pass);
}

START_TEST(passes_run_in_their_order_and_are_watched)
{
    struct arena a = { 0 };
    struct plan *p = plans_random(&a, 1);
    struct text seen = { 0 };

    ck_assert_ptr_null(passes_run(p, 1, note_pass, &seen));
    ck_assert_str_eq(seen.s, "fold prune purity layout number ");
    ck_assert_ptr_null(passes_find("polish"));
    p->flows[0]->steps[0]->number = 99;
    ck_assert_ptr_nonnull(strstr(passes_run(p, 1, NULL, NULL), "after lowering: flow \"root\""));
    text_fini(&seen);
    plan_fini(p);
    arena_fini(&a);
}
END_TEST

Suite *suite_passes(void);
Suite *suite_passes(void)
{
    Suite *s = suite_create("passes");
    TCase *t = tcase_create("passes");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, plan_text_becomes_plan_text);
    tcase_add_test(t, what_is_printed_is_read_back);
    tcase_add_test(t, all_passes_twice_change_nothing_more);
    tcase_add_test(t, constants_are_numbered_as_the_text_goes);
    tcase_add_test(t, ten_thousand_steps_take_no_time);
    tcase_add_test(t, passes_run_in_their_order_and_are_watched);
    suite_add_tcase(s, t);
    return s;
}
