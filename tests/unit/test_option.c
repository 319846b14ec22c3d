/* test_option.c: a command line read by a table. */
#include <stdlib.h>
#include <string.h>

#include "option.h"
#include "suites.h"

struct target {
    int loud;
    const char *name;
    unsigned count;
    struct option_list files;
};

static const struct option table[] = {
    { "loud", 'l', OPTION_FLAG, offsetof(struct target, loud), NULL, "say more" },
    { "name", 0, OPTION_TEXT, offsetof(struct target, name), "NAME", "what it is called" },
    { "count", 'c', OPTION_UINT, offsetof(struct target, count), "N", "how many" },
    { "file", 'f', OPTION_LIST, offsetof(struct target, files), "FILE", "one of many" },
    { 0 },
};

static struct target target;
static struct option_list rest;
static struct text why;

static void tear_down(void)
{
    free(target.files.at);
    free(rest.at);
    text_fini(&why);
}

static int parse(char *line)
{
    char *argv[16];
    int argc = 0;

    for (char *word = strtok(line, " "); word; word = strtok(NULL, " "))
        argv[argc++] = word;
    return option_parse(table, argc, argv, &target, &rest, &why);
}

START_TEST(every_spelling)
{
    char line[] = "-l a --name=x=y -c7 -c12 -f one --file two - --file=three -ffour -- --loud";

    ck_assert_int_eq(parse(line), 0);
    ck_assert_int_eq(target.loud, 1);
    ck_assert_str_eq(target.name, "x=y");
    ck_assert_uint_eq(target.count, 12);
    ck_assert_uint_eq(target.files.n, 4);
    ck_assert_str_eq(target.files.at[2], "three");
    ck_assert_str_eq(target.files.at[3], "four");
    ck_assert_uint_eq(rest.n, 3);
    ck_assert_str_eq(rest.at[1], "-");
    ck_assert_str_eq(rest.at[2], "--loud");
}
END_TEST

static const struct {
    const char *line, *words;
} wrong[] = {
    { "--nane x", "unknown option '--nane'; did you mean '--name'?" },
    { "--nane=x", "did you mean '--name'?" },
    { "--qqqqqq", "unknown option '--qqqqqq'" },
    { "-q", "unknown option '-q'" },
    { "-lc", "unknown option '-lc'" },
    { "--loud=1", "takes no value" },
    { "--name", "option '--name' wants a value: NAME" },
    { "--count 4x", "wants a number, not '4x'" },
    { "--count -1", "wants a number" },
    { "--count 4294967296", "wants a number" },
    { "--count=", "wants a number" },
};

START_TEST(what_is_wrong_is_said)
{
    char line[64];

    ck_assert_int_eq(parse(strcpy(line, wrong[_i].line)), -1);
    ck_assert_msg(strstr(text_cstr(&why), wrong[_i].words), "%s", text_cstr(&why));
}
END_TEST

START_TEST(far_words_are_not_suggested)
{
    char line[] = "--qqqqqq";

    ck_assert_int_eq(parse(line), -1);
    ck_assert_ptr_null(strstr(why.s, "mean"));
}
END_TEST

START_TEST(help_lists_all)
{
    option_put_help(&why, table);
    ck_assert_ptr_nonnull(strstr(why.s, "  --count, -c N               how many\n"));
    ck_assert_ptr_nonnull(strstr(why.s, "  --file, -f FILE             one of many\n"));
}
END_TEST

Suite *suite_option(void);
Suite *suite_option(void)
{
    Suite *s = suite_create("option");
    TCase *t = tcase_create("table");

    tcase_add_checked_fixture(t, NULL, tear_down);
    tcase_add_test(t, every_spelling);
    tcase_add_loop_test(t, what_is_wrong_is_said, 0, sizeof wrong / sizeof *wrong);
    tcase_add_test(t, far_words_are_not_suggested);
    tcase_add_test(t, help_lists_all);
    suite_add_tcase(s, t);
    return s;
}
