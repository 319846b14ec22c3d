/* test_inbox.c: messages to the writer of a store: whole or not there, in order, told from rubbish;
 * and the disk under them crashing at every call.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ident.h"
#include "inbox.h"
#include "test/io_sim.h"
#include "suites.h"

static struct io_sim *sim;
static kiln_heap heap;

static void set_up(void)
{
    sim = io_sim_new(1);
    heap_init(&heap, 0);
}

static void tear_down(void)
{
    heap_fini(&heap);
    io_sim_free(sim);
}

static int send_signal(const char *run, const char *name, long long value)
{
    struct inbox_message m = { .verb = INBOX_SIGNAL, .run = run, .name = name };

    m.value = value_int(value);
    return inbox_send(&sim->io, "s", &m);
}

static struct inbox_list list(void)
{
    struct inbox_list l = { 0 };

    ck_assert_int_eq(inbox_list(&sim->io, "s", &l), 0);
    return l;
}

static size_t count(void)
{
    struct inbox_list l = list();
    size_t n = l.n;

    inbox_list_fini(&l);
    return n;
}

/* The values of all signals there, in order. */
static void expect(const char *words)
{
    struct inbox_list l = list();
    struct text t = { 0 };

    for (size_t i = 0; i < l.n; i++) {
        struct inbox_message m;

        ck_assert_int_eq(inbox_read(&sim->io, "s", l.at[i], &heap, &m), 0);
        text_printf(&t, "%s%s=%lld", i ? " " : "", m.name, m.value.u.i);
    }
    ck_assert_str_eq(text_cstr(&t), words);
    text_fini(&t);
    inbox_list_fini(&l);
}

START_TEST(what_was_sent_is_taken)
{
    struct inbox_message m = {
        .verb = INBOX_START, .run = "r", .key = "k", .name = "order", .hash = { ~0ull, 1 }
    };
    struct inbox_list l;

    m.value = value_static("in");
    ck_assert_int_eq(inbox_send(&sim->io, "s", &m), 0);
    l = list();
    ck_assert_uint_eq(l.n, 1);
    ck_assert_int_eq(inbox_read(&sim->io, "s", l.at[0], &heap, &m), 0);
    ck_assert_int_eq(m.verb, INBOX_START);
    ck_assert_str_eq(m.run, "r");
    ck_assert_str_eq(m.key, "k");
    ck_assert_str_eq(m.name, "order");
    ck_assert_uint_eq(m.hash[0], ~0ull);
    ck_assert(value_is(&m.value, "in"));
    ck_assert_int_eq(inbox_remove(&sim->io, "s", l.at[0]), 0);
    inbox_list_fini(&l);
    expect("");
}
END_TEST

START_TEST(nobody_has_sent_anything)
{
    expect("");
    ck_assert_uint_eq(sim->calls, 0);
}
END_TEST

/* Also when the clock goes backwards, and when the first ones have been taken. */
START_TEST(messages_stay_in_order)
{
    struct inbox_list l;

    for (int i = 1; i <= 12; i++) {
        ck_assert_int_eq(send_signal("r", "n", i), 0);
        sim->now -= 1000;
    }
    expect("n=1 n=2 n=3 n=4 n=5 n=6 n=7 n=8 n=9 n=10 n=11 n=12");
    l = list();
    for (int i = 0; i < 11; i++)
        ck_assert_int_eq(inbox_remove(&sim->io, "s", l.at[i]), 0);
    inbox_list_fini(&l);
    send_signal("r", "n", 13);
    expect("n=12 n=13");
}
END_TEST

START_TEST(each_has_a_key)
{
    struct inbox_message a, b;
    struct inbox_list l;

    send_signal("r", "n", 1);
    send_signal("r", "n", 1);
    l = list();
    ck_assert_int_eq(inbox_read(&sim->io, "s", l.at[0], &heap, &a), 0);
    ck_assert_int_eq(inbox_read(&sim->io, "s", l.at[1], &heap, &b), 0);
    ck_assert_str_ne(a.key, b.key);
    ck_assert_uint_eq(strlen(a.key), 26);
    inbox_list_fini(&l);
}
END_TEST

/* Every bit of a message matters; a shortened one is none. */
START_TEST(rubbish_is_noticed)
{
    struct inbox_message m;
    struct inbox_list l;
    struct text *bytes, path = { 0 }, whole = { 0 };

    send_signal("r", "n", 1);
    l = list();
    text_printf(&path, "s/inbox/%s", l.at[0]);
    bytes = io_sim_bytes(sim, path.s);
    text_put(&whole, bytes->s, bytes->n);
    for (size_t i = 0; i < whole.n * 8; i++) {
        bytes->s[i / 8] ^= (char)(1 << i % 8);
        if (inbox_read(&sim->io, "s", l.at[0], &heap, &m) == 0)
            ck_assert_uint_ge(i / 8, whole.n - 7); /* padding */
        bytes->s[i / 8] ^= (char)(1 << i % 8);
    }
    for (size_t n = 0; n < whole.n; n++) {
        bytes->n = n;
        ck_assert_int_eq(inbox_read(&sim->io, "s", l.at[0], &heap, &m), -EUCLEAN);
    }
    ck_assert_int_eq(inbox_refuse(&sim->io, "s", l.at[0]), 0);
    expect("");
    inbox_list_fini(&l);
    text_fini(&path);
    text_fini(&whole);
}
END_TEST

START_TEST(other_files_are_left_alone)
{
    send_signal("r", "n", 1);
    io_sim_put(sim, "s/inbox/new-x", "x", 1);
    io_sim_put(sim, "s/inbox/000000000009+aaaaaaaaaaaaaaaaaaaaaaaaaa", "x", 1);
    io_sim_put(sim, "s/inbox/00000000000x-aaaaaaaaaaaaaaaaaaaaaaaaaa", "x", 1);
    expect("n=1");
}
END_TEST

/* Wherever a sender is stopped: what it was told is sent is there, and never a part of anything. */
START_TEST(stopped_at_every_call)
{
    for (unsigned call = 1;; call++) {
        int sent = 0;

        for (unsigned long long seed = 0; seed < 24; seed++) {
            tear_down();
            sim = io_sim_new(seed);
            heap_init(&heap, 0);
            ck_assert_int_eq(send_signal("r", "n", 1), 0);
            sim->crash_at = sim->calls + call;
            sim->tear = seed;
            sent = send_signal("r", "n", 2) == 0;
            io_sim_restart(sim, (enum io_sim_loss)(seed % 3));
            if (sent)
                expect("n=1 n=2");
            else
                ck_assert_uint_le(count(), 2);
        }
        if (sent)
            break;
        ck_assert_uint_lt(call, 20);
    }
}
END_TEST

START_TEST(a_full_disk_is_said)
{
    for (unsigned call = 1; call <= 6; call++) {
        sim->fail_at = sim->calls + call;
        sim->fail_code = -ENOSPC;
        ck_assert_int_eq(send_signal("r", "n", 1), -ENOSPC);
    }
}
END_TEST

START_TEST(a_key_has_one_name)
{
    char a[IDENT_SIZE], b[IDENT_SIZE];

    ident_of_key("order-7", 7, a);
    ident_of_key("order-7", 7, b);
    ck_assert_str_eq(a, b);
    ident_of_key("order-8", 7, b);
    ck_assert_str_ne(a, b);
    ck_assert_uint_eq(strlen(a), 26);
    ident_make(&sim->io, a);
    sim->now++;
    ident_make(&sim->io, b);
    ck_assert_int_lt(strcmp(a, b), 0);
}
END_TEST

/* A sender that dies half way leaves a file that nobody will name. */
START_TEST(what_is_half_made_goes_after_a_day)
{
    char ident[IDENT_SIZE];
    struct text old = { 0 }, young = { 0 };

    send_signal("r", "n", 1);
    ident_make(&sim->io, ident);
    ck_assert_int_eq(ident_ms(ident), sim->now);
    text_printf(&old, "s/inbox/new-%s", ident);
    io_sim_put(sim, old.s, "half", 4);
    sim->now += 86400000;
    ident_make(&sim->io, ident);
    text_printf(&young, "s/inbox/new-%s", ident);
    io_sim_put(sim, young.s, "half", 4);
    ck_assert_int_eq(inbox_sweep(&sim->io, "s"), 0);
    ck_assert_ptr_nonnull(io_sim_bytes(sim, old.s)); /* a day and no more */
    sim->now++;
    ck_assert_int_eq(inbox_sweep(&sim->io, "s"), 0);
    ck_assert_ptr_null(io_sim_bytes(sim, old.s));
    ck_assert_ptr_nonnull(io_sim_bytes(sim, young.s));
    expect("n=1");
    ck_assert_int_eq(inbox_sweep(&sim->io, "none"), 0);
    text_fini(&old);
    text_fini(&young);
}
END_TEST

Suite *suite_inbox(void);

Suite *suite_inbox(void)
{
    Suite *s = suite_create("inbox");
    TCase *t = tcase_create("inbox");

    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, what_was_sent_is_taken);
    tcase_add_test(t, nobody_has_sent_anything);
    tcase_add_test(t, messages_stay_in_order);
    tcase_add_test(t, each_has_a_key);
    tcase_add_test(t, rubbish_is_noticed);
    tcase_add_test(t, other_files_are_left_alone);
    tcase_add_test(t, stopped_at_every_call);
    tcase_add_test(t, a_full_disk_is_said);
    tcase_add_test(t, a_key_has_one_name);
    tcase_add_test(t, what_is_half_made_goes_after_a_day);
    suite_add_tcase(s, t);
    return s;
}
