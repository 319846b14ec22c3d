/* exports.c: the addresses behind runtime/exports.h and the lists of pure functions. */
#include <string.h>

#include "build/jit.h"
#include "functions/functions.h"

#define ROW(symbol) { #symbol, (void (*)(void))symbol },
#define EXPORT_PROGRAM(symbol) ROW(symbol)
#define EXPORT_OP(symbol) ROW(symbol)
#define EXPORT_C(symbol) ROW(symbol)
#define FN(name, symbol, arity, fails, sentence) ROW(symbol)

const struct build_export build_exports[] = {
#include "exports.h"
#include "functions/base.def"
#include "functions/operonx.def"
#include "functions/pregel.def"
#include "functions/scenario.def"
#include "functions/template.def"
};

const size_t build_n_exports = sizeof build_exports / sizeof *build_exports;

int build_check_program(const kiln_program *program, struct diags *d)
{
    if (program->magic == KILN_MAGIC && program->abi == KILN_ABI)
        return 0;
    diag_error(d, NULL, "B012", "the compiled program is made for runtime %u, this one is %u",
               program->abi, KILN_ABI);
    return -1;
}
