/* text_call.c: the fields and results that the `text` operations share (scenario 4.5). */
#include "ops/text/text_call.h"

#include <string.h>

#include "ops/input.h"
#include "value.h"

int text_call_input(kiln_call *call, const char *name, kiln_value *ret)
{
    return input_text_or(call, name, "text", "", ret);
}

int text_call_count(kiln_call *call, const char *name, const char *field,
                    unsigned long long otherwise, unsigned long long *ret)
{
    if (!input_is_missing(call, field))
        return input_count(call, name, field, ret);
    *ret = otherwise;
    return 0;
}

int text_call_push(kiln_call *call, kiln_value *list, const char *s, size_t n)
{
    kiln_heap *h = kiln_call_heap(call);
    kiln_value part;

    if (value_string(h, &part, s, n) < 0 || kiln_push(h, list, &part) < 0)
        return kiln_fail(call, "out of memory");
    return 0;
}

int text_call_is_full(const struct text *t)
{
    return t->failed || t->n > TEXT_CALL_MOST;
}

int text_call_refuse_length(kiln_call *call)
{
    return input_fail(call, "TEXT_TOO_LONG", "The text would have more than %d bytes",
                      TEXT_CALL_MOST);
}

int text_call_give(kiln_call *call, struct text *t)
{
    kiln_value v;
    int failed;

    if (!t->failed && text_call_is_full(t)) {
        text_fini(t);
        return text_call_refuse_length(call);
    }
    failed = t->failed || value_string(kiln_call_heap(call), &v, text_cstr(t), t->n) < 0;

    text_fini(t);
    return failed ? kiln_fail(call, "out of memory") : kiln_out_value(call, v);
}

kiln_value text_call_part(const kiln_value *text, size_t from, size_t to)
{
    return (kiln_value){ .tag = KILN_STRING, .n = (unsigned)(to - from), .u.s = text->u.s + from };
}

size_t text_call_find(const kiln_value *text, size_t from, const kiln_value *part)
{
    const char *found;

    if (!part->n)
        return from;
    found = memmem(text->u.s + from, text->n - from, part->u.s, part->n);
    return found ? (size_t)(found - text->u.s) : text->n;
}
