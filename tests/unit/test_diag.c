/* test_diag.c: how complaints look: text with a mark, JSON, order, limit. */
#include "diag.h"

#include <stdlib.h>
#include <string.h>

#include "source.h"
#include "suites.h"

static struct arena arena;
static struct diags diags;
static struct source source;

static const struct node *parse(const char *text)
{
    ck_assert_int_eq(source_parse(&source, "t.json", text, strlen(text), &arena, &diags), 0);
    return source.root;
}

static void expect(enum diag_format format, int colour, const char *text)
{
    char *got = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&got, &n);

    diag_print(&diags, f, format, colour);
    fclose(f);
    ck_assert_str_eq(got, text);
    free(got);
    arena_fini(&arena);
}

START_TEST(text_has_a_place_and_a_mark)
{
    const struct node *root = parse("{\n  \"step\": \"fech\"\n}");
    struct diag *x = diag_error(&diags, node_get(root, "step"), "E010", "no step '%s'", "fech");

    diag_hint(&diags, x, "did you mean '%s'?", "fetch");
    expect(DIAG_TEXT, 0,
           "t.json:2:11: error[E010]: no step 'fech'\n"
           "  at /step\n"
           "    |\n"
           "  2 |   \"step\": \"fech\"\n"
           "    |           ^^^^^^\n"
           "  hint: did you mean 'fetch'?\n"
           "1 error\n");
}
END_TEST

START_TEST(colours_only_when_asked)
{
    diag_error_plain(&(struct diags){ .arena = &arena }, "X001", "not this one");
    diags.arena = &arena;
    diag_error_plain(&diags, "B001", "no compiler");
    expect(DIAG_TEXT, 1,
           "\033[1m\033[1;31merror[B001]\033[0m: \033[1mno compiler\033[0m\n1 error\n");
}
END_TEST

START_TEST(wide_characters_and_tabs_move_the_mark)
{
    const struct node *root = parse("{\t\"漢字\": \"e\xcc\x81\", \"k\": 1}");

    diag_warning(&diags, node_get(root, "k"), "W001", "here");
    expect(DIAG_TEXT, 0,
           "t.json:1:20: warning[W001]: here\n"
           "  at /k\n"
           "    |\n"
           "  1 | {    \"漢字\": \"e\xcc\x81\", \"k\": 1}\n"
           "    |                        ^\n"
           "1 warning\n");
}
END_TEST

START_TEST(long_lines_are_cut_around_the_mark)
{
    struct text t = { 0 }, want = { 0 };
    const struct node *root;

    text_printf(&t, "{\"a\":\"%0200d\",\"b\":7,\"c\":\"%0200d\"}", 0, 0);
    root = parse(text_cstr(&t));
    diag_error(&diags, node_get(root, "b"), "E001", "here");
    text_printf(&want,
                "t.json:1:213: error[E001]: here\n  at /b\n    |\n"
                "  1 | ...%054d\",\"b\":7,\"c\":\"%033d...\n    | %63s^\n1 error\n",
                0, 0, "");
    expect(DIAG_TEXT, 0, text_cstr(&want));
    text_fini(&t);
    text_fini(&want);
}
END_TEST

START_TEST(a_mark_ends_with_its_line)
{
    parse("{\n}");
    diag_error(&diags, source.root, "E001", "here");
    expect(DIAG_TEXT, 0, "t.json:1:1: error[E001]: here\n    |\n  1 | {\n    | ^\n1 error\n");
}
END_TEST

START_TEST(control_characters_are_not_obeyed)
{
    diags.arena = &arena;
    diag_error_plain(&diags, "E001", "a\033[2Jb\xff");
    expect(DIAG_TEXT, 0, "error[E001]: a\xef\xbf\xbd[2Jb\xef\xbf\xbd\n1 error\n");
}
END_TEST

START_TEST(further_lines_are_indented)
{
    diags.arena = &arena;
    diag_error_plain(&diags, "B002", "cc failed:\nx.c: error[E001]: not ours");
    expect(DIAG_TEXT, 0, "error[B002]: cc failed:\n    x.c: error[E001]: not ours\n1 error\n");
}
END_TEST

START_TEST(complaints_stand_in_the_order_of_places)
{
    const struct node *root = parse("[1,2]");

    diag_warning(&diags, root->child->next, "W002", "second");
    diag_error_key(&diags, root->child, "E001", "first");
    diag_error_plain(&diags, "B001", "nowhere");
    expect(DIAG_TEXT, 0,
           "error[B001]: nowhere\n"
           "t.json:1:2: error[E001]: first\n  at /0\n    |\n  1 | [1,2]\n    |  ^\n"
           "t.json:1:4: warning[W002]: second\n  at /1\n    |\n  1 | [1,2]\n    |    ^\n"
           "2 errors, 1 warning\n");
}
END_TEST

START_TEST(more_than_fifty_are_counted)
{
    struct text want = { 0 };

    diags.arena = &arena;
    for (int i = 0; i < DIAG_MOST + 3; i++)
        diag_error_plain(&diags, "E001", "number %d", i);
    for (int i = 0; i < DIAG_MOST; i++)
        text_printf(&want, "error[E001]: number %d\n", i);
    text_puts(&want, "and 3 more\n53 errors\n");
    expect(DIAG_TEXT, 0, text_cstr(&want));
    text_fini(&want);
}
END_TEST

START_TEST(json_has_every_field)
{
    const struct node *root = parse("{\"a\":\n  \"x\"}");

    diag_hint(&diags, diag_error(&diags, root->child, "E001", "say \"%s\"", "hi"), "a hint");
    diag_error_plain(&diags, "B001", "no place");
    expect(DIAG_JSON, 0,
           "[{\"severity\":\"error\",\"code\":\"B001\",\"message\":\"no place\",\"hint\":null,"
           "\"file\":null,\"line\":null,\"column\":null,\"endLine\":null,\"endColumn\":null,"
           "\"pointer\":null},\n"
           " {\"severity\":\"error\",\"code\":\"E001\",\"message\":\"say \\\"hi\\\"\","
           "\"hint\":\"a hint\",\"file\":\"t.json\",\"line\":2,\"column\":3,\"endLine\":2,"
           "\"endColumn\":6,\"pointer\":\"/a\"}]\n");
}
END_TEST

START_TEST(json_of_nothing_is_an_empty_array)
{
    diags.arena = &arena;
    expect(DIAG_JSON, 0, "[]\n");
}
END_TEST

START_TEST(unsupported_names_the_feature)
{
    const struct node *root = parse("{}");

    diag_unsupported(&diags, root, "step type '%s'", "Delay");
    ck_assert_str_eq(diags.at[0].code, "K100");
    ck_assert_str_eq(diags.at[0].sentence, "step type 'Delay' is not supported yet");
    arena_fini(&arena);
}
END_TEST

Suite *suite_diag(void);

Suite *suite_diag(void)
{
    Suite *s = suite_create("diag");
    TCase *t = tcase_create("diag");

    tcase_add_test(t, text_has_a_place_and_a_mark);
    tcase_add_test(t, colours_only_when_asked);
    tcase_add_test(t, wide_characters_and_tabs_move_the_mark);
    tcase_add_test(t, long_lines_are_cut_around_the_mark);
    tcase_add_test(t, a_mark_ends_with_its_line);
    tcase_add_test(t, control_characters_are_not_obeyed);
    tcase_add_test(t, further_lines_are_indented);
    tcase_add_test(t, complaints_stand_in_the_order_of_places);
    tcase_add_test(t, more_than_fifty_are_counted);
    tcase_add_test(t, json_has_every_field);
    tcase_add_test(t, json_of_nothing_is_an_empty_array);
    tcase_add_test(t, unsupported_names_the_feature);
    suite_add_tcase(s, t);
    return s;
}
