/* template.c: any bytes as a template. It is refused, fails, or prints UTF-8; and what it prints
 * does not depend on when it is printed. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "template/template.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char context[] = "{\"a\":[3,1,{\"b\":\"x\"}],\"n\":7,\"o\":{\"k\":\"v\",\"l\":[1,2]},"
                              "\"s\":\"The \\u00e9nd\",\"f\":1.5,\"z\":null}";

/* 1 when it printed something. */
static int render(kiln_heap *h, const char *text, size_t n, kiln_value *ret)
{
    struct template_error error = { 0 };
    struct json_error wrong;
    struct template tree;
    kiln_value names;

    assert(json_read(h, &names, context, sizeof context - 1, &wrong) == 0);
    if (template_parse(&tree, &h->arena, "fuzz", text, n, &error) < 0) {
        assert(error.sentence && error.line && error.at <= n && error.end <= n);
        return 0;
    }
    if (template_render(h, ret, &tree, &names) < 0) {
        assert(h->error.tag == KILN_STRING);
        return 0;
    }
    return 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    kiln_value once, again;
    kiln_heap h;

    heap_init(&h, 1);
    if (render(&h, (const char *)data, size, &once)) {
        assert(utf8_prefix(once.u.s, once.n) == once.n);
        assert(render(&h, (const char *)data, size, &again) && value_equal(&once, &again));
    }
    heap_fini(&h);
    return 0;
}
