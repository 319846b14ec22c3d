/* operonx.c: any bytes as an operonx graph: compiled, and what is accepted printed. Two operations
 * of its own give streams something to run. */
#include <assert.h>
#include <stdint.h>

#include "compile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

KILN_OP(fuzz_each, "each", KILN_PURE, "Yields what it is given.",
        KILN_INPUTS({ "xs", "any", "Anything.", 0 }), KILN_OUTPUTS({ "x", "any", "The same.", 0 }),
        KILN_FLAGS(KILN_OP_GENERATOR))
{
    return kiln_out_value(call, kiln_in(call, "xs"));
}

KILN_OP(fuzz_op, "op", KILN_PURE, "Gives what it is given.",
        KILN_INPUTS({ "x", "any", "Anything.", 0 }), KILN_OUTPUTS({ "y", "any", "The same.", 0 }))
{
    return kiln_out(call, "y", kiln_in(call, "x"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct compile_options options = { .until = STAGE_C, .dialect = "operonx", .verify = 1 };
    const kiln_op *const known[] = { &kiln_op_fuzz_each, &kiln_op_fuzz_op };
    const struct op_set ops = { known, 2 };
    struct compilation c;
    struct text t = { 0 };

    if (compile_text(&c, "fuzz.json", (const char *)data, size, &ops, &options) == 0) {
        dialect_operonx.print(&c.unit, &t);
        assert(t.n && !t.failed && c.c.n);
    } else {
        assert(c.diags.errors);
    }
    for (size_t i = 0; i < c.diags.n; i++)
        assert(c.diags.at[i].code[0] != 'K' || c.diags.at[i].code[1] != '0'); /* our own faults */
    text_fini(&t);
    compile_fini(&c);
    return 0;
}
