/* operonx_ops.c: operations of the spec cases and of the cases about refs, streams and interrupts.
 */
#include "operonx_ops.h"

#include <ctype.h>
#include <string.h>

static const kiln_value *produced; /* of the case that runs */

void operonx_ops_produce(const kiln_value *v)
{
    produced = v;
}

/* A field unchanged, null when it is absent. */
static kiln_value given(kiln_call *call, const char *field)
{
    kiln_value v = kiln_in(call, field);

    return v.tag == KILN_ABSENT ? kiln_null() : v;
}

KILN_OP(case_double, "double", KILN_PURE, "Twice a number.",
        KILN_INPUTS({ "x", "integer", "The number.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "result", "integer", "2x.", 0 }))
{
    return kiln_out(call, "result", kiln_int(2 * kiln_in_int(call, "x")));
}

KILN_OP(case_add_one, "add_one", KILN_PURE, "A number and one.",
        KILN_INPUTS({ "n", "integer", "The number.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "answer", "integer", "n + 1.", 0 }))
{
    return kiln_out(call, "answer", kiln_int(kiln_in_int(call, "n") + 1));
}

KILN_OP(case_echo, "echo", KILN_PURE, "What it is given.",
        KILN_INPUTS({ "msg", "any", "Anything.", 0 }),
        KILN_OUTPUTS({ "output", "any", "The same.", 0 }))
{
    return kiln_out(call, "output", given(call, "msg"));
}

KILN_OP(case_echo_value, "echo", KILN_PURE, "What it is given, by other names.",
        KILN_INPUTS({ "value", "any", "Anything.", 0 }),
        KILN_OUTPUTS({ "got", "any", "The same.", 0 }))
{
    return kiln_out(call, "got", given(call, "value"));
}

KILN_OP(case_make_obj, "make_obj", KILN_PURE, "A person.",
        KILN_OUTPUTS({ "obj", "object", "Name and age.", 0 }))
{
    kiln_value pairs[4], obj;
    kiln_heap *h = kiln_call_heap(call);

    pairs[1].tag = pairs[3].tag = KILN_NULL;
    if (kiln_string(h, &pairs[0], "name", 4) < 0 || kiln_string(h, &pairs[1], "Alice", 5) < 0
        || kiln_string(h, &pairs[2], "age", 3) < 0)
        return -1;
    pairs[3] = kiln_int(30);
    return kiln_object(h, &obj, pairs, 2) < 0 ? -1 : kiln_out(call, "obj", obj);
}

KILN_OP(case_wrap_user, "wrap_user", KILN_PURE, "A text as a message of the user.",
        KILN_INPUTS({ "text", "string", "The text.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "msg", "object", "The message.", 0 }))
{
    kiln_value pairs[4], msg;
    kiln_heap *h = kiln_call_heap(call);

    if (kiln_string(h, &pairs[0], "role", 4) < 0 || kiln_string(h, &pairs[1], "user", 4) < 0
        || kiln_string(h, &pairs[2], "content", 7) < 0)
        return -1;
    pairs[3] = kiln_in(call, "text");
    return kiln_object(h, &msg, pairs, 2) < 0 ? -1 : kiln_out(call, "msg", msg);
}

KILN_OP(case_classify_size, "classify_size", KILN_PURE, "Whether a number is above a threshold.",
        KILN_INPUTS({ "n", "integer", "The number.", KILN_REQUIRED },
                    { "threshold", "integer", "The threshold.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "label", "string", "big or small.", 0 }))
{
    int big = kiln_in_int(call, "n") > kiln_in_int(call, "threshold");

    return kiln_out_text(call, "label", "%s", big ? "big" : "small");
}

KILN_OP(case_lowercase, "lowercase", KILN_PURE, "A text with its capitals (A to Z) made small.",
        KILN_INPUTS({ "text", "string", "The text.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "result", "string", "The text.", 0 }))
{
    kiln_value v = kiln_in(call, "text");
    char small[4096];
    unsigned n = v.n < sizeof small ? v.n : sizeof small;

    for (unsigned i = 0; i < n; i++)
        small[i] = (char)tolower((unsigned char)v.u.s[i]);
    return kiln_string(kiln_call_heap(call), &v, small, n) < 0 ? -1 : kiln_out(call, "result", v);
}

KILN_OP(case_sum_list, "sum_list", KILN_PURE, "The sum of a list.",
        KILN_INPUTS({ "xs", "array of integer", "The numbers.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "total", "integer", "Their sum.", 0 }))
{
    kiln_value xs = kiln_in(call, "xs");
    long long total = 0;

    for (unsigned i = 0; xs.tag == KILN_ARRAY && i < xs.n; i++)
        total += xs.u.items[i].u.i;
    return kiln_out(call, "total", kiln_int(total));
}

KILN_OP(case_increment, "increment", KILN_PURE, "A counter moved on; absent counts as 0.",
        KILN_INPUTS({ "counter", "integer", "The counter.", 0 }),
        KILN_OUTPUTS({ "counter", "integer", "One more.", 0 }))
{
    return kiln_out(call, "counter", kiln_int(kiln_in_int(call, "counter") + 1));
}

KILN_OP(case_scratch_write, "scratch_write", KILN_PURE, "Keeps a value in the scratch space.",
        KILN_INPUTS({ "key", "string", "Its name.", KILN_REQUIRED },
                    { "value", "any", "The value.", 0 }),
        KILN_OUTPUTS({ "signal", "boolean", "true.", 0 }))
{
    if (kiln_scratch_set(call, kiln_in_text(call, "key"), given(call, "value")) < 0)
        return -1;
    return kiln_out(call, "signal", kiln_bool(1));
}

KILN_OP(case_scratch_read, "scratch_read", KILN_PURE, "A value of the scratch space, or null.",
        KILN_INPUTS({ "key", "string", "Its name.", KILN_REQUIRED },
                    { "_signal", "any", "Only there to wait for.", 0 }),
        KILN_OUTPUTS({ "value", "any", "The value.", 0 }))
{
    return kiln_out(call, "value", kiln_scratch_get(call, kiln_in_text(call, "key")));
}

KILN_OP(case_passthrough, "passthrough", KILN_PURE, "What it is given, under the same name.",
        KILN_INPUTS({ "value", "any", "Anything.", 0 }),
        KILN_OUTPUTS({ "value", "any", "The same.", 0 }))
{
    return kiln_out(call, "value", given(call, "value"));
}

KILN_OP(case_stream_source, "stream_source", KILN_PURE, "One frame with all it is given.",
        KILN_INPUTS({ "items", "any", "Anything.", 0 }),
        KILN_OUTPUTS({ "item", "any", "The same.", 0 }))
{
    return kiln_out(call, "item", given(call, "items"));
}

KILN_OP(case_stream_sink, "stream_sink", KILN_PURE, "Shows what came.",
        KILN_INPUTS({ "item", "any", "Anything.", 0 }),
        KILN_OUTPUTS({ "saw", "any", "The same.", 0 }))
{
    return kiln_out(call, "saw", given(call, "item"));
}

KILN_OP(case_produce, "produce", KILN_PURE, "The constant recorded with the case.",
        KILN_OUTPUTS({ "out", "any", "Whatever was recorded.", 0 }))
{
    return kiln_out_value(call, produced ? *produced : kiln_null());
}

KILN_OP(case_consume, "consume", KILN_PURE, "Shows what came.",
        KILN_INPUTS({ "x", "any", "Anything.", 0 }),
        KILN_OUTPUTS({ "got", "any", "The same, null when nothing came.", 0 }))
{
    return kiln_out(call, "got", given(call, "x"));
}

/* ---- interrupts: declared, so that the compiler can refuse them ---- */

KILN_OP(case_long_sleep, "long_sleep", KILN_IDEMPOTENT, "Sleeps five seconds.",
        KILN_INPUTS({ "_seed", "any", "Only there to wait for.", 0 }),
        KILN_OUTPUTS({ "out", "string", "completed.", 0 }))
{
    return kiln_sleep(call, 5000) < 0 ? -1 : kiln_out_text(call, "out", "completed");
}

KILN_OP(case_kick_interrupt, "kick_interrupt", KILN_EFFECTFUL, "Would cancel the run.",
        KILN_INPUTS({ "_seed", "any", "Only there to wait for.", 0 }),
        KILN_OUTPUTS({ "__interrupt__", "object", "What to cancel.", 0 }))
{
    return kiln_fail(call, "interrupts are not part of this run");
}

KILN_OP(case_kicker_async, "kicker_async", KILN_EFFECTFUL, "Would cancel an item of a stream.",
        KILN_INPUTS({ "_signal", "any", "Only there to wait for.", 0 }),
        KILN_OUTPUTS({ "__interrupt__", "object", "What to cancel.", 0 }))
{
    return kiln_fail(call, "interrupts are not part of this run");
}

KILN_OP(case_gen3, "gen3", KILN_PURE, "0, 1 and 2, one by one.",
        KILN_INPUTS({ "_signal", "any", "Only there to wait for.", 0 }),
        KILN_OUTPUTS({ "i", "integer", "The number.", 0 }), KILN_FLAGS(KILN_OP_GENERATOR))
{
    kiln_heap *h = kiln_call_heap(call);
    kiln_value all, pair[2], item;

    if (kiln_array(h, &all, NULL, 0) < 0 || kiln_string(h, &pair[0], "i", 1) < 0)
        return -1;
    for (int i = 0; i < 3; i++) {
        pair[1] = kiln_int(i);
        if (kiln_object(h, &item, pair, 1) < 0 || kiln_push(h, &all, &item) < 0)
            return -1;
    }
    return kiln_out_value(call, all);
}

KILN_OP(case_slow_double, "slow_double", KILN_PURE, "A number, after a while.",
        KILN_INPUTS({ "i", "integer", "The number.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "out", "integer", "The same.", 0 }))
{
    return kiln_sleep(call, 200) < 0 ? -1 : kiln_out(call, "out", kiln_in(call, "i"));
}

const struct operonx_case_op operonx_spec_ops[] = {
    { "getattr_dict", &kiln_op_case_echo_value },
    { NULL, &kiln_op_case_double },
    { NULL, &kiln_op_case_add_one },
    { NULL, &kiln_op_case_echo },
    { NULL, &kiln_op_case_make_obj },
    { NULL, &kiln_op_case_wrap_user },
    { NULL, &kiln_op_case_classify_size },
    { NULL, &kiln_op_case_lowercase },
    { NULL, &kiln_op_case_sum_list },
    { NULL, &kiln_op_case_increment },
    { NULL, &kiln_op_case_scratch_write },
    { NULL, &kiln_op_case_scratch_read },
    { NULL, &kiln_op_case_passthrough },
    { NULL, &kiln_op_case_stream_source },
    { NULL, &kiln_op_case_stream_sink },
    { NULL, &kiln_op_case_produce },
    { NULL, &kiln_op_case_consume },
    { NULL, &kiln_op_case_long_sleep },
    { NULL, &kiln_op_case_kick_interrupt },
    { NULL, &kiln_op_case_kicker_async },
    { NULL, &kiln_op_case_gen3 },
    { NULL, &kiln_op_case_slow_double },
    { NULL, NULL },
};

/* ---- the set of a case ---- */

static int is_there(const char *name, const kiln_op *const *ops, size_t n)
{
    while (n--)
        if (!strcmp(ops[n]->name, name))
            return 1;
    return 0;
}

static size_t add(const struct operonx_case_op *row, const char *path, int own, const kiln_op **ret,
                  size_t n)
{
    for (; row->op; row++) {
        if (own != (row->only != NULL) || (own && !strstr(path, row->only)))
            continue;
        if (n < OPERONX_OPS_MOST && !is_there(row->op->name, ret, n))
            ret[n++] = row->op;
    }
    return n;
}

size_t operonx_ops_for(const char *path, const kiln_op *ret[OPERONX_OPS_MOST])
{
    const struct operonx_case_op *const tables[] = { operonx_spec_ops, operonx_example_ops,
                                                     operonx_stream_ops };
    size_t n = 0;

    for (int own = 1; own >= 0; own--)
        for (int i = 0; i < 3; i++)
            n = add(tables[i], path, own, ret, n);
    return n;
}
