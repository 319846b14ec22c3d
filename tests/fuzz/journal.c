/* journal.c: any bytes as the only segment of a store. Opening never crashes; what a reader sees a
 * writer sees too; and what a writer has seen once is there the next time. A store that cannot be
 * opened can be repaired, and holds no less then than could be read; unless it is a newer kiln's.
 *
 * Random bytes never pass a checksum, so when the first byte is odd, all checksums are made good
 * first: that lets hostile bodies through to what reads them.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "repair.h"
#include "test/io_sim.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char path[] = "s/journal-00000001";

static void must(int holds)
{
    if (!holds)
        abort();
}

/* Signs the head and every record that claims a length that fits. */
static void sign(unsigned char *bytes, size_t n)
{
    if (n < SEGMENT_HEAD)
        return;
    record_write_word(bytes + 48, record_checksum(bytes, 48, 0), 8);
    for (size_t at = SEGMENT_HEAD, body; at + RECORD_HEAD <= n; at += record_size(body)) {
        body = record_read_word(bytes + at + 8, 4);
        if (body > n - at - RECORD_HEAD || record_size(body) > n - at)
            return;
        record_sign(bytes + at, record_size(body), 1);
    }
}

static int see(void *ctx, const struct entry *e)
{
    kiln_value v, scratch;

    (void)e;
    return entry_values(ctx, e, &v, &scratch) < 0 ? -1 : 0;
}

/* How many records an open finds, or its error; every run is read through. */
static long long open_and_read(struct io_sim *sim, unsigned flags)
{
    struct store *s = NULL;
    int failed = store_open(&sim->io, "s", flags | STORE_SMALL, &s, NULL);
    unsigned long long found;
    kiln_heap h;

    if (failed)
        return failed;
    found = s->next - 1;
    heap_init(&h, 0);
    for (size_t i = 0; i < s->runs.n; i++) {
        struct journal_run *r = NULL;

        store_each(s, s->runs.at[i], 0, see, &h);
        if (journal_load(s, s->runs.at[i]->id, &h, &r) == 0)
            journal_free(r);
    }
    heap_fini(&h);
    store_close(s);
    return (long long)found;
}

/* Whatever a survey could name is there afterwards, and nothing is wrong with it any more. */
static void survey_and_repair(struct io_sim *sim, long long found)
{
    struct repair done = { 0 };
    struct text why = { 0 };
    struct survey v;
    int failed = survey_open(&v, &sim->io, "s", STORE_SMALL, &why);
    size_t runs = v.runs.n, findings = v.findings.n;

    must(!failed || failed == -ENOTSUP);
    must(failed || found >= 0 || findings);
    if (!failed && findings)
        must(repair_store(&v, 0, &done, &why) == 0 && done.runs == runs);
    repair_fini(&done);
    survey_fini(&v);
    if (!failed && findings) {
        must(survey_open(&v, &sim->io, "s", STORE_SMALL, &why) == 0);
        must(!v.findings.n && v.is_sound && v.runs.n == runs);
        survey_fini(&v);
    }
    text_fini(&why);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct io_sim *sim;
    struct text *bytes;
    long long found;

    if (!size)
        return 0;
    sim = io_sim_new(1);
    must(sim->io.make_dir(sim, "s") == 0 && sim->io.sync_dir(sim, ".") == 0);
    io_sim_put(sim, path, (const char *)data + 1, size - 1);
    bytes = io_sim_bytes(sim, path);
    if (data[0] & 1 && bytes->n)
        sign((unsigned char *)bytes->s, bytes->n);
    io_sim_damaged(sim, path);
    found = open_and_read(sim, STORE_READONLY);
    must(open_and_read(sim, 0) == found);
    io_sim_restart(sim, IO_SIM_LOSE);
    must(open_and_read(sim, STORE_READONLY) == found);
    survey_and_repair(sim, found);
    io_sim_free(sim);
    return 0;
}
