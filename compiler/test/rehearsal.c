/* rehearsal.c: see rehearsal.h. Back ends may copy an operation, so a stand-in is found by
 * what all copies share: its name is a text of its own, with the stand-in in front of it. */
#include "test/rehearsal.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "call.h"
#include "wait.h"

struct stand_in {
    const kiln_op *real;
    struct rehearsal *rehearsal;
    char name[];
};

static struct stand_in *find(const kiln_op *op)
{
    return (struct stand_in *)((uintptr_t)op->name - offsetof(struct stand_in, name));
}

static void set_wrong(struct rehearsal *r, const char *format, const struct rehearsal_effect *e,
                      unsigned n)
{
    if (!r->wrong.n)
        text_printf(&r->wrong, format, e->operation, e->key, n);
}

static struct rehearsal_effect *add_effect(struct rehearsal *r, const char *key, const kiln_op *op)
{
    struct rehearsal_effect *e = arena_zalloc(&r->arena, sizeof *e);
    size_t n = strlen(key);

    if (!e || !(e->key = arena_dup(&r->arena, key, n)))
        return NULL;
    e->operation = op->name;
    return map_put(&r->by_key, e->key, n, e) < 0 ? NULL : e;
}

/* ---- acting ---- */

static int take_result(kiln_call *call, kiln_value *ret)
{
    if (call->whole.tag != KILN_ABSENT) {
        *ret = call->whole;
        return 0;
    }
    if (call->op->flags & KILN_OP_BARE && !call->n) {
        *ret = kiln_null();
        return 0;
    }
    return kiln_object(&call->run->heap, ret, call->pairs, call->n);
}

/* In the arena; NULL when memory is out. */
static const char *input_text(struct rehearsal *r, const kiln_call *call)
{
    struct text t = { 0 };
    const char *s;

    json_write(&t, call->input);
    s = arena_dup(&r->arena, text_cstr(&t), t.n);
    text_fini(&t);
    return s;
}

/* Calls the operation in earnest and writes down what came of it. */
static int act(struct stand_in *s, kiln_call *call, struct rehearsal_effect *e)
{
    struct rehearsal *r = s->rehearsal;
    struct rehearsal_outcome o = { 0 };
    kiln_value v;

    o.input = input_text(r, call);
    o.failed = s->real->run(call) < 0;
    if (o.failed && call->error.tag == KILN_ABSENT)
        call->error = call->run->heap.error;
    v = call->error;
    if (!o.failed && take_result(call, &v) < 0)
        return kiln_fail(call, "out of memory");
    o.later = call->later;
    o.connected = call->connection.tag != KILN_ABSENT;
    if (!o.input || value_copy(&r->heap, &o.value, &v) < 0
        || value_copy(&r->heap, &o.scratch, &call->scratch) < 0 || list_push(&e->outcomes, o) < 0)
        return kiln_fail(call, "out of memory");
    return o.failed ? -1 : 0;
}

/* ---- playing back ---- */

static int play_scratch(kiln_call *call, const kiln_value *scratch)
{
    for (unsigned i = 0; scratch->tag == KILN_OBJECT && i < scratch->n; i++) {
        const kiln_member *m = &scratch->u.members[i];
        char *key = arena_dup(&call->run->heap.arena, m->key.u.s, m->key.n);
        kiln_value v;

        if (!key || value_copy(&call->run->heap, &v, &m->value) < 0
            || kiln_scratch_set(call, key, v) < 0)
            return -1;
    }
    return 0;
}

static int is_same_input(const struct rehearsal_outcome *o, const kiln_value *input)
{
    struct text t = { 0 };
    int same;

    json_write(&t, input);
    same = !strcmp(text_cstr(&t), o->input);
    text_fini(&t);
    return same;
}

/* Whether this call is the newest one, made again by a process that does not know what came of it.
 */
static int is_again(const struct rehearsal *r, const struct rehearsal_effect *e, long long at,
                    unsigned failures)
{
    return e->calls && e->life != r->life && e->at == at && e->failures == failures;
}

/* What is not journalled is done again by every process. */
static int is_kept(const kiln_call *call)
{
    return call->frame->flow->steps[call->step].kind->flags & KILN_STEP_JOURNAL;
}

/* The outcome of this try; of one more try than there were, the last again. */
static const struct rehearsal_outcome *next_outcome(struct rehearsal *r, const kiln_call *call,
                                                    struct rehearsal_effect *e)
{
    const struct wait *w = wait_find(call->frame, call->step);
    unsigned failures = w ? w->tries.failures : 0;
    long long at = call->run->io->now_ms(call->run->io->self);
    int again = is_again(r, e, at, failures);

    if (!is_kept(call) && e->life != r->life) {
        e->calls = failures;
        again = 0;
    }
    e->calls += !again;
    e->again += again;
    e->life = r->life;
    e->failures = failures;
    e->at = at;
    return &e->outcomes.at[e->calls <= e->outcomes.n ? e->calls - 1 : e->outcomes.n - 1];
}

static int play(struct rehearsal *r, kiln_call *call, struct rehearsal_effect *e)
{
    const struct rehearsal_outcome *o = next_outcome(r, call, e);
    kiln_value v;

    if (!is_same_input(o, call->input))
        set_wrong(r, "operation '%s' was called with another input (%s)", e, 0);
    if (value_copy(&call->run->heap, &v, &o->value) < 0 || play_scratch(call, &o->scratch) < 0)
        return kiln_fail(call, "out of memory");
    if (o->connected) /* so that nothing of it gets out now either */
        kiln_connection(call);
    if (o->failed)
        return kiln_fail_value(call, v);
    kiln_later(call, o->later);
    return kiln_out_value(call, v);
}

static int stand_in(kiln_call *call)
{
    struct stand_in *s = find(call->op);
    struct rehearsal *r = s->rehearsal;
    const char *key = kiln_call_key(call);
    struct rehearsal_effect *e = map_get(&r->by_key, key, strlen(key));

    if (e && r->playing)
        return play(r, call, e);
    if (r->playing && !r->wrong.n)
        text_printf(&r->wrong, "operation '%s' was called where the first run did not (%s)",
                    call->op->name, key);
    if (r->playing)
        return kiln_fail(call, "the first run did not call this");
    if (!e && !(e = add_effect(r, key, s->real)))
        return kiln_fail(call, "out of memory");
    return act(s, call, e);
}

/* ---- the whole ---- */

/* The operation with another function and the stand-in's name. */
static const kiln_op *add_stand_in(struct rehearsal *r, const kiln_op *real)
{
    size_t n = strlen(real->name) + 1;
    struct stand_in *s = arena_zalloc(&r->arena, sizeof *s + n);
    kiln_op *op = arena_zalloc(&r->arena, sizeof *op);

    if (!s || !op)
        return NULL;
    s->real = real;
    s->rehearsal = r;
    memcpy(s->name, real->name, n);
    *op = *real;
    op->name = s->name;
    op->run = stand_in;
    return op;
}

int rehearsal_init(struct rehearsal *r, const kiln_op *const *ops, size_t n)
{
    memset(r, 0, sizeof *r);
    heap_init(&r->heap, 0);
    r->ops = arena_zalloc(&r->arena, (n + 1) * sizeof *r->ops);
    for (size_t i = 0; r->ops && i < n; i++) {
        r->ops[i] = ops[i]->effect == KILN_PURE ? ops[i] : add_stand_in(r, ops[i]);
        if (!r->ops[i])
            return -1;
    }
    return r->ops ? 0 : -1;
}

void rehearsal_fini(struct rehearsal *r)
{
    for (unsigned i = 0; i < r->by_key.n; i++)
        list_fini(&((struct rehearsal_effect *)r->by_key.at[i].value)->outcomes);
    map_fini(&r->by_key);
    heap_fini(&r->heap);
    arena_fini(&r->arena);
    text_fini(&r->wrong);
}

void rehearsal_begin(struct rehearsal *r)
{
    r->playing = 1;
    r->life = 0;
    for (unsigned i = 0; i < r->by_key.n; i++) {
        struct rehearsal_effect *e = r->by_key.at[i].value;

        e->calls = e->again = 0;
        e->is_excused = 0;
    }
}

void rehearsal_excuse(struct rehearsal *r, const char *prefix)
{
    for (unsigned i = 0; i < r->by_key.n; i++) {
        struct rehearsal_effect *e = r->by_key.at[i].value;

        e->is_excused |= !strncmp(e->key, prefix, strlen(prefix));
    }
}

void rehearsal_live(struct rehearsal *r)
{
    r->life++;
}

int rehearsal_check(struct rehearsal *r, unsigned stops)
{
    for (unsigned i = 0, again = 0; i < r->by_key.n; i++) {
        const struct rehearsal_effect *e = r->by_key.at[i].value;

        again += e->again;
        if (e->calls < e->outcomes.n && !e->is_excused)
            set_wrong(r, "operation '%s' was not called as often as it should (%s, %u times)", e,
                      e->calls);
        if (e->calls > e->outcomes.n || again > stops)
            set_wrong(r, "operation '%s' was called too often (%s, %u times)", e,
                      e->calls + e->again);
    }
    return r->wrong.n ? -1 : 0;
}
