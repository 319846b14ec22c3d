/* test_repair.c: what can be saved of a damaged store is saved, whenever the power goes
 * (runtime/repair.h).
 */
#include <errno.h>
#include <string.h>

#include "inbox.h"
#include "repair.h"
#include "store_script.h"
#include "suites.h"

static const char segment1[] = "s/journal-00000001";

static const char shape[] = "5:order 4:test 0 0 1\n4:root 0 0 0 1 0\n1:q 9 4 0\n";

static const kiln_program program = {
    .name = "order", .hash = { 1, 2 }, .n_shape = sizeof shape - 1, .shape = shape
};

static int append(struct journal_run *r, enum journal_kind kind, unsigned step, unsigned n)
{
    struct journal_place at = { .step = step };
    kiln_value v = value_int(n);

    return journal_append(r, kind, &at, &v, NULL);
}

static struct journal_run *begin(struct store *s, const char *id)
{
    kiln_value input = value_static(id);
    struct journal_run *r = NULL;

    ck_assert_int_eq(journal_begin(s, id, &program, &input, &r), 0);
    ck_assert_int_eq(store_commit(s), 0);
    return r;
}

/* Four runs: one that has ended, one whose base comes late, one that goes on, one that begins at
 * the end. Record 7, a step of the third, is damaged; and a stranger's file is there. When the seed
 * is odd, a head is gone. */
static struct io_sim *damaged_store(unsigned seed)
{
    struct io_sim *sim = io_sim_new(seed);
    struct text state = { 0 }, *bytes;
    struct journal_run *r[4];
    struct store *s;
    struct record at;
    size_t offset = SEGMENT_HEAD;

    ck_assert_int_eq(store_open(&sim->io, "s", STORE_CREATE | STORE_SMALL, &s, NULL), 0);
    r[0] = begin(s, "ended");
    r[1] = begin(s, "based");
    r[2] = begin(s, "hurt");
    ck_assert_int_eq(append(r[0], JOURNAL_COMPLETED, 0, 11) | store_commit(s), 0);
    ck_assert_int_eq(append(r[1], JOURNAL_DONE, 1, 22) | store_commit(s), 0);
    ck_assert_int_eq(append(r[2], JOURNAL_DONE, 1, 33) | store_commit(s), 0);
    text_puts(&state, "state");
    ck_assert_int_eq(journal_append_base(r[1], &state, 5000) | store_commit(s), 0);
    r[3] = begin(s, "late");
    ck_assert_int_eq(append(r[3], JOURNAL_DONE, 4, 44) | append(r[1], JOURNAL_DONE, 2, 55), 0);
    ck_assert_int_eq(store_commit(s), 0);
    for (unsigned i = 0; i < 4; i++)
        journal_free(r[i]);
    store_close(s);
    text_fini(&state);
    bytes = io_sim_bytes(sim, segment1);
    for (unsigned i = 1; i <= 7; i++, offset += at.size)
        ck_assert(record_read((unsigned char *)bytes->s + offset, bytes->n - offset, 1, &at));
    memset(bytes->s + offset - at.size + 2, 0x55, 12);
    if (seed & 1) /* the head, too, which then is to be told from the records */
        memset(bytes->s, 0x33, SEGMENT_HEAD);
    io_sim_damaged(sim, segment1);
    io_sim_put(sim, "s/journal-00000007", "not yours\n", 10);
    sim->calls = 0;
    return sim;
}

static int repair(struct io_sim *sim, int drop, struct repair *ret)
{
    struct text why = { 0 };
    struct survey v;
    int failed = survey_open(&v, &sim->io, "s", STORE_SMALL, &why);

    *ret = (struct repair){ 0 };
    if (!failed && repair_is_needed(&v, drop))
        failed = repair_store(&v, drop, ret, &why);
    ck_assert_msg(!failed == !why.n, "%d: %s", failed, text_cstr(&why));
    survey_fini(&v);
    text_fini(&why);
    return failed;
}

static void check_found(struct store *s, const char *id, unsigned step, long long n)
{
    struct journal_run *r = NULL;
    struct journal_found found;
    kiln_heap h;

    heap_init(&h, 0);
    ck_assert_int_eq(journal_load(s, id, &h, &r), 0);
    ck_assert_int_eq(journal_find(r, &(struct journal_place){ .step = step }, &h, &found), 1);
    ck_assert_int_eq(found.value.u.i, n);
    journal_free(r);
    heap_fini(&h);
}

static int note_kind(void *ctx, const struct entry *e)
{
    struct record_cursor c = e->values;
    struct entry within;

    if (e->kind == JOURNAL_BASE)
        while (entry_next(e, &c, &within) > 0)
            *(unsigned *)ctx |= 1u << within.kind;
    return 0;
}

/* The store can be opened and written, and holds of every run what it should. */
static void check_repaired(struct io_sim *sim, int drop)
{
    struct store *s = script_reopen(sim, 0);
    const struct store_run *hurt = store_find(s, "hurt");
    const struct store_program *known = store_find_program(s, program.hash);
    struct journal_run *r = NULL;
    unsigned kinds = 0;
    kiln_heap h;

    ck_assert_uint_eq(s->runs.n, 4);
    ck_assert(known && known->n == sizeof shape - 1 && !memcmp(known->shape, shape, known->n));
    ck_assert_int_eq(store_find(s, "ended")->state, JOURNAL_COMPLETED);
    ck_assert_int_eq(store_find(s, "based")->state, JOURNAL_BEGIN);
    check_found(s, "based", 2, 55);
    check_found(s, "late", 4, 44);
    ck_assert_int_eq(hurt->state, drop ? JOURNAL_ENDED : JOURNAL_BEGIN);
    ck_assert_int_eq(hurt->damaged, !drop);
    ck_assert_int_eq(store_each(s, hurt, 0, note_kind, &kinds), 0);
    ck_assert(kinds & 1u << (drop ? JOURNAL_ENDED : JOURNAL_DAMAGED));
    heap_init(&h, 0);
    ck_assert_int_eq(journal_load(s, "hurt", &h, &r), drop ? 0 : -EUCLEAN);
    ck_assert(drop || strstr(store_error(s), "run 'hurt' of the store 's' must not go on"));
    ck_assert_int_eq(journal_fork(s, "hurt", hurt->number, NULL, "fork"),
                     drop ? -ENODATA : -EINVAL);
    journal_free(r);
    heap_fini(&h);
    journal_free(begin(s, "fresh"));
    store_close(s);
}

START_TEST(what_can_be_saved_is_saved)
{
    struct io_sim *sim = damaged_store(1);
    struct text was = { 0 }, copy = { 0 };
    struct repair done;

    text_put(&was, io_sim_bytes(sim, segment1)->s, io_sim_bytes(sim, segment1)->n);
    ck_assert_int_eq(repair(sim, _i, &done), 0);
    ck_assert_uint_eq(done.runs, 4);
    ck_assert_uint_eq(done.damaged, !_i);
    ck_assert_uint_eq(done.dropped, _i);
    text_printf(&copy, "s/%s/journal-00000001", text_cstr(&done.aside));
    ck_assert_uint_eq(io_sim_bytes(sim, copy.s)->n, was.n);
    ck_assert_int_eq(memcmp(io_sim_bytes(sim, copy.s)->s, was.s, was.n), 0);
    check_repaired(sim, _i);
    repair_fini(&done);
    ck_assert_int_eq(repair(sim, _i, &done), 0);
    ck_assert_uint_eq(done.segments, 0); /* nothing is left to do */
    text_fini(&was);
    text_fini(&copy);
    io_sim_free(sim);
}
END_TEST

/* Damaged runs can be ended later, too. */
START_TEST(damaged_runs_are_dropped_when_asked)
{
    struct io_sim *sim = damaged_store(1);
    struct repair done;

    ck_assert_int_eq(repair(sim, 0, &done), 0);
    repair_fini(&done);
    ck_assert_int_eq(repair(sim, 1, &done), 0);
    ck_assert_uint_eq(done.dropped, 1);
    repair_fini(&done);
    check_repaired(sim, 1);
    io_sim_free(sim);
}
END_TEST

/* After whatever stopped it, the store is the old one or the repaired one: a second repair makes of
 * it what the first would have. */
static void check_stopped(struct io_sim *sim)
{
    struct repair done;

    ck_assert_int_eq(repair(sim, 0, &done), 0);
    repair_fini(&done);
    check_repaired(sim, 0);
    io_sim_free(sim);
}

START_TEST(stopped_at_every_call)
{
    static const enum io_sim_loss losses[] = { IO_SIM_KEEP, IO_SIM_LOSE, IO_SIM_SHUFFLE };
    struct io_sim *sim = damaged_store(1);
    struct repair done;
    unsigned calls;

    ck_assert_int_eq(repair(sim, 0, &done), 0);
    repair_fini(&done);
    calls = sim->calls;
    ck_assert_uint_gt(calls, 15);
    io_sim_free(sim);
    for (unsigned call = 1; call <= calls; call++)
        for (unsigned i = 0; i < 9; i++) {
            sim = damaged_store(call + 100 * i);
            sim->crash_at = call;
            sim->tear = 70 * i;
            repair(sim, 0, &done);
            repair_fini(&done);
            io_sim_restart(sim, losses[i % 3]);
            check_stopped(sim);
        }
}
END_TEST

START_TEST(any_call_may_fail)
{
    for (unsigned call = 1; call <= 60; call++) {
        struct io_sim *sim = damaged_store(call);
        struct repair done;

        sim->fail_at = call;
        sim->fail_code = call & 1 ? -ENOSPC : -EIO;
        repair(sim, 0, &done);
        repair_fini(&done);
        if (call & 2)
            io_sim_restart(sim, IO_SIM_LOSE);
        sim->fail_at = 0;
        check_stopped(sim);
    }
}
END_TEST

/* A message that cannot be read is put aside, and the journal left as it is. */
START_TEST(damaged_messages_are_put_aside)
{
    const struct inbox_message m = { .verb = INBOX_CANCEL, .run = "a", .name = "" };
    struct io_sim *sim = io_sim_new(1);
    struct inbox_list list;
    struct repair done;
    struct text path = { 0 };
    struct store *s;

    ck_assert_int_eq(store_open(&sim->io, "s", STORE_CREATE, &s, NULL), 0);
    journal_free(begin(s, "a"));
    store_close(s);
    ck_assert_int_eq(inbox_send(&sim->io, "s", &m) | inbox_send(&sim->io, "s", &m), 0);
    ck_assert_int_eq(inbox_list(&sim->io, "s", &list), 0);
    text_printf(&path, "s/inbox/%s", list.at[0]);
    io_sim_bytes(sim, path.s)->s[RECORD_HEAD] ^= 1;
    inbox_list_fini(&list);
    ck_assert_int_eq(repair(sim, 0, &done), 0);
    ck_assert_uint_eq(done.refused, 1);
    ck_assert_uint_eq(done.segments, 0);
    ck_assert_int_eq(inbox_list(&sim->io, "s", &list), 0);
    ck_assert_uint_eq(list.n, 1);
    inbox_list_fini(&list);
    repair_fini(&done);
    text_fini(&path);
    io_sim_free(sim);
}
END_TEST

START_TEST(a_store_in_use_is_left_alone)
{
    struct io_sim *sim = io_sim_new(1);
    struct text why = { 0 };
    struct survey v;
    struct store *s;

    ck_assert_int_eq(store_open(&sim->io, "s", STORE_CREATE, &s, NULL), 0);
    journal_free(begin(s, "a"));
    ck_assert_int_eq(survey_open(&v, &sim->io, "s", 0, &why), -EWOULDBLOCK);
    ck_assert(strstr(text_cstr(&why), "'s' is in use"));
    survey_fini(&v);
    text_clear(&why);
    ck_assert_int_eq(survey_open(&v, &sim->io, "s", STORE_READONLY, &why), 0);
    ck_assert_uint_eq(v.findings.n, 0);
    survey_fini(&v);
    store_close(s);
    text_fini(&why);
    io_sim_free(sim);
}
END_TEST

Suite *suite_repair(void);
Suite *suite_repair(void)
{
    Suite *s = suite_create("repair");
    TCase *t = tcase_create("stores");

    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, what_can_be_saved_is_saved, 0, 2);
    tcase_add_test(t, damaged_runs_are_dropped_when_asked);
    tcase_add_test(t, stopped_at_every_call);
    tcase_add_test(t, any_call_may_fail);
    tcase_add_test(t, damaged_messages_are_put_aside);
    tcase_add_test(t, a_store_in_use_is_left_alone);
    suite_add_tcase(s, t);
    return s;
}
