/* plan.c: any bytes as plan text. What is read and accepted must come back from its own text, be
 * drawn, and stay valid and stable under the passes.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "passes/passes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const kiln_op operation = { .name = "test.effect",
                                   .symbol = "test_effect",
                                   .effect = KILN_EFFECTFUL };

static const kiln_op *find_op(void *ctx, const char *name)
{
    (void)ctx;
    return strcmp(name, operation.name) == 0 ? &operation : NULL;
}

static void insist(int truth)
{
    if (!truth)
        abort();
}

/* The plan's text is the same after reading it back. */
static void check_text(const struct plan *p, struct arena *a)
{
    struct text once = { 0 }, twice = { 0 };
    const char *message;
    struct plan *again;

    plan_print(p, &once);
    again = plan_read(a, once.s, once.n, find_op, NULL, &message);
    insist(again != NULL);
    plan_print(again, &twice);
    insist(once.n == twice.n && memcmp(once.s, twice.s, once.n) == 0);
    plan_fini(again);
    text_fini(&once);
    text_fini(&twice);
}

static void check_pictures(const struct plan *p)
{
    struct text out = { 0 };

    plan_dot(p, &out);
    plan_mermaid(p, &out);
    insist(out.n > 0);
    text_fini(&out);
}

static void check_passes(struct plan *p)
{
    unsigned long long once[2], twice[2];

    insist(passes_run(p, 1, NULL, NULL) == NULL);
    plan_hash(p, once);
    insist(passes_run(p, 1, NULL, NULL) == NULL);
    plan_hash(p, twice);
    insist(once[0] == twice[0] && once[1] == twice[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a = { 0 };
    const char *message = NULL;
    struct plan *p = plan_read(&a, (const char *)data, n, find_op, NULL, &message);

    insist((p != NULL) == (message == NULL));
    if (p && !plan_verify(p)) {
        check_text(p, &a);
        check_pictures(p);
        check_passes(p);
        check_text(p, &a);
    }
    plan_fini(p);
    arena_fini(&a);
    return 0;
}
