/* json.c: any bytes as JSON text. What is read, written, and read again is the same value; so it is
 * when objects are kept sorted, when it is indented, and when it goes through its bytes. */
#include <stdint.h>
#include <stdlib.h>

#include "value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int holds)
{
    if (!holds)
        abort();
}

static kiln_value read_again(kiln_heap *h, const struct text *t)
{
    struct json_error e;
    kiln_value v;

    must(json_read(h, &v, t->s, t->n, &e) == 0);
    return v;
}

static void check_text(kiln_heap *h, const kiln_value *v,
                       void (*write)(struct text *t, const kiln_value *v))
{
    struct text t = { 0 };
    kiln_value again;

    write(&t, v);
    must(!t.failed);
    again = read_again(h, &t);
    must(value_equal(v, &again));
    text_fini(&t);
}

static void check_bytes(kiln_heap *h, const kiln_value *v)
{
    struct text t = { 0 };
    kiln_value again;
    size_t at = 0;

    value_encode(&t, v);
    must(value_decode(h, &again, (const unsigned char *)t.s, t.n, &at) == 0 && at == t.n);
    must(value_equal(v, &again));
    text_fini(&t);
}

/* Reads as the dialects do that sort their objects: no member is lost or found elsewhere. */
static void check_sorted(const kiln_value *v, const char *text, size_t n)
{
    kiln_heap sorted;
    kiln_value other, copy;
    struct json_error e;

    heap_init(&sorted, 1);
    must(json_read(&sorted, &other, text, n, &e) == 0);
    must(value_equal(v, &other) && value_equal(&other, v));
    must(value_copy(&sorted, &copy, v) == 0 && value_equal(v, &copy));
    heap_fini(&sorted);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    struct json_error e = { .at = SIZE_MAX };
    kiln_heap h;
    kiln_value v;

    heap_init(&h, 0);
    if (json_read(&h, &v, text, size, &e) == 0) {
        check_text(&h, &v, json_write);
        check_text(&h, &v, json_write_pretty);
        check_bytes(&h, &v);
        check_sorted(&v, text, size);
    } else {
        must(e.sentence && e.at <= size);
    }
    heap_fini(&h);
    return 0;
}
