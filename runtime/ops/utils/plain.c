/* plain.c: the operations of `utils` that only hand on what they are given (scenario 4.3). */
#include "kiln_op.h"
#include "ops/input.h"

KILN_OP(utils_return_input, "utils.return-input", KILN_PURE, "Gives its input value back.",
        KILN_INPUTS({ "value", "any", "What is given back.", KILN_REQUIRED | KILN_NULLABLE }),
        KILN_OUTPUTS({ "value", "any", "The value.", 0 }),
        KILN_FLAGS(KILN_OP_BARE | KILN_OP_CHECKS))
{
    kiln_value v;

    if (input_any(call, "return-input", "value", &v) < 0)
        return -1;
    return kiln_out_value(call, v);
}

KILN_OP(utils_return_input_string, "utils.return-input-string", KILN_PURE,
        "Gives its input text back; numbers and booleans become text.",
        KILN_INPUTS({ "value", "string", "What is given back.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "value", "string", "The text.", 0 }),
        KILN_FLAGS(KILN_OP_BARE | KILN_OP_CHECKS))
{
    kiln_value v;

    if (input_text(call, "return-input-string", "value", &v) < 0)
        return -1;
    return kiln_out_value(call, v);
}

KILN_OP(utils_do_nothing, "utils.do-nothing", KILN_PURE, "Does nothing; gives null.",
        KILN_OUTPUTS({ "value", "any", "Null.", 0 }), KILN_FLAGS(KILN_OP_BARE))
{
    return kiln_out_value(call, kiln_null());
}
