/* pregel.c: any bytes as a graph: compiled, and what is accepted printed and drawn in every form
 * the dialect has of its own. */
#include <assert.h>
#include <stdint.h>

#include "compile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void draw(const struct compilation *c, void (*put)(const struct unit *u, struct text *out))
{
    struct text t = { 0 };

    put(&c->unit, &t);
    assert(t.n && !t.failed);
    text_fini(&t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct compile_options options = { .until = STAGE_C, .dialect = "pregel", .verify = 1 };
    const struct op_set ops = { compile_builtin_ops, compile_n_builtin_ops };
    struct compilation c;

    if (compile_text(&c, "fuzz.json", (const char *)data, size, &ops, &options) == 0) {
        draw(&c, dialect_pregel.print);
        draw(&c, dialect_pregel.mermaid);
        draw(&c, dialect_pregel.graph_json);
    } else {
        assert(c.diags.errors);
    }
    compile_fini(&c);
    return 0;
}
