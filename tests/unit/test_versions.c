/* test_versions.c: records are told by the names that their steps had when they were written,
 * whatever version of the program is asked; and what a run was then goes on as it was then.
 */
#include <string.h>

#include "cli.h"
#include "compiled.h"
#include "suites.h"
#include "test/io_sim.h"

KILN_OP(versions_act, "test.act", KILN_EFFECTFUL, "Gives its input back.", KILN_FLAGS(KILN_OP_BARE))
{
    return kiln_out_value(call, *kiln_input(call));
}

#define HEAD "plan \"p\" dialect \"test\"\nflow \"root\"\n"
#define ACT(id, wake, slot, to)                                                                    \
    "step \"" id "\" wake " wake "\n%0 = const \"" id "\"\ntask \"test.act\" %0 -> " slot          \
    "\nnext -> \"" to "\"\n"
#define AWAIT                                                                                      \
    "step \"w\" wake count 1 timeout 0 \"late\"\n%0 = const {\"id\":\"w\",\"step\":\"w\"}\n"       \
    "await %0 -> s1\nnext -> \"b\"\n"
#define END                                                                                        \
    "step \"end\" wake count 1\n%0 = slot s0\nfinish %0\n"                                         \
    "step \"q\" wake quiet\n%0 = const \"quiet\"\nfinish %0\n"

static const char older[] =
    HEAD "slot s0 \"x\" last\nslot s1 \"y\" last\n" ACT("a", "start", "s0", "w")
        AWAIT ACT("b", "count 1", "s0", "end") END;

/* Other numbers for all of it, and a step more. */
static const char newer[] = HEAD
    "slot s0 \"y\" last\nslot s1 \"x\" last\nslot s2 \"z\" last\n" ACT("c", "count 1", "s2", "end")
        ACT("b", "count 1", "s0", "c") AWAIT ACT("a", "start", "s0", "w") END;

static struct compiled versions[2];
static struct io_sim *sim;

static void set_up(void)
{
    static const kiln_op *const ops[] = { &kiln_op_versions_act };

    compiled_load(&versions[0], older, ops, 1);
    compiled_load(&versions[1], newer, ops, 1);
    sim = io_sim_new(1);
}

static void tear_down(void)
{
    io_sim_free(sim);
    compiled_free(&versions[0]);
    compiled_free(&versions[1]);
}

/* The exit code of one version with these words. */
static int call(unsigned version, const char *line)
{
    char *words[16] = { "p" }, copy[128];
    int n = 1;

    strcpy(copy, line);
    for (char *w = strtok(copy, " "); w; w = strtok(NULL, " "))
        words[n++] = w;
    text_clear(&sim->out);
    text_clear(&sim->err);
    return cli_main(versions[version].program, &sim->io, n, words);
}

#define said(words)                                                                                \
    ck_assert_msg(strstr(text_cstr(&sim->out), words), "%s in: %s", words, text_cstr(&sim->out))

/* Begins a run under the older version, until it waits. */
static void begin(void)
{
    ck_assert_int_eq(call(0, "run --store s --id r"), KILN_EXIT_WAITING);
}

static void move_on(void)
{
    ck_assert_int_eq(call(1, "resume r --store s --migrate --signal w=7"), KILN_EXIT_OK);
}

START_TEST(names_come_from_the_version_that_wrote)
{
    begin();
    for (unsigned version = 0; version < 2; version++) {
        ck_assert_int_eq(call(version, "show r --store s"), KILN_EXIT_OK);
        said("done       a  \"a\"");
    }
    said("(not this program)");
    move_on();
    for (unsigned version = 0; version < 2; version++) {
        ck_assert_int_eq(call(version, "show r --store s"), KILN_EXIT_OK);
        said("done       a  \"a\"");
        said("done       b  \"b\"");
        said("done       c  \"c\"");
    }
    ck_assert_int_eq(call(1, "show r --store s --at d"), KILN_EXIT_NO_RUN);
    ck_assert_ptr_nonnull(strstr(text_cstr(&sim->err), "it has a, "));
}
END_TEST

/* The store does not have what it says: numbers are all there is to tell. */
START_TEST(a_version_nobody_knows_has_numbers)
{
    kiln_program shy = *versions[0].program;
    char *words[] = { "p", "run", "--store", "s", "--id", "r" };

    shy.shape = NULL;
    ck_assert_int_eq(cli_main(&shy, &sim->io, 6, words), KILN_EXIT_WAITING);
    ck_assert_int_eq(call(1, "show r --store s"), KILN_EXIT_OK);
    said("done       0  \"a\"");
}
END_TEST

START_TEST(what_it_was_then_goes_on_as_then)
{
    begin();
    move_on();
    ck_assert_int_eq(call(1, "show r --store s --at a"), KILN_EXIT_PROGRAM);
    ck_assert_int_eq(call(0, "show r --store s --at a"), KILN_EXIT_OK);
    said("  x                     \"a\"\n");
    ck_assert_int_eq(call(1, "show r --store s --at b"), KILN_EXIT_OK);
    said("  y                     \"b\"\n");
    ck_assert_int_eq(call(1, "fork r --store s --at a --id f"), KILN_EXIT_OK);
    ck_assert_int_eq(call(1, "resume f --store s"), KILN_EXIT_PROGRAM);
    ck_assert_int_eq(call(0, "resume f --store s --signal w=7"), KILN_EXIT_OK);
    ck_assert_str_eq(text_cstr(&sim->out), "\"b\"\n");
}
END_TEST

Suite *suite_versions(void);
Suite *suite_versions(void)
{
    Suite *s = suite_create("versions");
    TCase *t = tcase_create("versions");

    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, names_come_from_the_version_that_wrote);
    tcase_add_test(t, a_version_nobody_knows_has_numbers);
    tcase_add_test(t, what_it_was_then_goes_on_as_then);
    suite_add_tcase(s, t);
    return s;
}
