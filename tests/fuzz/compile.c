/* compile.c: any bytes through the whole pipeline, with the plan checked between passes. What is
 * refused must say why; what is accepted must leave C text. */
#include <assert.h>
#include <stdint.h>

#include "compile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct compile_options options = { .until = STAGE_C, .verify = 1 };
    const struct op_set ops = { compile_builtin_ops, compile_n_builtin_ops };
    struct compilation c;

    if (compile_text(&c, "fuzz.json", (const char *)data, size, &ops, &options) == 0)
        assert(c.c.n && c.symbol);
    else
        assert(c.diags.errors);
    for (size_t i = 0; i < c.diags.n; i++)
        assert(c.diags.at[i].code[0] != 'K' || c.diags.at[i].code[1] != '0'); /* our own faults */
    compile_fini(&c);
    return 0;
}
