/* vault.c: an operation that uses a connection and is careless with it. */
#include <kiln_op.h>

KILN_OP(vault_open, "vault.open", KILN_IDEMPOTENT, "Opens a vault, and tells the key.",
        KILN_INPUTS({ "fails", "boolean", "It breaks.", 0 }),
        KILN_OUTPUTS({ "said", "string", "What was said.", 0 }), KILN_FLAGS(KILN_OP_CONNECTS))
{
    const char *user = kiln_connection_text(call, "user");
    const char *key = kiln_connection_text(call, "key");

    if (kiln_in_bool(call, "fails"))
        return kiln_fail(call, "the key %s broke", key);
    return kiln_out_text(call, "said", "%s says %s, %s", user, key, key);
}
