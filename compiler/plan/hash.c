/* hash.c: XXH3-128 of the plan text: what names a program for good. */
#include "plan/plan.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

void plan_hash(const struct plan *p, unsigned long long ret[2])
{
    struct text out = { 0 };
    XXH128_hash_t hash;

    plan_print(p, &out);
    if (out.failed)
        plan_memory_out();
    hash = XXH3_128bits(out.s, out.n);
    ret[0] = hash.high64;
    ret[1] = hash.low64;
    text_fini(&out);
}
