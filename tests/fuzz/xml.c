/* xml.c: any bytes as an XML document, in every style. It is a value that can be written, or there
 * is a sentence that says why not. */
#include <stdint.h>
#include <stdlib.h>

#include "ops/xml/xml_tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct text *document, const struct xml_style *style)
{
    struct text why = { 0 }, json = { 0 };
    kiln_value v, again;
    struct json_error error;
    kiln_heap h;

    heap_init(&h, 1);
    if (xml_tree_read(&h, &v, document, style, &why) < 0) {
        if (!why.n)
            abort();
    } else {
        json_write(&json, &v);
        if (json_read(&h, &again, text_cstr(&json), json.n, &error) == 0
            && !value_equal(&v, &again))
            abort();
    }
    heap_fini(&h);
    text_fini(&why);
    text_fini(&json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text document = { 0 };

    text_put(&document, data, size);
    for (int i = 0; i < 8; i++)
        check(&document, &(struct xml_style){ i & 1, i >> 1 & 1, i >> 2 });
    text_fini(&document);
    return 0;
}
