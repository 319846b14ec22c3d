/* test_park.c: runs that wait are taken out of memory and up again: what their bases hold, and
 * where those are found.
 */
#include "compiled.h"
#include "kiln.h"
#include "store.h"
#include "suites.h"
#include "test/io_sim.h"

#define PLAN                                                                                       \
    "plan \"p\" dialect \"test\"\nflow \"root\"\nslot s0 \"in\" param\nslot s1 \"again\" last\n"   \
    "slot s2 \"answer\" last\nstep \"w\" wake start timeout 0 \"late\"\n"                          \
    "%0 = slot s0\nset s1 %0\nawait %0 -> s2\nnext -> \"end\"\n"                                   \
    "step \"end\" wake count 1\n%0 = slot s1\n%1 = slot s2\n"                                      \
    "%2 = array %0 %1\nfinish %2\nstep \"q\" wake quiet\n%0 = const \"quiet\"\nfinish %0\n"

static struct compiled compiled;
static struct io_sim *sim;
static struct store *store;
static kiln_heap heap;

static void set_up(void)
{
    compiled_load(&compiled, PLAN, NULL, 0);
    heap_init(&heap, 0);
    sim = io_sim_new(1);
}

static void tear_down(void)
{
    store_close(store);
    io_sim_free(sim);
    heap_fini(&heap);
    compiled_free(&compiled);
}

static void open_store(unsigned flags)
{
    ck_assert_int_eq(store_open(&sim->io, "s", STORE_CREATE | flags, &store, NULL), 0);
}

/* What the run waits with, and a text of this length in it. */
static kiln_value make_input(unsigned length)
{
    kiln_value pairs[6] = { value_static("id"), value_static("w"), value_static("step"),
                            value_static("w"), value_static("long") };
    char *letters = arena_zalloc(&heap.arena, length);
    kiln_value input;

    pairs[5] = (kiln_value){ .tag = KILN_STRING, .n = length, .u.s = letters };
    ck_assert_int_eq(kiln_object(&heap, &input, pairs, 3), 0);
    return input;
}

static kiln_run *make_run(const char *id)
{
    kiln_options o = { .io = &sim->io, .store = store, .id = id };
    kiln_run *r;

    ck_assert_int_eq(kiln_run_new(compiled.program, &o, &r), 0);
    return r;
}

/* A run that waits. */
static kiln_run *start(const char *id, unsigned length)
{
    kiln_value input = make_input(length);
    kiln_run *r = make_run(id);

    ck_assert_int_eq(kiln_run_start(r, &input), 0);
    ck_assert_int_eq(kiln_run_drive(r), KILN_RUNNING);
    return r;
}

static kiln_run *park_and_resume(kiln_run *r)
{
    ck_assert_int_eq(kiln_run_park(r), 0);
    kiln_run_free(r);
    ck_assert(store_find(store, "r")->due == JOURNAL_NEVER);
    r = make_run("r");
    ck_assert_int_eq(kiln_run_resume(r), 0);
    ck_assert_int_eq(kiln_run_drive(r), KILN_RUNNING);
    return r;
}

/* It gets its signal, and ends with a text of this length. */
static void finish(kiln_run *r, unsigned length)
{
    const kiln_value seven = value_int(7);
    kiln_value input;

    ck_assert_int_eq(kiln_run_signal(r, "w", &seven), 0);
    ck_assert_int_eq(kiln_run_drive(r), KILN_COMPLETED);
    input = kiln_run_output(r)->u.items[0];
    ck_assert_uint_eq(value_member(&input, "long").n, length);
    kiln_run_free(r);
}

/* What a step waits with is the input of the run, and in a slot as well. */
START_TEST(values_in_two_cells_are_kept_once)
{
    enum { LONG = 4000 };
    kiln_run *r;

    open_store(0);
    r = park_and_resume(start("r", LONG));
    ck_assert_uint_gt(store_find(store, "r")->bytes, LONG);
    ck_assert_uint_lt(store_find(store, "r")->bytes, 2 * LONG);
    finish(r, LONG);
}
END_TEST

/* What it was parked with last is not on disk yet, and what it was parked with before stands in
 * another segment. */
START_TEST(a_run_is_taken_up_from_what_waits_for_a_commit)
{
    kiln_run *r;

    open_store(STORE_SMALL);
    r = park_and_resume(start("r", 5));
    for (unsigned first = store->last.number; store->last.number == first;)
        kiln_run_free(start(NULL, 5));
    finish(park_and_resume(r), 5);
}
END_TEST

Suite *suite_park(void);
Suite *suite_park(void)
{
    Suite *s = suite_create("park");
    TCase *t = tcase_create("park");

    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, values_in_two_cells_are_kept_once);
    tcase_add_test(t, a_run_is_taken_up_from_what_waits_for_a_commit);
    suite_add_tcase(s, t);
    return s;
}
