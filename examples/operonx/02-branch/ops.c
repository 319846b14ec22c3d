/* ops.c: letters of a shop. */
#include <kiln_op.h>

KILN_OP(thank, "thank", KILN_PURE, "Thanks a good customer.",
        KILN_INPUTS({ "name", "string", "The customer.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "text", "string", "The letter.", 0 }))
{
    return kiln_out_text(call, "text", "Thank you, %s. Have a coffee on us.",
                         kiln_in_text(call, "name"));
}

KILN_OP(invite, "invite", KILN_PURE, "Invites a customer to come again.",
        KILN_INPUTS({ "name", "string", "The customer.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "text", "string", "The letter.", 0 }))
{
    return kiln_out_text(call, "text", "Come again, %s.", kiln_in_text(call, "name"));
}

KILN_OP(seal, "seal", KILN_PURE, "Puts whichever letter there is in an envelope.",
        KILN_INPUTS({ "thanks", "string", "One letter.", 0 },
                    { "invitation", "string", "The other.", 0 }),
        KILN_OUTPUTS({ "letter", "string", "The letter.", 0 }))
{
    const char *thanks = kiln_in_text(call, "thanks");

    return kiln_out_text(call, "letter", "[%s]",
                         *thanks ? thanks : kiln_in_text(call, "invitation"));
}
