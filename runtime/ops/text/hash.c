/* hash.c: text.hash-text (scenario 4.5). */
#include "ops/digest.h"
#include "ops/text/text_call.h"

KILN_OP(text_hash_text, "text.hash-text", KILN_PURE,
        "The SHA-256 of a text in hexadecimal; of the empty text the empty text.",
        KILN_INPUTS({ "text", "string", "The text.", 0 }),
        KILN_OUTPUTS({ "hash", "string", "The digest.", 0 }), KILN_FLAGS(KILN_OP_BARE),
        KILN_NEEDS("nettle"))
{
    unsigned char digest[DIGEST_LARGEST];
    struct text t = { 0 };
    kiln_value v;

    if (text_call_input(call, "hash-text", &v) < 0)
        return -1;
    if (v.n)
        digest_put_hex(&t, digest, digest_make(DIGEST_SHA256, v.u.s, v.n, digest));
    return text_call_give(call, &t);
}
