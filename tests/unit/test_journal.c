/* test_journal.c: what a run finds again, and what several runs in one store cost together. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "test/io_sim.h"
#include "store.h"
#include "suites.h"

static const kiln_program program = { .name = "order", .hash = { 0xfedc, 0x1234567890abcdef } };

static struct io_sim *sim;
static struct store *store;
static kiln_heap heap;

static void open_store(void)
{
    ck_assert_int_eq(store_open(&sim->io, "s", STORE_CREATE | STORE_SMALL, &store, NULL), 0);
}

static void set_up(void)
{
    sim = io_sim_new(3);
    heap_init(&heap, 0);
    open_store();
}

static void tear_down(void)
{
    store_close(store);
    heap_fini(&heap);
    io_sim_free(sim);
}

/* Another process opens the store. */
static void reopen(void)
{
    store_close(store);
    open_store();
}

static struct journal_run *begin(const char *id)
{
    kiln_value input = value_static("in");
    struct journal_run *r = NULL;

    ck_assert_int_eq(journal_begin(store, id, &program, &input, &r), 0);
    return r;
}

static struct journal_run *load(const char *id)
{
    struct journal_run *r = NULL;

    ck_assert_int_eq(journal_load(store, id, &heap, &r), 0);
    return r;
}

static void append(struct journal_run *r, enum journal_kind kind, unsigned step, long long v)
{
    struct journal_place at = { .step = step };
    kiln_value value = value_int(v);

    ck_assert_int_eq(journal_append(r, kind, &at, &value, NULL), 0);
}

static void find(const struct journal_run *r, const struct journal_place *at,
                 enum journal_kind kind, struct journal_found *ret)
{
    ck_assert_int_eq(journal_find(r, at, &heap, ret), 1);
    ck_assert_int_eq(ret->kind, kind);
}

START_TEST(finds_what_was_appended)
{
    struct journal_run *r = begin("a");
    unsigned path[] = { 3, 0, 7, 4000000000 };
    struct journal_place deep = { path, 2, 5, 9 }, shallow = { .step = 5, .turn = 9 };
    kiln_value v = value_static("deep"), pair[2] = { value_static("k"), value_int(1) }, scratch;
    struct journal_found got;

    ck_assert_int_eq(kiln_object(&heap, &scratch, pair, 1), 0);
    ck_assert_int_eq(journal_append(r, JOURNAL_DONE, &deep, &v, &scratch), 0);
    append(r, JOURNAL_FAILED, 1, 11);
    append(r, JOURNAL_NOTE, 2, 12);
    journal_free(r);
    reopen();
    r = load("a");
    ck_assert_str_eq(journal_id(r), "a");
    v = journal_input(r);
    ck_assert(value_is(&v, "in"));
    ck_assert(journal_hash(r)[0] == program.hash[0] && journal_hash(r)[1] == program.hash[1]);
    find(r, &deep, JOURNAL_DONE, &got);
    ck_assert(value_is(&got.value, "deep") && value_equal(&got.scratch, &scratch));
    ck_assert_int_eq(journal_find(r, &shallow, &heap, &got), 0);
    path[3]--;
    ck_assert_int_eq(journal_find(r, &deep, &heap, &got), 0);
    find(r, &(struct journal_place){ .step = 1 }, JOURNAL_FAILED, &got);
    ck_assert_int_eq(got.value.u.i, 11);
    ck_assert_int_eq(got.scratch.tag, KILN_ABSENT);
    find(r, &(struct journal_place){ .step = 2 }, JOURNAL_NOTE, &got);
    journal_use(r, &(struct journal_place){ .step = 2 });
    ck_assert_int_eq(journal_find(r, &(struct journal_place){ .step = 2 }, &heap, &got), 0);
    journal_free(r);
}
END_TEST

START_TEST(knows_the_end)
{
    struct journal_run *a = begin("a"), *b = begin("b");
    struct journal_run *open = begin("open");
    int ok = -1;

    append(a, JOURNAL_COMPLETED, 0, 1);
    append(b, JOURNAL_ENDED, 0, 2);
    journal_free(a);
    journal_free(b);
    journal_free(open);
    reopen();
    a = load("a");
    b = load("b");
    open = load("open");
    ck_assert_int_eq(journal_result(a, &ok).u.i, 1);
    ck_assert_int_eq(ok, 1);
    ck_assert_int_eq(journal_result(b, &ok).u.i, 2);
    ck_assert_int_eq(ok, 0);
    ck_assert_int_eq(journal_result(open, &ok).tag, KILN_ABSENT);
    journal_free(a);
    journal_free(b);
    journal_free(open);
}
END_TEST

START_TEST(ids)
{
    static const char *const bad[] = { "", "-x", "a b", "a\n", "\xc3\xa4" };
    kiln_value input = value_null();
    struct journal_run *r = begin("a"), *none = NULL;
    char longest[130];

    ck_assert_int_eq(journal_begin(store, "a", &program, &input, &none), -EEXIST);
    ck_assert_ptr_nonnull(strstr(store_error(store), "already has a run 'a'"));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_int_eq(journal_begin(store, bad[i], &program, &input, &none), -EINVAL);
    memset(longest, 'x', 129);
    longest[129] = 0;
    ck_assert_int_eq(journal_begin(store, longest, &program, &input, &none), -EINVAL);
    ck_assert_int_eq(journal_load(store, "b", &heap, &none), -ENOENT);
    ck_assert_ptr_null(none);
    journal_free(r);
}
END_TEST

START_TEST(made_ids_sort_by_time)
{
    char last[27] = "";

    for (int i = 0; i < 50; i++) {
        struct journal_run *r = begin(NULL);

        ck_assert_uint_eq(strlen(journal_id(r)), 26);
        ck_assert_int_lt(strcmp(last, journal_id(r)), 0);
        strcpy(last, journal_id(r));
        journal_free(r);
        sim->now += 1 << (i / 2);
    }
}
END_TEST

/* A thousand records of a hundred runs: one write, one sync. (The segments of the hard mode have
 * room for a few only.) */
#ifdef KILN_HARD
enum { RUNS = 2, RECORDS = 2 };
#else
enum { RUNS = 100, RECORDS = 1000 };
#endif

START_TEST(commits_together)
{
    struct journal_run *runs[RUNS];
    unsigned calls;

    store_close(store);
    ck_assert_int_eq(store_open(&sim->io, "big", STORE_CREATE, &store, NULL), 0);
    runs[0] = begin(NULL);
    ck_assert_int_eq(journal_dirty(runs[0]), 1);
    ck_assert_int_eq(store_commit(store), 0);
    ck_assert_int_eq(journal_dirty(runs[0]), 0);
    calls = sim->calls;
    for (unsigned i = 1; i < RUNS; i++)
        runs[i] = begin(NULL);
    for (unsigned i = 0; i < RECORDS; i++)
        append(runs[i % RUNS], JOURNAL_DONE, i, i);
    ck_assert_uint_eq(sim->calls, calls);
    ck_assert_int_eq(journal_dirty(runs[RUNS - 1]), 1);
    ck_assert_int_eq(journal_commit(runs[0]), 0);
    ck_assert_uint_eq(sim->calls, calls + 2);
    ck_assert_int_eq(journal_dirty(runs[RUNS - 1]), 0);
    ck_assert_int_eq(store_commit(store), 0); /* nothing to do costs nothing */
    ck_assert_uint_eq(sim->calls, calls + 2);
    for (unsigned i = 0; i < RUNS; i++)
        journal_free(runs[i]);
}
END_TEST

/* The clock may be anything; it is never part of a decision. */
START_TEST(clock_may_jump)
{
    struct journal_run *r;

    sim->now = 5;
    r = begin("a");
    sim->now = -1000000;
    append(r, JOURNAL_DONE, 1, 1);
    sim->now = 1LL << 60;
    append(r, JOURNAL_DONE, 2, 2);
    journal_free(r);
    reopen();
    r = load("a");
    ck_assert_int_eq(store_find(store, "a")->began_ms, 5);
    ck_assert(store_find(store, "a")->last_ms == 1LL << 60);
    journal_free(r);
}
END_TEST

/* A value larger than a segment gets a segment of its own. */
START_TEST(large_records)
{
    struct journal_run *r = begin("a");
    size_t n = 100000;
    char *bytes = malloc(n);
    kiln_value v;
    struct journal_found got;
    struct journal_place at = { .step = 1 };

    memset(bytes, 'x', n);
    ck_assert_int_eq(value_string(&heap, &v, bytes, n), 0);
    free(bytes);
    for (at.step = 1; at.step < 4; at.step++)
        ck_assert(!journal_append(r, JOURNAL_DONE, &at, &v, NULL) && !store_commit(store));
    journal_free(r);
    reopen();
    ck_assert_uint_eq(store->last.number, 3);
    r = load("a");
    for (at.step = 1; at.step < 4; at.step++) {
        find(r, &at, JOURNAL_DONE, &got);
        ck_assert(value_equal(&v, &got.value));
    }
    journal_free(r);
}
END_TEST

Suite *suite_journal(void);
Suite *suite_journal(void)
{
    Suite *s = suite_create("journal");
    TCase *t = tcase_create("runs");

    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, finds_what_was_appended);
    tcase_add_test(t, knows_the_end);
    tcase_add_test(t, ids);
    tcase_add_test(t, made_ids_sort_by_time);
    tcase_add_test(t, commits_together);
    tcase_add_test(t, clock_may_jump);
    tcase_add_test(t, large_records);
    suite_add_tcase(s, t);
    return s;
}
