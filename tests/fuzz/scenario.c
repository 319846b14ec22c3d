/* scenario.c: any bytes as a workflow of the scenario dialect, strictly and under --legacy: what is
 * accepted is printed, and its plan holds between passes. */
#include <assert.h>
#include <stdint.h>

#include "compile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void compile(const uint8_t *data, size_t size, int legacy)
{
    const struct compile_options options = {
        .until = STAGE_C, .dialect = "scenario", .legacy = legacy, .verify = 1
    };
    const struct op_set ops = { compile_builtin_ops, compile_n_builtin_ops };
    struct compilation c;
    struct text t = { 0 };

    if (compile_text(&c, "fuzz.json", (const char *)data, size, &ops, &options) == 0) {
        dialect_scenario.print(&c.unit, &t);
        assert(t.n && !t.failed);
    } else {
        assert(c.diags.errors);
    }
    for (size_t i = 0; i < c.diags.n; i++)
        assert(c.diags.at[i].code[0] != 'K' || c.diags.at[i].code[1] != '0'); /* our own faults */
    text_fini(&t);
    compile_fini(&c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    compile(data, size, 0);
    compile(data, size, 1);
    return 0;
}
