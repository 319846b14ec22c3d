/* template_text.c: how templates print values.
 *
 * What stands in quotes in a container is escaped as the reference's language prints text for
 * debugging, not as JSON is; `tojson` is for that.
 */
#include "functions/template.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "base/number.h"

int template_fail(kiln_heap *h, const kiln_value *place, const char *format, ...)
{
    struct text t = { 0 };
    va_list ap;

    text_puts(&t, "Template render error: ");
    va_start(ap, format);
    text_vprintf(&t, format, ap);
    va_end(ap);
    heap_fail(h, "%s (in %.*s)", text_cstr(&t), (int)place->n, place->u.s);
    text_fini(&t);
    return -1;
}

const char *template_type(const kiln_value *v)
{
    static const char *const names[] = { "undefined", "none",   "bool",     "number", "number",
                                         "number",    "string", "sequence", "map" };

    return names[v->tag];
}

/* ---- numbers ------------------------------------------------------------------------------- */

/* Digits and exponent as plain notation: templates know no other. */
static void put_plain(struct text *t, const char *digits, size_t n, int exponent)
{
    const char *point = memchr(digits, '.', n);
    size_t whole = point ? (size_t)(point - digits) : n, i;
    char all[NUMBER_SIZE];
    size_t count = 0;
    long long left;

    for (i = 0; i < n; i++)
        if (digits[i] != '.')
            all[count++] = digits[i];
    while (count > whole && all[count - 1] == '0')
        count--;
    left = (long long)whole + exponent;
    if (left <= 0) {
        text_puts(t, "0.");
        for (; left < 0; left++)
            text_putc(t, '0');
        text_put(t, all, count);
        return;
    }
    for (i = 0; i < (size_t)left; i++)
        text_putc(t, i < count ? all[i] : '0');
    text_puts(t, i < count ? "." : ".0");
    if (i < count)
        text_put(t, all + i, count - i);
}

static void put_double(struct text *t, double d)
{
    char buf[NUMBER_SIZE], *e;
    size_t n;

    if (!isfinite(d)) {
        text_puts(t, isnan(d) ? "NaN" : d < 0 ? "-inf" : "inf");
        return;
    }
    n = number_write(d, buf);
    e = memchr(buf, 'e', n);
    if (!e) {
        text_put(t, buf, n);
        return;
    }
    if (*buf == '-')
        text_putc(t, '-');
    for (int i = 0, exponent = 0, sign = e[1] == '-' ? -1 : 1;; i++) {
        const char *s = e + 1 + (e[1] == '-' || e[1] == '+') + i;

        if (s == buf + n) {
            put_plain(t, buf + (*buf == '-'), (size_t)(e - buf) - (*buf == '-'), sign * exponent);
            return;
        }
        exponent = 10 * exponent + (*s - '0');
    }
}

/* ---- text and containers ------------------------------------------------------------------- */

static void put_escaped(struct text *t, const char *s, unsigned n)
{
    text_putc(t, '"');
    for (const char *end = s + n; s < end; s++) {
        unsigned char c = (unsigned char)*s;
        const char *found = c ? strchr("\tt\rr\nn\\\\\"\"", c) : "\0000";

        if (!c || (found && (c < 0x20 || c == '\\' || c == '"'))) {
            text_putc(t, '\\');
            text_putc(t, found[1]);
        } else if (c < 0x20 || c == 0x7f) {
            text_printf(t, "\\u{%x}", c);
        } else {
            text_putc(t, *s);
        }
    }
    text_putc(t, '"');
}

static void put_container(struct text *t, const kiln_value *v)
{
    text_putc(t, v->tag == KILN_ARRAY ? '[' : '{');
    for (unsigned i = 0; i < v->n && t->n <= TEMPLATE_TEXT_MOST; i++) {
        if (i)
            text_puts(t, ", ");
        if (v->tag == KILN_OBJECT) {
            put_escaped(t, v->u.members[i].key.u.s, v->u.members[i].key.n);
            text_puts(t, ": ");
        }
        template_put_quoted(t, v->tag == KILN_ARRAY ? &v->u.items[i] : &v->u.members[i].value);
    }
    text_putc(t, v->tag == KILN_ARRAY ? ']' : '}');
}

void template_put_quoted(struct text *t, const kiln_value *v)
{
    if (v->tag == KILN_STRING)
        put_escaped(t, v->u.s, v->n);
    else if (v->tag == KILN_ABSENT)
        text_puts(t, "undefined");
    else
        template_put(t, v);
}

void template_put(struct text *t, const kiln_value *v)
{
    if (v->tag == KILN_STRING)
        text_put(t, v->u.s, v->n);
    else if (v->tag == KILN_NULL)
        text_puts(t, "none");
    else if (v->tag == KILN_BOOL)
        text_puts(t, v->u.i ? "true" : "false");
    else if (v->tag == KILN_INT)
        text_put_int(t, v->u.i);
    else if (v->tag == KILN_UINT)
        text_put_uint(t, v->u.w);
    else if (v->tag == KILN_DOUBLE)
        put_double(t, v->u.d);
    else if (v->tag != KILN_ABSENT)
        put_container(t, v);
}

int template_string(kiln_heap *h, kiln_value *ret, const kiln_value *place, struct text *t)
{
    int rc;

    if (t->failed)
        rc = heap_fail(h, "out of memory");
    else if (t->n > TEMPLATE_TEXT_MOST)
        rc = template_fail(h, place, "the text is larger than %d MiB", TEMPLATE_TEXT_MOST >> 20);
    else
        rc = value_string(h, ret, text_cstr(t), t->n);
    text_fini(t);
    return rc;
}

/* ---- functions ----------------------------------------------------------------------------- */

TEMPLATE_FN(text)
{
    struct text t = { 0 };

    for (unsigned i = 1; i < n && t.n <= TEMPLATE_TEXT_MOST; i++)
        template_put(&t, &argv[i]);
    return template_string(h, ret, argv, &t);
}

TEMPLATE_FN(joined)
{
    struct text t = { 0 };

    for (unsigned i = 0; i < argv[1].n && t.n <= TEMPLATE_TEXT_MOST; i++)
        template_put(&t, &argv[1].u.items[i]);
    return template_string(h, ret, argv, &t);
}

TEMPLATE_FN(string)
{
    if (argv[1].tag != KILN_STRING)
        return kiln_template_text(h, ret, argv, 2);
    *ret = argv[1];
    return 0;
}

/* ---- JSON ---------------------------------------------------------------------------------- */

/* What HTML would take for its own is written as JSON's escape: none of it stands outside text. */
static void put_harmless(struct text *t, const struct text *json)
{
    for (size_t i = 0; i < json->n; i++)
        if (strchr("<>&'", json->s[i]) && json->s[i])
            text_printf(t, "\\u%04x", (unsigned)json->s[i]);
        else
            text_putc(t, json->s[i]);
}

static void put_json_lines(struct text *t, const kiln_value *v, unsigned indent, unsigned depth)
{
    if (v->tag < KILN_ARRAY || !v->n) {
        json_write(t, v);
        return;
    }
    text_putc(t, v->tag == KILN_ARRAY ? '[' : '{');
    for (unsigned i = 0; i < v->n && t->n <= TEMPLATE_TEXT_MOST; i++) {
        text_printf(t, "%s\n%*s", i ? "," : "", (int)(indent * (depth + 1)), "");
        if (v->tag == KILN_OBJECT) {
            json_write(t, &v->u.members[i].key);
            text_puts(t, ": ");
        }
        put_json_lines(t, v->tag == KILN_ARRAY ? &v->u.items[i] : &v->u.members[i].value, indent,
                       depth + 1);
    }
    text_printf(t, "\n%*s%c", (int)(indent * depth), "", v->tag == KILN_ARRAY ? ']' : '}');
}

TEMPLATE_FN(tojson)
{
    struct text json = { 0 }, t = { 0 };
    const kiln_value *indent = &argv[2];

    if (indent->tag == KILN_INT && (indent->u.i < 0 || indent->u.i > 64))
        return template_fail(h, argv, "invalid operation: an indent is 0 to 64");
    if (indent->tag == KILN_INT)
        put_json_lines(&json, &argv[1], (unsigned)indent->u.i, 0);
    else if (kiln_truthy(indent))
        put_json_lines(&json, &argv[1], 2, 0);
    else
        json_write(&json, &argv[1]);
    put_harmless(&t, &json);
    t.failed |= json.failed;
    text_fini(&json);
    return template_string(h, ret, argv, &t);
}

static void put_pretty(struct text *t, const kiln_value *v, unsigned depth)
{
    if (v->tag < KILN_ARRAY || !v->n) {
        template_put_quoted(t, v);
        return;
    }
    text_puts(t, v->tag == KILN_ARRAY ? "[\n" : "{\n");
    for (unsigned i = 0; i < v->n && t->n <= TEMPLATE_TEXT_MOST; i++) {
        text_printf(t, "%*s", (int)(4 * depth + 4), "");
        if (v->tag == KILN_OBJECT) {
            put_escaped(t, v->u.members[i].key.u.s, v->u.members[i].key.n);
            text_puts(t, ": ");
        }
        put_pretty(t, v->tag == KILN_ARRAY ? &v->u.items[i] : &v->u.members[i].value, depth + 1);
        text_puts(t, ",\n");
    }
    text_printf(t, "%*s%c", (int)(4 * depth), "", v->tag == KILN_ARRAY ? ']' : '}');
}

TEMPLATE_FN(pprint)
{
    struct text t = { 0 };

    put_pretty(&t, &argv[1], 0);
    return template_string(h, ret, argv, &t);
}
