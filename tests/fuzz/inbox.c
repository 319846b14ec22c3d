/* inbox.c: any bytes as a message in the inbox of a store. It is read whole or refused; a survey
 * says the same of it, and a repair puts what is refused aside and leaves what is not.
 *
 * When the first byte is odd, the checksum is made good first.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "inbox.h"
#include "repair.h"
#include "test/io_sim.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char name[] = "000000000001-0123456789ABCDEFGHJKMNPQRS";
static const char path[] = "s/inbox/000000000001-0123456789ABCDEFGHJKMNPQRS";

static void must(int holds)
{
    if (!holds)
        abort();
}

static void sign(unsigned char *bytes, size_t n)
{
    if (n < RECORD_HEAD)
        return;
    record_write_word(bytes + 8, n - RECORD_HEAD, 4);
    record_write_word(bytes, record_checksum(bytes + 8, n - 8, 0), 8);
}

static int read_message(struct io_sim *sim)
{
    struct inbox_message m;
    struct text t = { 0 };
    kiln_heap h;
    int failed;

    heap_init(&h, 0);
    failed = inbox_read(&sim->io, "s", name, &h, &m);
    if (!failed && m.value.tag != KILN_ABSENT)
        json_write(&t, &m.value);
    must(failed || (m.verb >= INBOX_START && m.verb <= INBOX_FORK && m.run && m.key && m.name));
    text_fini(&t);
    heap_fini(&h);
    return failed;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct io_sim *sim = io_sim_new(1);
    struct repair done = { 0 };
    struct text why = { 0 };
    struct survey v;
    int failed;

    must(sim->io.make_dir(sim, "s") == 0 && sim->io.make_dir(sim, "s/inbox") == 0);
    io_sim_put(sim, path, size ? (const char *)data + 1 : "", size ? size - 1 : 0);
    if (size && data[0] & 1)
        sign((unsigned char *)io_sim_bytes(sim, path)->s, io_sim_bytes(sim, path)->n);
    failed = read_message(sim);
    must(survey_open(&v, &sim->io, "s", 0, &why) == 0);
    must(v.messages == 1 && v.findings.n == (failed != 0));
    if (failed)
        must(repair_store(&v, 0, &done, &why) == 0);
    must((read_message(sim) == -ENOENT) == (failed != 0));
    repair_fini(&done);
    survey_fini(&v);
    text_fini(&why);
    io_sim_free(sim);
    return 0;
}
