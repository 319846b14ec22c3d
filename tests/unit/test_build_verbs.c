/* test_build_verbs.c: programs that have some of the verbs only (`kiln build --verbs`). */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "exit.h"
#include "shell.h"
#include "suites.h"

static char *scratch;

#define FEW "tests/cli/hello.json --verbs run,resume,list,show,describe -o few"

/* A folder with the program `few`, which is made anew for each test. */
static void begin(void)
{
    struct shell s;

    scratch = shell_scratch();
    s = shell_run(scratch, "kiln build " FEW);
    ck_assert_msg(s.code == 0, "%s", text_cstr(&s.err));
    shell_fini(&s);
}

static void end(void)
{
    shell_scratch_free(scratch);
}

static const struct {
    const char *line;
    int code;
    const char *out, *err; /* words that must be there; NULL: nothing at all */
} cases[] = {
    { "./few run --input '{\"greeting\":\"hi\"}'", 0, "{\"greeting\":\"hi\"}\n", NULL },
    { "./few run --store s --id a -q >o && ./few resume a --store s && ./few list --store s "
      "--json && ./few show a --store s",
      0, "\"status\":\"completed\"", NULL },
    { "kiln run tests/cli/hello.json --store s --id b -q >o; ./few show b --store s", 0,
      "completed", NULL },
    { "./few run --store s --id c -q >o; ./few resume c --store s --migrate", KILN_EXIT_USAGE, NULL,
      "few: --migrate: this program was built without 'migrate' (kiln build --verbs)\n" },
    { "./few worker --store s", KILN_EXIT_USAGE, NULL,
      "few: this program was built without 'worker' (kiln build --verbs)\n" },
    { "./few migrate", KILN_EXIT_USAGE, NULL, "unknown verb 'migrate'" },
    { "./few show a --store s --at 1", KILN_EXIT_USAGE, NULL,
      "few: --at: this program was built without 'fork' (kiln build --verbs)\n" },
    { "./few show a --store s --before 1", KILN_EXIT_USAGE, NULL, "--before: this program" },
    { "./few lisd", KILN_EXIT_USAGE, NULL, "did you mean 'list'?" },
    { "./few describe", 0, "\nverbs    run resume list show describe\n", NULL },
    { "./few describe --json", 0, "\"verbs\":[\"run\",\"resume\",\"list\",\"show\",\"describe\"],",
      NULL },
    { "./few resume --help | grep -c migrate; ./few show --help | grep -c -e --before", 1, "0\n0\n",
      NULL },
    { "./few --help | grep -cE 'worker|start|fork|signal  '", 1, "0\n", NULL },
    { "kiln build " FEW " --verbs describe,show,list,resume,run -o same --verbose && cmp few same",
      0, "", "musl-gcc" },
    { "kiln build tests/cli/hello.json --verbs start,worker -o works && ./works start --store s "
      "--id d && ./works worker --store s --exit-when-idle -q && ./few show d --store s",
      0, "completed", NULL },
    { "./few run --store s --id e -q >o; kiln build tests/cli/hello.json --verbs resume,migrate "
      "-o resumes && ./resumes resume --help && ./resumes resume e --store s --migrate",
      0, "--migrate", NULL },
    { "./few run --track-events", 0, "null}\n", "no events were told" },
    { "kiln build tests/cli/hello.json --verbs run --track-events -o told && "
      "./told run --track-events",
      0, "null}\n", "{\"subtype\":\"step_debug_end\"" },
    { "kiln build tests/cli/hello.json --verbs run,track -o x", KILN_EXIT_USAGE, NULL,
      "programs have no verb 'track'" },
    { "kiln build tests/cli/hello.json --verbs run,lst -o x", KILN_EXIT_USAGE, NULL,
      "programs have no verb 'lst'; did you mean 'list'?" },
    { "kiln build tests/cli/hello.json --verbs run, -o x", KILN_EXIT_USAGE, NULL,
      "programs have no verb ''; there are run, resume," },
    { "kiln build tests/cli/hello.json --verbs= -o x; ls x", 2, "", "programs have no verb ''" },
};

static void check_part(const struct text *t, const char *words)
{
    struct text all = *t;

    if (words)
        ck_assert_msg(strstr(text_cstr(&all), words) != NULL, "not there: %s\nbut: %s", words,
                      text_cstr(&all));
    else
        ck_assert_str_eq(text_cstr(&all), "");
}

START_TEST(what_is_there_and_what_is_not)
{
    struct shell s = shell_run(scratch, "%s", cases[_i].line);

    ck_assert_msg(s.code == cases[_i].code, "code %d: %s", s.code, text_cstr(&s.err));
    check_part(&s.out, cases[_i].out);
    check_part(&s.err, cases[_i].err);
    shell_fini(&s);
}
END_TEST

/* The threads of the worker, the past and the versions are a quarter of a small program. */
START_TEST(few_verbs_are_smaller)
{
    struct shell s = shell_run(scratch, "kiln build tests/cli/hello.json -o all && "
                                        "wc -c <few && wc -c <all");
    char *next;
    long few, all;

    ck_assert_msg(s.code == 0, "%s", text_cstr(&s.err));
    few = strtol(text_cstr(&s.out), &next, 10);
    all = strtol(next, NULL, 10);
    ck_assert_int_gt(few, 0);
    ck_assert_msg(few * 5 < all * 4, "%ld and %ld bytes", few, all);
    shell_fini(&s);
}
END_TEST

/* All of them, named one by one, are what there is when none is named. */
START_TEST(all_verbs_are_the_default)
{
    struct shell s =
        shell_run(scratch, "kiln build tests/cli/hello.json --verbs run,resume,start,worker,signal,"
                           "cancel,pause,list,show,fork,describe,migrate -o each && "
                           "kiln build tests/cli/hello.json -o all && "
                           "./all --help | sed s,./all,./each, >a; ./each --help | cmp a && "
                           "./all describe >a && ./each describe | cmp a && "
                           "kiln describe tests/cli/hello.json | cmp a");

    ck_assert_msg(s.code == 0, "%s%s", text_cstr(&s.out), text_cstr(&s.err));
    shell_fini(&s);
}
END_TEST

Suite *suite_build_verbs(void);

Suite *suite_build_verbs(void)
{
    Suite *s = suite_create("build_verbs");
    TCase *t = tcase_create("build_verbs");

    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, begin, end);
    tcase_add_loop_test(t, what_is_there_and_what_is_not, 0, sizeof cases / sizeof *cases);
    tcase_add_test(t, few_verbs_are_smaller);
    tcase_add_test(t, all_verbs_are_the_default);
    suite_add_tcase(s, t);
    return s;
}
