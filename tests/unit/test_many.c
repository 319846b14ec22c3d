/* test_many.c: what is large is taken up, and taken over, in the time it takes to write it down.
 * Whatever looked at all frames for each frame would need minutes here.
 */
#include <errno.h>

#include "compiled.h"
#include "kiln.h"
#include "store.h"
#include "suites.h"
#include "test/io_sim.h"
#include "upgrade.h"

enum { MANY = 100000, SOME = 100 };

#define HEAD(slots)                                                                                \
    "plan \"p\" dialect \"test\"\nflow \"root\"\n" slots                                           \
    "step \"e\" wake start stream\n%0 = slot s0\neach \"item\" %0 -> s1\nnext -> \"end\"\n"        \
    "step \"end\" wake count 1\n%0 = slot s1\nfinish %0\n"                                         \
    "step \"q\" wake quiet\n%0 = const \"quiet\"\nfinish %0\n"                                     \
    "flow \"item\" up \"root\"\nslot s0 \"n\" param\nslot s1 \"r\" last\n"
#define ITEM(first, gated)                                                                         \
    "step \"" first "\" wake start\nnext -> \"b\"\n"                                               \
    "step \"b\" wake count 1\nnext -> \"w\"\n"                                                     \
    "step \"w\" wake count 1" gated                                                                \
    " timeout 0 \"late\"\n%0 = const {\"id\":\"w\",\"step\":\"w\"}\n"                              \
    "await %0 -> s1\nnext -> \"end\"\n"                                                            \
    "step \"end\" wake count 1\n%0 = slot s1\nfinish %0\n"                                         \
    "step \"q\" wake quiet\n%0 = const \"quiet\"\nfinish %0\n"

#define SLOTS "slot s0 \"in\" param\nslot s1 \"out\" last\n"
static const char older[] = HEAD(SLOTS) ITEM("a", "");
static const char newer[] = HEAD(SLOTS "slot s2 \"new\" last\n") ITEM("a", "");
static const char other[] = HEAD(SLOTS "slot s2 \"new\" last\n") ITEM("z", "");
static const char gates[] = HEAD(SLOTS) ITEM("a", " gated");
static const char later[] = HEAD(SLOTS "slot s2 \"new\" last\n") ITEM("a", " gated");

/* Each item comes to the gate three times. */
static const char thrice[] = HEAD(SLOTS) "step \"a\" wake start\n"
                                         "next -> \"w\"\nnext -> \"w\"\nnext -> \"w\"\n"
                                         "step \"w\" wake any gated timeout 0 \"late\"\n"
                                         "%0 = const {\"id\":\"w\",\"step\":\"w\"}\n"
                                         "await %0 -> s1\n"
                                         "step \"q\" wake quiet\n%0 = const \"quiet\"\n"
                                         "finish %0\n";

static const char sleeps[] = HEAD(SLOTS) "step \"z\" wake start\n%0 = const 500\n"
                                         "sleep %0 -> s1\nnext -> \"end\"\n"
                                         "step \"end\" wake count 1\n%0 = slot s1\nfinish %0\n"
                                         "step \"q\" wake quiet\n%0 = const \"quiet\"\n"
                                         "finish %0\n";

static struct io_sim *sim;
static struct store *store;

static kiln_run *make_run(const struct compiled *c, const kiln_upgrade *upgrade)
{
    kiln_options o = { .io = &sim->io, .store = store, .id = "r", .upgrade = upgrade };
    kiln_run *r;

    ck_assert_int_eq(kiln_run_new(c->program, &o, &r), 0);
    return r;
}

/* A run with many items, stopped behind its first base or where it rests. */
static void begin(const struct compiled *c, int rests)
{
    kiln_run *r = make_run(c, NULL);
    kiln_value items, one = value_static("an item as long as an item may well be");
    kiln_heap h;
    long long due;

    heap_init(&h, 0);
    ck_assert_int_eq(kiln_array(&h, &items, NULL, 0), 0);
    for (unsigned i = 0; i < MANY; i++)
        ck_assert_int_eq(kiln_push(&h, &items, &one), 0);
    ck_assert_int_eq(kiln_run_start(r, &items), 0);
    ck_assert_int_eq(kiln_run_step(r, rests ? ~0u : SOME, &due), KILN_RUNNING);
    if (rests)
        ck_assert_int_eq(kiln_run_park(r), 0);
    ck_assert_int_eq(store_commit(store), 0);
    ck_assert_uint_gt(store_find(store, "r")->bytes, 10 * MANY); /* it has a base */
    kiln_run_free(r);
    heap_fini(&h);
}

/* The run under the later version: what it answers. */
static int go_on(const struct compiled *c)
{
    kiln_run *r = make_run(c, &kiln_upgrade_do);
    int failed = kiln_run_resume(r);

    if (!failed)
        ck_assert_int_eq(kiln_run_drive(r), KILN_RUNNING);
    ck_assert_int_eq(failed != 0, *kiln_run_upgrade_report(r) != 0);
    kiln_run_free(r);
    return failed;
}

static void meet(const char *from, const char *to, int rests, int expected)
{
    struct compiled v[2];

    compiled_load(&v[0], from, NULL, 0);
    compiled_load(&v[1], to, NULL, 0);
    sim = io_sim_new(1);
    ck_assert_int_eq(store_open(&sim->io, "s", STORE_CREATE | STORE_SMALL, &store, NULL), 0);
    begin(&v[0], rests);
    ck_assert_int_eq(go_on(&v[1]), expected);
    store_close(store);
    io_sim_free(sim);
    compiled_free(&v[0]);
    compiled_free(&v[1]);
}

/* All are to run next; or all wait. */
START_TEST(many_items_move)
{
    meet(older, newer, _i, 0);
}
END_TEST

START_TEST(many_items_stay)
{
    meet(older, other, 0, -ESTALE);
}
END_TEST

/* One is inside, the others wait for it. */
START_TEST(many_items_stand_at_a_gate)
{
    meet(gates, later, 1, 0);
}
END_TEST

/* More wait for it than there are. */
START_TEST(many_items_wait_more_than_once)
{
    meet(thrice, thrice, 1, 0);
}
END_TEST

/* All sleeps are over, and on disk; what follows from that is not. */
START_TEST(many_items_wake_again)
{
    struct compiled c;
    long long due;
    kiln_run *r;

    compiled_load(&c, sleeps, NULL, 0);
    sim = io_sim_new(1);
    ck_assert_int_eq(store_open(&sim->io, "s", STORE_CREATE, &store, NULL), 0);
    begin(&c, 1);
    r = make_run(&c, NULL);
    ck_assert_int_eq(kiln_run_resume(r), 0);
    sim->now += 1000;
    ck_assert_int_eq(kiln_run_step(r, 1, &due), KILN_RUNNING);
    ck_assert_int_eq(store_commit(store), 0);
    kiln_run_free(r);
    sim->now -= 1000; /* so that it can only know it from the store */
    r = make_run(&c, NULL);
    ck_assert_int_eq(kiln_run_resume(r), 0);
    ck_assert_int_eq(kiln_run_step(r, ~0u, &due), KILN_COMPLETED);
    ck_assert_uint_eq(kiln_run_output(r)->n, MANY);
    kiln_run_free(r);
    store_close(store);
    io_sim_free(sim);
    compiled_free(&c);
}
END_TEST

START_TEST(many_sentences_are_said_once)
{
    struct upgrade u = { .failed = 0 };

    for (unsigned i = 0; i < 2 * MANY; i++)
        upgrade_say(&u, &u.told, "step '%u' is gone", i % MANY);
    ck_assert(!u.failed);
    ck_assert_uint_eq(u.told.lines.n, MANY);
    ck_assert_str_eq(u.told.lines.at[MANY - 1], "step '99999' is gone");
    upgrade_clear(&u);
    ck_assert_uint_eq(u.told.lines.n, 0);
    upgrade_say(&u, &u.told, "step '%u' is gone", 1);
    ck_assert_uint_eq(u.told.lines.n, 1);
    upgrade_fini(&u);
}
END_TEST

Suite *suite_many(void);
Suite *suite_many(void)
{
    Suite *s = suite_create("many");
    TCase *t = tcase_create("many");

    tcase_set_timeout(t, 20);
    tcase_add_loop_test(t, many_items_move, 0, 2);
    tcase_add_test(t, many_items_stay);
    tcase_add_test(t, many_items_stand_at_a_gate);
    tcase_add_test(t, many_items_wait_more_than_once);
    tcase_add_test(t, many_items_wake_again);
    tcase_add_test(t, many_sentences_are_said_once);
    suite_add_tcase(s, t);
    return s;
}
