/* fetch.c: an operation of one's own that names the place it reaches. */
#include <kiln_op.h>

KILN_OP(fetch, "net.fetch", KILN_EFFECTFUL, "Asks a host.",
        KILN_INPUTS({ "url", "string", "Its address.", KILN_REQUIRED | KILN_PLACE }),
        KILN_OUTPUTS({ "url", "string", "The address.", 0 }))
{
    return kiln_out(call, "url", kiln_in(call, "url"));
}
