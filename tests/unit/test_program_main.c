/* test_program_main.c: the command line of a compiled program, in a world of its own. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "test/io_sim.h"
#include "suites.h"
#include "two_effects.h"

static struct io_sim *sim;

static void set_up(void)
{
    sim = io_sim_new(1);
}

static void tear_down(void)
{
    io_sim_free(sim);
    text_fini(&two_effects_world);
}

/* Runs "order" with the words of `line` (blanks part them) and forgets what it printed before. */
static int call_with(const kiln_program *program, const char *line)
{
    char *copy = strdup(line), *argv[16] = { "order" };
    int argc = 1, code;

    for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
        argv[argc++] = word;
    text_clear(&sim->out);
    text_clear(&sim->err);
    code = cli_main(program, &sim->io, argc, argv);
    free(copy);
    return code;
}

static int call(const char *line)
{
    return call_with(&two_effects, line);
}

#define check_out(words) ck_assert_str_eq(text_cstr(&sim->out), words)
#define check_err(words)                                                                           \
    ck_assert_msg(strstr(text_cstr(&sim->err), words), "stderr: %s", text_cstr(&sim->err))

START_TEST(runs)
{
    ck_assert_int_eq(call("run --input {\"n\":4}"), KILN_EXIT_OK);
    check_out("[5,6]\n");
    ck_assert_str_eq(text_cstr(&sim->err), "[info] half way\n");
    ck_assert_int_eq(call("run --input={\"n\":4} -q --pretty"), KILN_EXIT_OK);
    check_out("[\n  5,\n  6\n]\n");
    ck_assert_str_eq(text_cstr(&sim->err), "");
    ck_assert_int_eq(call("run --json --input {\"n\":4}"), KILN_EXIT_OK);
    check_err("{\"level\":\"info\",\"message\":\"half\\nway\"}\n");
    ck_assert_uint_eq(sim->n_files, 0); /* nothing without --store */
}
END_TEST

START_TEST(reads_the_input)
{
    io_sim_put(sim, "in.json", "{\"n\":1}", 7);
    ck_assert_int_eq(call("run --input @in.json"), KILN_EXIT_OK);
    check_out("[2,3]\n");
    text_puts(&sim->in, "{\"n\":2}");
    ck_assert_int_eq(call("run --input -"), KILN_EXIT_OK);
    check_out("[3,4]\n");
    ck_assert_int_eq(call("run --input @none.json"), KILN_EXIT_INPUT);
    check_err("cannot read the input '@none.json'");
}
END_TEST

START_TEST(refuses_bad_input)
{
    static char big[(64 << 20) + 1];
    char *huge = malloc(100 << 20);

    io_sim_put(sim, "bad.json", "{\n  \"\xc3\xa4\": x}", 12);
    ck_assert_int_eq(call("run --input @bad.json"), KILN_EXIT_INPUT);
    check_err("(line 2, column 8, byte 10)");
    io_sim_put(sim, "nul.json", "{\"n\":\0}", 7);
    ck_assert_int_eq(call("run --input @nul.json"), KILN_EXIT_INPUT);
    check_err("byte 5");
    io_sim_put(sim, "utf8.json", "{\"n\":\"\xff\"}", 9);
    ck_assert_int_eq(call("run --input @utf8.json"), KILN_EXIT_INPUT);
    check_err("byte 6");
    ck_assert_int_eq(call("run --input= "), KILN_EXIT_INPUT);
    memset(big, '[', sizeof big - 1);
    io_sim_put(sim, "deep.json", big, sizeof big - 1);
    ck_assert_int_eq(call("run --input @deep.json"), KILN_EXIT_INPUT);
    check_err("not JSON");
    memset(huge, ' ', 100 << 20);
    io_sim_put(sim, "big.json", huge, 100 << 20);
    free(huge);
    ck_assert_int_eq(call("run --input @big.json"), KILN_EXIT_INPUT);
    check_err("larger than 64 MiB");
    ck_assert_uint_eq(two_effects_world.n, 0);
}
END_TEST

START_TEST(fails_loudly)
{
    ck_assert_int_eq(call("run --id x --input {\"n\":1,\"fail\":true}"), KILN_EXIT_FAILED);
    check_out("");
    check_err("run x failed: ");
    ck_assert_int_eq(call("run --id x --json --input {\"n\":1,\"fail\":true}"), KILN_EXIT_FAILED);
    check_err("{\"id\":\"x\",\"error\":\"no\"}\n");
    sim->out_code = -ENOSPC;
    ck_assert_int_eq(call("run --input {\"n\":1}"), KILN_EXIT_BROKEN);
    check_err("cannot write the output: No space left");
    ck_assert_int_eq(call("describe"), KILN_EXIT_BROKEN);
}
END_TEST

START_TEST(remembers)
{
    ck_assert_int_eq(call("run --store s --id a --input {\"n\":1}"), KILN_EXIT_OK);
    check_err("order: run a\n");
    ck_assert_int_eq(call("run --store s --id a"), KILN_EXIT_USAGE);
    check_err("already has a run 'a'");
    ck_assert_int_eq(call("resume a --store s"), KILN_EXIT_OK);
    check_out("[2,3]\n");
    ck_assert_str_eq(text_cstr(&two_effects_world), "1;2;"); /* not done again */
    ck_assert_int_eq(call("run --store s --id b --input {\"n\":1,\"fail\":true}"),
                     KILN_EXIT_FAILED);
    ck_assert_int_eq(call("resume b --store s"), KILN_EXIT_FAILED);
    check_err("failed: no");
    ck_assert_int_eq(call("resume --store s"), KILN_EXIT_NO_RUN);
    ck_assert_int_eq(call("resume c --store s"), KILN_EXIT_NO_RUN);
    check_err("no run 'c'");
    ck_assert_int_eq(call("resume --store other"), KILN_EXIT_STORE);
    check_err("no store in 'other'");
}
END_TEST

START_TEST(lists_and_shows)
{
    ck_assert_int_eq(call("run --store s --id a --input {\"n\":1}"), KILN_EXIT_OK);
    ck_assert_int_eq(call("list --store s --json"), KILN_EXIT_OK);
    ck_assert_ptr_nonnull(
        strstr(text_cstr(&sim->out),
               "{\"id\":\"a\",\"status\":\"completed\",\"program\":\"two-effects\",\"hash\":"
               "\"00000000000000070000000000000001\",\"began_ms\":1700000000000,"
               "\"last_ms\":1700000000000,\"records\":"));
    ck_assert_int_eq(call("list --store s"), KILN_EXIT_OK);
    ck_assert(strstr(sim->out.s, "2023-11-14 22:13:20.000"));
    ck_assert_int_eq(call("show a --store s"), KILN_EXIT_OK);
    ck_assert_ptr_nonnull(strstr(sim->out.s, "+0 ms  begin      {\"n\":1}\n"));
    ck_assert_ptr_nonnull(strstr(sim->out.s, "+0 ms  done       second  3  (took 0 ms)\n"));
    ck_assert_ptr_nonnull(strstr(sim->out.s, "+0 ms  completed  [2,3]\n"));
    ck_assert_int_eq(call("show a --store s --json"), KILN_EXIT_OK);
    ck_assert_ptr_nonnull(strstr(sim->out.s, "{\"sequence\":3,\"ms\":0,\"kind\":\"done\",\"step\":"
                                             "\"first\",\"took_ms\":0,\"tries\":1,\"value\":2}\n"));
    ck_assert_int_eq(call_with(&two_effects_newer, "show a --store s"), KILN_EXIT_OK);
    ck_assert_ptr_nonnull(strstr(sim->out.s, "(not this program)"));
    ck_assert_ptr_nonnull(strstr(sim->out.s, "done       2  3  (took 0 ms)\n"));
    ck_assert_int_eq(call("show z --store s"), KILN_EXIT_NO_RUN);
    ck_assert_int_eq(call("show --store s"), KILN_EXIT_USAGE);
    ck_assert_int_eq(call("list"), KILN_EXIT_USAGE);
}
END_TEST

/* Leaves run `id` unfinished, as a crash after its BEGIN does. */
static void abandon(const char *id)
{
    struct store *s = NULL;
    struct journal_run *r = NULL;
    kiln_heap h;
    kiln_value input;
    struct json_error error;

    heap_init(&h, 0);
    ck_assert_int_eq(json_read(&h, &input, "{\"n\":10}", 8, &error), 0);
    ck_assert_int_eq(store_open(&sim->io, "s", STORE_CREATE, &s, NULL), 0);
    ck_assert_int_eq(journal_begin(s, id, &two_effects, &input, &r), 0);
    journal_free(r);
    store_close(s);
    heap_fini(&h);
}

START_TEST(resumes)
{
    abandon("a");
    ck_assert_int_eq(call_with(&two_effects_newer, "resume a --store s"), KILN_EXIT_PROGRAM);
    check_err("00000000000000070000000000000001, and this is 'two-effects' "
              "00000000000000070000000000000002");
    ck_assert_int_eq(call_with(&two_effects_newer, "resume --store s"), KILN_EXIT_NO_RUN);
    abandon("b");
    ck_assert_int_eq(call("resume --store s"), KILN_EXIT_USAGE);
    check_err("several runs are unfinished");
    ck_assert_int_eq(call("resume a b --store s"), KILN_EXIT_USAGE);
    ck_assert_int_eq(call("resume --all --store s"), KILN_EXIT_OK);
    check_out("{\"id\":\"a\",\"output\":[11,12]}\n{\"id\":\"b\",\"output\":[11,12]}\n");
    abandon("c");
    ck_assert_int_eq(call("resume --store s"), KILN_EXIT_OK);
    check_out("[11,12]\n");
}
END_TEST

START_TEST(retains)
{
    struct cli c = { .io = &sim->io, .name = "order", .options = { .store = "s" } };
    struct store *s = NULL;

    c.options.retain = "30d";
    ck_assert_int_eq(cli_open_store(&c, STORE_CREATE, &s), KILN_EXIT_OK);
    ck_assert_int_eq(s->retain, 30ll * 86400000);
    store_close(s);
    c.options.retain = NULL;
    ck_assert_int_eq(cli_open_store(&c, STORE_CREATE, &s), KILN_EXIT_OK);
    ck_assert_int_eq(s->retain, -1);
    store_close(s);
    ck_assert_int_eq(call("run --store s --retain 30"), KILN_EXIT_USAGE);
    check_err("--retain is a time as 90s, 15m, 2h or 30d, not '30'");
    ck_assert_int_eq(call("resume --store s --retain d"), KILN_EXIT_USAGE);
}
END_TEST

START_TEST(streams)
{
    ck_assert_int_eq(call("run --stream events --input {\"n\":1}"), KILN_EXIT_OK);
    ck_assert_ptr_nonnull(
        strstr(sim->out.s, "{\"event\":\"done\",\"step\":\"first\",\"value\":2}\n"));
    ck_assert_str_eq(sim->out.s + sim->out.n - 6, "[2,3]\n");
    ck_assert_int_eq(call("run --stream values"), KILN_EXIT_USAGE);
    check_err("no supersteps");
    ck_assert_int_eq(call("run --stream all"), KILN_EXIT_USAGE);
    check_err("not 'all'");
}
END_TEST

START_TEST(describes)
{
    ck_assert_int_eq(call("describe"), KILN_EXIT_OK);
    ck_assert_ptr_nonnull(strstr(sim->out.s, "calls test.add  /steps/first (line 3)"));
    ck_assert_ptr_nonnull(strstr(sim->out.s, "operation test.add (effectful)"));
    ck_assert_ptr_null(strstr(sim->out.s, "quiet"));
    ck_assert_int_eq(call("describe --json"), KILN_EXIT_OK);
    ck_assert_ptr_nonnull(strstr(sim->out.s, "{\"id\":\"first\",\"pointer\":\"/steps/first\","
                                             "\"line\":3,\"column\":5,\"operation\":\"test.add\","
                                             "\"flow\":null}"));
}
END_TEST

START_TEST(helps)
{
    static const char *const verbs[] = { "run", "resume", "list", "show", "describe" };

    ck_assert_int_eq(call("--help"), KILN_EXIT_OK);
    ck_assert_ptr_nonnull(strstr(sim->out.s, "exit codes:"));
    ck_assert_int_eq(call("--version"), KILN_EXIT_OK);
    ck_assert_ptr_nonnull(strstr(sim->out.s, "two-effects (scenario) 0000"));
    for (size_t i = 0; i < 5; i++) {
        char line[32] = "";

        ck_assert_int_eq(call(strcat(strcat(line, verbs[i]), " --help")), KILN_EXIT_OK);
        ck_assert_ptr_nonnull(strstr(sim->out.s, "example:\n  order "));
    }
    ck_assert_int_eq(call(""), KILN_EXIT_USAGE);
    ck_assert_int_eq(call("resum"), KILN_EXIT_USAGE);
    check_err("unknown verb 'resum'; did you mean 'resume'?");
    ck_assert_int_eq(call("run --imput {}"), KILN_EXIT_USAGE);
    check_err("unknown option '--imput'; did you mean '--input'?");
    ck_assert_int_eq(call("run --zzzzzzzz"), KILN_EXIT_USAGE);
    ck_assert_int_eq(call("run --input"), KILN_EXIT_USAGE);
    check_err("wants a value");
    ck_assert_int_eq(call("run --quiet=1"), KILN_EXIT_USAGE);
    ck_assert_int_eq(call("run stray"), KILN_EXIT_USAGE);
    ck_assert_int_eq(call("run --id -x"), KILN_EXIT_USAGE);
    ck_assert_int_eq(call("run --id \xc3\xa4"), KILN_EXIT_USAGE);
    check_err("run id");
}
END_TEST

Suite *suite_program_main(void);
Suite *suite_program_main(void)
{
    Suite *s = suite_create("program_main");
    TCase *t = tcase_create("verbs");

    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, runs);
    tcase_add_test(t, reads_the_input);
    tcase_add_test(t, refuses_bad_input);
    tcase_add_test(t, fails_loudly);
    tcase_add_test(t, remembers);
    tcase_add_test(t, lists_and_shows);
    tcase_add_test(t, resumes);
    tcase_add_test(t, retains);
    tcase_add_test(t, streams);
    tcase_add_test(t, describes);
    tcase_add_test(t, helps);
    suite_add_tcase(s, t);
    return s;
}
