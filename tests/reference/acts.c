/* acts.c: see acts.h. */
#include "acts.h"

#include <check.h>

#include "passes/passes.h"
#include "plans.h"

struct acts acts;

static unsigned mix_of(unsigned n)
{
    return (acts.seed * 40503u + n * 2654435761u) >> 13;
}

/* Behind one that failed the next may, too: so that some are tried more than twice. */
static int fails_again(unsigned n)
{
    return n && mix_of(n - 1) % 4 == 0 && mix_of(n) * 2246822519u >> 29 < 3;
}

/* What the next call comes to: 0 with a result, or -1 with an error. */
static int answer(kiln_heap *h, const kiln_value *input, kiln_value *ret,
                  unsigned long long *ret_later)
{
    unsigned n = acts.calls++, mix = mix_of(n);
    int again = fails_again(n), failed = again || mix % 4 == 0;
    const char *category = mix & 64 && !again ? "permanent" : "transient";
    kiln_value pair[4] = { value_static("call"), value_int(n), value_static("category"),
                           value_static(category) };

    json_write(&acts.seen, input);
    text_putc(&acts.seen, '\n');
    *ret_later = mix & 8 ? 1 + mix / 16 % 60 : 0;
    kiln_object(h, ret, pair, failed ? 2 : 1);
    return failed ? -1 : 0;
}

KILN_OP(acts_act, "test.act", KILN_EFFECTFUL, "Touches the world.", KILN_FLAGS(0))
{
    unsigned long long later;
    kiln_value v;

    if (answer(kiln_call_heap(call), kiln_input(call), &v, &later) < 0)
        return kiln_fail_value(call, v);
    kiln_later(call, later);
    return kiln_out_value(call, v);
}

/* The same as the interpreter is told. */
static int interpreted_call(void *ctx, kiln_heap *h, const kiln_op *op, const kiln_value *input,
                            kiln_value *ret, unsigned long long *ret_later)
{
    (void)ctx;
    if (op == &kiln_op_acts_act)
        return answer(h, input, ret, ret_later);
    *ret = input->tag == KILN_ABSENT ? value_null() : *input;
    return 0;
}

struct plan *acts_plan(struct arena *a, unsigned seed)
{
    struct plan *p = plans_lively(a, seed, &kiln_op_acts_act);

    ck_assert_ptr_null(passes_run(p, 1, NULL, NULL));
    return p;
}

void acts_begin(unsigned seed)
{
    acts.seed = seed;
    acts.calls = 0;
    text_clear(&acts.seen);
}

void acts_interpret(const struct plan *p, unsigned seed, const kiln_value *input,
                    struct reference_end *ret)
{
    struct reference_world w = { &acts, interpreted_call, value_static("signal") };

    acts_begin(seed);
    reference_run(p, &w, input, ret);
}

void acts_fini(void)
{
    text_fini(&acts.seen);
}
