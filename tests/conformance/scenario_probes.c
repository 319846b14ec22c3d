/* scenario_probes.c: operations that show what a step hands to them; made workflows call them. */
#include <limits.h>
#include <string.h>

#include "ops/input.h"
#include "scenario.h"

KILN_OP(probe_input, "probe.input", KILN_PURE, "Gives its whole input back.",
        KILN_OUTPUTS({ "input", "object", "The input.", 0 }), KILN_FLAGS(KILN_OP_BARE))
{
    return kiln_out_value(call, *kiln_input(call));
}

KILN_OP(probe_fail, "probe.fail", KILN_PURE, "Fails with its input.",
        KILN_INPUTS({ "error", "any", "What it fails with.", 0 }))
{
    return kiln_fail_value(call, kiln_in(call, "error"));
}

/* One for each type a field may have, read as the built-in operations read theirs. */
#define PROBE(type, read)                                                                          \
    KILN_OP(probe_##type, "probe." #type, KILN_PURE, "Gives one input back.",                      \
            KILN_INPUTS({ "value", #type, "What comes back.", 0 }),                                \
            KILN_OUTPUTS({ "value", #type, "What came.", 0 }), KILN_FLAGS(KILN_OP_BARE))           \
    {                                                                                              \
        kiln_value v = kiln_null();                                                                \
                                                                                                   \
        if (!input_is_missing(call, "value") && read(call, "probe", "value", &v) < 0)              \
            return -1;                                                                             \
        return kiln_out_value(call, v);                                                            \
    }

static int read_integer(kiln_call *call, const char *name, const char *field, kiln_value *ret)
{
    long long i;

    if (input_integer(call, name, field, "i64", LLONG_MIN, LLONG_MAX, &i) < 0)
        return -1;
    *ret = kiln_int(i);
    return 0;
}

static int read_number(kiln_call *call, const char *name, const char *field, kiln_value *ret)
{
    double d;

    if (input_number(call, name, field, &d) < 0)
        return -1;
    *ret = kiln_double(d);
    return 0;
}

static int read_flag(kiln_call *call, const char *name, const char *field, kiln_value *ret)
{
    int flag;

    if (input_flag(call, name, field, &flag) < 0)
        return -1;
    *ret = kiln_bool(flag);
    return 0;
}

PROBE(any, input_any)
PROBE(string, input_text)
PROBE(integer, read_integer)
PROBE(number, read_number)
PROBE(boolean, read_flag)

struct op_set records_ops(struct records *r)
{
    static const kiln_op *const probes[] = { &kiln_op_probe_input,   &kiln_op_probe_fail,
                                             &kiln_op_probe_any,     &kiln_op_probe_string,
                                             &kiln_op_probe_integer, &kiln_op_probe_number,
                                             &kiln_op_probe_boolean };
    const size_t n = r->c->ops->n, extra = sizeof probes / sizeof *probes;
    const kiln_op **all = arena_alloc(&r->heap->arena, (n + extra) * sizeof *all);

    memcpy(all, r->c->ops->at, n * sizeof *all);
    memcpy(all + n, probes, sizeof probes);
    return (struct op_set){ all, n + extra };
}
