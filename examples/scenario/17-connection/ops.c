/* ops.c: an operation that needs a connection. What it would send to the shop, it gives back here:
 * the token in it is struck out before anyone sees it. */
#include <kiln_op.h>

KILN_OP(shop_ask, "shop.ask", KILN_IDEMPOTENT, "Asks a shop for an article.",
        KILN_INPUTS({ "article", "string", "What is asked for.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "answer", "string", "What was sent.", 0 }), KILN_FLAGS(KILN_OP_CONNECTS))
{
    const char *url = kiln_connection_text(call, "url");
    const char *token = kiln_connection_text(call, "token");

    return kiln_out_text(call, "answer", "GET %s?article=%s&token=%s", url,
                         kiln_in_text(call, "article"), token);
}
