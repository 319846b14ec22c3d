/* test_fill.c: templates are filled, and what does not fit is refused; long lines are wrapped. */
#include <string.h>

#include "emit/fill.h"
#include "emit/layout.h"
#include "suites.h"

static struct arena arena;
static struct forms forms;
static struct text out;
static const char *wrong;

static void end(void)
{
    fill_fini(&forms);
    text_fini(&out);
    arena_fini(&arena);
}

static void read_forms(const char *text)
{
    ck_assert_int_eq(fill_read_forms(&forms, &arena, text, &wrong), 0);
}

static const char sample[] = "void scaffold(void)\n{\n"
                             "    /*[[ add */\n"
                             "    RET = A_plus + add_A;\n"
                             "        deeper(KILN_GO);\n"
                             "    /*]] add */\n"
                             "}\n";

START_TEST(holes_are_words_of_capitals)
{
    struct fill values[] = { { "RET", "v1" }, { "A", "x" } };

    read_forms(sample);
    ck_assert_int_eq(fill_form(&forms, &out, 1, "add", values, 2, &wrong), 0);
    ck_assert_str_eq(text_cstr(&out), "    v1 = x_plus + add_x;\n        deeper(KILN_GO);\n");
}
END_TEST

START_TEST(what_fills_a_hole_is_not_read_again)
{
    struct fill values[] = { { "RET", "A" }, { "A", "/*[[ RET */" } };

    read_forms(sample);
    ck_assert_int_eq(fill_form(&forms, &out, 0, "add", values, 2, &wrong), 0);
    ck_assert_ptr_nonnull(strstr(text_cstr(&out), "A = /*[[ RET */_plus"));
}
END_TEST

START_TEST(unknown_forms_and_holes_are_refused)
{
    struct fill values[] = { { "RET", "v1" }, { "A", "x" }, { "B", "y" } };

    read_forms(sample);
    ck_assert_int_eq(fill_form(&forms, &out, 0, "sub", values, 2, &wrong), -1);
    ck_assert_str_eq(wrong, "no form 'sub'");
    ck_assert_int_eq(fill_form(&forms, &out, 0, "add", values, 1, &wrong), -1);
    ck_assert_str_eq(wrong, "nothing fills 'A'");
    ck_assert_int_eq(fill_form(&forms, &out, 0, "add", values, 3, &wrong), -1);
    ck_assert_str_eq(wrong, "no hole 'B'");
    ck_assert_uint_eq(out.n, 0);
}
END_TEST

START_TEST(marks_must_pair)
{
    ck_assert_int_eq(fill_read_forms(&forms, &arena, "/*[[ a */\nx\n", &wrong), -1);
    ck_assert_int_eq(fill_read_forms(&forms, &arena, "/*[[ a */\n/*]] b */\n", &wrong), -1);
    ck_assert_int_eq(fill_read_forms(&forms, &arena, "/*]] a */\n", &wrong), -1);
    ck_assert_int_eq(fill_read_forms(&forms, &arena, "/*[[ a */\n/*[[ b */\n/*]] b */\n", &wrong),
                     -1);
    ck_assert_int_eq(
        fill_read_forms(&forms, &arena, "/*[[ a */\n/*]] a */\n/*[[ a */\n/*]] a */\n", &wrong),
        -1);
    fill_fini(&forms);
}
END_TEST

START_TEST(a_template_keeps_what_is_between_its_parts)
{
    struct fill values[] = { { "one", "1\n" }, { "two", "2\n" } };
    const char *text =
        "head\n/*[[ one */\nsample\n/*]] one */\nkept\n/*[[ two */\n/*]] two */\nend\n";

    ck_assert_int_eq(fill_template(&out, &arena, text, values, 2, &wrong), 0);
    ck_assert_str_eq(text_cstr(&out), "1\nkept\n2\nend\n");
    ck_assert_int_eq(fill_template(&out, &arena, text, values, 1, &wrong), -1);
    ck_assert_int_eq(fill_template(&out, &arena, "/*[[ one */\n/*]] one */\n", values, 2, &wrong),
                     -1);
}
END_TEST

static const char *line(unsigned depth, const char *text)
{
    text_clear(&out);
    layout_line(&out, depth, text, strlen(text));
    return text_cstr(&out);
}

START_TEST(short_lines_stay)
{
    ck_assert_str_eq(line(1, "a = b;"), "    a = b;\n");
    ck_assert_str_eq(line(1, ""), "\n");
}
END_TEST

START_TEST(long_calls_are_broken_between_arguments)
{
    ck_assert_str_eq(
        line(1, "if (function(f->heap, &v3, &f->slots[SLOT_A_LONG_NAME_OF_THINGS_TO_COME], "
                "&text_long_name_of_things_to_come) < 0)"),
        "    if (function(f->heap, &v3, &f->slots[SLOT_A_LONG_NAME_OF_THINGS_TO_COME],\n"
        "                 &text_long_name_of_things_to_come)\n"
        "        < 0)\n");
    ck_assert_str_eq(line(1, "v3 = kiln_get(&f->up->up->slots[SLOT_STEPS_FETCH_OUTPUTS_AAAAAAAAA], "
                             "&text_long_name_of_things_to_come);"),
                     "    v3 = kiln_get(&f->up->up->slots[SLOT_STEPS_FETCH_OUTPUTS_AAAAAAAAA],\n"
                     "                  &text_long_name_of_things_to_come);\n");
}
END_TEST

START_TEST(long_declarations_are_broken_between_names)
{
    ck_assert_str_eq(
        line(1, "kiln_value v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, "
                "v14, v15, v16, v17, v18, v19;"),
        "    kiln_value v0, v1, v2, v3, v4, v5, v6, v7, v8, v9, v10, v11, v12, v13, v14, "
        "v15, v16, v17, v18,\n        v19;\n");
}
END_TEST

Suite *suite_fill(void);

Suite *suite_fill(void)
{
    Suite *s = suite_create("fill");
    TCase *t = tcase_create("fill");

    tcase_add_checked_fixture(t, NULL, end);
    tcase_add_test(t, holes_are_words_of_capitals);
    tcase_add_test(t, what_fills_a_hole_is_not_read_again);
    tcase_add_test(t, unknown_forms_and_holes_are_refused);
    tcase_add_test(t, marks_must_pair);
    tcase_add_test(t, a_template_keeps_what_is_between_its_parts);
    tcase_add_test(t, short_lines_stay);
    tcase_add_test(t, long_calls_are_broken_between_arguments);
    tcase_add_test(t, long_declarations_are_broken_between_names);
    suite_add_tcase(s, t);
    return s;
}
