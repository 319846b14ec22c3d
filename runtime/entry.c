/* entry.c: the bodies of records (spec/JOURNAL.md 4). */
#include "entry.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

enum { HAS_VALUE = 1, HAS_SCRATCH = 2, HAS_SIGNAL = 4, HAS_WAIT = 8, HAS_MOMENT = 16 };
enum { HAS_WAKE = 1, HAS_DEADLINE = 2 };

/* ---- writing ---- */

static int is_there(const kiln_value *v)
{
    return v && v->tag != KILN_ABSENT;
}

static void put_wait(struct text *t, const struct journal_wait *w)
{
    record_put_uint(t, w->kind);
    record_put_uint(t, w->failures);
    record_put_uint(t, w->waited);
    text_putc(t, (char)((w->has_wake ? HAS_WAKE : 0) | (w->has_deadline ? HAS_DEADLINE : 0)));
    if (w->has_wake)
        record_put_int(t, w->wake);
    if (w->has_deadline)
        record_put_int(t, w->deadline);
}

static void put_content(struct text *t, const struct entry_content *c)
{
    text_putc(t, (char)((is_there(c->v) ? HAS_VALUE : 0) | (is_there(c->scratch) ? HAS_SCRATCH : 0)
                        | (c->signal ? HAS_SIGNAL : 0) | (c->wait ? HAS_WAIT : 0)
                        | (c->moment ? HAS_MOMENT : 0)));
    if (c->signal)
        record_put_uint(t, c->signal);
    if (c->wait)
        put_wait(t, c->wait);
    if (c->moment)
        record_put_uint(t, c->moment);
    if (is_there(c->v))
        value_encode(t, c->v);
    if (is_there(c->scratch))
        value_encode(t, c->scratch);
}

static void put_hash(struct text *t, const unsigned long long hash[2])
{
    unsigned char bytes[16];

    record_write_word(bytes, hash[0], 8);
    record_write_word(bytes + 8, hash[1], 8);
    text_put(t, bytes, sizeof bytes);
}

void entry_put_begin(struct text *t, long long ms, const char *id, const kiln_program *program,
                     const kiln_value *input)
{
    record_put_uint(t, ms < 0 ? 0 : (unsigned long long)ms);
    record_put_text(t, id, strlen(id));
    record_put_text(t, program->name, strlen(program->name));
    put_hash(t, program->hash);
    put_content(t, &(struct entry_content){ .v = input });
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
               const struct entry_content *content)
{
    record_put_uint(t, run);
    record_put_int(t, ms);
    entry_put_place(t, at);
    put_content(t, content);
}

void entry_put_again(struct text *t, const struct entry *e, const struct entry_content *content)
{
    record_put_uint(t, e->run);
    record_put_int(t, e->ms);
    text_put(t, e->place, e->n_place);
    put_content(t, content);
}

void entry_put_base(struct text *t, const struct entry *e)
{
    record_put_uint(t, e->run);
    record_put_uint(t, (unsigned long long)e->ms);
    record_put_text(t, e->id, e->n_id);
    record_put_text(t, e->program, e->n_program);
    put_hash(t, e->hash);
    record_put_uint(t, e->records);
    record_put_int(t, e->last_ms);
    record_put_int(t, e->due);
}

/* It says nothing beside: a byte with no bit set. */
void entry_put_program(struct text *t, const struct entry *e)
{
    put_hash(t, e->hash);
    record_put_text(t, e->program, e->n_program);
    text_putc(t, 0);
}

void entry_put_within(struct text *t, const struct entry *e)
{
    text_putc(t, (char)e->kind);
    record_put_uint(t, e->sequence);
    record_put_text(t, (const char *)e->body, e->n_body);
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

static void take_hash(const unsigned char *bytes, struct entry *e)
{
    e->hash[0] = record_read_word(bytes, 8);
    e->hash[1] = record_read_word(bytes + 8, 8);
}

/* Whose run it is: what BEGIN and BASE have in common. */
static int read_owner(struct record_cursor *c, struct entry *e)
{
    const unsigned char *hash;
    unsigned long long ms;

    if (record_take_uint(c, &ms) < 0 || ms > LLONG_MAX || record_take_text(c, &e->id, &e->n_id) < 0
        || record_take_text(c, &e->program, &e->n_program) < 0
        || record_take_bytes(c, &hash, 16) < 0)
        return -1;
    e->ms = (long long)ms;
    take_hash(hash, e);
    return 0;
}

static int read_base(struct record_cursor *c, struct entry *e)
{
    if (record_take_uint(c, &e->run) < 0 || !e->run || read_owner(c, e) < 0
        || record_take_uint(c, &e->records) < 0 || record_take_int(c, &e->last_ms) < 0)
        return -1;
    return record_take_int(c, &e->due);
}

static int read_program(struct record_cursor *c, struct entry *e)
{
    const unsigned char *hash;

    if (record_take_bytes(c, &hash, 16) < 0 || record_take_text(c, &e->program, &e->n_program) < 0)
        return -1;
    take_hash(hash, e);
    e->run = 0;
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

static int read_body(struct record_cursor *c, struct entry *e)
{
    if (e->kind == JOURNAL_BEGIN)
        return read_owner(c, e);
    if (e->kind == JOURNAL_PROGRAM)
        return read_program(c, e);
    return e->kind == JOURNAL_BASE ? read_base(c, e) : read_other(c, e);
}

int entry_read(const struct record *r, struct entry *ret)
{
    struct entry e = { .kind = (enum journal_kind)r->kind, .sequence = r->sequence };
    struct record_cursor c = { r->body, r->n, 0 };

    if (r->kind > JOURNAL_PROGRAM)
        return -ENOTSUP;
    e.run = e.sequence; /* of a BEGIN; the others say whose they are */
    if (read_body(&c, &e) < 0 || c.at >= c.n)
        return -EUCLEAN;
    e.body = r->body;
    e.n_body = r->n;
    e.values = c;
    *ret = e;
    return 0;
}

int entry_skim(const struct record *r, struct entry *ret)
{
    struct entry e = { .kind = (enum journal_kind)r->kind, .sequence = r->sequence };
    struct record_cursor c = { r->body, r->n, 0 };

    if (r->kind == JOURNAL_BEGIN || r->kind >= JOURNAL_BASE)
        return entry_read(r, ret);
    if (record_take_uint(&c, &e.run) < 0 || record_take_int(&c, &e.ms) < 0)
        return -EUCLEAN;
    e.n_body = r->n;
    *ret = e;
    return 0;
}

int entry_next(const struct entry *base, struct record_cursor *c, struct entry *ret)
{
    struct record r = { 0 };
    const unsigned char *kind;
    const char *body;
    int failed;

    if (c->at == c->n)
        return 0;
    if (record_take_bytes(c, &kind, 1) < 0 || record_take_uint(c, &r.sequence) < 0
        || record_take_text(c, &body, &r.n) < 0)
        return -EUCLEAN;
    r.kind = *kind;
    r.body = (const unsigned char *)body;
    if (r.kind == JOURNAL_STATE) {
        *ret = (struct entry){
            .kind = JOURNAL_STATE, .sequence = r.sequence, .body = r.body, .n_body = r.n
        };
        return 1;
    }
    if (!r.kind || r.kind == JOURNAL_BASE || r.kind == JOURNAL_PROGRAM)
        return -EUCLEAN;
    failed = entry_read(&r, ret);
    return failed ? failed : ret->run == base->run ? 1 : -EUCLEAN;
}

/* ---- what is behind the place ---- */

static int take_wait(struct record_cursor *c, struct journal_wait *ret)
{
    struct journal_wait w = { 0 };
    const unsigned char *has;

    if (entry_take_place(c, &w.kind) < 0 || entry_take_place(c, &w.failures) < 0
        || record_take_uint(c, &w.waited) < 0 || record_take_bytes(c, &has, 1) < 0)
        return -1;
    w.has_wake = *has & HAS_WAKE;
    w.has_deadline = !!(*has & HAS_DEADLINE);
    if ((w.has_wake && record_take_int(c, &w.wake) < 0)
        || (w.has_deadline && record_take_int(c, &w.deadline) < 0))
        return -1;
    *ret = w;
    return 0;
}

/* Signal, wait and moment stand before the values. */
static int take_front(struct record_cursor *c, unsigned has, struct journal_found *f,
                      unsigned long long *signal)
{
    if (has & HAS_SIGNAL && record_take_uint(c, signal) < 0)
        return -1;
    if (has & HAS_WAIT && take_wait(c, &f->wait) < 0)
        return -1;
    return has & HAS_MOMENT ? record_take_uint(c, &f->moment) : 0;
}

int entry_take_content(kiln_heap *h, const struct entry *e, struct journal_found *ret,
                       unsigned long long *ret_signal)
{
    struct record_cursor c = e->values;
    struct journal_found f = { .kind = e->kind, .sequence = e->sequence };
    unsigned has = c.bytes[c.at++];
    unsigned long long signal = 0;

    if (take_front(&c, has, &f, &signal) < 0)
        return -1;
    if (has & HAS_VALUE && value_decode(h, &f.value, c.bytes, c.n, &c.at) < 0)
        return -1;
    if (has & HAS_SCRATCH && value_decode(h, &f.scratch, c.bytes, c.n, &c.at) < 0)
        return -1;
    *ret = f;
    *ret_signal = signal;
    return 0;
}

int entry_values(kiln_heap *h, const struct entry *e, kiln_value *ret, kiln_value *ret_scratch)
{
    struct journal_found f;
    unsigned long long signal;

    if (entry_take_content(h, e, &f, &signal) < 0)
        return -1;
    *ret = f.value;
    *ret_scratch = f.scratch;
    return 0;
}

int entry_is_outcome(const struct entry *e)
{
    return (e->kind == JOURNAL_DONE || e->kind == JOURNAL_FAILED || e->kind == JOURNAL_NOTE)
           && e->values.bytes[e->values.at] & HAS_VALUE;
}

unsigned long long entry_signal(const struct entry *e)
{
    struct record_cursor c = e->values;
    struct journal_found f;
    unsigned long long signal = 0;
    unsigned has = c.bytes[c.at++];

    return take_front(&c, has, &f, &signal) < 0 ? 0 : signal;
}

unsigned long long entry_moment(const struct entry *e)
{
    struct record_cursor c = e->values;
    struct journal_found f = { 0 };
    unsigned long long signal;
    unsigned has = c.bytes[c.at++];

    return take_front(&c, has, &f, &signal) < 0 ? 0 : f.moment;
}
