/* test_cname.c: names of people become C identifiers, each its own. */
#include <stdio.h>
#include <string.h>

#include "emit/cname.h"
#include "suites.h"

static struct cnames names;
static struct arena arena;

static void begin(void)
{
    names = (struct cnames){ .arena = &arena };
}

static void end(void)
{
    cname_fini(&names);
    arena_fini(&arena);
}

static const char *leaf(const char *text)
{
    return cname_make(&names, "leaf_", text, strlen(text), 0);
}

static const char *plain(const char *text)
{
    return cname_plain(&arena, text, strlen(text));
}

START_TEST(other_bytes_become_one_underscore)
{
    ck_assert_str_eq(leaf("fetch order"), "leaf_fetch_order");
    ck_assert_str_eq(leaf("a--b..c"), "leaf_a_b_c");
    ck_assert_str_eq(leaf("  y  "), "leaf_y");
    ck_assert_str_eq(leaf("*/ \"quoted\" ?\?="), "leaf_quoted");
    ck_assert_str_eq(leaf("Gr\xc3\xbc\xc3\x9f"), "leaf_Gr");
}
END_TEST

START_TEST(a_name_without_letters_is_still_a_name)
{
    ck_assert_str_eq(leaf(""), "leaf_x");
    ck_assert_str_eq(leaf("\xe7\xa1\xae"), "leaf_x_2");
    ck_assert_str_eq(leaf("!"), "leaf_x_3");
}
END_TEST

START_TEST(names_that_meet_are_kept_apart)
{
    ck_assert_str_eq(leaf("a b"), "leaf_a_b");
    ck_assert_str_eq(leaf("a_b"), "leaf_a_b_2");
    ck_assert_str_eq(leaf("a_b_2"), "leaf_a_b_2_2");
    ck_assert_str_eq(leaf("a.b"), "leaf_a_b_3");
}
END_TEST

START_TEST(long_names_are_cut)
{
    char name[1000];

    memset(name, 'n', sizeof name);
    ck_assert_uint_eq(strlen(cname_make(&names, "leaf_", name, sizeof name, 0)),
                      strlen("leaf_") + CNAME_LIMIT);
    ck_assert_uint_eq(strlen(cname_make(&names, "leaf_", name, sizeof name, 0)),
                      strlen("leaf_") + CNAME_LIMIT + 2);
}
END_TEST

START_TEST(a_name_with_a_suffix_is_taken_too)
{
    const char *name = cname_make(&names, "array_", "null", 4, 0);

    ck_assert_str_eq(cname_suffix(&names, name, "items"), "array_null_items");
    ck_assert_str_eq(cname_make(&names, "array_", "null items", 10, 0), "array_null_items_2");
}
END_TEST

START_TEST(capitals_when_asked)
{
    ck_assert_str_eq(cname_make(&names, "SLOT_", "steps.fetch", 11, 1), "SLOT_STEPS_FETCH");
    ck_assert_str_eq(cname_make(&names, "SLOT_", "Steps.Fetch", 11, 1), "SLOT_STEPS_FETCH_2");
}
END_TEST

START_TEST(a_plain_name_begins_with_a_letter)
{
    ck_assert_str_eq(plain("order"), "order");
    ck_assert_str_eq(plain("2 orders"), "x_2_orders");
    ck_assert_str_eq(plain(""), "x");
    ck_assert_str_eq(plain("a/b.json"), "a_b_json");
}
END_TEST

/* Linear: a quadratic search would take minutes here. */
START_TEST(ten_thousand_of_one_name)
{
    char last[32];

    for (unsigned i = 0; i < 10000; i++)
        snprintf(last, sizeof last, "%s", leaf("step"));
    ck_assert_str_eq(last, "leaf_step_10000");
}
END_TEST

Suite *suite_cname(void);

Suite *suite_cname(void)
{
    Suite *s = suite_create("cname");
    TCase *t = tcase_create("cname");

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, other_bytes_become_one_underscore);
    tcase_add_test(t, a_name_without_letters_is_still_a_name);
    tcase_add_test(t, names_that_meet_are_kept_apart);
    tcase_add_test(t, long_names_are_cut);
    tcase_add_test(t, a_name_with_a_suffix_is_taken_too);
    tcase_add_test(t, capitals_when_asked);
    tcase_add_test(t, a_plain_name_begins_with_a_letter);
    tcase_add_test(t, ten_thousand_of_one_name);
    suite_add_tcase(s, t);
    return s;
}
