/* calls.c: what the functions behind transforms and conditions make of kinds of values (clause 5).
 */
#include "dialects/operonx/types.h"

#include <string.h>

#include "dialects/shared/operand.h"

enum { LISTED = TYPE_STRING | TYPE_ARRAY };

static const struct operand_rule membership[] = {
    { TYPE_ARRAY, TYPE_ANY, TYPE_BOOLEAN },
    { TYPE_OBJECT, TYPE_ANY & ~(TYPE_ARRAY | TYPE_OBJECT), TYPE_BOOLEAN },
    { TYPE_STRING, TYPE_STRING, TYPE_BOOLEAN },
    { 0 },
};

static const struct operand_rule item[] = {
    { TYPE_OBJECT, TYPE_STRING, TYPE_ANY },
    { TYPE_ARRAY, OPERAND_WHOLE, TYPE_ANY },
    { TYPE_STRING, OPERAND_WHOLE, TYPE_STRING },
    { 0 },
};

static const struct operand_rule attribute[] = { { TYPE_OBJECT, TYPE_STRING, TYPE_ANY }, { 0 } };

/* Of one operand: as if of two that are alike. */
static const struct {
    const char *function, *sign;
    const struct operand_rule *rules; /* NULL: equality, which never fails */
} calls[] = {
    { "operonx.add", "+", operand_add },
    { "operonx.sub", "-", operand_numbers },
    { "operonx.mul", "*", operand_repeat },
    { "operonx.truediv", "/", operand_numbers },
    { "operonx.floordiv", "//", operand_numbers },
    { "operonx.mod", "%", operand_numbers },
    { "operonx.pow", "**", operand_numbers },
    { "operonx.neg", "-", operand_numbers },
    { "operonx.pos", "+", operand_numbers },
    { "operonx.abs", "abs", operand_numbers },
    { "operonx.lt", "<", operand_order },
    { "operonx.le", "<=", operand_order },
    { "operonx.gt", ">", operand_order },
    { "operonx.ge", ">=", operand_order },
    { "operonx.contains", "contains", membership },
    { "operonx.getitem", "[]", item },
    { "operonx.getattr", ".", attribute },
    { "operonx.eq", "==", NULL },
    { "operonx.ne", "!=", NULL },
    { "operonx.same", "is", NULL },
};

enum { N_CALLS = sizeof calls / sizeof *calls };

static unsigned find(const char *function)
{
    unsigned i = 0;

    while (i < N_CALLS && strcmp(calls[i].function, function))
        i++;
    return i;
}

const char *operonx_call_sign(const char *function)
{
    unsigned i = find(function);

    return i < N_CALLS ? calls[i].sign : function;
}

/* ---- parts ---- */

/* What is inside, when the key is written down. */
static const struct type *part(struct ox_typing *t, const struct type *a, const struct type *key,
                               enum ox_fate *ret_fate)
{
    const struct node *k = key->literal;
    const struct type *inner = &type_any;
    struct type object = *a;

    if (!k || (k->kind != NODE_STRING && k->kind != NODE_INT))
        return &type_any;
    if (k->kind == NODE_INT) {
        object.kinds &= TYPE_ARRAY | TYPE_STRING;
        return object.kinds == TYPE_ARRAY && object.item ? object.item : &type_any;
    }
    object.kinds &= TYPE_OBJECT;
    if (type_enter(&t->maker, &object, k->u.s, k->n, &inner) != TYPE_INSIDE)
        *ret_fate = OX_LOST;
    return inner;
}

/* ---- calls ---- */

static const struct type *kinds_type(struct ox_typing *t, unsigned kinds)
{
    return kinds == TYPE_ANY ? &type_any : type_of_kinds(&t->maker, kinds);
}

static const struct type *equality(const char *function, const struct type *a, const struct type *b,
                                   enum ox_fate *ret_fate)
{
    int is_written = a->literal && b->literal; /* it is meant that way */

    if (!is_written && !operand_may_equal(a, b))
        *ret_fate = strcmp(function, "operonx.ne") ? OX_NEVER : OX_ALWAYS;
    return &type_boolean;
}

const struct type *operonx_type_call(struct ox_typing *t, const char *function,
                                     const struct type *a, const struct type *b,
                                     enum ox_fate *ret_fate)
{
    unsigned i = find(function), kinds;

    *ret_fate = OX_OPEN;
    if (!strcmp(function, "operonx.not"))
        return &type_boolean;
    if (i == N_CALLS)
        return &type_any;
    if (!calls[i].rules)
        return equality(function, a, b, ret_fate);
    if (a->kinds == TYPE_NULL || (b && b->kinds == TYPE_NULL))
        return &type_any; /* that nothing comes is not for types to say */
    kinds = operand_result(calls[i].rules, a, b ? b : a);
    if (!kinds)
        *ret_fate = OX_FAILS;
    else if (calls[i].rules == item || calls[i].rules == attribute)
        return part(t, a, b, ret_fate);
    return kinds ? kinds_type(t, kinds) : &type_any;
}
