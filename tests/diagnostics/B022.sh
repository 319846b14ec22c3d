cat >own.c <<'END'
#include <kiln_op.h>

KILN_OP(mine, "mine.twice", KILN_PURE, "Gives nothing.",
        KILN_INPUTS({ "x", "any", "Anything.", 0 }, { "x", "any", "Again.", 0 }),
        KILN_OUTPUTS({ "value", "any", "Null.", 0 }))
{
    return kiln_out_value(call, kiln_null());
}
END
kiln check --ops own.c ../cli/hello.json
