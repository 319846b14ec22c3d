/* transforms.c: the table of what a ref may do to the value it reads (clause 5).
 */
#include <string.h>

#include "dialects/operonx/operonx.h"

/* ORDER TRANSFORMS: names and rows stand in the same order. */
static const struct ox_transform_kind rows[] = {
    { "getitem", "operonx.getitem", OX_BINARY, 1, "[]" },
    { "getattr", "operonx.getattr", OX_BINARY, 1, "." },
    { "add", "operonx.add", OX_BINARY, 1, "+" },
    { "sub", "operonx.sub", OX_BINARY, 1, "-" },
    { "mul", "operonx.mul", OX_BINARY, 1, "*" },
    { "truediv", "operonx.truediv", OX_BINARY, 1, "/" },
    { "floordiv", "operonx.floordiv", OX_BINARY, 1, "//" },
    { "mod", "operonx.mod", OX_BINARY, 1, "%" },
    { "pow", "operonx.pow", OX_BINARY, 1, NULL },
    { "radd", "operonx.add", OX_REVERSED, 1, NULL },
    { "rsub", "operonx.sub", OX_REVERSED, 1, NULL },
    { "rmul", "operonx.mul", OX_REVERSED, 1, NULL },
    { "rtruediv", "operonx.truediv", OX_REVERSED, 1, NULL },
    { "rfloordiv", "operonx.floordiv", OX_REVERSED, 1, NULL },
    { "rmod", "operonx.mod", OX_REVERSED, 1, NULL },
    { "rpow", "operonx.pow", OX_REVERSED, 1, NULL },
    { "neg", "operonx.neg", OX_UNARY, 1, NULL },
    { "pos", "operonx.pos", OX_UNARY, 1, NULL },
    { "abs", "operonx.abs", OX_UNARY, 1, NULL },
    { "eq", "operonx.eq", OX_BINARY, 0, "==" },
    { "ne", "operonx.ne", OX_BINARY, 0, "!=" },
    { "lt", "operonx.lt", OX_BINARY, 1, "<" },
    { "le", "operonx.le", OX_BINARY, 1, "<=" },
    { "gt", "operonx.gt", OX_BINARY, 1, ">" },
    { "ge", "operonx.ge", OX_BINARY, 1, ">=" },
    { "contains", "operonx.contains", OX_BINARY, 1, "in" },
    { "not_", "operonx.not", OX_UNARY, 0, "not" },
    { "and_", NULL, OX_AND, 0, "and" },
    { "or_", NULL, OX_OR, 0, "or" },
    { "rand_", NULL, OX_LEFT_AND, 0, NULL },
    { "ror_", NULL, OX_LEFT_OR, 0, NULL },
    { "call", NULL, OX_UNSUPPORTED, 1, NULL },
    { "apply", NULL, OX_UNSUPPORTED, 1, NULL },
    { "matmul", NULL, OX_UNSUPPORTED, 1, NULL },
    { "rmatmul", NULL, OX_UNSUPPORTED, 1, NULL },
};

static const char *const names[] = {
    "getitem", "getattr",  "add",     "sub",  "mul",      "truediv",   "floordiv", "mod",
    "pow",     "radd",     "rsub",    "rmul", "rtruediv", "rfloordiv", "rmod",     "rpow",
    "neg",     "pos",      "abs",     "eq",   "ne",       "lt",        "le",       "gt",
    "ge",      "contains", "not_",    "and_", "or_",      "rand_",     "ror_",     "call",
    "apply",   "matmul",   "rmatmul", NULL
};

const struct ox_transform_kind *operonx_transform(const char *name)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(rows[i].name, name))
            return &rows[i];
    return NULL;
}

const char *const *operonx_transform_names(void)
{
    return names;
}
