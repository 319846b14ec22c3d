/* test_program_main.c: the command line of a compiled program, in a world of its own. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "order.h"
#include "suites.h"

START_TEST(runs)
{
    ck_assert_int_eq(order_call("run --input {\"n\":4}"), KILN_EXIT_OK);
    order_said("[5,6]\n");
    ck_assert_str_eq(text_cstr(&order_world->err), "[info] half way\n");
    ck_assert_int_eq(order_call("run --input={\"n\":4} -q --pretty"), KILN_EXIT_OK);
    order_said("[\n  5,\n  6\n]\n");
    ck_assert_str_eq(text_cstr(&order_world->err), "");
    ck_assert_int_eq(order_call("run --json --input {\"n\":4}"), KILN_EXIT_OK);
    order_complained("{\"level\":\"info\",\"message\":\"half\\nway\"}\n");
    ck_assert_uint_eq(order_world->n_files, 0); /* nothing without --store */
}
END_TEST

START_TEST(reads_the_input)
{
    io_sim_put(order_world, "in.json", "{\"n\":1}", 7);
    ck_assert_int_eq(order_call("run --input @in.json"), KILN_EXIT_OK);
    order_said("[2,3]\n");
    text_puts(&order_world->in, "{\"n\":2}");
    ck_assert_int_eq(order_call("run --input -"), KILN_EXIT_OK);
    order_said("[3,4]\n");
    ck_assert_int_eq(order_call("run --input @none.json"), KILN_EXIT_INPUT);
    order_complained("cannot read the input '@none.json'");
}
END_TEST

START_TEST(refuses_bad_input)
{
    static char big[(64 << 20) + 1];
    char *huge = malloc(100 << 20);

    io_sim_put(order_world, "bad.json", "{\n  \"\xc3\xa4\": x}", 12);
    ck_assert_int_eq(order_call("run --input @bad.json"), KILN_EXIT_INPUT);
    order_complained("(line 2, column 8, byte 10)");
    io_sim_put(order_world, "nul.json", "{\"n\":\0}", 7);
    ck_assert_int_eq(order_call("run --input @nul.json"), KILN_EXIT_INPUT);
    order_complained("byte 5");
    io_sim_put(order_world, "utf8.json", "{\"n\":\"\xff\"}", 9);
    ck_assert_int_eq(order_call("run --input @utf8.json"), KILN_EXIT_INPUT);
    order_complained("byte 6");
    ck_assert_int_eq(order_call("run --input= "), KILN_EXIT_INPUT);
    memset(big, '[', sizeof big - 1);
    io_sim_put(order_world, "deep.json", big, sizeof big - 1);
    ck_assert_int_eq(order_call("run --input @deep.json"), KILN_EXIT_INPUT);
    order_complained("not JSON");
    memset(huge, ' ', 100 << 20);
    io_sim_put(order_world, "big.json", huge, 100 << 20);
    free(huge);
    ck_assert_int_eq(order_call("run --input @big.json"), KILN_EXIT_INPUT);
    order_complained("larger than 64 MiB");
    ck_assert_uint_eq(two_effects_world.n, 0);
}
END_TEST

START_TEST(fails_loudly)
{
    ck_assert_int_eq(order_call("run --id x --input {\"n\":1,\"fail\":true}"), KILN_EXIT_FAILED);
    order_said("");
    order_complained("run x failed: ");
    ck_assert_int_eq(order_call("run --id x --json --input {\"n\":1,\"fail\":true}"),
                     KILN_EXIT_FAILED);
    order_complained("{\"id\":\"x\",\"error\":\"no\"}\n");
    order_world->out_code = -ENOSPC;
    ck_assert_int_eq(order_call("run --input {\"n\":1}"), KILN_EXIT_BROKEN);
    order_complained("cannot write the output: No space left");
    ck_assert_int_eq(order_call("describe"), KILN_EXIT_BROKEN);
}
END_TEST

START_TEST(remembers)
{
    ck_assert_int_eq(order_call("run --store s --id a --input {\"n\":1}"), KILN_EXIT_OK);
    order_complained("order: run a\n");
    ck_assert_int_eq(order_call("run --store s --id a"), KILN_EXIT_USAGE);
    order_complained("already has a run 'a'");
    ck_assert_int_eq(order_call("resume a --store s"), KILN_EXIT_OK);
    order_said("[2,3]\n");
    ck_assert_str_eq(text_cstr(&two_effects_world), "1;2;"); /* not done again */
    ck_assert_int_eq(order_call("run --store s --id b --input {\"n\":1,\"fail\":true}"),
                     KILN_EXIT_FAILED);
    ck_assert_int_eq(order_call("resume b --store s"), KILN_EXIT_FAILED);
    order_complained("failed: no");
    ck_assert_int_eq(order_call("resume --store s"), KILN_EXIT_NO_RUN);
    ck_assert_int_eq(order_call("resume c --store s"), KILN_EXIT_NO_RUN);
    order_complained("no run 'c'");
    ck_assert_int_eq(order_call("resume --store other"), KILN_EXIT_STORE);
    order_complained("no store in 'other'");
}
END_TEST

START_TEST(lists_and_shows)
{
    ck_assert_int_eq(order_call("run --store s --id a --input {\"n\":1}"), KILN_EXIT_OK);
    ck_assert_int_eq(order_call("list --store s --json"), KILN_EXIT_OK);
    ck_assert_ptr_nonnull(
        strstr(text_cstr(&order_world->out),
               "{\"id\":\"a\",\"status\":\"completed\",\"program\":\"two-effects\",\"hash\":"
               "\"00000000000000070000000000000001\",\"began_ms\":1700000000000,"
               "\"last_ms\":1700000000000,\"records\":"));
    ck_assert_int_eq(order_call("list --store s"), KILN_EXIT_OK);
    ck_assert(strstr(order_world->out.s, "2023-11-14 22:13:20.000"));
    ck_assert_int_eq(order_call("show a --store s"), KILN_EXIT_OK);
    ck_assert_ptr_nonnull(strstr(order_world->out.s, "+0 ms  begin      {\"n\":1}\n"));
    ck_assert_ptr_nonnull(strstr(order_world->out.s, "+0 ms  done       second  3  (took 0 ms)\n"));
    ck_assert_ptr_nonnull(strstr(order_world->out.s, "+0 ms  completed  [2,3]\n"));
    ck_assert_int_eq(order_call("show a --store s --json"), KILN_EXIT_OK);
    ck_assert_ptr_nonnull(strstr(order_world->out.s,
                                 "{\"sequence\":3,\"ms\":0,\"kind\":\"done\",\"step\":"
                                 "\"first\",\"took_ms\":0,\"tries\":1,\"value\":2}\n"));
    ck_assert_int_eq(order_call_with(&two_effects_newer, "show a --store s"), KILN_EXIT_OK);
    ck_assert_ptr_nonnull(strstr(order_world->out.s, "(not this program)"));
    ck_assert_ptr_nonnull(strstr(order_world->out.s, "done       2  3  (took 0 ms)\n"));
    ck_assert_int_eq(order_call("show z --store s"), KILN_EXIT_NO_RUN);
    ck_assert_int_eq(order_call("show --store s"), KILN_EXIT_USAGE);
    ck_assert_int_eq(order_call("list"), KILN_EXIT_USAGE);
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
    ck_assert_int_eq(store_open(&order_world->io, "s", STORE_CREATE, &s, NULL), 0);
    ck_assert_int_eq(journal_begin(s, id, &two_effects, &input, &r), 0);
    journal_free(r);
    store_close(s);
    heap_fini(&h);
}

START_TEST(resumes)
{
    abandon("a");
    ck_assert_int_eq(order_call_with(&two_effects_newer, "resume a --store s"), KILN_EXIT_PROGRAM);
    order_complained("00000000000000070000000000000001, and this is 'two-effects' "
                     "00000000000000070000000000000002");
    ck_assert_int_eq(order_call_with(&two_effects_newer, "resume --store s"), KILN_EXIT_NO_RUN);
    abandon("b");
    ck_assert_int_eq(order_call("resume --store s"), KILN_EXIT_USAGE);
    order_complained("several runs are unfinished");
    ck_assert_int_eq(order_call("resume a b --store s"), KILN_EXIT_USAGE);
    ck_assert_int_eq(order_call("resume --all --store s"), KILN_EXIT_OK);
    order_said("{\"id\":\"a\",\"output\":[11,12]}\n{\"id\":\"b\",\"output\":[11,12]}\n");
    abandon("c");
    ck_assert_int_eq(order_call("resume --store s"), KILN_EXIT_OK);
    order_said("[11,12]\n");
}
END_TEST

START_TEST(retains)
{
    struct cli c = { .io = &order_world->io, .name = "order", .options = { .store = "s" } };
    struct store *s = NULL;

    c.options.retain = "30d";
    ck_assert_int_eq(cli_open_store(&c, STORE_CREATE, &s), KILN_EXIT_OK);
    ck_assert_int_eq(s->retain, 30ll * 86400000);
    store_close(s);
    c.options.retain = NULL;
    ck_assert_int_eq(cli_open_store(&c, STORE_CREATE, &s), KILN_EXIT_OK);
    ck_assert_int_eq(s->retain, -1);
    store_close(s);
    ck_assert_int_eq(order_call("run --store s --retain 30"), KILN_EXIT_USAGE);
    order_complained("--retain is a time as 90s, 15m, 2h or 30d, not '30'");
    ck_assert_int_eq(order_call("resume --store s --retain d"), KILN_EXIT_USAGE);
}
END_TEST

START_TEST(streams)
{
    ck_assert_int_eq(order_call("run --stream events --input {\"n\":1}"), KILN_EXIT_OK);
    ck_assert_ptr_nonnull(
        strstr(order_world->out.s, "{\"event\":\"done\",\"step\":\"first\",\"value\":2}\n"));
    ck_assert_str_eq(order_world->out.s + order_world->out.n - 6, "[2,3]\n");
    ck_assert_int_eq(order_call("run --stream values"), KILN_EXIT_USAGE);
    order_complained("no supersteps");
    ck_assert_int_eq(order_call("run --stream all"), KILN_EXIT_USAGE);
    order_complained("not 'all'");
}
END_TEST

START_TEST(describes)
{
    ck_assert_int_eq(order_call("describe"), KILN_EXIT_OK);
    ck_assert_ptr_nonnull(strstr(order_world->out.s, "calls test.add  /steps/first (line 3)"));
    ck_assert_ptr_nonnull(strstr(order_world->out.s, "operation test.add (effectful)"));
    ck_assert_ptr_null(strstr(order_world->out.s, "quiet"));
    ck_assert_int_eq(order_call("describe --json"), KILN_EXIT_OK);
    ck_assert_ptr_nonnull(strstr(order_world->out.s,
                                 "{\"id\":\"first\",\"pointer\":\"/steps/first\","
                                 "\"line\":3,\"column\":5,\"operation\":\"test.add\","
                                 "\"flow\":null}"));
}
END_TEST

START_TEST(helps)
{
    static const char *const verbs[] = { "run", "resume", "list", "show", "describe" };

    ck_assert_int_eq(order_call("--help"), KILN_EXIT_OK);
    ck_assert_ptr_nonnull(strstr(order_world->out.s, "exit codes:"));
    ck_assert_int_eq(order_call("--version"), KILN_EXIT_OK);
    ck_assert_ptr_nonnull(strstr(order_world->out.s, "two-effects (scenario) 0000"));
    for (size_t i = 0; i < 5; i++) {
        char line[32] = "";

        ck_assert_int_eq(order_call(strcat(strcat(line, verbs[i]), " --help")), KILN_EXIT_OK);
        ck_assert_ptr_nonnull(strstr(order_world->out.s, "example:\n  order "));
    }
    ck_assert_int_eq(order_call(""), KILN_EXIT_USAGE);
    ck_assert_int_eq(order_call("resum"), KILN_EXIT_USAGE);
    order_complained("unknown verb 'resum'; did you mean 'resume'?");
    ck_assert_int_eq(order_call("run --imput {}"), KILN_EXIT_USAGE);
    order_complained("unknown option '--imput'; did you mean '--input'?");
    ck_assert_int_eq(order_call("run --zzzzzzzz"), KILN_EXIT_USAGE);
    ck_assert_int_eq(order_call("run --input"), KILN_EXIT_USAGE);
    order_complained("wants a value");
    ck_assert_int_eq(order_call("run --quiet=1"), KILN_EXIT_USAGE);
    ck_assert_int_eq(order_call("run stray"), KILN_EXIT_USAGE);
    ck_assert_int_eq(order_call("run --id -x"), KILN_EXIT_USAGE);
    ck_assert_int_eq(order_call("run --id \xc3\xa4"), KILN_EXIT_USAGE);
    order_complained("run id");
}
END_TEST

Suite *suite_program_main(void);
Suite *suite_program_main(void)
{
    Suite *s = suite_create("program_main");
    TCase *t = tcase_create("verbs");

    tcase_add_checked_fixture(t, order_begin, order_end);
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
