/* ops.c: a game of halves. */
#include <kiln_op.h>

KILN_OP(collatz, "collatz", KILN_PURE, "One move of the game: half, or three times and one.",
        KILN_INPUTS({ "n", "integer", "Where it stands.", KILN_REQUIRED },
                    { "highest", "integer", "The highest so far.", 0 }),
        KILN_OUTPUTS({ "n", "integer", "Where it stands now.", 0 },
                     { "highest", "integer", "The highest so far.", 0 }))
{
    long long n = kiln_in_int(call, "n"), highest = kiln_in_int(call, "highest");

    n = n % 2 ? 3 * n + 1 : n / 2;
    kiln_out(call, "highest", kiln_int(n > highest ? n : highest));
    return kiln_out(call, "n", kiln_int(n));
}
