/* call.c: what the body of an operation may do (kiln_op.h).
 *
 * A call is a window on the run: it reads its input, makes values in the run's heap, and leaves a
 * result or an error. Whatever the world tells it - time, chance, scratch - comes through the run,
 * so that a test can own the world and a resumed run can be told the same again.
 */
#include "call.h"

#include <string.h>

const kiln_value *kiln_input(kiln_call *call)
{
    return call->input;
}

kiln_value kiln_in(kiln_call *call, const char *field)
{
    return value_member(call->input, field);
}

const char *kiln_in_text(kiln_call *call, const char *field)
{
    kiln_value v = kiln_in(call, field);
    char *text = v.tag == KILN_STRING ? arena_dup(&call->run->heap.arena, v.u.s, v.n) : NULL;

    return text ? text : "";
}

long long kiln_in_int(kiln_call *call, const char *field)
{
    kiln_value v = kiln_in(call, field);

    if (v.tag == KILN_INT)
        return v.u.i;
    if (v.tag == KILN_DOUBLE && v.u.d > -9.2e18 && v.u.d < 9.2e18)
        return (long long)v.u.d;
    return 0;
}

double kiln_in_number(kiln_call *call, const char *field)
{
    kiln_value v = kiln_in(call, field);

    return value_number(&v);
}

int kiln_in_bool(kiln_call *call, const char *field)
{
    kiln_value v = kiln_in(call, field);

    return kiln_truthy(&v);
}

kiln_heap *kiln_call_heap(kiln_call *call)
{
    return &call->run->heap;
}

const char *kiln_call_key(kiln_call *call)
{
    struct journal_place at;
    struct text t = { 0 };
    const char *key;

    if (frame_place(call->frame, call->step, &at) < 0)
        return "";
    text_printf(&t, "%s/", kiln_run_id(call->run));
    for (unsigned i = 0; i < at.n; i++)
        text_printf(&t, "%u.%u-", at.path[2 * i], at.path[2 * i + 1]);
    text_printf(&t, "%u/%u", at.step, at.turn);
    key = arena_dup(&call->run->heap.arena, text_cstr(&t), t.n);
    text_fini(&t);
    return key ? key : "";
}

static int grow_pairs(kiln_call *call)
{
    unsigned cap = call->cap ? 2 * call->cap : 4;
    kiln_value *pairs = arena_alloc(&call->run->heap.arena, 2 * cap * sizeof *pairs);

    if (!pairs)
        return kiln_fail(call, "out of memory");
    if (call->n)
        memcpy(pairs, call->pairs, 2 * call->n * sizeof *pairs);
    call->pairs = pairs;
    call->cap = cap;
    return 0;
}

/* The text of a field's name: its own when declared (it lives for ever), else a copy. */
static int field_key(kiln_call *call, const char *field, kiln_value *ret)
{
    for (unsigned i = 0; i < call->op->n_outputs; i++)
        if (!strcmp(call->op->outputs[i].name, field)) {
            *ret = value_static(call->op->outputs[i].name);
            return 0;
        }
    return value_string(&call->run->heap, ret, field, strlen(field));
}

int kiln_out(kiln_call *call, const char *field, kiln_value v)
{
    if (call->n == call->cap && grow_pairs(call) < 0)
        return -1;
    if (field_key(call, field, &call->pairs[2 * call->n]) < 0)
        return -1;
    call->pairs[2 * call->n++ + 1] = v;
    return 0;
}

/* printf into a string value of the call's heap. */
static int format_value(kiln_call *call, kiln_value *ret, const char *format, va_list ap)
{
    struct text t = { 0 };
    int failed;

    text_vprintf(&t, format, ap);
    failed = t.failed || value_string(&call->run->heap, ret, text_cstr(&t), t.n) < 0;
    text_fini(&t);
    return failed ? -1 : 0;
}

int kiln_out_text(kiln_call *call, const char *field, const char *format, ...)
{
    kiln_value v;
    va_list ap;
    int failed;

    va_start(ap, format);
    failed = format_value(call, &v, format, ap);
    va_end(ap);
    return failed ? kiln_fail(call, "out of memory") : kiln_out(call, field, v);
}

int kiln_out_value(kiln_call *call, kiln_value whole)
{
    call->whole = whole.tag == KILN_ABSENT ? value_null() : whole;
    return 0;
}

int kiln_fail(kiln_call *call, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    if (format_value(call, &call->error, format, ap) < 0)
        call->error = value_static("out of memory");
    va_end(ap);
    return -1;
}

int kiln_fail_value(kiln_call *call, kiln_value error)
{
    call->error = error.tag == KILN_ABSENT ? value_null() : error;
    return -1;
}

kiln_value kiln_scratch_get(kiln_call *call, const char *key)
{
    kiln_value v = value_member(&call->run->heap.scratch, key);

    return v.tag == KILN_ABSENT ? value_null() : v;
}

/* Sets a member of an object that may still be absent. */
static int put_member(kiln_heap *h, kiln_value *object, const kiln_value *key, const kiln_value *v)
{
    kiln_value empty;

    if (object->tag != KILN_OBJECT) {
        if (kiln_object(h, &empty, NULL, 0) < 0)
            return -1;
        *object = empty;
    }
    return value_with(h, object, object, key, v);
}

int kiln_scratch_set(kiln_call *call, const char *key, kiln_value v)
{
    kiln_heap *h = &call->run->heap;
    kiln_value k;

    if (value_string(h, &k, key, strlen(key)) < 0 || put_member(h, &h->scratch, &k, &v) < 0
        || put_member(h, &call->scratch, &k, &v) < 0)
        return kiln_fail(call, "out of memory");
    return 0;
}

void kiln_later(kiln_call *call, unsigned long long ms)
{
    call->later = ms;
}

int kiln_sleep(kiln_call *call, unsigned long long ms)
{
    const struct kiln_io *io = call->run->io;

    io->sleep_ms(io->self, ms);
    return 0;
}

long long kiln_now(kiln_call *call)
{
    const struct kiln_io *io = call->run->io;

    return io->now_ms(io->self);
}

unsigned long long kiln_random(kiln_call *call)
{
    const struct kiln_io *io = call->run->io;

    return io->random(io->self);
}
