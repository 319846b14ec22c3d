/* operand.c: operators as rows of kinds: what no row takes always fails. */
#include "dialects/shared/operand.h"

const struct operand_rule operand_numbers[] = {
    { OPERAND_NUMERIC, OPERAND_NUMERIC, TYPE_NUMBER },
    { 0 },
};

const struct operand_rule operand_add[] = {
    { OPERAND_NUMERIC, OPERAND_NUMERIC, TYPE_NUMBER },
    { TYPE_STRING, TYPE_STRING, TYPE_STRING },
    { TYPE_ARRAY, TYPE_ARRAY, TYPE_ARRAY },
    { 0 },
};

const struct operand_rule operand_order[] = {
    { OPERAND_NUMERIC, OPERAND_NUMERIC, TYPE_BOOLEAN },
    { TYPE_STRING, TYPE_STRING, TYPE_BOOLEAN },
    { TYPE_ARRAY, TYPE_ARRAY, TYPE_BOOLEAN },
    { 0 },
};

const struct operand_rule operand_repeat[] = {
    { OPERAND_NUMERIC, OPERAND_NUMERIC, TYPE_NUMBER }, { TYPE_STRING, OPERAND_WHOLE, TYPE_STRING },
    { TYPE_ARRAY, OPERAND_WHOLE, TYPE_ARRAY },         { OPERAND_WHOLE, TYPE_STRING, TYPE_STRING },
    { OPERAND_WHOLE, TYPE_ARRAY, TYPE_ARRAY },         { 0 },
};

unsigned operand_result(const struct operand_rule *rules, const struct type *a,
                        const struct type *b)
{
    unsigned kinds = 0;

    for (; rules->result; rules++)
        if (a->kinds & rules->a && b->kinds & rules->b)
            kinds |= rules->result;
    return kinds;
}

int operand_may_equal(const struct type *a, const struct type *b)
{
    return a->kinds & b->kinds || (a->kinds & OPERAND_NUMERIC && b->kinds & OPERAND_NUMERIC);
}

/* Truths that count as numbers need not be told beside them. */
static void put(struct text *out, const struct type *t)
{
    struct type plain = *t;

    if (plain.kinds != TYPE_NULL)
        plain.kinds &= ~(unsigned)TYPE_NULL;
    if (plain.kinds & TYPE_NUMBER)
        plain.kinds &= ~(unsigned)TYPE_BOOLEAN;
    type_put(out, &plain);
}

void operand_put(struct text *out, const struct type *a, const struct type *b)
{
    put(out, a);
    if (!b)
        return;
    text_puts(out, " and ");
    put(out, b);
}
