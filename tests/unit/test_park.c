/* test_park.c: runs that wait are taken out of memory and up again: what their bases hold, and
 * where those are found; and bases that must be.
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

static kiln_run *make_run_of(const struct compiled *c, const char *id)
{
    kiln_options o = { .io = &sim->io, .store = store, .id = id };
    kiln_run *r;

    ck_assert_int_eq(kiln_run_new(c->program, &o, &r), 0);
    return r;
}

static kiln_run *make_run(const char *id)
{
    return make_run_of(&compiled, id);
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

/* ---- a base that must be ---- */

static unsigned tries;

KILN_OP(park_fail, "test.fail", KILN_IDEMPOTENT, "Fails at first.", KILN_FLAGS(KILN_OP_BARE))
{
    return tries++ ? kiln_out_value(call, *kiln_input(call)) : kiln_fail(call, "not yet");
}

/* A flow that is tried again, and writes above itself; `l` makes a value before it. */
#define LARGE_HEAD                                                                                 \
    "plan \"p\" dialect \"test\"\nflow \"root\"\nslot s0 \"in\" param\nslot s1 \"seen\" append\n"  \
    "slot s2 \"large\" last\nstep \"l\" wake start\n%0 = slot s0\n"
#define LARGE_TAIL                                                                                 \
    "set s2 %22\nnext -> \"c\"\n"                                                                  \
    "step \"c\" wake count 1 retry 2 delay 10 budget 60000\nchild \"below\"\nnext -> \"end\"\n"    \
    "step \"end\" wake count 1\n%0 = slot s1\n%1 = slot s2\n%2 = get %1 \"none\"\n"                \
    "%3 = array %0 %2\nfinish %3\n"                                                                \
    "step \"q\" wake quiet\n%0 = const \"quiet\"\nfinish %0\nflow \"below\" up \"root\"\n"         \
    "step \"w\" wake start\n%0 = const \"w\"\nset ^1 s1 %0\nnext -> \"f\"\n"                       \
    "step \"f\" wake count 1\n%0 = const 1\ntask \"test.fail\" %0\nnext -> \"end\"\n"              \
    "step \"end\" wake count 1\n%0 = const 1\nfinish %0\n"                                         \
    "step \"q\" wake quiet\n%0 = const \"quiet\"\nfinish %0\n"

/* The value takes next to no memory, and sixteen million bytes as text. */
static void load_large(struct compiled *c)
{
    static const kiln_op *const ops[] = { &kiln_op_park_fail };
    struct text plan = { 0 };

    text_puts(&plan, LARGE_HEAD);
    for (unsigned i = 1; i <= 22; i++)
        text_printf(&plan, "%%%u = array %%%u %%%u\n", i, i - 1, i - 1);
    text_puts(&plan, LARGE_TAIL);
    compiled_load(c, text_cstr(&plan), ops, 1);
    text_fini(&plan);
}

/* Until it waits for its second try. */
static void begin_large(const struct compiled *c)
{
    kiln_run *r = make_run_of(c, "r");
    const kiln_value one = value_int(1);
    long long due = KILN_DUE_NOW;

    tries = 0;
    ck_assert_int_eq(kiln_run_start(r, &one), 0);
    while (!tries || due == KILN_DUE_COMMIT || due == KILN_DUE_NOW) {
        ck_assert_int_eq(kiln_run_step(r, 1, &due), KILN_RUNNING);
        ck_assert_int_eq(store_commit(store), 0);
    }
    kiln_run_free(r);
}

/* The power goes then: what the first try wrote above it is there. */
START_TEST(what_a_try_left_is_kept_however_large_the_run)
{
    struct compiled large;
    struct text said = { 0 };
    kiln_run *r;

    load_large(&large);
    open_store(0);
    begin_large(&large);
    sim->crash_at = sim->calls + 1;
    store_close(store);
    io_sim_restart(sim, IO_SIM_LOSE);
    open_store(0);
    r = make_run_of(&large, "r");
    ck_assert_int_eq(kiln_run_resume(r), 0);
    ck_assert_int_eq(kiln_run_drive(r), KILN_COMPLETED);
    json_write(&said, kiln_run_output(r));
    ck_assert_str_eq(text_cstr(&said), "[[\"w\",\"w\"],null]");
    text_fini(&said);
    kiln_run_free(r);
    compiled_free(&large);
}
END_TEST

Suite *suite_park(void);
Suite *suite_park(void)
{
    Suite *s = suite_create("park");
    TCase *t = tcase_create("park");

    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, values_in_two_cells_are_kept_once);
    tcase_add_test(t, a_run_is_taken_up_from_what_waits_for_a_commit);
    tcase_add_test(t, what_a_try_left_is_kept_however_large_the_run);
    suite_add_tcase(s, t);
    return s;
}
