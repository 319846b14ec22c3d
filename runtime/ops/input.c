/* input.c: coercion and refusal of input fields; the words are those of the reference. */
#include "ops/input.h"

#include <stdarg.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "numeral.h"
#include "value.h"

/* {attributes, category, code, message, severity}; attributes may be absent. */
static int fail_value(kiln_call *call, const char *code, const kiln_value *attributes,
                      const char *format, va_list ap)
{
    kiln_heap *h = kiln_call_heap(call);
    kiln_value error,
        pairs[10] = { value_static("attributes"), *attributes,          value_static("category"),
                      value_static("permanent"),  value_static("code"), value_static(code),
                      value_static("message"),    value_null(),         value_static("severity"),
                      value_static("error") };
    struct text t = { 0 };
    int failed;

    text_vprintf(&t, format, ap);
    failed =
        value_string(h, &pairs[7], text_cstr(&t), t.n) < 0 || kiln_object(h, &error, pairs, 5) < 0;
    text_fini(&t);
    return failed ? kiln_fail(call, "out of memory") : kiln_fail_value(call, error);
}

int input_fail(kiln_call *call, const char *code, const char *format, ...)
{
    const kiln_value none = { .tag = KILN_ABSENT };
    va_list ap;

    va_start(ap, format);
    fail_value(call, code, &none, format, ap);
    va_end(ap);
    return -1;
}

int input_fail_with(kiln_call *call, const char *code, const kiln_value *attributes,
                    const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    fail_value(call, code, attributes, format, ap);
    va_end(ap);
    return -1;
}

int input_fail_about(kiln_call *call, const char *code, const char *attribute, const char *value,
                     const char *format, ...)
{
    kiln_heap *h = kiln_call_heap(call);
    kiln_value attributes, pair[2] = { value_static(attribute), value_null() };
    va_list ap;

    if (value_string(h, &pair[1], value, strlen(value)) < 0
        || kiln_object(h, &attributes, pair, 1) < 0)
        return kiln_fail(call, "out of memory");
    va_start(ap, format);
    fail_value(call, code, &attributes, format, ap);
    va_end(ap);
    return -1;
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

int input_refuse(kiln_call *call, const char *name, const char *kind, const kiln_value *v,
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

int input_is_missing(kiln_call *call, const char *field)
{
    kiln_value v = kiln_in(call, field);

    return v.tag == KILN_ABSENT || v.tag == KILN_NULL;
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
        return input_refuse(call, name, "type", &v, "a string");
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
        return input_refuse(call, name, "type", &v, "a sequence");
    *ret = v;
    return 0;
}

int input_object(kiln_call *call, const char *name, const char *field, kiln_value *ret)
{
    kiln_value v;

    if (input_any(call, name, field, &v) < 0)
        return -1;
    if (v.tag != KILN_OBJECT)
        return input_refuse(call, name, "type", &v, "a map");
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

/* The value, or the integer that a text is. */
static kiln_value as_integer(kiln_value v)
{
    kiln_value t;
    long long i;

    if (v.tag != KILN_STRING)
        return v;
    t = trimmed(v);
    return numeral_integer(t.u.s, t.n, &i) == 0 ? value_int(i) : v;
}

int input_count(kiln_call *call, const char *name, const char *field, unsigned long long *ret)
{
    kiln_value v, i;

    if (input_any(call, name, field, &v) < 0)
        return -1;
    i = as_integer(v);
    if (i.tag == KILN_INT && i.u.i < 0)
        return input_refuse(call, name, v.tag == KILN_INT ? "value" : "type", &v, "u64");
    if (i.tag != KILN_INT && i.tag != KILN_UINT)
        return input_refuse(call, name, "type", &v, "u64");
    *ret = i.u.w;
    return 0;
}

int input_integer(kiln_call *call, const char *name, const char *field, const char *kind,
                  long long least, long long most, long long *ret)
{
    kiln_value v, i;

    if (input_any(call, name, field, &v) < 0)
        return -1;
    i = as_integer(v);
    if (i.tag != KILN_INT && i.tag != KILN_UINT)
        return input_refuse(call, name, "type", &v, kind);
    if (i.tag == KILN_UINT || i.u.i < least || i.u.i > most)
        return input_refuse(call, name, "value", &i, kind);
    *ret = i.u.i;
    return 0;
}

int input_number(kiln_call *call, const char *name, const char *field, double *ret)
{
    kiln_value v, t;

    if (input_any(call, name, field, &v) < 0)
        return -1;
    if (v.tag == KILN_STRING) {
        t = trimmed(v);
        if (numeral_double(t.u.s, t.n, ret) == 0)
            return 0;
    }
    if (!value_is_number(&v))
        return input_refuse(call, name, "type", &v, "f64");
    *ret = value_number(&v);
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
        return input_refuse(call, name, "type", &v, "a boolean");
    *ret = kiln_truthy(&v);
    return 0;
}

int input_text_or(kiln_call *call, const char *name, const char *field, const char *otherwise,
                  kiln_value *ret)
{
    if (!input_is_missing(call, field))
        return input_text(call, name, field, ret);
    *ret = value_static(otherwise);
    return 0;
}

int input_flag_or(kiln_call *call, const char *name, const char *field, int otherwise, int *ret)
{
    if (!input_is_missing(call, field))
        return input_flag(call, name, field, ret);
    *ret = otherwise;
    return 0;
}

static int refuse_word(kiln_call *call, const char *name, const kiln_value *word,
                       const char *const *words)
{
    struct text t = { 0 };

    for (const char *const *w = words; *w; w++)
        text_printf(&t, "%s`%s`", w == words ? "" : ", ", *w);
    input_fail(call, "INPUT_DESERIALIZATION_ERROR",
               "Invalid input for %s: unknown variant `%.*s`, expected one of %s", name,
               (int)word->n, word->u.s, text_cstr(&t));
    text_fini(&t);
    return -1;
}

int input_choice(kiln_call *call, const char *name, const char *field, const char *const *words,
                 int otherwise, int *ret)
{
    kiln_value word;

    if (otherwise >= 0 && input_is_missing(call, field)) {
        *ret = otherwise;
        return 0;
    }
    if (input_text(call, name, field, &word) < 0)
        return -1;
    for (int i = 0; words[i]; i++)
        if (value_is(&word, words[i])) {
            *ret = i;
            return 0;
        }
    return refuse_word(call, name, &word, words);
}

int input_optional_text(kiln_call *call, const char *name, const char *field, kiln_value *ret)
{
    kiln_value v = kiln_in(call, field);

    if (v.tag > KILN_NULL)
        return input_text(call, name, field, ret);
    *ret = (kiln_value){ .tag = KILN_ABSENT };
    return 0;
}
