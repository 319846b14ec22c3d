/* bytes.c: bytes out of what a workflow writes for them, and back as a file. */
#include "ops/bytes.h"

#include "base/base64.h"
#include "value.h"

static const char *read_numbers(struct text *t, const kiln_value *v)
{
    for (unsigned i = 0; i < v->n; i++) {
        const kiln_value *one = &v->u.items[i];

        if (one->tag != KILN_INT || one->u.i < 0 || one->u.i > 255)
            return "an array of bytes may hold whole numbers from 0 to 255 only";
        text_putc(t, (char)one->u.i);
    }
    return NULL;
}

static const char *read_base64(struct text *t, const kiln_value *v, int lenient)
{
    if (base64_read(t, v->u.s, v->n) == 0)
        return NULL;
    if (!lenient)
        return "the text is not valid base64";
    text_put(t, v->u.s, v->n);
    return NULL;
}

const char *bytes_read(struct text *t, const kiln_value *v, int lenient)
{
    const char *why = "bytes are written as base64 text, an array of numbers or a file";
    kiln_value content = value_member(v, "content");

    if (v->tag == KILN_ARRAY)
        why = read_numbers(t, v);
    else if (v->tag == KILN_STRING)
        why = read_base64(t, v, lenient);
    else if (content.tag == KILN_STRING)
        why = read_base64(t, &content, 0);
    return t->failed ? "out of memory" : why;
}

int bytes_file(kiln_heap *h, kiln_value *ret, const struct text *t, kiln_value name,
               kiln_value type)
{
    kiln_value pairs[6] = { value_static("content"),  value_null(), value_static("filename"), name,
                            value_static("mimeType"), type };
    struct text letters = { 0 };
    int failed;

    base64_write(&letters, t->s, t->n);
    failed = letters.failed || value_string(h, &pairs[1], text_cstr(&letters), letters.n) < 0;
    text_fini(&letters);
    return failed ? heap_fail(h, "out of memory") : kiln_object(h, ret, pairs, 3);
}
