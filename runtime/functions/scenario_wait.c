/* scenario_wait.c: steps that wait: how long, and in which words they fail
 * (scenario 1.7.12, 1.7.13).
 */
#include "functions/scenario.h"

/* A number as whole milliseconds; what is below 0 is 0. -1 when it is no number. */
static int milliseconds(kiln_value *ret, const kiln_value *v)
{
    double d;

    if (v->tag != KILN_INT && v->tag != KILN_UINT && v->tag != KILN_DOUBLE)
        return -1;
    d = value_number(v);
    *ret = value_int(d < 1 ? 0 : d < 9e18 ? (long long)d : (long long)9e18);
    return 0;
}

static int refuse(kiln_heap *h, const char *format, const kiln_value *step, const kiln_value *v)
{
    struct text t = { 0 };
    int rc;

    json_write(&t, v->tag == KILN_ABSENT ? &(kiln_value){ .tag = KILN_NULL } : v);
    rc = heap_fail(h, format, (int)step->n, step->u.s, text_cstr(&t));
    text_fini(&t);
    return rc;
}

int kiln_scenario_delay_ms(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    if (milliseconds(ret, a) == 0)
        return 0;
    return refuse(h, "Delay step '%.*s': duration_ms must be a number, got: %s", b, a);
}

int kiln_scenario_delayed(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    kiln_value key = value_static("duration_ms");

    if (b->tag != KILN_ABSENT)
        return value_with(h, ret, a, &key, b);
    *ret = *b;
    return 0;
}

int kiln_scenario_wait_timeout(kiln_heap *h, kiln_value *ret, const kiln_value *a,
                               const kiln_value *b)
{
    if (a->tag <= KILN_NULL) {
        *ret = value_null();
        return 0;
    }
    if (milliseconds(ret, a) == 0)
        return 0;
    return refuse(h, "WaitForSignal step '%.*s': timeout_ms must be a number, got: %s", b, a);
}

static int fail_late(kiln_heap *h, kiln_value *ret, const kiln_value *what)
{
    kiln_value step = value_member(what, "step"), id = value_member(what, "id");
    kiln_value timeout = value_member(what, "timeout");
    kiln_value pairs[8] = { value_static("code"),     value_static("WAIT_TIMEOUT"),
                            value_static("category"), value_static("timeout"),
                            value_static("severity"), value_static("error"),
                            value_static("message"),  value_null() };

    if (value_textf(h, &pairs[7],
                    "WaitForSignal step '%.*s' timed out after %lldms waiting for signal '%.*s'",
                    (int)step.n, step.u.s, timeout.u.i, (int)id.n, id.u.s)
        < 0)
        return -1;
    return kiln_object(h, ret, pairs, 4);
}

/* `a` is what it waits for, absent when that was not yet worked out: then the error stays what it
 * is. `b` is null when the time was up. */
int kiln_scenario_wait_failed(kiln_heap *h, kiln_value *ret, const kiln_value *a,
                              const kiln_value *b)
{
    kiln_value step = value_member(a, "step"), text;

    if (a->tag != KILN_OBJECT) {
        *ret = *b;
        return 0;
    }
    if (b->tag <= KILN_NULL)
        return fail_late(h, ret, a);
    if (kiln_scenario_to_string(h, &text, b) < 0)
        return -1;
    return value_textf(h, ret, "WaitForSignal step '%.*s' on_wait failed: %.*s", (int)step.n,
                       step.u.s, (int)text.n, text.u.s);
}
