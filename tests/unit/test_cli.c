/* test_cli.c: the kiln command as a user meets it: exit codes, what goes to which stream, the
 * nearest name, nothing left behind by what failed. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "exit.h"
#include "shell.h"
#include "suites.h"

#define HELP_EXAMPLE "examples/scenario/01-hello/workflow.json"

static const struct {
    const char *line;
    int code;
    const char *out, *err; /* words that must be there; NULL: nothing at all */
} cases[] = {
    { "kiln", KILN_EXIT_USAGE, NULL, "which verb?" },
    { "kiln --help", 0, "  build FILE", NULL },
    { "kiln --version", 0, "kiln 0.", NULL },
    { "kiln chek x", KILN_EXIT_USAGE, NULL, "did you mean 'check'?" },
    { "kiln build x --outptu y", KILN_EXIT_USAGE, NULL, "did you mean '--output'?" },
    { "kiln run x --backend ttc", KILN_EXIT_USAGE, NULL, "did you mean 'tcc'?" },
    { "kiln emit x --stage plans", KILN_EXIT_USAGE, NULL, "did you mean 'plan'?" },
    { "kiln emit x --dump-after prnue", KILN_EXIT_USAGE, NULL, "did you mean 'prune'?" },
    { "kiln check", KILN_EXIT_USAGE, NULL, "which workflow?" },
    { "kiln run", KILN_EXIT_USAGE, NULL, "which workflow?" },
    { "kiln build tests/cli", KILN_EXIT_USAGE, NULL, "where to?" },
    { "kiln store", KILN_EXIT_USAGE, NULL, "say 'kiln store list DIR'" },
    { "kiln store mend kept", KILN_EXIT_USAGE, NULL, "say 'kiln store list DIR'" },
    { "kiln store verify nowhere", KILN_EXIT_STORE, NULL, "there is no store in 'nowhere'" },
    { "kiln store repair tests/cli", KILN_EXIT_STORE, NULL, "there is no store in 'tests/cli'" },
#define KEPT "rm -rf kept; kiln run tests/cli/hello.json --store kept --id a -q >out; "
#define HURT KEPT "printf X | dd of=kept/journal-00000001 bs=1 seek=90 conv=notrunc 2>out; "
    { KEPT "kiln store verify kept", 0, "runs     1: 1 completed", NULL },
    { KEPT "kiln store verify kept --json", 0, "\"findings\":[],\"sound\":true}", NULL },
    { KEPT "kiln store repair kept", 0, "there is nothing to repair", NULL },
    { HURT "kiln store verify kept", KILN_EXIT_DAMAGED,
      "journal-00000001, bytes 90 to 90: a byte of a record was changed (nothing of it is lost)",
      "the store 'kept' is damaged" },
    { HURT "kiln store verify kept --json", KILN_EXIT_DAMAGED, "\"mended\":true", "is damaged" },
    { HURT "kiln store repair kept >out && kiln store verify kept && kiln store list kept", 0,
      "a                           completed", NULL },
#define VAULT "tests/cli/vault.json --ops tests/cli/vault.c "
    { "kiln run " VAULT "--connections tests/cli/connections.json", 0,
      "\"first\":\"Ada says ***, ***\"", NULL },
    { "kiln run " VAULT "--connections tests/cli/connections.json --input '{\"fails\":true}'", 1,
      NULL, "the key *** broke" },
    { "KILN_CONNECTIONS='{\"shop\":{\"key\":\"open\"}}' kiln run " VAULT, 0, "***, ***", NULL },
    { "KILN_CONNECTIONS='{\"shop\":1}' kiln run " VAULT, KILN_EXIT_INPUT, NULL,
      "must be objects by their ids" },
    { "kiln run " VAULT "--connections tests/cli/vault.c", KILN_EXIT_INPUT, NULL, "are not JSON" },
    { "kiln run " VAULT "--connections nowhere", KILN_EXIT_INPUT, NULL, "cannot read 'nowhere'" },
    { "kiln run " VAULT, 1, NULL, "there is no connection 'shop'" },
    { "kiln build " VAULT "-o vault && ./vault run --connections tests/cli/connections.json "
      "--store kept -q --stream events && ! grep -r sesame kept",
      0, "\"second\":\"Ada says ***, ***\"", NULL },
    { "kiln check --strict --legacy tests/cli/hello.json", KILN_EXIT_USAGE, NULL, "not both" },
    { "kiln check --strict tests/cli/hello.json", 0, "no errors", NULL },
    { "kiln check nowhere.json", 1, NULL, "cannot read nowhere.json" },
    { "kiln check tests/cli/hello.json", 0, "tests/cli/hello.json: scenario workflow", NULL },
    { "kiln check tests/cli/wrong.json", 1, NULL, "did you mean 'Finish'?" },
    { "kiln check tests/cli/syntax.json", 1, NULL, "tests/cli/syntax.json:1:12: error[S002]" },
    { "kiln check tests/cli/syntax.json tests/cli/syntax.json", 1, NULL, "2 errors" },
    { "kiln check --format json tests/cli/syntax.json", 1, "\"code\":\"S002\"", NULL },
    { "kiln check --format json tests/cli/hello.json", 0, "[]", NULL },
    { "kiln check --dialect scenari tests/cli/hello.json", 1, NULL, "did you mean 'scenario'?" },
    { "kiln check --dialect pregel tests/cli/hello.json", 1, NULL, "error[" },
    { "kiln check - < tests/cli/hello.json", 0, "<stdin>: scenario workflow", NULL },
    { "kiln check --color always tests/cli/syntax.json", 1, NULL, "\033[1;31merror" },
    { "kiln check --time tests/cli/hello.json", 0, "no errors", "passes " },
    { "kiln check --dump-after number tests/cli/hello.json", 0, "no errors",
      "--- after number\nplan \"hello\"" },
    { "kiln check tests/cli/children/middle.json --child bare=tests/cli/children/bare.json", 0,
      "middle.json: scenario workflow", NULL },
    { "kiln check tests/cli/children/middle.json --child bare", KILN_EXIT_USAGE, NULL,
      "'--child bare' is not ID=FILE" },
    { "kiln check tests/cli/children/middle.json --child-dir nowhere", KILN_EXIT_USAGE, NULL,
      "the folder 'nowhere' cannot be read" },
    { "kiln check tests/cli/children/middle.json --child bare=nowhere.json", 1, NULL,
      "cannot read nowhere.json" },
    { "kiln check tests/cli/children/middle.json --child bar=x", 1, NULL, "did you mean 'bar'?" },
    { "kiln build tests/cli/children/middle.json --child-dir tests/cli/children -o o && ./o run", 0,
      "{}", NULL },
    { "kiln run tests/cli/wait.json", KILN_EXIT_WAITING, NULL, "waits for the signal '" },
    { "kiln run tests/cli/wait.json --signal w", KILN_EXIT_USAGE, NULL, "is NAME=JSON, not 'w'" },
    { "kiln run tests/cli/wait.json --signal x=1 --signal 'w={\"a\":2}'", 0,
      "\"outputs\":{\"a\":2}", NULL },
    { "kiln run tests/cli/wait.json --id i --signal i/wait::i/w=hi", 0, "\"outputs\":\"hi\"",
      NULL },
    { "kiln build tests/cli/wait.json -o o && ./o run --id i --store s 2> /dev/null; "
      "kiln resume tests/cli/wait.json --store s --signal w=7",
      0, "\"outputs\":7", NULL },
    { "kiln run tests/cli/wait.json --store w 2> /dev/null; kiln list tests/cli/wait.json --store "
      "w",
      0, "waiting", NULL },
    { "timeout -s KILL 0.5 kiln run examples/scenario/13-wait/workflow.json --store w --id i -q "
      "--input '{\"patience\":3600000}'; timeout 9 kiln resume "
      "examples/scenario/13-wait/workflow.json --store w --signal 'ask={\"approved\":true}'",
      0, "{\"approved\":true}", "Killed" },
    { "kiln emit tests/cli/hello.json --stage model", 0, "Finish", NULL },
    { "kiln emit tests/cli/hello.json --stage plan", 0, "plan \"hello\" dialect \"scenario\"",
      NULL },
    { "kiln emit tests/cli/hello.json --stage dot", 0, "digraph", NULL },
    { "kiln emit tests/cli/hello.json --stage mermaid", 0, "graph ", NULL },
    { "kiln emit tests/cli/hello.json", 0, "const kiln_program kiln_program_hello = {", NULL },
    { "kiln emit tests/cli/wrong.json", 1, NULL, "error[" },
    { "kiln emit --stage schema", 0, "\"$schema\": \"https://json-schema.org/draft/2020-12/",
      NULL },
    { "kiln emit tests/cli/hello.json --stage schema", 0, "\"$defs\"", NULL },
    { "kiln emit --stage schema --dialect pregel", 1, NULL, "the dialect pregel has no 'schema'" },
    { "kiln emit --stage schema --dialect scenari", 1, NULL, "did you mean 'scenario'?" },
    { "kiln run tests/cli/hello.json --input '{\"data\":{\"greeting\":\"hi\"}}'", 0,
      "{\"greeting\":\"hi\"}", NULL },
    { "kiln run --backend cc tests/cli/hello.json --input '{\"data\":{\"greeting\":\"hi\"}}'", 0,
      "{\"greeting\":\"hi\"}", NULL },
    { "kiln run tests/cli/hello.json --input '{'", KILN_EXIT_INPUT, NULL, "not JSON" },
    { "kiln run tests/cli/hello.json --input @nowhere", KILN_EXIT_INPUT, NULL, "nowhere" },
    { "kiln run tests/cli/hello.json --inptu 1", KILN_EXIT_USAGE, NULL, "did you mean '--input'?" },
    { "kiln deps tests/cli/reaches.json", 0,
      "  \"orders.txt\"  path of file.read-lines, by read (root)", NULL },
    { "kiln deps tests/cli/reaches.json", 0, "  nettle  for crypto.hash", NULL },
    { "kiln deps tests/cli/reaches.json", 0, "known only when it runs  path of file.append-line",
      NULL },
    { "kiln deps tests/cli/hello.json", 0, "it needs nothing", NULL },
    { "kiln deps tests/cli/reaches.json --format json", 0,
      "{\"place\":null,\"host\":null,\"field\":\"path\",\"operation\":\"file.append-line\"", NULL },
    { "kiln deps tests/cli/fetch.json --ops tests/cli/fetch.c", 0, "  host api.example.com  url of",
      NULL },
    { "kiln deps tests/cli/children/middle.json --child-dir tests/cli/children", 0,
      "  bare  tests/cli/children/bare.json, scenario", NULL },
    { "kiln deps tests/cli/children/middle.json --child-dir tests/cli/children --format json", 0,
      "\"embeddedBy\":[{\"step\":\"run\",\"file\":\"tests/cli/children/middle.json\"}]", NULL },
    { "kiln deps tests/cli/wrong.json", 1, NULL, "error[" },
    { "kiln effects tests/cli/hello.json", 0, "the workflow is pure", NULL },
    { "kiln effects tests/cli/reaches.json", 0, "effectful   calls file.append-line, journalled",
      NULL },
    { "kiln effects tests/cli/reaches.json", 0, "5 steps, 3 journalled; the workflow changes",
      NULL },
    { "kiln effects tests/cli/reaches.json --format json", 0, "\"hasSideEffects\":true", NULL },
    { "kiln effects tests/cli/fetch.json --ops tests/cli/fetch.c --format xml", KILN_EXIT_USAGE,
      NULL, "'--format' takes text or json" },
    { "kiln effects examples/scenario/07-order/workflow.json", 0, "runs root.price for each item",
      NULL },
    { "kiln ops", 0, "utils.calculate", NULL },
    { "kiln ops utils.calculate", 0, "inputs:", NULL },
    { "kiln ops utils.calculate --json", 0, "{\"name\":\"utils.calculate\",\"effect\":\"pure\"",
      NULL },
    { "kiln ops utils.calculat", KILN_EXIT_USAGE, NULL, "did you mean 'utils.calculate'?" },
    { "kiln ops --ops tests/cli/double.c numbers.double", 0, "Doubles a number.", NULL },
    { "kiln ops --ops tests/cli/double.c --ops tests/cli/double.c", 1, NULL, "error[" },
    { "kiln check tests/cli/double.json", 1, NULL, "numbers" },
    { "kiln run tests/cli/double.json --ops tests/cli/double.c --input '{\"data\":{\"value\":21}}'",
      0, "{\"twice\":42}", NULL },
    { "kiln run examples/operonx/01-chain/workflow.json --ops examples/operonx/01-chain/ops.c "
      "--input '{}'",
      0, "{}", "failed: operation '" },
    { "kiln build tests/cli/hello.json -o o/p", 1, NULL, "error[" },
    { "kiln run tests/cli/break.json", 0, "{\"r\":5}", "[info] one" },
    { "kiln run tests/cli/break.json --debug", 8, NULL, "stopped at the breakpoint of 'b'" },
    { "kiln run tests/cli/break.json --debug --store bs --id x; "
      "kiln resume tests/cli/break.json x --debug --store bs",
      8, NULL, "stopped at the breakpoint of 'f'; resume goes on" },
    { "kiln build tests/cli/break.json -o o && ./o run --debug --store bs --id x; "
      "./o resume x --store bs",
      0, "{\"r\":5}", "stopped at the breakpoint of 'b'" },
    { "kiln run tests/cli/break.json --debug --track-events=1 --quiet", 8,
      "\"steps_context\":{\"a\":{\"outputs\":", "stopped at the breakpoint" },
    { "kiln run tests/cli/hello.json --track-events=1 --input '{\"greeting\":\"a\"}'", 0,
      "\"step_id\":\"finish\",\"step_name\":null,\"step_type\":\"Finish\",\"duration_ms\":", NULL },
    { "kiln run tests/cli/hello.json --track-events --input '{\"greeting\":\"a\"}'", 0,
      "{\"greeting\":\"a\"}", "{\"subtype\":\"step_debug_start\",\"payload\":{" },
    { "kiln build --track-events tests/cli/hello.json -o o && ./o run --track-events=e "
      "--input '{\"greeting\":\"'$(seq -s x 4000)'\"}' >/dev/null && cat e",
      0, "\"outputs\":{\"_truncated\":true,\"_original_size\":", NULL },
    { "kiln run tests/cli/echo.json --track-events=1 --input '{\"l\":[['$(seq -s, 51)']]}'", 0,
      "48,49,50,{\"_truncated\":true,\"_original_items\":51}]]", NULL },
    { "kiln run tests/cli/hello.json --track-events=no/such/folder", 2, NULL,
      "cannot write events to 'no/such/folder'" },
    { "kiln run tests/cli/hello.json --input '{\"greeting\":1}'", 1, NULL,
      "failed: Input validation failed: greeting must be a string" },
    { "kiln build tests/cli/hello.json -o o && ./o run --input '{\"greeting\":\"a\"}'", 0,
      "{\"greeting\":\"a\"}", NULL },
    { "kiln build tests/cli/double.json --ops tests/cli/double.c --libc host -o o && ./o run "
      "--input '{\"data\":{\"value\":3}}'",
      0, "{\"twice\":6}", NULL },
    { "mkdir -p p/bin p/lib && cp build/kiln p/bin && cp -RL build/home p/lib/kiln && "
      "p/bin/kiln build tests/cli/hello.json -o o && ./o run --input '{\"greeting\":\"b\"}'",
      0, "{\"greeting\":\"b\"}", NULL },
    { "cp build/kiln . && ./kiln build tests/cli/hello.json -o o", 1, NULL,
      "cannot find Kiln's runtime" },
    { "kiln build tests/cli/hello.json --cc no-such-cc -o o", 1, NULL, "no-such-cc" },
};

static char *scratch;

static void set_up(void)
{
    scratch = shell_scratch();
}

static void tear_down(void)
{
    shell_scratch_free(scratch);
}

static void check_stream(const char *line, const char *name, const struct text *got,
                         const char *words)
{
    int good = words ? strstr(text_cstr(got), words) != NULL : got->n == 0;

    ck_assert_msg(good, "%s: %s should have '%s', but: %s", line, name, words ? words : "nothing",
                  text_cstr(got));
}

START_TEST(command_lines)
{
    const char *line = cases[_i].line;
    struct shell s = shell_run(scratch, "%s", line);

    check_stream(line, "stdout", &s.out, cases[_i].out);
    check_stream(line, "stderr", &s.err, cases[_i].err);
    ck_assert_msg(s.code == cases[_i].code, "%s: exit code %d", line, s.code);
    shell_fini(&s);
}
END_TEST

START_TEST(nothing_is_left_of_a_failed_build)
{
    struct shell s = shell_run(scratch, "kiln build tests/cli/wrong.json -o out; "
                                        "kiln build tests/cli/hello.json -o out --cc false; "
                                        "ls -A | grep -v -e README.md -e spec -e examples -e tests "
                                        "-e build");

    ck_assert_str_eq(text_cstr(&s.out), "");
    shell_fini(&s);
}
END_TEST

/* A program that was there before stays as it was. */
START_TEST(a_failed_build_leaves_the_old_program)
{
    struct shell s = shell_run(scratch, "echo old > out; "
                                        "kiln build tests/cli/wrong.json -o out; cat out");

    ck_assert_str_eq(text_cstr(&s.out), "old\n");
    shell_fini(&s);
}
END_TEST

START_TEST(the_c_text_is_the_same_each_time)
{
    struct shell s = shell_run(scratch, "kiln emit tests/cli/hello.json > a; cd tests; "
                                        "kiln emit cli/hello.json > ../b; cmp ../a ../b");

    ck_assert_int_eq(s.code, 0);
    shell_fini(&s);
}
END_TEST

START_TEST(a_closed_output_is_noticed)
{
    struct shell s = shell_run(scratch, "kiln ops > /dev/full");

    ck_assert_int_eq(s.code, KILN_EXIT_BROKEN);
    check_stream("kiln ops > /dev/full", "stderr", &s.err, "could not be written");
    shell_fini(&s);
}
END_TEST

/* What was begun in this process is found by the native program, and the other way round. */
START_TEST(both_tiers_share_a_store)
{
    struct shell s = shell_run(scratch, "kiln build tests/cli/hello.json -o hello && "
                                        "./hello run --store s --id one --quiet > /dev/null && "
                                        "kiln run tests/cli/hello.json --store s --id two --quiet "
                                        "> /dev/null && ./hello list --store s > a && "
                                        "kiln list tests/cli/hello.json --store s > b && "
                                        "cmp a b && grep -c completed a");

    ck_assert_str_eq(text_cstr(&s.err), "");
    ck_assert_str_eq(text_cstr(&s.out), "2\n");
    shell_fini(&s);
}
END_TEST

static const char *const verbs[] = { "check",  "run",  "build", "emit",    "ops",
                                     "resume", "list", "show",  "describe" };

/* The line under "example:" in the help of a verb. */
static const char *example_of(struct shell *help)
{
    char *at = strstr(help->out.s, "example:\n  ");

    ck_assert_ptr_nonnull(at);
    at += strlen("example:\n  ");
    at[strcspn(at, "\n")] = '\0';
    return at;
}

/* In the order of a first visit: what `resume` and `show` need, `run` has left. */
START_TEST(examples_in_help_work_when_pasted)
{
    struct shell s = shell_run(scratch, "kiln run " HELP_EXAMPLE " --store runs --id first --quiet "
                                        "--input @$(dirname " HELP_EXAMPLE ")/input.json");

    ck_assert_msg(s.code == 0, "%s", text_cstr(&s.err));
    shell_fini(&s);
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        struct shell help = shell_run(scratch, "kiln %s --help", verbs[i]);

        ck_assert_int_eq(help.code, 0);
        s = shell_run(scratch, "%s", example_of(&help));
        ck_assert_msg(s.code == 0, "kiln %s: %s", verbs[i], text_cstr(&s.err));
        shell_fini(&help);
        shell_fini(&s);
    }
}
END_TEST

Suite *suite_cli(void);

Suite *suite_cli(void)
{
    Suite *s = suite_create("cli");
    TCase *t = tcase_create("cli");

    tcase_set_timeout(t, 120);
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_loop_test(t, command_lines, 0, sizeof cases / sizeof *cases);
    tcase_add_test(t, nothing_is_left_of_a_failed_build);
    tcase_add_test(t, a_failed_build_leaves_the_old_program);
    tcase_add_test(t, the_c_text_is_the_same_each_time);
    tcase_add_test(t, a_closed_output_is_noticed);
    tcase_add_test(t, both_tiers_share_a_store);
    tcase_add_test(t, examples_in_help_work_when_pasted);
    suite_add_tcase(s, t);
    return s;
}
