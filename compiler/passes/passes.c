/* passes.c: the table of passes, in the order they run, and running it.
 *
 * Each pass leaves a plan that verify.c accepts and does nothing to a plan it has already seen, so
 * the order is the only thing to know: fold makes work for prune; purity wants the steps that
 * remain; layout and number give the numbers that stay.
 */
#include "passes/passes.h"

#include <string.h>

#include "passes/edit.h"

const struct pass passes[] = {
    { "fold", "works out what does not depend on the run", fold_run },
    { "prune", "takes out what nothing can reach, read or observe", prune_run },
    { "purity", "marks the steps whose completion must be journalled", purity_run },
    { "layout", "numbers the slots in use, parameters first", layout_run },
    { "number", "numbers steps and constants for good", number_run },
    { NULL, NULL, NULL },
};

const struct pass *passes_find(const char *name)
{
    for (const struct pass *pass = passes; pass->name; pass++)
        if (strcmp(pass->name, name) == 0)
            return pass;
    return NULL;
}

static const char *complain(struct plan *p, const char *after, const char *wrong)
{
    char *words = arena_printf(p->arena, "after %s: %s", after, wrong);

    if (!words)
        plan_memory_out();
    return words;
}

const char *passes_run(struct plan *p, int verify,
                       void (*after)(void *ctx, const char *pass, const struct plan *p), void *ctx)
{
    const char *wrong = verify ? plan_verify(p) : NULL;

    if (wrong)
        return complain(p, "lowering", wrong);
    for (const struct pass *pass = passes; pass->name; pass++) {
        pass->run(p);
        wrong = verify ? plan_verify(p) : NULL;
        if (wrong)
            return complain(p, pass->name, wrong);
        if (after)
            after(ctx, pass->name, p);
    }
    return NULL;
}
