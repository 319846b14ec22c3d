/* words_types.c: what the words of one and two operands make of kinds of values (pregel 4.1), and
 * those that fail, or answer the same, whatever the values are.
 */
#include "dialects/pregel/types.h"

#include <string.h>

#include "dialects/shared/operand.h"

static const struct operand_rule length[] = {
    { TYPE_STRING | TYPE_ARRAY | TYPE_OBJECT, TYPE_ANY, TYPE_INTEGER },
    { 0 },
};

static const struct operand_rule sum[] = { { TYPE_ARRAY, TYPE_ANY, TYPE_NUMBER }, { 0 } };
static const struct operand_rule join[] = {
    { TYPE_STRING, TYPE_STRING | TYPE_ARRAY | TYPE_OBJECT, TYPE_STRING },
    { 0 },
};

/* Of one operand: as if of two that are alike. */
static const struct {
    const char *word;
    const struct operand_rule *rules;
} rows[] = { { "add", operand_add },  { "sub", operand_numbers }, { "mul", operand_repeat },
             { "gt", operand_order }, { "ge", operand_order },    { "lt", operand_order },
             { "le", operand_order }, { "len", length },          { "sum", sum },
             { "join", join } };

static const struct operand_rule *rules_of(const struct pregel_word *w)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(rows[i].word, w->name))
            return rows[i].rules;
    return NULL;
}

static void complain(struct pregel_typing *t, const struct node *e, const struct pregel_word *w,
                     const struct type *a, const struct type *b)
{
    struct text operands = { 0 };

    operand_put(&operands, a, b);
    if (!rules_of(w))
        diag_warning(t->unit->diags, e, "P029", "'%s' is always %s: it compares %s", w->name,
                     !strcmp(w->name, "eq") ? "false" : "true", text_cstr(&operands));
    else
        diag_warning(t->unit->diags, e, "P025", "'%s' always fails here: on %s", w->name,
                     text_cstr(&operands));
    text_fini(&operands);
}

/* Literals are meant the way they are. */
static const struct type *equality(struct pregel_typing *t, const struct node *e,
                                   const struct pregel_word *w, const struct type *a,
                                   const struct type *b)
{
    if (t->tells && !(a->literal && b->literal) && !operand_may_equal(a, b))
        complain(t, e, w, a, b);
    return &type_boolean;
}

const struct type *pregel_type_word(struct pregel_typing *t, const struct node *e,
                                    const struct pregel_word *w, const struct type *a,
                                    const struct type *b)
{
    const struct operand_rule *rules = rules_of(w);
    unsigned kinds;

    if (!strcmp(w->name, "and") || !strcmp(w->name, "or"))
        return type_join(&t->maker, a, b);
    if (!strcmp(w->name, "not"))
        return &type_boolean;
    if (!rules)
        return equality(t, e, w, a, b);
    kinds = operand_result(rules, a, b ? b : a);
    if (kinds)
        return type_of_kinds(&t->maker, kinds);
    if (t->tells)
        complain(t, e, w, a, b);
    return &type_any;
}
