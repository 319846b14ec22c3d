/* ops.c: compiled beside the user's operations to tell where their entries stand: KILN_OP puts one
 * in the section kiln_ops, and the linker names its two ends. An empty entry of our own is among
 * them, so that there is a section even where nobody used KILN_OP.
 */
#include "kiln_op.h"

extern const kiln_op *const __start_kiln_ops[], *const __stop_kiln_ops[];

static const kiln_op *const no_entry __attribute((section("kiln_ops"), used)) = 0;

const kiln_op *const *kiln_ops_entries(unsigned long *ret_n);

const kiln_op *const *kiln_ops_entries(unsigned long *ret_n)
{
    *ret_n = (unsigned long)(__stop_kiln_ops - __start_kiln_ops);
    return __start_kiln_ops;
}
