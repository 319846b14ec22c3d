/* test_source.c: places of nodes, and what is said about text that is not acceptable JSON. */
#include "source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "suites.h"

static struct arena arena;
static struct diags diags;
static struct source source;

static int parse_n(const char *text, size_t n)
{
    return source_parse(&source, "t.json", text, n, &arena, &diags);
}

static const struct node *parse(const char *text)
{
    ck_assert_int_eq(parse_n(text, strlen(text)), 0);
    ck_assert_uint_eq(diags.errors, 0);
    return source.root;
}

static void stop(void)
{
    arena_fini(&arena);
}

/* ---- nodes --------------------------------------------------------------------------------- */

static void check_place(const struct node *n, unsigned line, unsigned column, const char *text)
{
    unsigned got_line, got_column;

    source_position(&source, n->at, &got_line, &got_column);
    ck_assert_uint_eq(got_line, line);
    ck_assert_uint_eq(got_column, column);
    ck_assert_uint_eq(n->end - n->at, strlen(text));
    ck_assert_mem_eq(source.text + n->at, text, strlen(text));
}

START_TEST(nodes_know_their_places)
{
    const struct node *root =
        parse("{\n  \"é\" : [ 1, -2.5 , \"x\\ny\" ],\n  \"o\":{} , \"l\":[]}");
    const struct node *list = node_get(root, "é");

    check_place(list, 2, 9, "[ 1, -2.5 , \"x\\ny\" ]");
    check_place(list->child, 2, 11, "1");
    check_place(list->child->next, 2, 14, "-2.5");
    check_place(list->child->next->next, 2, 21, "\"x\\ny\"");
    check_place(node_get(root, "o"), 3, 7, "{}");
    check_place(node_get(root, "l"), 3, 16, "[]");
    check_place(root, 1, 1, source.text);
    ck_assert_mem_eq(source.text + list->key_at, "\"é\"", list->key_end - list->key_at);
    stop();
}
END_TEST

START_TEST(nodes_hold_their_values)
{
    const struct node *n =
        parse("[null, true, 9223372036854775807, 1e3, \"a\\u0000b\", [], {}, -0]");
    static const enum node_kind kinds[] = { NODE_NULL,   NODE_BOOL,  NODE_INT,    NODE_DOUBLE,
                                            NODE_STRING, NODE_ARRAY, NODE_OBJECT, NODE_INT };
    const struct node *c[8];

    node_each(x, n)
    {
        ck_assert_int_eq(x->kind, kinds[x->index]);
        c[x->index] = x;
    }
    ck_assert_uint_eq(n->n, 8);
    ck_assert_int_eq(c[1]->u.truth, 1);
    ck_assert_int_eq(c[2]->u.i, 9223372036854775807);
    ck_assert_double_eq(c[3]->u.d, 1000);
    ck_assert_uint_eq(c[4]->n, 3);
    ck_assert_mem_eq(c[4]->u.s, "a\0b", 4);
    stop();
}
END_TEST

START_TEST(members_are_found)
{
    struct text t = { 0 };
    const struct node *root;
    char key[16];

    text_putc(&t, '{');
    for (int i = 0; i < 1000; i++)
        text_printf(&t, "%s\"k%d\":%d", i ? "," : "", i * 7 % 1000, i);
    text_putc(&t, '}');
    root = parse(text_cstr(&t));
    for (int i = 0; i < 1000; i++) {
        snprintf(key, sizeof key, "k%d", i * 7 % 1000);
        ck_assert_int_eq(node_get(root, key)->u.i, i);
    }
    ck_assert_ptr_null(node_get(root, "k1000"));
    ck_assert_ptr_null(node_get(root->child, "k1"));
    ck_assert_ptr_null(node_get(NULL, "k1"));
    ck_assert_int_eq(root->child->next->u.i, 1); /* the file's order is kept */
    text_fini(&t);
    stop();
}
END_TEST

START_TEST(pointers_are_escaped)
{
    const struct node *root = parse("{\"a/b~c\":[0,{\"\":1}]}");
    const struct node *deep = root->child->child->next->child;

    ck_assert_str_eq(node_pointer(&arena, deep), "/a~1b~0c/1/");
    ck_assert_str_eq(node_pointer(&arena, root), "");
    stop();
}
END_TEST

START_TEST(nodes_become_values)
{
    const struct node *root = parse("{\"b\":[1,1.0,\"x\"],\"a\":{\"n\":null,\"t\":false}}");
    struct text t = { 0 };
    kiln_heap h;
    kiln_value v;

    heap_init(&h, 1);
    ck_assert_int_eq(node_value(&h, &v, root), 0);
    json_write(&t, &v);
    ck_assert_str_eq(text_cstr(&t), "{\"a\":{\"n\":null,\"t\":false},\"b\":[1,1.0,\"x\"]}");
    text_fini(&t);
    heap_fini(&h);
    stop();
}
END_TEST

START_TEST(places_in_a_line_without_end)
{
    struct text t = { 0 };
    const struct node *n;
    unsigned line, column;

    text_putc(&t, '[');
    for (int i = 0; i < 5000; i++)
        text_puts(&t, "\"é\",");
    text_puts(&t, "7]");
    n = parse(text_cstr(&t));
    node_each(c, n)
    {
        source_position(&source, c->at, &line, &column);
        ck_assert_uint_eq(line, 1);
        ck_assert_uint_eq(column, 2 + 4 * c->index);
    }
    text_fini(&t);
    stop();
}
END_TEST

/* ---- refusals ------------------------------------------------------------------------------ */

static const struct {
    const char *text, *code, *sentence, *hint;
    unsigned column;
} refused[] = {
    { "", "S002", "the file is empty", NULL, 1 },
    { " \n", "S002", "the file is empty", NULL, 1 },
    { "{\"a\":1,}", "S002", "expected a key in double quotes or '}', found '}'",
      "remove the comma before it", 8 },
    { "[1,]", "S002", "expected a value, found ']'", "remove the comma before it", 4 },
    { "[1 2]", "S002", "expected ',' or ']', found '2'", NULL, 4 },
    { "{'a':1}", "S002", "expected a key in double quotes or '}', found ''a''",
      "JSON strings stand in double quotes", 2 },
    { "{\"a\" 1}", "S002", "expected ':', found '1'", NULL, 6 },
    { "{} // x", "S002", "expected the end of the file, found '//'", NULL, 4 },
    { "[True]", "S002", "expected a value, found 'True'", "write true and false in small letters",
      2 },
    { "[.5]", "S002", "expected a value, found '.5'", "a number begins with a digit or a minus",
      2 },
    { "[\"\\x\"]", "S002", "invalid escape in this string", NULL, 2 },
    { "[\"a", "S002", "this string is not closed in its line",
      "a line break inside a string is written \\n", 2 },
    { "[{\"a\":1", "S002", "the text ends too early", "the '{' at line 1, column 2 is never closed",
      8 },
    { "{\"a\":1,\"\\u0061\":2}", "S003", "the key \"\\u0061\" stands twice in one object",
      "it was first given at line 1, column 2", 8 },
    { "{\"x\":{\"b\":1},\"b\":{\"c\":[{}],\"a\":1,\"a\":2}}", "S003",
      "the key \"a\" stands twice in one object", "it was first given at line 1, column 28", 34 },
    { "{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5,\"f\":6,\"g\":7,\"h\":8,\"i\":9,\"b\":0}", "S003",
      "the key \"b\" stands twice in one object", "it was first given at line 1, column 8", 56 },
    { "[\"\xff\"]", "S004", "byte 0xff is not UTF-8 text here", NULL, 3 },
    { "\xef\xbb\xbf{}", "S004", "the file begins with a byte order mark",
      "save it as UTF-8 without one", 1 },
    { "[18446744073709551615,18446744073709551616]", "S007",
      "the number '18446744073709551616' is out of range",
      "write it as text, or with a decimal point if it need not be exact", 23 },
    { "[-9223372036854775808,-9223372036854775809]", "S007",
      "the number '-9223372036854775809' is out of range",
      "write it as text, or with a decimal point if it need not be exact", 23 },
    { "[18446744073709551615,]", "S002", "expected a value, found ']'",
      "remove the comma before it", 23 },
    { "[1e999]", "S007", "the number '1e999' is out of range",
      "write it as text, or with a decimal point if it need not be exact", 2 },
    { "[123456789012345678901]", "S007", "the number '123456789012345678901' is out of range",
      "write it as text, or with a decimal point if it need not be exact", 2 },
    { "{\"\\u0000\":1}", "S002", "a key may not hold the character \\u0000", NULL, 2 },
};

static void check_refused(const char *code, const char *sentence, const char *hint, unsigned column)
{
    unsigned line, got;

    ck_assert_uint_eq(diags.errors, 1);
    ck_assert_str_eq(diags.at[0].code, code);
    ck_assert_str_eq(diags.at[0].sentence, sentence);
    ck_assert_pstr_eq(diags.at[0].hint, hint);
    source_position(&source, diags.at[0].at, &line, &got);
    ck_assert_uint_eq(got, column);
}

START_TEST(refusals_say_why)
{
    const char *text = refused[_i].text;

    ck_assert_int_eq(parse_n(text, strlen(text)), -1);
    check_refused(refused[_i].code, refused[_i].sentence, refused[_i].hint, refused[_i].column);
    stop();
}
END_TEST

START_TEST(a_raw_nul_is_refused)
{
    ck_assert_int_eq(parse_n("[1,\0 2]", 7), -1);
    ck_assert_str_eq(diags.at[0].code, "S002");
    stop();
}
END_TEST

START_TEST(depth_has_a_limit)
{
    char text[2 * (SOURCE_DEEPEST + 1)];

    memset(text, '[', SOURCE_DEEPEST);
    memset(text + SOURCE_DEEPEST, ']', SOURCE_DEEPEST);
    ck_assert_int_eq(parse_n(text, 2 * SOURCE_DEEPEST), 0);
    memset(text, '[', SOURCE_DEEPEST + 1);
    ck_assert_int_eq(parse_n(text, SOURCE_DEEPEST + 1), -1);
    check_refused("S005", "nested deeper than 512 levels", NULL, SOURCE_DEEPEST + 1);
    stop();
}
END_TEST

/* ---- files --------------------------------------------------------------------------------- */

static void check_unread(const char *path, const char *code, const char *sentence)
{
    ck_assert_int_eq(source_load(&source, path, &arena, &diags), -1);
    ck_assert_str_eq(diags.at[0].code, code);
    ck_assert_ptr_nonnull(strstr(diags.at[0].sentence, sentence));
    stop();
}

START_TEST(a_missing_file)
{
    check_unread("/nowhere/w.json", "S001",
                 "cannot read /nowhere/w.json: No such file or directory");
}
END_TEST

START_TEST(a_folder)
{
    check_unread("/tmp", "S001", "cannot read /tmp: Is a directory");
}
END_TEST

START_TEST(an_endless_device)
{
    check_unread("/dev/zero", "S006", "larger than 16 MiB");
}
END_TEST

START_TEST(a_file_is_not_read_when_it_is_too_large)
{
    char path[] = "/tmp/kiln-large-XXXXXX";
    int fd = mkstemp(path);

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(ftruncate(fd, (off_t)1 << 40), 0); /* a hole: reading it would take for ever */
    close(fd);
    check_unread(path, "S006", "larger than 16 MiB");
    unlink(path);
}
END_TEST

Suite *suite_source(void);

Suite *suite_source(void)
{
    Suite *s = suite_create("source");
    TCase *t = tcase_create("source");

    tcase_add_test(t, nodes_know_their_places);
    tcase_add_test(t, nodes_hold_their_values);
    tcase_add_test(t, members_are_found);
    tcase_add_test(t, pointers_are_escaped);
    tcase_add_test(t, nodes_become_values);
    tcase_add_test(t, places_in_a_line_without_end);
    tcase_add_loop_test(t, refusals_say_why, 0, sizeof refused / sizeof *refused);
    tcase_add_test(t, a_raw_nul_is_refused);
    tcase_add_test(t, depth_has_a_limit);
    tcase_add_test(t, a_missing_file);
    tcase_add_test(t, a_folder);
    tcase_add_test(t, an_endless_device);
    tcase_add_test(t, a_file_is_not_read_when_it_is_too_large);
    suite_add_tcase(s, t);
    return s;
}
