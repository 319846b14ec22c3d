/* pregel_text.c: strings, and values in the words of error messages. */
#include "functions/pregel.h"

#include <string.h>

#include "base/utf8.h"

const char *pregel_type(const kiln_value *v)
{
    static const char *const names[] = {
        [KILN_ABSENT] = "NoneType", [KILN_NULL] = "NoneType", [KILN_BOOL] = "bool",
        [KILN_INT] = "int",         [KILN_UINT] = "int",      [KILN_DOUBLE] = "float",
        [KILN_STRING] = "str",      [KILN_ARRAY] = "list",    [KILN_OBJECT] = "dict"
    };

    return names[v->tag];
}

/* Has an exponent from 0.0001 down, of two digits at least. */
static void print_double(struct text *t, const kiln_value *v)
{
    struct text plain = { 0 };
    const char *all, *digits, *e;

    json_write(&plain, v);
    all = text_cstr(&plain);
    digits = all + (*all == '-');
    e = strstr(digits, "e-");
    if (!strncmp(digits, "0.0000", 6) && digits[6])
        text_printf(t, "%s%c%s%se-05", digits > all ? "-" : "", digits[6], digits[7] ? "." : "",
                    digits + 7);
    else if (e && !e[3])
        text_printf(t, "%.*se-0%s", (int)(e - all), all, e + 2);
    else
        text_puts(t, all);
    text_fini(&plain);
}

static void print_string(struct text *t, const kiln_value *v)
{
    char quote = memchr(v->u.s, '\'', v->n) && !memchr(v->u.s, '"', v->n) ? '"' : '\'';

    text_putc(t, quote);
    for (unsigned i = 0; i < v->n; i++) {
        char c = v->u.s[i];

        if (c == '\n')
            text_puts(t, "\\n");
        else if (c == '\t')
            text_puts(t, "\\t");
        else if (c == '\r')
            text_puts(t, "\\r");
        else if ((unsigned char)c < ' ' || c == 0x7f)
            text_printf(t, "\\x%02x", (unsigned char)c);
        else if (c == quote || c == '\\')
            text_printf(t, "\\%c", c);
        else
            text_putc(t, c);
    }
    text_putc(t, quote);
}

static void print_members(struct text *t, const kiln_value *v)
{
    text_putc(t, '{');
    for (unsigned i = 0; i < v->n; i++) {
        if (i)
            text_puts(t, ", ");
        pregel_print(t, &v->u.members[i].key, 1);
        text_puts(t, ": ");
        pregel_print(t, &v->u.members[i].value, 1);
    }
    text_putc(t, '}');
}

static void print_items(struct text *t, const kiln_value *v)
{
    text_putc(t, '[');
    for (unsigned i = 0; i < v->n; i++) {
        if (i)
            text_puts(t, ", ");
        pregel_print(t, &v->u.items[i], 1);
    }
    text_putc(t, ']');
}

void pregel_print(struct text *t, const kiln_value *v, int quoted)
{
    switch (v->tag) {
    case KILN_ABSENT:
    case KILN_NULL:
        text_puts(t, "None");
        return;
    case KILN_BOOL:
        text_puts(t, v->u.i ? "True" : "False");
        return;
    case KILN_STRING:
        if (quoted)
            print_string(t, v);
        else
            text_put(t, v->u.s, v->n);
        return;
    case KILN_ARRAY:
        print_items(t, v);
        return;
    case KILN_OBJECT:
        print_members(t, v);
        return;
    case KILN_DOUBLE:
        print_double(t, v);
        return;
    default:
        json_write(t, v);
    }
}

int pregel_join_text(kiln_heap *h, kiln_value *ret, const kiln_value *a, const char *between,
                     const kiln_value *b)
{
    struct text t = { 0 };
    int failed;

    text_put(&t, a->u.s, a->n);
    text_puts(&t, between);
    text_put(&t, b->u.s, b->n);
    failed = t.failed ? heap_fail(h, "out of memory") : value_string(h, ret, text_cstr(&t), t.n);
    text_fini(&t);
    return failed;
}

static int both_text(kiln_heap *h, const kiln_value *a, const kiln_value *b)
{
    if (a->tag == KILN_STRING && b->tag == KILN_STRING)
        return 0;
    return fault_raise(h, "TypeError", "expected two str, got '%s' and '%s'", pregel_type(a),
                       pregel_type(b));
}

int kiln_pregel_arrow_join(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    if (both_text(h, a, b) < 0)
        return -1;
    if (a->n)
        return pregel_join_text(h, ret, a, " > ", b);
    *ret = *b;
    return 0;
}

int kiln_pregel_comma_join(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    if (both_text(h, a, b) < 0)
        return -1;
    if (a->n && b->n)
        return pregel_join_text(h, ret, a, ", ", b);
    *ret = a->n ? *a : *b;
    return 0;
}

static int push_characters(kiln_heap *h, kiln_value *list, const kiln_value *s)
{
    for (unsigned at = 0; at < s->n;) {
        size_t n = utf8_length(s->u.s + at, s->n - at);
        kiln_value c = { .tag = KILN_STRING, .n = n ? (unsigned)n : 1, .u.s = s->u.s + at };

        if (kiln_push(h, list, &c) < 0)
            return -1;
        at += c.n;
    }
    return 0;
}

int kiln_pregel_items(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    kiln_value list;

    if (a->tag == KILN_ARRAY) {
        *ret = *a;
        return 0;
    }
    if (a->tag < KILN_STRING)
        return fault_raise(h, "TypeError", "'%s' object is not iterable", pregel_type(a));
    if (kiln_array(h, &list, NULL, 0) < 0)
        return -1;
    if (a->tag == KILN_STRING && push_characters(h, &list, a) < 0)
        return -1;
    for (unsigned i = 0; a->tag == KILN_OBJECT && i < a->n; i++)
        if (kiln_push(h, &list, &a->u.members[i].key) < 0)
            return -1;
    *ret = list;
    return 0;
}

static int join_items(kiln_heap *h, struct text *t, const kiln_value *between,
                      const kiln_value *list)
{
    for (unsigned i = 0; i < list->n; i++) {
        const kiln_value *item = &list->u.items[i];

        if (item->tag != KILN_STRING)
            return fault_raise(h, "TypeError", "sequence item %u: expected str instance, %s found",
                               i, pregel_type(item));
        if (i)
            text_put(t, between->u.s, between->n);
        text_put(t, item->u.s, item->n);
    }
    return t->failed ? heap_fail(h, "out of memory") : 0;
}

int kiln_pregel_join(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b)
{
    struct text t = { 0 };
    kiln_value items;
    int failed;

    if (a->tag != KILN_STRING)
        return fault_raise(h, "AttributeError", "'%s' object has no attribute 'join'",
                           pregel_type(a));
    if (b->tag < KILN_STRING)
        return fault_raise(h, "TypeError", "can only join an iterable");
    if (kiln_pregel_items(h, &items, b) < 0)
        return -1;
    failed = join_items(h, &t, a, &items) < 0 || value_string(h, ret, text_cstr(&t), t.n) < 0;
    text_fini(&t);
    return failed ? -1 : 0;
}

static unsigned count_characters(const kiln_value *v)
{
    unsigned n = 0;

    for (unsigned i = 0; i < v->n; i++)
        n += (v->u.s[i] & 0xc0) != 0x80;
    return n;
}

int kiln_pregel_len(kiln_heap *h, kiln_value *ret, const kiln_value *a)
{
    if (a->tag < KILN_STRING)
        return fault_raise(h, "TypeError", "object of type '%s' has no len()", pregel_type(a));
    *ret = value_int(a->tag == KILN_STRING ? count_characters(a) : a->n);
    return 0;
}
