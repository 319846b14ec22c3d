/* ops.c: the table of ops.h as data. */
#include "plan/plan.h"

const struct plan_op_info plan_ops[PLAN_KINDS] = {
#define OP(name, text, operands, effect, sentence) { text, operands, sentence, PLAN_##effect },
#include "plan/ops.h"
#undef OP
};
