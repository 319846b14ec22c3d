/* double.c: an operation for the tests of the command line. */
#include <kiln_op.h>

KILN_OP(numbers_double, "numbers.double", KILN_PURE, "Doubles a number.",
        KILN_INPUTS({ "value", "integer", "The number.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "value", "integer", "Twice the number.", 0 }))
{
    return kiln_out(call, "value", kiln_int(2 * kiln_in_int(call, "value")));
}
