/* test_damage.c: a store that was changed behind its back says so (spec/JOURNAL.md 5). */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "store_script.h"
#include "suites.h"

static const char segment1[] = "s/journal-00000001";

static struct io_sim *whole_store(unsigned long long *ret_n)
{
    struct script k = { .sim = io_sim_new(1) };

    script_play(&k);
    *ret_n = k.acknowledged;
    script_stop(&k);
    return k.sim;
}

/* Which bytes of the first segment a checksum stands for. */
static void mark_covered(const struct text *bytes, unsigned char *covered)
{
    struct record r;

    memset(covered, 1, 56); /* the head */
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
            ck_assert_uint_eq(script_check(s), n);
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
    script_append(&k, 0);
    script_commit(&k);
    first = k.store->end;
    script_append(&k, 0);
    script_append(&k, 0);
    script_commit(&k);
    script_stop(&k);
    bytes = io_sim_bytes(k.sim, segment1);
    bytes->s[first + RECORD_HEAD] ^= 1;
    k.store = script_reopen(k.sim, STORE_READONLY);
    ck_assert_uint_eq(script_check(k.store), 1);
    script_stop(&k);
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
    struct store *writer = script_reopen(sim, 0), *reader = script_reopen(sim, STORE_READONLY);

    ck_assert_uint_eq(script_check(reader), n);
    expect(sim, 0, -EWOULDBLOCK, "'s' is in use");
    ck_assert_ptr_null(store_begin_record(reader));
    store_close(reader);
    store_close(writer);
    bytes->s[8]++;
    expect(sim, 0, -ENOTSUP, "format 5, made by a newer kiln");
    bytes->s[8] -= 2;
    expect(sim, 0, -ENOTSUP, "format 3, made by an older kiln");
    bytes->s[8]++;
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
    expect(sim, 0, -EUCLEAN, "a second segment 2");
    io_sim_free(sim);
    sim = whole_store(&n);
    io_sim_put(sim, segment1, copy.s, copy.n);
    expect(sim, 0, -EUCLEAN, "no segment 1");
    text_fini(&copy);
    io_sim_free(sim);
}
END_TEST

/* Changes a word in the head of segment 2 and signs the head again. */
static struct io_sim *with_other_head(size_t at)
{
    unsigned long long n;
    struct io_sim *sim = whole_store(&n);
    unsigned char *head = (unsigned char *)io_sim_bytes(sim, "s/journal-00000002")->s;

    record_write_word(head + at, record_read_word(head + at, 8) + 1, 8);
    record_write_word(head + 48, record_checksum(head, 48, 0), 8);
    return sim;
}

START_TEST(sound_segments_of_elsewhere)
{
    struct io_sim *sim = with_other_head(16); /* the id of the store */

    expect(sim, 0, -EUCLEAN, "belongs elsewhere");
    io_sim_free(sim);
    sim = with_other_head(24); /* the sequence it begins with */
    expect(sim, 0, -EUCLEAN, "records before this segment are missing");
    io_sim_free(sim);
}
END_TEST

/* A whole record behind the tail that is not the next one is no record of the store. */
START_TEST(a_sound_record_out_of_turn)
{
    struct script k = { .sim = io_sim_new(1) };
    struct text *bytes;
    size_t tail;

    ck_assert_int_eq(store_open(&k.sim->io, "s", STORE_CREATE, &k.store, NULL), 0);
    script_append(&k, 0);
    script_commit(&k);
    tail = k.store->end;
    script_stop(&k);
    bytes = io_sim_bytes(k.sim, segment1);
    memcpy(bytes->s + tail, bytes->s + SEGMENT_HEAD, tail - SEGMENT_HEAD);
    k.store = script_reopen(k.sim, STORE_READONLY);
    ck_assert_uint_eq(script_check(k.store), 1);
    ck_assert_uint_eq(k.store->end, tail);
    script_stop(&k);
    io_sim_free(k.sim);
}
END_TEST

Suite *suite_damage(void);
Suite *suite_damage(void)
{
    Suite *s = suite_create("damage");
    TCase *t = tcase_create("stores");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, flipped_bits_are_noticed);
    tcase_add_test(t, damage_in_the_last_segment);
    tcase_add_test(t, refusals);
    tcase_add_test(t, missing_segments);
    tcase_add_test(t, sound_segments_of_elsewhere);
    tcase_add_test(t, a_sound_record_out_of_turn);
    suite_add_tcase(s, t);
    return s;
}
