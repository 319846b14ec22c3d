/* test_plan_make.c: the constructors: what is made unique, what is made once, what is counted. */
#include <string.h>
#include <time.h>

#include "functions/functions.h"
#include "plans.h"
#include "suites.h"

static struct arena arena;
static struct plan *p;
static struct plan_flow *f;

static void begin(void)
{
    p = plan_new(&arena, "test", "scenario", 0);
    f = plan_flow_add(p, "root", NULL, KILN_FLOW_DEAD);
}

static void end(void)
{
    plan_fini(p);
    arena_fini(&arena);
}

START_TEST(names_given_twice_are_made_unique)
{
    struct plan_step *taken = plan_step_add(f, "a#2", KILN_WAKE_START);

    ck_assert_str_eq(taken->id, "a#2");
    ck_assert_str_eq(plan_step_add(f, "a", KILN_WAKE_ANY)->id, "a");
    ck_assert_str_eq(plan_step_add(f, "a", KILN_WAKE_ANY)->id, "a#3");
    ck_assert_str_eq(plan_step_add(f, "a", KILN_WAKE_ANY)->id, "a#4");
    ck_assert_str_eq(plan_step_add(f, "a#2", KILN_WAKE_ANY)->id, "a#2#2");
    ck_assert_ptr_eq(plan_step_find(f, "a#2"), taken);
    ck_assert_ptr_null(plan_step_find(f, "b"));
    ck_assert_str_eq(plan_flow_add(p, "root", NULL, 0)->name, "root#2");
    ck_assert_ptr_eq(plan_flow_find(p, "root"), f);
}
END_TEST

START_TEST(constants_are_kept_once_and_numbers_apart)
{
    kiln_value one = value_int(1), real = value_double(1), yes = value_bool(1);
    unsigned first = plan_const(p, &one);
    char text[] = "words";

    ck_assert_uint_eq(plan_const(p, &one), first);
    ck_assert_uint_ne(plan_const(p, &real), first);
    ck_assert_uint_ne(plan_const(p, &yes), first);
    first = plan_const_text(p, text, 5);
    memset(text, 'x', 5);
    ck_assert_uint_eq(plan_const_text(p, "words", 5), first);
    ck_assert_uint_eq(p->n_consts, 4);
    ck_assert(value_is(&p->consts[first], "words"));
}
END_TEST

START_TEST(link_counts_hard_edges_and_notes_soft_ones)
{
    struct plan_step *a = plan_step_add(f, "a", KILN_WAKE_START);
    struct plan_step *b = plan_step_add(f, "b", KILN_WAKE_ANY);
    struct plan_step *join = plan_step_add(f, "join", KILN_WAKE_COUNT);

    plan_edge_add(a, KILN_EDGE_NEXT, 0, 0, join);
    plan_edge_add(a, KILN_EDGE_ERROR, 0, 0, join);
    plan_edge_add(b, KILN_EDGE_NEXT, 0, 1, join);
    plan_edge_add(a, KILN_EDGE_NEXT, 0, 0, b);
    plan_link(p);
    plan_link(p);
    ck_assert_uint_eq(join->hard, 2);
    ck_assert_int_eq(join->soft, 1);
    ck_assert_uint_eq(b->hard, 0);
}
END_TEST

START_TEST(watched_slots_stand_in_order_once)
{
    struct plan_step *s = plan_step_add(f, "s", KILN_WAKE_CHANGED);

    for (unsigned slot = 40; slot--;)
        plan_watch_add(s, slot % 20);
    ck_assert_uint_eq(s->n_watch, 20);
    for (unsigned i = 0; i < 20; i++)
        ck_assert_uint_eq(s->watch[i], i);
}
END_TEST

START_TEST(child_and_each_carry_index_and_item)
{
    struct plan_step *s = plan_step_add(f, "s", KILN_WAKE_START);
    int a = plan_reg_index(s, 0), b = plan_reg_error(s);

    plan_each(s, f, b, &a, 1, 3);
    ck_assert_int_eq(s->ops[2].args[0], b);
    ck_assert_int_eq(s->ops[2].args[1], a);
    ck_assert_int_eq(s->result, 3);
    plan_child(s, f, &b, 1, a, -1);
    ck_assert_int_eq(s->ops[3].item, a);
    ck_assert_uint_eq(s->flags, KILN_STEP_TURN);
}
END_TEST

START_TEST(every_function_is_found_by_its_name)
{
    size_t n;
    const struct plan_function *all = plan_functions(&n);

    for (size_t i = 0; i < n; i++) {
        ck_assert_ptr_eq(plan_function(all[i].name), &all[i]);
        ck_assert(all[i].arity == -1 || (all[i].arity >= 1 && all[i].arity <= 3));
    }
    ck_assert(plan_function("base.not")->address == (void (*)(void))kiln_base_not);
    ck_assert_int_eq(plan_function("base.concat")->arity, -1);
    ck_assert_ptr_null(plan_function("base.nothing"));
}
END_TEST

/* One name for all steps is the worst case of the index; quadratic would take minutes. */
START_TEST(a_hundred_thousand_steps_are_made_in_no_time)
{
    struct plan_step *before = plan_step_add(f, "s", KILN_WAKE_START);
    clock_t start = clock();

    for (int i = 0; i < 100000; i++) {
        struct plan_step *s = plan_step_add(f, "s", KILN_WAKE_COUNT);

        plan_reg_text(s, s->id);
        plan_edge_add(before, KILN_EDGE_NEXT, 0, 0, s);
        before = s;
    }
    plan_link(p);
    ck_assert_str_eq(before->id, "s#100001");
    ck_assert_int_lt((int)((clock() - start) / CLOCKS_PER_SEC), 5);
}
END_TEST

Suite *suite_plan_make(void);
Suite *suite_plan_make(void)
{
    Suite *s = suite_create("plan_make");
    TCase *t = tcase_create("make");

    tcase_add_checked_fixture(t, begin, end);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, names_given_twice_are_made_unique);
    tcase_add_test(t, constants_are_kept_once_and_numbers_apart);
    tcase_add_test(t, link_counts_hard_edges_and_notes_soft_ones);
    tcase_add_test(t, watched_slots_stand_in_order_once);
    tcase_add_test(t, child_and_each_carry_index_and_item);
    tcase_add_test(t, every_function_is_found_by_its_name);
    tcase_add_test(t, a_hundred_thousand_steps_are_made_in_no_time);
    suite_add_tcase(s, t);
    return s;
}
