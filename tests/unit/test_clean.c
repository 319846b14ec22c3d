/* test_clean.c: a store takes disk for what lives, and loses nothing of it when it cleans up. */
#include <stdio.h>
#include <string.h>

#include "test/io_sim.h"
#include "store.h"
#include "suites.h"

static const char shape[] = "5:order 4:test 0 0 1\n4:root 0 0 0 1 0\n1:q 9 4 0\n";

static const kiln_program program = {
    .name = "order", .hash = { 1, 2 }, .n_shape = sizeof shape - 1, .shape = shape
};

enum { ROUNDS = 60, SIZE = 300 };

/* One run that stays as it was, one that goes on for ever and keeps bases, and many that end. */
struct script {
    struct io_sim *sim;
    struct store *store;
    struct journal_run *idle, *busy;
    unsigned acknowledged; /* rounds */
    long long retain;
};

static int append(struct journal_run *r, enum journal_kind kind, unsigned step, unsigned n)
{
    struct journal_place at = { .step = step };
    kiln_value v = value_int(n);

    return journal_append(r, kind, &at, &v, NULL);
}

static int take_place(struct store *s, const char *id, struct journal_run **ret)
{
    kiln_value input = value_static("in");

    return journal_begin(s, id, &program, &input, ret);
}

static int play_round(struct script *k, unsigned n)
{
    char bytes[SIZE];
    struct text state = { bytes, SIZE, SIZE, 0 };
    struct journal_run *short_one = NULL;
    int failed;

    memset(bytes, (int)('a' + n % 26), SIZE);
    failed = append(k->busy, JOURNAL_DONE, n, n);
    if (!failed && n % 3 == 0)
        failed = journal_append_base(k->busy, &state, 1000 + n);
    if (!failed)
        failed = take_place(k->store, NULL, &short_one);
    if (!failed)
        failed = append(short_one, JOURNAL_COMPLETED, 0, n);
    journal_free(short_one);
    return failed ? failed : store_commit(k->store);
}

static void play(struct script *k)
{
    if (store_open(&k->sim->io, "s", STORE_CREATE | STORE_SMALL, &k->store, NULL) < 0)
        return;
    k->store->retain = k->retain;
    if (take_place(k->store, "idle", &k->idle) < 0 || append(k->idle, JOURNAL_DONE, 5, 55) < 0
        || take_place(k->store, "busy", &k->busy) < 0 || store_commit(k->store) < 0)
        return;
    for (unsigned n = 1; n <= ROUNDS; n++) {
        k->sim->now += 10;
        if (play_round(k, n) < 0)
            return;
        k->acknowledged = n;
    }
}

static void stop(struct script *k)
{
    journal_free(k->idle);
    journal_free(k->busy);
    store_close(k->store);
    k->idle = k->busy = NULL;
    k->store = NULL;
}

static void check_idle(struct store *s, kiln_heap *h)
{
    struct journal_run *r = NULL;
    struct journal_found found;
    kiln_value v;

    ck_assert_int_eq(journal_load(s, "idle", h, &r), 0);
    v = journal_input(r);
    ck_assert(value_is(&v, "in"));
    ck_assert_int_eq(journal_find(r, &(struct journal_place){ .step = 5 }, h, &found), 1);
    ck_assert_int_eq(found.value.u.i, 55);
    journal_free(r);
}

/* Of the rounds acknowledged everything is there: the newest base, and what came behind it. The
 * round under way may have left a newer base. */
static void check_busy(struct store *s, kiln_heap *h, unsigned acknowledged)
{
    unsigned base = acknowledged / 3 * 3;
    struct journal_run *r = NULL;
    struct journal_found found;
    const unsigned char *state;
    size_t n;

    ck_assert_int_eq(journal_load(s, "busy", h, &r), 0);
    state = journal_state(r, &n);
    if (state && (acknowledged + 1) % 3 == 0 && *state == 'a' + (acknowledged + 1) % 26)
        base = ++acknowledged;
    if (base)
        ck_assert(state && n == SIZE && *state == 'a' + base % 26);
    for (unsigned i = base + 1; i <= acknowledged; i++) {
        ck_assert_int_eq(journal_find(r, &(struct journal_place){ .step = i }, h, &found), 1);
        ck_assert_int_eq(found.value.u.i, i);
    }
    journal_free(r);
}

/* Runs of the program go on, so what it looks like is known, however often it was carried along. */
static void check_shape(struct store *s)
{
    const struct store_program *p = store_find_program(s, program.hash);

    ck_assert_ptr_nonnull(p);
    ck_assert_uint_eq(p->n, sizeof shape - 1);
    ck_assert_int_eq(memcmp(p->shape, shape, p->n), 0);
    ck_assert_uint_ge(p->segment, s->oldest);
}

static unsigned count_ended(const struct store *s)
{
    unsigned n = 0;

    for (size_t i = 0; i < s->runs.n; i++)
        n += s->runs.at[i]->state == JOURNAL_COMPLETED;
    return n;
}

static struct store *look(struct script *k, unsigned flags)
{
    struct text why = { 0 };
    struct store *s = NULL;
    kiln_heap h;
    int failed = store_open(&k->sim->io, "s", flags | STORE_SMALL, &s, &why);

    ck_assert_msg(!failed, "%s", text_cstr(&why));
    heap_init(&h, 0);
    check_idle(s, &h);
    check_busy(s, &h, k->acknowledged);
    check_shape(s);
    heap_fini(&h);
    return s;
}

static unsigned long long disk_used(struct io_sim *sim)
{
    unsigned long long n = 0;
    char path[32];

    for (unsigned i = 1; i < 100; i++) {
        struct text *bytes;

        snprintf(path, sizeof path, "s/journal-%08u", i);
        bytes = io_sim_bytes(sim, path);
        n += bytes ? bytes->n : 0;
    }
    return n;
}

START_TEST(disk_follows_what_lives)
{
    struct script k = { .sim = io_sim_new(1), .retain = 50 };
    unsigned long long used, number;
    struct store *s;

    play(&k);
    ck_assert_uint_eq(k.acknowledged, ROUNDS);
    used = disk_used(k.sim);
    number = k.store->last.number;
    stop(&k);
    s = look(&k, STORE_READONLY);
    ck_assert_uint_lt(count_ended(s), 45);
    ck_assert_uint_gt(number, 5);
    ck_assert_uint_lt(used, 10 * 4 * SEGMENT_SMALL_UNIT);
    ck_assert_int_eq(store_find(s, "busy")->due, 1000 + ROUNDS);
    store_close(s);
    io_sim_free(k.sim);
}
END_TEST

START_TEST(ends_are_kept_for_ever_unless_told)
{
    struct script k = { .sim = io_sim_new(1), .retain = -1 };
    struct store *s;

    play(&k);
    stop(&k);
    s = look(&k, 0);
    ck_assert_uint_eq(count_ended(s), ROUNDS);
    store_close(s);
    io_sim_free(k.sim);
}
END_TEST

static void crash(unsigned call, size_t tear, enum io_sim_loss loss)
{
    struct script k = { .sim = io_sim_new(call), .retain = 50 };

    k.sim->crash_at = call;
    k.sim->tear = tear;
    play(&k);
    stop(&k);
    io_sim_restart(k.sim, loss);
    if (k.acknowledged) {
        store_close(look(&k, 0));
        io_sim_restart(k.sim, IO_SIM_LOSE);
        store_close(look(&k, STORE_READONLY));
    }
    io_sim_free(k.sim);
}

START_TEST(crash_at_every_call)
{
    struct script k = { .sim = io_sim_new(1), .retain = 50 };
    unsigned calls;

    play(&k);
    calls = k.sim->calls;
    stop(&k);
    io_sim_free(k.sim);
    for (unsigned call = 1; call <= calls; call++) {
        crash(call, 0, IO_SIM_LOSE);
        crash(call, 30, IO_SIM_KEEP);
        crash(call, 50 + call, IO_SIM_KEEP);
        crash(call, 1000, IO_SIM_SHUFFLE);
        crash(call, 5, IO_SIM_SHUFFLE);
    }
}
END_TEST

START_TEST(a_full_disk_leaves_the_store_as_it_was)
{
    for (unsigned call = 1; call <= 150; call++) {
        struct script k = { .sim = io_sim_new(call), .retain = 50 };

        k.sim->fail_at = call;
        k.sim->fail_code = call & 1 ? -28 : -5;
        play(&k);
        stop(&k);
        io_sim_restart(k.sim, call & 2 ? IO_SIM_KEEP : IO_SIM_LOSE);
        if (k.acknowledged)
            store_close(look(&k, 0));
        io_sim_free(k.sim);
    }
}
END_TEST

/* The run begins, and then has a base that takes as many bytes. */
static void begin_twin(struct store *s)
{
    char bytes[SIZE] = { 0 };
    kiln_value input = { .tag = KILN_STRING, .n = SIZE - 40, .u.s = bytes };
    struct journal_run *r;
    unsigned long long begin;

    ck_assert_int_eq(journal_begin(s, "twin", &program, &input, &r), 0);
    begin = store_find(s, "twin")->bytes;
    for (struct text state = { bytes, SIZE - 80, SIZE, 0 }; state.n < SIZE; state.n += 8) {
        ck_assert_int_eq(journal_append_base(r, &state, 0), 0);
        if (store_find(s, "twin")->bytes == begin)
            break;
    }
    ck_assert_uint_eq(store_find(s, "twin")->bytes, begin);
    journal_free(r);
}

/* What a run had before its base adds up to what it has now: it was seen whole once, not twice. */
START_TEST(what_is_void_is_not_taken_for_what_counts)
{
    struct script k = { .sim = io_sim_new(1) };
    struct journal_run *late;
    kiln_heap h;

    ck_assert_int_eq(store_open(&k.sim->io, "s", STORE_CREATE | STORE_SMALL, &k.store, NULL), 0);
    k.store->retain = 50;
    begin_twin(k.store);
    ck_assert_int_eq(take_place(k.store, "idle", &late), 0);
    ck_assert_int_eq(take_place(k.store, "busy", &k.busy), 0);
    for (unsigned n = 1; n <= ROUNDS; n++) {
        k.sim->now += 10;
        if (n == 10)
            ck_assert_int_eq(append(late, JOURNAL_DONE, 5, 55), 0);
        ck_assert_int_eq(play_round(&k, n), 0);
    }
    ck_assert_uint_gt(k.store->oldest, 1);
    heap_init(&h, 0);
    check_idle(k.store, &h);
    heap_fini(&h);
    journal_free(late);
    stop(&k);
    io_sim_free(k.sim);
}
END_TEST

Suite *suite_clean(void);
Suite *suite_clean(void)
{
    Suite *s = suite_create("clean");
    TCase *t = tcase_create("stores");

    tcase_set_timeout(t, 120);
    tcase_add_test(t, disk_follows_what_lives);
    tcase_add_test(t, ends_are_kept_for_ever_unless_told);
    tcase_add_test(t, what_is_void_is_not_taken_for_what_counts);
    tcase_add_test(t, crash_at_every_call);
    tcase_add_test(t, a_full_disk_leaves_the_store_as_it_was);
    suite_add_tcase(s, t);
    return s;
}
