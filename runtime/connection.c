/* connection.c: who may see the values of a connection, and where they must not come out again. */
#include "connection.h"

#include <string.h>

#include "value.h"

enum { SHORTEST_SECRET = 4 }; /* texts below that are words like "api", and struck out of nothing */

/* The name of the connection the input brings, or the absent value (scenario 1.7.15). */
static kiln_value name_of(const kiln_call *call)
{
    kiln_value id = value_member(call->input, "connection_id");
    kiln_value handle = value_member(call->input, "_connection");

    if (id.tag != KILN_STRING)
        id = value_member(&handle, "connection_id");
    return id.tag == KILN_STRING ? id : (kiln_value){ .tag = KILN_ABSENT };
}

static kiln_value find(const kiln_call *call, const kiln_value *name)
{
    const kiln_value *all = call->run->options.connections;

    return all && name->tag == KILN_STRING ? kiln_get(all, name)
                                           : (kiln_value){ .tag = KILN_ABSENT };
}

int connection_check(kiln_call *call)
{
    kiln_value name = name_of(call);
    unsigned needs = call->op->flags & KILN_OP_CONNECTS;

    if (name.tag == KILN_ABSENT && needs)
        return kiln_fail(call, "operation '%s': no connection was named", call->op->name);
    if (name.tag == KILN_ABSENT || find(call, &name).tag == KILN_OBJECT)
        return 0;
    return kiln_fail(call, "operation '%s': there is no connection '%.*s'", call->op->name,
                     (int)name.n, name.u.s);
}

kiln_value kiln_connection(kiln_call *call)
{
    kiln_value none = { .tag = KILN_ABSENT }, name, copy;

    if (!(call->op->flags & (KILN_OP_CONNECTS | KILN_OP_MAY_CONNECT)))
        return none;
    name = name_of(call);
    call->connection = find(call, &name);
    if (value_copy(&call->run->heap, &copy, &call->connection) < 0)
        return none;
    return copy;
}

const char *kiln_connection_text(kiln_call *call, const char *field)
{
    kiln_value all = kiln_connection(call), v = value_member(&all, field);
    char *text = v.tag == KILN_STRING ? arena_dup(&call->run->heap.arena, v.u.s, v.n) : NULL;

    return text ? text : "";
}

/* ---- striking out ---------------------------------------------------------------------------- */

/* The first of the connection's texts at `s`: how long it is, or 0. */
static size_t secret_at(const kiln_value *secret, const char *s, size_t n)
{
    size_t longest = 0;

    if (secret->tag == KILN_STRING && secret->n >= SHORTEST_SECRET && secret->n <= n
        && !memcmp(s, secret->u.s, secret->n))
        return secret->n;
    for (unsigned i = 0; secret->tag == KILN_OBJECT && i < secret->n; i++) {
        size_t length = secret_at(&secret->u.members[i].value, s, n);

        longest = length > longest ? length : longest;
    }
    for (unsigned i = 0; secret->tag == KILN_ARRAY && i < secret->n; i++) {
        size_t length = secret_at(&secret->u.items[i], s, n);

        longest = length > longest ? length : longest;
    }
    return longest;
}

static int strike_text(const kiln_call *call, kiln_value *v)
{
    struct text t = { 0 };
    int found = 0, failed = 0;

    for (size_t i = 0; i < v->n;) {
        size_t n = secret_at(&call->connection, v->u.s + i, v->n - i);

        if (n)
            text_puts(&t, "***");
        else
            text_putc(&t, v->u.s[i]);
        found |= n > 0;
        i += n ? n : 1;
    }
    if (found)
        failed = t.failed || value_string(&call->run->heap, v, text_cstr(&t), t.n) < 0;
    text_fini(&t);
    return failed ? -1 : 0;
}

static int strike(const kiln_call *call, kiln_value *v);

static int strike_items(const kiln_call *call, kiln_value *v)
{
    kiln_heap *h = &call->run->heap;
    kiln_value *items = arena_alloc(&h->arena, (v->n + 1) * sizeof *items);

    if (!items)
        return -1;
    for (unsigned i = 0; i < v->n; i++) {
        items[i] = v->u.items[i];
        if (strike(call, &items[i]) < 0)
            return -1;
    }
    return kiln_array(h, v, items, v->n);
}

static int strike_members(const kiln_call *call, kiln_value *v)
{
    kiln_heap *h = &call->run->heap;
    kiln_value *pairs = arena_alloc(&h->arena, (2 * (size_t)v->n + 1) * sizeof *pairs);

    if (!pairs)
        return -1;
    for (unsigned i = 0; i < v->n; i++) {
        pairs[2 * i] = v->u.members[i].key;
        pairs[2 * i + 1] = v->u.members[i].value;
        if (strike(call, &pairs[2 * i]) < 0 || strike(call, &pairs[2 * i + 1]) < 0)
            return -1;
    }
    return kiln_object(h, v, pairs, v->n);
}

static int strike(const kiln_call *call, kiln_value *v)
{
    if (v->tag == KILN_STRING)
        return strike_text(call, v);
    if (v->tag == KILN_ARRAY)
        return strike_items(call, v);
    return v->tag == KILN_OBJECT ? strike_members(call, v) : 0;
}

int connection_strike(kiln_call *call, kiln_value *v)
{
    return call->connection.tag == KILN_ABSENT ? 0 : strike(call, v);
}
