/* test_store.c: a store keeps its promises (spec/JOURNAL.md 1) at every crash there can be.
 *
 * One script of appends and commits is run over and over on a simulated disk, and crashed at every
 * call that changes the disk, with every way of losing what was not synced. Each time the store is
 * opened again and must hold exactly what was acknowledged, and at most what was appended after it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "io_sim.h"
#include "store.h"
#include "suites.h"

enum { COMMITS = 16 };

static const kiln_program program = { .name = "script", .hash = { 1, 2 } };
static const char segment1[] = "s/journal-00000001";

/* ---- the script ---- */

/* What a test knows it did. */
struct script {
    struct io_sim *sim;
    struct store *store;
    struct journal_run *runs[2];
    unsigned long long appended, acknowledged; /* sequences; 1 is the first */
    int eager;                                 /* after a crash, append at once */
};

/* The value of record `n`: its number, and a text whose length depends on it, so that commits have
 * many sizes and some need a new segment. */
static kiln_value value_of(kiln_heap *h, unsigned long long n)
{
    static char filler[600];
    kiln_value pair[2] = { value_int((long long)n), value_null() }, v;
    size_t size = n % 7 == 0 ? sizeof filler : n % 5 * 13;

    memset(filler, 'x', sizeof filler);
    ck_assert_int_eq(value_string(h, &pair[1], filler, size), 0);
    ck_assert_int_eq(kiln_array(h, &v, pair, 2), 0);
    return v;
}

static int append(struct script *k, unsigned run)
{
    kiln_heap h;
    kiln_value v;
    struct journal_place at = { .step = (unsigned)k->appended };
    int failed;

    heap_init(&h, 0);
    v = value_of(&h, k->appended + 1);
    if (!k->runs[run])
        failed = journal_begin(k->store, run ? "b" : "a", &program, &v, &k->runs[run]);
    else
        failed = journal_append(k->runs[run], JOURNAL_DONE, &at, &v, NULL);
    heap_fini(&h);
    if (!failed)
        k->appended++;
    return failed;
}

static int commit(struct script *k)
{
    int failed = store_commit(k->store);

    if (!failed)
        k->acknowledged = k->appended;
    return failed;
}

/* Stops at the first failure, as a program does whose machine is going down. */
static void play(struct script *k)
{
    if (store_open(&k->sim->io, "s", STORE_CREATE | STORE_SMALL, &k->store, NULL) < 0)
        return;
    for (unsigned i = 0; i < COMMITS; i++) {
        for (unsigned j = 0; j <= i % 4; j++)
            if (append(k, j & 1) < 0)
                return;
        if (commit(k) < 0)
            return;
    }
}

static void stop(struct script *k)
{
    journal_free(k->runs[0]);
    journal_free(k->runs[1]);
    k->runs[0] = k->runs[1] = NULL;
    store_close(k->store);
    k->store = NULL;
}

/* ---- what is there ---- */

struct seen {
    unsigned long long n;    /* records */
    unsigned long long most; /* the highest sequence */
    kiln_heap heap;
};

static int see(void *ctx, const struct entry *e)
{
    struct seen *seen = ctx;
    kiln_value v, scratch, want;

    ck_assert_int_eq(entry_values(&seen->heap, e, &v, &scratch), 0);
    want = value_of(&seen->heap, e->sequence);
    ck_assert_msg(value_equal(&v, &want), "record %llu is not what was written", e->sequence);
    seen->n++;
    if (e->sequence > seen->most)
        seen->most = e->sequence;
    return 0;
}

/* Reads everything; each record must be what was appended under its sequence, none may be missing.
 */
static unsigned long long check(struct store *s)
{
    struct seen seen = { 0 };

    heap_init(&seen.heap, 0);
    for (size_t i = 0; i < s->runs.n; i++)
        ck_assert_int_eq(store_each(s, s->runs.at[i], see, &seen), 0);
    ck_assert_uint_eq(seen.n, seen.most);
    heap_fini(&seen.heap);
    return seen.n;
}

static struct store *reopen(struct io_sim *sim, unsigned flags)
{
    struct text why = { 0 };
    struct store *s = NULL;
    int failed = store_open(&sim->io, "s", flags | STORE_SMALL, &s, &why);

    ck_assert_msg(!failed, "%s", text_cstr(&why));
    text_fini(&why);
    return s;
}

/* Another program takes run "a" up and appends to it. */
static void go_on(struct script *k)
{
    kiln_heap h;

    heap_init(&h, 0);
    ck_assert_int_eq(journal_load(k->store, "a", &h, &k->runs[0]), 0);
    for (unsigned i = 0; i < 3; i++)
        ck_assert_int_eq(append(k, 0), 0);
    ck_assert_int_eq(commit(k), 0);
    heap_fini(&h);
}

/* The machine comes up, another program goes on with the store, and the power goes again. */
static void recover_and_check(struct script *k, enum io_sim_loss loss)
{
    unsigned long long n;

    io_sim_restart(k->sim, loss);
    k->store = reopen(k->sim, STORE_CREATE);
    n = check(k->store);
    ck_assert_msg(n >= k->acknowledged, "%llu acknowledged, %llu found", k->acknowledged, n);
    ck_assert_msg(n <= k->appended, "%llu appended, %llu found", k->appended, n);
    k->appended = n;
    if (!k->eager) { /* what an open has shown must outlive any crash */
        stop(k);
        io_sim_restart(k->sim, IO_SIM_LOSE);
        k->store = reopen(k->sim, STORE_CREATE);
        ck_assert_uint_eq(check(k->store), n);
    }
    if (store_find(k->store, "a"))
        go_on(k);
    stop(k);
    io_sim_restart(k->sim, IO_SIM_LOSE);
    k->store = reopen(k->sim, STORE_CREATE);
    ck_assert_uint_eq(check(k->store), k->appended);
    stop(k);
}

/* How many calls the script makes, to crash at each. */
static unsigned count_calls(void)
{
    struct script k = { .sim = io_sim_new(1) };
    unsigned calls;

    play(&k);
    ck_assert_uint_gt(k.acknowledged, 15);
    ck_assert_uint_gt(k.store->last.number, 2);
    calls = k.sim->calls;
    stop(&k);
    io_sim_free(k.sim);
    return calls;
}

/* Crashes at a call, of which, when it is a write, `out` bytes went out. Returns how many bytes it
 * would have written. */
static size_t crash(unsigned call, size_t out, enum io_sim_loss loss, unsigned long long seed)
{
    struct script k = { .sim = io_sim_new(seed), .eager = seed & 1 };
    size_t n;

    k.sim->crash_at = call;
    k.sim->tear = out;
    play(&k);
    stop(&k);
    n = k.sim->last_write;
    recover_and_check(&k, loss);
    io_sim_free(k.sim);
    return n;
}

START_TEST(crash_at_every_call)
{
    unsigned calls = count_calls();

    for (unsigned call = 1; call <= calls + 1; call++) {
        for (unsigned long long seed = 1; seed <= 2; seed++) {
            crash(call, 0, IO_SIM_KEEP, seed);
            crash(call, 0, IO_SIM_LOSE, seed);
        }
    }
}
END_TEST

START_TEST(tear_at_every_byte)
{
    unsigned calls = count_calls();

    for (unsigned call = 1; call <= calls; call++) {
        size_t n = crash(call, 0, IO_SIM_KEEP, 1);

        for (size_t out = 1; out <= n; out += out < 128 ? 1 : 61)
            crash(call, out, IO_SIM_KEEP, 1);
    }
}
END_TEST

START_TEST(blocks_in_any_order)
{
    unsigned calls = count_calls();

    for (unsigned call = 1; call <= calls; call++)
        for (unsigned long long seed = 1; seed <= 20; seed++)
            crash(call, 100000, IO_SIM_SHUFFLE, seed);
}
END_TEST

START_TEST(recovery_may_crash_too)
{
    for (unsigned first = 10; first < 40; first += 3)
        for (unsigned call = 1; call <= 6; call++) {
            struct script k = { .sim = io_sim_new(first) };
            struct store *s = NULL;

            k.sim->crash_at = first;
            k.sim->tear = 77;
            play(&k);
            stop(&k);
            io_sim_restart(k.sim, IO_SIM_SHUFFLE);
            k.sim->crash_at = call;
            k.sim->tear = 33;
            if (store_open(&k.sim->io, "s", STORE_CREATE | STORE_SMALL, &s, NULL) == 0)
                store_close(s);
            recover_and_check(&k, IO_SIM_SHUFFLE);
            io_sim_free(k.sim);
        }
}
END_TEST

START_TEST(any_call_may_fail)
{
    static const int codes[] = { -ENOSPC, -EIO };
    unsigned calls = count_calls();

    for (unsigned call = 1; call <= calls; call++)
        for (unsigned i = 0; i < 4; i++) {
            struct script k = { .sim = io_sim_new(call) };

            k.sim->fail_at = call;
            k.sim->fail_code = codes[i % 2];
            play(&k);
            if (k.store) { /* broken for good, whatever the disk would say now */
                ck_assert_int_lt(store_commit(k.store), 0);
                ck_assert_int_lt(append(&k, 0), 0);
                ck_assert_uint_gt(strlen(store_error(k.store)), 0);
            }
            stop(&k);
            recover_and_check(&k, i < 2 ? IO_SIM_LOSE : IO_SIM_KEEP);
            io_sim_free(k.sim);
        }
}
END_TEST

/* ---- damage ---- */

static struct io_sim *whole_store(unsigned long long *ret_n)
{
    struct script k = { .sim = io_sim_new(1) };

    play(&k);
    *ret_n = k.acknowledged;
    stop(&k);
    return k.sim;
}

/* Which bytes of the first segment a checksum stands for. */
static void mark_covered(const struct text *bytes, unsigned char *covered)
{
    struct record r;

    memset(covered, 1, 48); /* the head */
    for (size_t at = SEGMENT_HEAD;
         record_read((unsigned char *)bytes->s + at, bytes->n - at, 1, &r); at += r.size)
        memset(covered + at, 1, RECORD_HEAD + r.n);
}

/* Every covered bit is noticed; the others change nothing. */
START_TEST(flipped_bits_are_noticed)
{
    unsigned long long n;
    struct io_sim *sim = whole_store(&n);
    struct text *bytes = io_sim_bytes(sim, segment1);
    unsigned char *covered = calloc(bytes->n, 1);

    mark_covered(bytes, covered);
    for (size_t bit = 0; bit < 8 * bytes->n; bit++) {
        struct store *s = NULL;
        struct text why = { 0 };
        int failed;

        bytes->s[bit / 8] ^= (char)(1 << bit % 8);
        failed = store_open(&sim->io, "s", STORE_READONLY, &s, &why);
        ck_assert_msg(!failed == !covered[bit / 8], "bit %zu: %s", bit, text_cstr(&why));
        if (failed) {
            ck_assert(failed == -EUCLEAN || failed == -ENOTSUP);
            ck_assert_msg(strstr(why.s, "'s"), "%s", why.s);
        } else {
            ck_assert_uint_eq(check(s), n);
            store_close(s);
        }
        text_fini(&why);
        bytes->s[bit / 8] ^= (char)(1 << bit % 8);
    }
    free(covered);
    io_sim_free(sim);
}
END_TEST

/* The last commit of all cannot be told from a torn one, every earlier one can. */
START_TEST(damage_in_the_last_segment)
{
    struct script k = { .sim = io_sim_new(1) };
    struct text *bytes;
    struct store *s = NULL;
    size_t first;

    ck_assert_int_eq(store_open(&k.sim->io, "s", STORE_CREATE, &k.store, NULL), 0);
    append(&k, 0);
    commit(&k);
    first = k.store->end;
    append(&k, 0);
    append(&k, 0);
    commit(&k);
    stop(&k);
    bytes = io_sim_bytes(k.sim, segment1);
    bytes->s[first + RECORD_HEAD] ^= 1;
    k.store = reopen(k.sim, STORE_READONLY);
    ck_assert_uint_eq(check(k.store), 1);
    stop(&k);
    bytes->s[SEGMENT_HEAD + RECORD_HEAD] ^= 1;
    bytes->s[first + RECORD_HEAD] ^= 1;
    io_sim_damaged(k.sim, segment1);
    ck_assert_int_eq(store_open(&k.sim->io, "s", 0, &s, NULL), -EUCLEAN);
    io_sim_free(k.sim);
}
END_TEST

static void expect(struct io_sim *sim, unsigned flags, int code, const char *words)
{
    struct text why = { 0 };
    struct store *s = NULL;

    ck_assert_int_eq(store_open(&sim->io, "s", flags, &s, &why), code);
    ck_assert_msg(strstr(text_cstr(&why), words), "%s", text_cstr(&why));
    text_fini(&why);
}

START_TEST(refusals)
{
    unsigned long long n;
    struct io_sim *sim = whole_store(&n);
    struct text *bytes = io_sim_bytes(sim, segment1);
    struct store *writer = reopen(sim, 0), *reader = reopen(sim, STORE_READONLY);

    ck_assert_uint_eq(check(reader), n);
    expect(sim, 0, -EWOULDBLOCK, "'s' is in use");
    ck_assert_ptr_null(store_begin_record(reader));
    store_close(reader);
    store_close(writer);
    bytes->s[8]++;
    expect(sim, 0, -ENOTSUP, "format 2");
    bytes->s[8]--;
    bytes->s[0]++;
    expect(sim, 0, -EUCLEAN, "damaged");
    bytes->s[0]--;
    bytes->n -= 8;
    expect(sim, 0, -EUCLEAN, "missing");
    io_sim_free(sim);
    sim = io_sim_new(1);
    expect(sim, 0, -ENOENT, "no store in 's'");
    expect(sim, STORE_READONLY, -ENOENT, "no store in 's'");
    io_sim_free(sim);
}
END_TEST

START_TEST(missing_segments)
{
    unsigned long long n;
    struct io_sim *sim = whole_store(&n);
    struct text *bytes = io_sim_bytes(sim, "s/journal-00000002"), copy = { 0 };

    text_put(&copy, bytes->s, bytes->n);
    io_sim_put(sim, "s/journal-00000009", copy.s, copy.n);
    expect(sim, 0, -EUCLEAN, "segments");
    io_sim_free(sim);
    sim = whole_store(&n);
    io_sim_put(sim, segment1, copy.s, copy.n);
    expect(sim, 0, -EUCLEAN, "belongs elsewhere");
    text_fini(&copy);
    io_sim_free(sim);
}
END_TEST

Suite *suite_store(void);
Suite *suite_store(void)
{
    Suite *s = suite_create("store");
    TCase *crashes = tcase_create("crashes"), *damage = tcase_create("damage");

    tcase_set_timeout(crashes, 120);
    tcase_add_test(crashes, crash_at_every_call);
    tcase_add_test(crashes, tear_at_every_byte);
    tcase_add_test(crashes, blocks_in_any_order);
    tcase_add_test(crashes, recovery_may_crash_too);
    tcase_add_test(crashes, any_call_may_fail);
    suite_add_tcase(s, crashes);
    tcase_set_timeout(damage, 60);
    tcase_add_test(damage, flipped_bits_are_noticed);
    tcase_add_test(damage, damage_in_the_last_segment);
    tcase_add_test(damage, refusals);
    tcase_add_test(damage, missing_segments);
    suite_add_tcase(s, damage);
    return s;
}
