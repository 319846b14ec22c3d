/* bytes.c: bytes out of what a workflow writes for them, and back as a file. */
#include "ops/bytes.h"

#include "base/base64.h"
#include "value.h"

enum { PIECE = 16384 }; /* items, letters or bytes at a time; whole quartets of base64 */

static const char *check_numbers(const kiln_value *v)
{
    for (unsigned i = 0; i < v->n; i++) {
        const kiln_value *one = &v->u.items[i];

        if (one->tag != KILN_INT || one->u.i < 0 || one->u.i > 255)
            return "an array of bytes may hold whole numbers from 0 to 255 only";
    }
    return NULL;
}

/* How many items or bytes of text the next piece has. */
static unsigned piece_size(const struct bytes_stream *b)
{
    unsigned left = b->v.n - b->at;

    return left < PIECE ? left : PIECE;
}

/* Only the last quartet may be padded, and each piece but the last ends before it. */
static int is_base64(const kiln_value *v)
{
    struct bytes_stream b = { .v = *v, .is_base64 = 1 };
    struct text t = { 0 };
    int right = 1;

    while (right && b.at < v->n) {
        unsigned n = piece_size(&b);

        text_clear(&t);
        right = base64_read(&t, v->u.s + b.at, n) == 0
                && (b.at + n == v->n || v->u.s[b.at + n - 1] != '=');
        b.at += n;
    }
    text_fini(&t);
    return right;
}

const char *bytes_open(struct bytes_stream *b, const kiln_value *v, int lenient)
{
    kiln_value content = value_member(v, "content");

    *b = (struct bytes_stream){ .v = *v };
    if (v->tag == KILN_ARRAY)
        return check_numbers(v);
    if (v->tag != KILN_STRING && content.tag != KILN_STRING)
        return "bytes are written as base64 text, an array of numbers or a file";
    if (v->tag == KILN_OBJECT)
        b->v = content;
    b->is_base64 = is_base64(&b->v);
    return b->is_base64 || (lenient && v->tag == KILN_STRING) ? NULL
                                                              : "the text is not valid base64";
}

int bytes_next(struct bytes_stream *b, struct text *t)
{
    unsigned n = piece_size(b);

    if (b->v.tag == KILN_ARRAY)
        for (unsigned i = 0; i < n; i++)
            text_putc(t, (char)b->v.u.items[b->at + i].u.i);
    else if (b->is_base64)
        base64_read(t, b->v.u.s + b->at, n);
    else
        text_put(t, b->v.u.s + b->at, n);
    b->at += n;
    return n != 0;
}

const char *bytes_read(struct text *t, const kiln_value *v, int lenient)
{
    struct bytes_stream b;
    const char *why = bytes_open(&b, v, lenient);

    while (!why && bytes_next(&b, t))
        ;
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
