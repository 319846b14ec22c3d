/* entry.c: the bodies of records (spec/JOURNAL.md 4). */
#include "entry.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

enum { HAS_VALUE = 1, HAS_SCRATCH = 2 };

/* ---- writing ---- */

static int is_there(const kiln_value *v)
{
    return v && v->tag != KILN_ABSENT;
}

static void put_values(struct text *t, const kiln_value *v, const kiln_value *scratch)
{
    text_putc(t, (char)((is_there(v) ? HAS_VALUE : 0) | (is_there(scratch) ? HAS_SCRATCH : 0)));
    if (is_there(v))
        value_encode(t, v);
    if (is_there(scratch))
        value_encode(t, scratch);
}

void entry_put_begin(struct text *t, long long ms, const char *id, const kiln_program *program,
                     const kiln_value *input)
{
    unsigned char hash[16];

    record_write_word(hash, program->hash[0], 8);
    record_write_word(hash + 8, program->hash[1], 8);
    record_put_uint(t, ms < 0 ? 0 : (unsigned long long)ms);
    record_put_text(t, id, strlen(id));
    record_put_text(t, program->name, strlen(program->name));
    text_put(t, hash, sizeof hash);
    put_values(t, input, NULL);
}

void entry_put_place(struct text *t, const struct journal_place *at)
{
    record_put_uint(t, at->n);
    for (size_t i = 0; i < 2 * (size_t)at->n; i++)
        record_put_uint(t, at->path[i]);
    record_put_uint(t, at->step);
    record_put_uint(t, at->turn);
}

void entry_put(struct text *t, unsigned long long run, long long ms, const struct journal_place *at,
               const kiln_value *v, const kiln_value *scratch)
{
    record_put_uint(t, run);
    record_put_int(t, ms);
    entry_put_place(t, at);
    put_values(t, v, scratch);
}

/* ---- reading ---- */

int entry_take_place(struct record_cursor *c, unsigned *ret)
{
    unsigned long long w;

    if (record_take_uint(c, &w) < 0 || w > UINT_MAX)
        return -1;
    *ret = (unsigned)w;
    return 0;
}

static int read_begin(struct record_cursor *c, struct entry *e)
{
    const unsigned char *hash;
    unsigned long long ms;

    e->run = e->sequence;
    if (record_take_uint(c, &ms) < 0 || ms > LLONG_MAX || record_take_text(c, &e->id, &e->n_id) < 0
        || record_take_text(c, &e->program, &e->n_program) < 0
        || record_take_bytes(c, &hash, 16) < 0)
        return -1;
    e->ms = (long long)ms;
    e->hash[0] = record_read_word(hash, 8);
    e->hash[1] = record_read_word(hash + 8, 8);
    return 0;
}

static int read_other(struct record_cursor *c, struct entry *e)
{
    unsigned n, skipped;

    if (record_take_uint(c, &e->run) < 0 || record_take_int(c, &e->ms) < 0)
        return -1;
    e->place = (const char *)c->bytes + c->at;
    if (entry_take_place(c, &n) < 0)
        return -1;
    for (unsigned long long left = 2ull * n + 2; left; left--)
        if (entry_take_place(c, &skipped) < 0)
            return -1;
    e->n_place = (size_t)((const char *)c->bytes + c->at - e->place);
    return 0;
}

int entry_read(const struct record *r, struct entry *ret)
{
    struct entry e = { .kind = (enum journal_kind)r->kind, .sequence = r->sequence };
    struct record_cursor c = { r->body, r->n, 0 };
    int failed;

    if (r->kind > JOURNAL_ENDED)
        return -ENOTSUP;
    failed = r->kind == JOURNAL_BEGIN ? read_begin(&c, &e) : read_other(&c, &e);
    if (failed || c.at >= c.n)
        return -EUCLEAN;
    e.values = c;
    *ret = e;
    return 0;
}

int entry_values(kiln_heap *h, const struct entry *e, kiln_value *ret, kiln_value *ret_scratch)
{
    struct record_cursor c = e->values;
    kiln_value v = { 0 }, scratch = { 0 };
    unsigned has = c.bytes[c.at++];

    if (has & HAS_VALUE && value_decode(h, &v, c.bytes, c.n, &c.at) < 0)
        return -1;
    if (has & HAS_SCRATCH && value_decode(h, &scratch, c.bytes, c.n, &c.at) < 0)
        return -1;
    *ret = v;
    *ret_scratch = scratch;
    return 0;
}
