/* input.c: coercion and refusal of input fields; the words are those of the reference. */
#include "ops/input.h"

#include <stdarg.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "numeral.h"
#include "value.h"

int input_fail(kiln_call *call, const char *code, const char *format, ...)
{
    kiln_heap *h = kiln_call_heap(call);
    kiln_value error,
        pairs[8] = { value_static("category"), value_static("permanent"), value_static("code"),
                     value_static(code),       value_static("message"),   value_null(),
                     value_static("severity"), value_static("error") };
    struct text t = { 0 };
    va_list ap;
    int failed;

    va_start(ap, format);
    text_vprintf(&t, format, ap);
    va_end(ap);
    failed =
        value_string(h, &pairs[5], text_cstr(&t), t.n) < 0 || kiln_object(h, &error, pairs, 4) < 0;
    text_fini(&t);
    return failed ? kiln_fail(call, "out of memory") : kiln_fail_value(call, error);
}

/* What was found instead: `string "x"`, `integer `-1``, `sequence`, `map`, `null`. */
static void describe(struct text *t, const kiln_value *v)
{
    static const char *const names[] = { "null",     "null",     "boolean ",
                                         "integer ", "integer ", "floating point ",
                                         "string ",  "sequence", "map" };
    int scalar = v->tag >= KILN_BOOL && v->tag <= KILN_DOUBLE;

    text_puts(t, names[v->tag]);
    if (scalar)
        text_putc(t, '`');
    if (scalar || v->tag == KILN_STRING)
        json_write(t, v);
    if (scalar)
        text_putc(t, '`');
}

static int refuse(kiln_call *call, const char *name, const char *kind, const kiln_value *v,
                  const char *expected)
{
    struct text t = { 0 };

    describe(&t, v);
    input_fail(call, "INPUT_DESERIALIZATION_ERROR",
               "Invalid input for %s: invalid %s: %s, expected %s", name, kind, text_cstr(&t),
               expected);
    text_fini(&t);
    return -1;
}

int input_any(kiln_call *call, const char *name, const char *field, kiln_value *ret)
{
    kiln_value v = kiln_in(call, field);

    if (v.tag == KILN_ABSENT)
        return input_fail(call, "INPUT_DESERIALIZATION_ERROR",
                          "Invalid input for %s: missing field `%s`", name, field);
    *ret = v;
    return 0;
}

int input_text(kiln_call *call, const char *name, const char *field, kiln_value *ret)
{
    struct text t = { 0 };
    kiln_value v;
    int failed;

    if (input_any(call, name, field, &v) < 0)
        return -1;
    if (v.tag == KILN_STRING) {
        *ret = v;
        return 0;
    }
    if (v.tag < KILN_BOOL || v.tag > KILN_DOUBLE)
        return refuse(call, name, "type", &v, "a string");
    json_write(&t, &v);
    failed = value_string(kiln_call_heap(call), ret, text_cstr(&t), t.n) < 0;
    text_fini(&t);
    return failed ? kiln_fail(call, "out of memory") : 0;
}

int input_array(kiln_call *call, const char *name, const char *field, kiln_value *ret)
{
    kiln_value v;

    if (input_any(call, name, field, &v) < 0)
        return -1;
    if (v.tag != KILN_ARRAY)
        return refuse(call, name, "type", &v, "a sequence");
    *ret = v;
    return 0;
}

int input_object(kiln_call *call, const char *name, const char *field, kiln_value *ret)
{
    kiln_value v;

    if (input_any(call, name, field, &v) < 0)
        return -1;
    if (v.tag != KILN_OBJECT)
        return refuse(call, name, "type", &v, "a map");
    *ret = v;
    return 0;
}

/* The text without the blanks around it. */
static kiln_value trimmed(kiln_value v)
{
    while (v.n && strchr(" \t\r\n", *v.u.s)) {
        v.u.s++;
        v.n--;
    }
    while (v.n && strchr(" \t\r\n", v.u.s[v.n - 1]))
        v.n--;
    return v;
}

int input_count(kiln_call *call, const char *name, const char *field, unsigned long long *ret)
{
    long long i = 0;
    kiln_value v, t;

    if (input_any(call, name, field, &v) < 0)
        return -1;
    if (v.tag == KILN_STRING) {
        t = trimmed(v);
        if (numeral_integer(t.u.s, t.n, &i) == 0 && i >= 0)
            v = value_int(i);
    }
    if (v.tag == KILN_INT && v.u.i < 0)
        return refuse(call, name, "value", &v, "u64");
    if (v.tag != KILN_INT && v.tag != KILN_UINT)
        return refuse(call, name, "type", &v, "u64");
    *ret = v.u.w;
    return 0;
}

int input_flag(kiln_call *call, const char *name, const char *field, int *ret)
{
    kiln_value v = kiln_in(call, field);

    if (v.tag == KILN_STRING) {
        v = trimmed(v);
        *ret = value_is(&v, "1") || (v.n == 4 && !strncasecmp(v.u.s, "true", 4))
               || (v.n == 3 && !strncasecmp(v.u.s, "yes", 3));
        return 0;
    }
    if (v.tag > KILN_DOUBLE)
        return refuse(call, name, "type", &v, "a boolean");
    *ret = kiln_truthy(&v);
    return 0;
}
