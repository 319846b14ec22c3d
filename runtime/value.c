/* value.c: the heap, scalars and questions about values.
 *
 * A heap is an arena with the last error beside it. Strings enter it as UTF-8 and values nest at
 * most VALUE_DEPTH deep (array.c and object.c see to that), so whoever reads values need not ask.
 */
#include "container.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/utf8.h"
#include "kiln_op.h"

void heap_init(kiln_heap *h, int sorted)
{
    *h = (kiln_heap){ .sorted = sorted };
}

void heap_fini(kiln_heap *h)
{
    arena_fini(&h->arena);
    *h = (kiln_heap){ .sorted = h->sorted };
}

int heap_fail_value(kiln_heap *h, kiln_value error)
{
    h->error = error;
    return -1;
}

int container_no_memory(kiln_heap *h)
{
    return heap_fail_value(h, value_static("out of memory"));
}

int container_too_deep(kiln_heap *h)
{
    return heap_fail(h, "a value is nested deeper than %d", VALUE_DEPTH);
}

/* ---- makers ------------------------------------------------------------------------------- */

kiln_value value_null(void)
{
    return (kiln_value){ .tag = KILN_NULL };
}

kiln_value value_bool(int truth)
{
    return (kiln_value){ .tag = KILN_BOOL, .u.i = truth != 0 };
}

kiln_value value_int(long long i)
{
    return (kiln_value){ .tag = KILN_INT, .u.i = i };
}

kiln_value value_uint(unsigned long long w)
{
    return w <= INT64_MAX ? value_int((long long)w) : (kiln_value){ .tag = KILN_UINT, .u.w = w };
}

kiln_value value_double(double d)
{
    return (kiln_value){ .tag = KILN_DOUBLE, .u.d = d };
}

kiln_value value_static(const char *text)
{
    return (kiln_value){
        .tag = KILN_STRING, .flags = KILN_STATIC, .n = (unsigned)strlen(text), .u.s = text
    };
}

kiln_value kiln_null(void)
{
    return value_null();
}

kiln_value kiln_bool(int truth)
{
    return value_bool(truth);
}

kiln_value kiln_int(long long i)
{
    return value_int(i);
}

kiln_value kiln_double(double d)
{
    return value_double(d);
}

/* Copies text with every malformed byte replaced by U+FFFD; three times the room is enough. */
static int repair(kiln_heap *h, kiln_value *ret, const char *bytes, size_t n)
{
    char *s = n <= UINT32_MAX / 3 ? arena_alloc(&h->arena, 3 * n) : NULL;
    size_t at = 0, used = 0;

    if (!s)
        return container_no_memory(h);
    while (at < n) {
        size_t good = utf8_prefix(bytes + at, n - at);

        memcpy(s + used, bytes + at, good);
        used += good;
        at += good;
        if (at < n) {
            used += utf8_write(0xfffd, s + used);
            at++;
        }
    }
    *ret = (kiln_value){ .tag = KILN_STRING, .n = (unsigned)used, .u.s = s };
    return 0;
}

/* Memory aside, nothing can go wrong with text that was checked before. */
int container_string(kiln_heap *h, kiln_value *ret, const char *utf8, size_t n)
{
    char *s = n <= UINT32_MAX ? arena_alloc(&h->arena, n) : NULL;

    if (!s)
        return container_no_memory(h);
    if (n)
        memcpy(s, utf8, n);
    *ret = (kiln_value){ .tag = KILN_STRING, .n = (unsigned)n, .u.s = s };
    return 0;
}

int value_string(kiln_heap *h, kiln_value *ret, const char *bytes, size_t n)
{
    return utf8_prefix(bytes, n) < n ? repair(h, ret, bytes, n)
                                     : container_string(h, ret, bytes, n);
}

int kiln_string(kiln_heap *h, kiln_value *ret, const char *bytes, unsigned n)
{
    return value_string(h, ret, bytes, n);
}

static int format_string(kiln_heap *h, kiln_value *ret, const char *format, va_list ap)
{
    struct text t = { 0 };
    int rc;

    text_vprintf(&t, format, ap);
    if (t.failed)
        rc = container_no_memory(h);
    else
        rc = value_string(h, ret, text_cstr(&t), t.n);
    text_fini(&t);
    return rc;
}

int value_textf(kiln_heap *h, kiln_value *ret, const char *format, ...)
{
    va_list ap;
    int rc;

    va_start(ap, format);
    rc = format_string(h, ret, format, ap);
    va_end(ap);
    return rc;
}

int kiln_textf(kiln_heap *h, kiln_value *ret, const char *format, ...)
{
    va_list ap;
    int rc;

    va_start(ap, format);
    rc = format_string(h, ret, format, ap);
    va_end(ap);
    return rc;
}

/* When even the message finds no room, that is the error. */
int heap_fail(kiln_heap *h, const char *format, ...)
{
    kiln_value error;
    va_list ap;

    va_start(ap, format);
    if (format_string(h, &error, format, ap) == 0)
        h->error = error;
    va_end(ap);
    return -1;
}

/* ---- questions ---------------------------------------------------------------------------- */

int value_is_number(const kiln_value *v)
{
    return v->tag == KILN_INT || v->tag == KILN_UINT || v->tag == KILN_DOUBLE;
}

double value_number(const kiln_value *v)
{
    switch (v->tag) {
    case KILN_INT:
        return (double)v->u.i;
    case KILN_UINT:
        return (double)v->u.w;
    case KILN_DOUBLE:
        return v->u.d;
    default:
        return 0.0;
    }
}

int value_is(const kiln_value *v, const char *text)
{
    size_t n = strlen(text);

    return v->tag == KILN_STRING && v->n == n && bytes_equal(v->u.s, text, n);
}

const char *value_type(const kiln_value *v)
{
    static const char *const names[] = { "null",   "null",   "boolean", "number", "number",
                                         "number", "string", "array",   "object" };

    return names[v->tag];
}

int value_compare_text(const kiln_value *a, const kiln_value *b)
{
    return bytes_compare(a->u.s, a->n, b->u.s, b->n);
}

int kiln_truthy(const kiln_value *v)
{
    switch (v->tag) {
    case KILN_ABSENT:
    case KILN_NULL:
        return 0;
    case KILN_DOUBLE:
        return v->u.d != 0.0;
    case KILN_BOOL:
    case KILN_INT:
    case KILN_UINT:
        return v->u.i != 0;
    default:
        return v->n != 0;
    }
}

static int arrays_equal(const kiln_value *a, const kiln_value *b)
{
    for (unsigned i = 0; i < a->n; i++)
        if (!value_equal(&a->u.items[i], &b->u.items[i]))
            return 0;
    return 1;
}

int value_equal(const kiln_value *a, const kiln_value *b)
{
    if (a->tag != b->tag || a->n != b->n)
        return 0;
    switch (a->tag) {
    case KILN_ABSENT:
    case KILN_NULL:
        return 1;
    case KILN_DOUBLE:
        return a->u.d == b->u.d;
    case KILN_STRING:
        return bytes_equal(a->u.s, b->u.s, a->n);
    case KILN_ARRAY:
        return arrays_equal(a, b);
    case KILN_OBJECT:
        return object_equal(a, b);
    default:
        return a->u.w == b->u.w;
    }
}

static int copy_array(kiln_heap *h, kiln_value *ret, const kiln_value *v)
{
    kiln_value *items = arena_alloc(&h->arena, v->n * sizeof *items);

    if (!items)
        return container_no_memory(h);
    for (unsigned i = 0; i < v->n; i++)
        if (value_copy(h, &items[i], &v->u.items[i]) < 0)
            return -1;
    return value_array(h, ret, items, v->n);
}

int value_copy(kiln_heap *h, kiln_value *ret, const kiln_value *v)
{
    if (v->flags & KILN_STATIC) {
        *ret = *v;
        return 0;
    }
    switch (v->tag) {
    case KILN_STRING:
        return container_string(h, ret, v->u.s, v->n);
    case KILN_ARRAY:
        return copy_array(h, ret, v);
    case KILN_OBJECT:
        return object_copy(h, ret, v);
    default:
        *ret = *v;
        return 0;
    }
}
