/* operonx_try.c: the quiet twins: a condition that cannot be evaluated does not hold, and fails
 * nothing (clause 4.3).
 */
#include "functions/operonx.h"

static int hush(kiln_heap *h, kiln_value *ret)
{
    h->error = (kiln_value){ 0 };
    OPERONX_GIVE_UP(ret);
}

#define TRY1(name)                                                                                 \
    int kiln_operonx_try_##name(kiln_heap *h, kiln_value *ret, const kiln_value *a)                \
    {                                                                                              \
        return kiln_operonx_##name(h, ret, a) < 0 ? hush(h, ret) : 0;                              \
    }
#define TRY2(name)                                                                                 \
    int kiln_operonx_try_##name(kiln_heap *h, kiln_value *ret, const kiln_value *a,                \
                                const kiln_value *b)                                               \
    {                                                                                              \
        return kiln_operonx_##name(h, ret, a, b) < 0 ? hush(h, ret) : 0;                           \
    }

TRY2(add)
TRY2(sub)
TRY2(mul)
TRY2(truediv)
TRY2(floordiv)
TRY2(mod)
TRY2(pow)
TRY1(neg)
TRY1(pos)
TRY1(abs)
TRY2(lt)
TRY2(le)
TRY2(gt)
TRY2(ge)
TRY2(contains)
TRY2(getitem)
TRY2(getattr)
TRY2(unsupported)
