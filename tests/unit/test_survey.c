/* test_survey.c: whatever happens to the bytes of a store, a survey of it says so
 * (runtime/survey.h).
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "store_script.h"
#include "suites.h"
#include "survey.h"

static const char segment1[] = "s/journal-00000001", segment2[] = "s/journal-00000002";

static struct io_sim *whole_store(unsigned long long *ret_n)
{
    struct script k = { .sim = io_sim_new(1) };

    script_play(&k);
    *ret_n = k.acknowledged;
    script_stop(&k);
    return k.sim;
}

/* A survey that must be possible. */
static void look(struct survey *v, struct io_sim *sim)
{
    struct text why = { 0 };
    int failed = survey_open(v, &sim->io, "s", STORE_SMALL, &why);

    ck_assert_msg(!failed, "%s", text_cstr(&why));
    text_fini(&why);
}

static int is_equal(struct io_sim *sim, unsigned long long n)
{
    struct store *s = NULL;
    int equal = 0;

    if (store_open(&sim->io, "s", STORE_READONLY | STORE_SMALL, &s, NULL) == 0) {
        equal = script_check(s) == n;
        store_close(s);
    }
    return equal;
}

START_TEST(a_sound_store_has_no_findings)
{
    unsigned long long n, records = 0;
    struct io_sim *sim = whole_store(&n);
    struct survey v;

    look(&v, sim);
    ck_assert_uint_eq(v.findings.n, 0);
    ck_assert(v.is_sound && !v.torn_at);
    ck_assert_uint_gt(v.segments.n, 2);
    for (size_t i = 0; i < v.segments.n; i++)
        records += v.segments.at[i].records;
    ck_assert_uint_eq(records, n);
    ck_assert_uint_eq(v.runs.n, 2);
    ck_assert_uint_eq(v.runs.at[0].basis, v.runs.at[0].run->number);
    survey_fini(&v);
    io_sim_free(sim);
}
END_TEST

/* One changed byte is found and its value known; or the store is what it was. */
static void check_changed(struct io_sim *sim, unsigned long long n, const char *file, size_t at)
{
    unsigned long long records = 0;
    struct survey v;

    look(&v, sim);
    if (v.findings.n) {
        ck_assert_uint_eq(v.findings.n, 1);
        ck_assert(v.findings.at[0].is_mended);
        ck_assert_msg(!strcmp(v.findings.at[0].name, file + 2), "%s", v.findings.at[0].name);
        ck_assert_msg(v.findings.at[0].at == at, "byte %zu, said to be %zu", at,
                      v.findings.at[0].at);
    } else {
        ck_assert_msg(is_equal(sim, n), "byte %zu of %s", at, file);
    }
    for (size_t i = 0; i < v.segments.n; i++)
        records += v.segments.at[i].records;
    ck_assert_uint_eq(records, n);
    ck_assert(!v.runs.at[0].is_suspect && !v.runs.at[1].is_suspect);
    survey_fini(&v);
}

START_TEST(every_changed_byte_is_found)
{
    static const unsigned char masks[] = { 0xff, 0x01, 0x80 };
    unsigned long long n;
    struct io_sim *sim = whole_store(&n);
    const char *file = _i ? segment2 : segment1;
    struct text *bytes = io_sim_bytes(sim, file);

    for (size_t at = 0; at < bytes->n; at += at < 160 ? 1 : _i ? 61 : 7) {
        bytes->s[at] ^= (char)masks[at % sizeof masks];
        check_changed(sim, n, file, at);
        bytes->s[at] ^= (char)masks[at % sizeof masks];
    }
    io_sim_free(sim);
}
END_TEST

START_TEST(every_missing_end_is_found)
{
    unsigned long long n;
    struct io_sim *sim = whole_store(&n);
    const char *file = _i ? segment2 : segment1;
    struct text *bytes = io_sim_bytes(sim, file);

    for (size_t whole = bytes->n, less = _i ? 53 : 5; bytes->n > less; bytes->n -= less) {
        struct survey v;

        look(&v, sim);
        ck_assert_msg(v.findings.n || bytes->n == whole, "%zu bytes", bytes->n);
        survey_fini(&v);
    }
    io_sim_free(sim);
}
END_TEST

/* ---- damage that takes something with it ---- */

/* Where the record with this sequence stands in the file. */
static size_t find_record(const struct text *bytes, unsigned number, unsigned long long sequence)
{
    struct record r;

    for (size_t at = SEGMENT_HEAD;; at += r.size) {
        ck_assert(record_read((unsigned char *)bytes->s + at, bytes->n - at, number, &r));
        if (r.sequence == sequence)
            return at;
    }
}

static void spoil(struct io_sim *sim, const char *file, unsigned number,
                  unsigned long long sequence)
{
    struct text *bytes = io_sim_bytes(sim, file);
    size_t at = find_record(bytes, number, sequence);

    memset(bytes->s + at, 0x55, 16);
    io_sim_damaged(sim, file);
}

START_TEST(all_damage_is_found_at_once)
{
    unsigned long long n;
    struct io_sim *sim = whole_store(&n);
    struct survey v;

    spoil(sim, segment1, 1, 6);
    spoil(sim, segment1, 1, 4);
    spoil(sim, segment1, 1, 3);
    look(&v, sim);
    ck_assert_uint_eq(v.findings.n, 3); /* and what record 3 began */
    ck_assert_uint_eq(v.findings.at[0].first, 3);
    ck_assert_uint_eq(v.findings.at[0].last, 4);
    ck_assert_uint_eq(v.findings.at[1].first, 6);
    ck_assert_uint_eq(v.findings.at[1].last, 6);
    survey_fini(&v);
    io_sim_free(sim);
}
END_TEST

/* What is lost with a beginning is the id as well. */
START_TEST(runs_that_may_miss_records_are_named)
{
    unsigned long long n;
    struct io_sim *sim = whole_store(&n);
    struct survey v;

    spoil(sim, segment1, 1, 3); /* the run "b" begins with it */
    look(&v, sim);
    ck_assert_uint_eq(v.runs.n, 1);
    ck_assert_str_eq(v.runs.at[0].run->id, "a");
    ck_assert(v.runs.at[0].is_suspect);
    ck_assert_uint_eq(v.findings.n, 2);
    ck_assert(survey_concerns(&v.findings.at[0], &v.runs.at[0]));
    ck_assert(strstr(v.findings.at[1].why, "run number 3 lost its beginning"));
    ck_assert_uint_eq(v.findings.at[1].run, 3);
    survey_fini(&v);
    io_sim_free(sim);
}
END_TEST

/* A base behind the hole says all there is to say about its run. */
START_TEST(a_base_heals)
{
    struct script k = { .sim = io_sim_new(1) };
    struct text state = { 0 };
    struct survey v;

    ck_assert_int_eq(store_open(&k.sim->io, "s", STORE_CREATE, &k.store, NULL), 0);
    for (unsigned i = 0; i < 6; i++) {
        ck_assert_int_eq(script_append(&k, i & 1), 0);
        ck_assert_int_eq(script_commit(&k), 0);
    }
    text_puts(&state, "state");
    ck_assert_int_eq(journal_append_base(k.runs[0], &state, JOURNAL_NOW), 0);
    ck_assert_int_eq(script_commit(&k), 0);
    script_stop(&k);
    spoil(k.sim, segment1, 1, 5);
    look(&v, k.sim);
    ck_assert_uint_eq(v.findings.n, 1);
    ck_assert(!v.runs.at[0].is_suspect && v.runs.at[1].is_suspect);
    ck_assert_uint_eq(v.runs.at[0].basis, 7);
    survey_fini(&v);
    text_fini(&state);
    io_sim_free(k.sim);
}
END_TEST

/* ---- files that should not be there, or should ---- */

static void expect(struct io_sim *sim, const char *words)
{
    struct survey v;

    look(&v, sim);
    ck_assert_uint_ge(v.findings.n, 1);
    ck_assert_msg(strstr(v.findings.at[0].why, words), "%s", v.findings.at[0].why);
    survey_fini(&v);
    io_sim_free(sim);
}

static void put_copy(struct io_sim *sim, const char *from, const char *to)
{
    struct text copy = { 0 };

    text_put(&copy, io_sim_bytes(sim, from)->s, io_sim_bytes(sim, from)->n);
    io_sim_put(sim, to, copy.s, copy.n);
    text_fini(&copy);
}

START_TEST(files_of_elsewhere)
{
    unsigned long long n;
    struct io_sim *sim = whole_store(&n), *other = io_sim_new(77);
    struct script k = { .sim = other };
    struct text *bytes;

    script_play(&k);
    script_stop(&k);
    bytes = io_sim_bytes(other, segment1);
    io_sim_put(sim, "s/journal-00000099", bytes->s, bytes->n);
    io_sim_free(other);
    expect(sim, "belongs to another store");
    sim = whole_store(&n);
    put_copy(sim, segment2, "s/journal-00000099");
    expect(sim, "the same segment");
    sim = whole_store(&n);
    io_sim_put(sim, "s/journal-00000099", "#!/bin/sh\nexit 0\n", 17);
    expect(sim, "no segment of this store");
    sim = whole_store(&n);
    io_sim_put(sim, segment2, "", 0);
    expect(sim, "no segment 2");
}
END_TEST

START_TEST(the_head_is_told_from_the_records)
{
    unsigned long long n, records = 0;
    struct io_sim *sim = whole_store(&n);
    struct survey v;

    memset(io_sim_bytes(sim, segment1)->s, 0x33, SEGMENT_HEAD);
    memset(io_sim_bytes(sim, segment2)->s, 0, SEGMENT_HEAD);
    look(&v, sim);
    ck_assert_uint_eq(v.findings.n, 2);
    ck_assert(v.findings.at[0].is_mended && v.findings.at[1].is_mended);
    for (size_t i = 0; i < v.segments.n; i++)
        records += v.segments.at[i].records;
    ck_assert_uint_eq(records, n);
    survey_fini(&v);
    io_sim_free(sim);
}
END_TEST

START_TEST(another_format_is_not_touched)
{
    struct script k = { .sim = io_sim_new(1) };
    struct text why = { 0 };
    struct survey v;

    ck_assert_int_eq(store_open(&k.sim->io, "s", STORE_CREATE, &k.store, NULL), 0);
    script_append(&k, 0);
    script_commit(&k);
    script_stop(&k);
    io_sim_bytes(k.sim, segment1)->s[8] = 9;
    io_sim_bytes(k.sim, segment1)->s[48] ^= 9; /* its checksum, too, is another */
    ck_assert_int_eq(survey_open(&v, &k.sim->io, "s", 0, &why), -ENOTSUP);
    ck_assert_msg(strstr(text_cstr(&why), "format 9, made by a newer kiln"), "%s", text_cstr(&why));
    survey_fini(&v);
    text_fini(&why);
    io_sim_free(k.sim);
}
END_TEST

/* A disk that cannot read a part of the file. */
static ssize_t bad_pread(void *self, int fd, void *buf, size_t n, off_t at)
{
    struct io_sim *good = io_sim_new(1);
    ssize_t (*pread)(void *, int, void *, size_t, off_t) = good->io.pread;

    io_sim_free(good);
    return at < 4096 && at + (off_t)n > 300 && n > SEGMENT_HEAD ? -EIO
                                                                : pread(self, fd, buf, n, at);
}

START_TEST(a_disk_that_cannot_read)
{
    unsigned long long n;
    struct io_sim *sim = whole_store(&n);
    struct survey v;

    sim->io.pread = bad_pread;
    look(&v, sim);
    ck_assert_uint_ge(v.findings.n, 2);
    ck_assert(strstr(v.findings.at[0].why, "the disk cannot read"));
    ck_assert(strstr(v.findings.at[1].why, "records cannot be read"));
    survey_fini(&v);
    io_sim_free(sim);
}
END_TEST

Suite *suite_survey(void);
Suite *suite_survey(void)
{
    Suite *s = suite_create("survey");
    TCase *t = tcase_create("stores");

    tcase_set_timeout(t, 120);
    tcase_add_test(t, a_sound_store_has_no_findings);
    tcase_add_loop_test(t, every_changed_byte_is_found, 0, 2);
    tcase_add_loop_test(t, every_missing_end_is_found, 0, 2);
    tcase_add_test(t, all_damage_is_found_at_once);
    tcase_add_test(t, runs_that_may_miss_records_are_named);
    tcase_add_test(t, a_base_heals);
    tcase_add_test(t, files_of_elsewhere);
    tcase_add_test(t, the_head_is_told_from_the_records);
    tcase_add_test(t, another_format_is_not_touched);
    tcase_add_test(t, a_disk_that_cannot_read);
    suite_add_tcase(s, t);
    return s;
}
