/* functions.c: the pure functions a plan may call, with their addresses, so that a pass can call
 * the very function the program would. */
#include "functions/functions.h"
#include "plan/plan.h"

#include <string.h>

enum { ARITY_1 = 1, ARITY_2 = 2, ARITY_3 = 3, ARITY_N = -1 };

static const struct plan_function table[] = {
#define FN(name, symbol, arity, fails, sentence)                                                   \
    { name, #symbol, ARITY_##arity, fails, (void (*)(void))symbol, sentence, sizeof name - 1 },
#include "functions/base.def"
#include "functions/operonx.def"
#include "functions/pregel.def"
#include "functions/scenario.def"
#include "functions/template.def"
#undef FN
};

const struct plan_function *plan_functions(size_t *ret_n)
{
    *ret_n = sizeof table / sizeof *table;
    return table;
}

/* A hundred rows and more, many of one family: lengths first, so few names are compared. */
const struct plan_function *plan_function(const char *name)
{
    size_t n = strlen(name);

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].n == n && memcmp(table[i].name, name, n) == 0)
            return &table[i];
    return NULL;
}
