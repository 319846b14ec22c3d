/* encode.c: any bytes as an encoded value. What decodes encodes to the very bytes it came from, and
 * takes memory in proportion to them. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MEMORY_PER_BYTE = 40 };

static void must(int holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text t = { 0 };
    kiln_heap h;
    kiln_value v;
    size_t at = 0;

    heap_init(&h, 0);
    if (value_decode(&h, &v, data, size, &at) == 0) {
        value_encode(&t, &v);
        must(at <= size && t.n == at && !memcmp(t.s, data, at));
        json_write(&t, &v);
        must(!t.failed);
    } else {
        must(at == 0 && h.error.tag == KILN_STRING);
    }
    must(h.arena.used <= size * MEMORY_PER_BYTE + 1024);
    text_fini(&t);
    heap_fini(&h);
    return 0;
}
