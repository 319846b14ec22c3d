/* compare.c: operators over types: the semantics of scenario 1.9 with sets of kinds for values.
 * What is said to be never so is never so for any two values of the types. */
#include "dialects/scenario/compare.h"

#include <string.h>

#include "numeral.h"

/* Longer literals are not looked through. */
enum { MOST_ITEMS = 256 };

/* Text that can be read as a number, or a value that is worth one. */
static int is_numeral(const struct node *n)
{
    double d;

    return n->kind != NODE_STRING || numeral_double(n->u.s, n->n, &d) == 0;
}

static int may_be_number(const struct type *t)
{
    if (t->kinds & (TYPE_NUMBER | TYPE_BOOLEAN))
        return 1;
    if (!(t->kinds & TYPE_STRING))
        return 0;
    if (t->literal)
        return is_numeral(t->literal);
    node_each(c, t->choices) if (is_numeral(c)) return 1;
    return !t->choices;
}

static int is_text(const struct node *a, const struct node *b)
{
    return a->kind == NODE_STRING && b->kind == NODE_STRING && a->n == b->n
           && !memcmp(a->u.s, b->u.s, a->n);
}

/* Two texts of which one is a literal and the other one of a few. */
static int may_be_same_text(const struct type *a, const struct type *b)
{
    const struct type *one = a->literal ? a : b, *few = a->literal ? b : a;

    if (!one->literal || !few->choices)
        return 1;
    node_each(c, few->choices) if (is_text(c, one->literal)) return 1;
    return 0;
}

/* Text and a number are equal when the text is that number. */
static int may_be_same_number(const struct type *a, const struct type *b)
{
    const struct type *text = a->kinds & TYPE_STRING ? a : b;

    if (a->kinds & TYPE_NUMBER && b->kinds & TYPE_NUMBER)
        return 1;
    return ((a->kinds & TYPE_STRING && b->kinds & TYPE_NUMBER)
            || (b->kinds & TYPE_STRING && a->kinds & TYPE_NUMBER))
           && may_be_number(text);
}

static int may_equal(const struct type *a, const struct type *b)
{
    unsigned both = a->kinds & b->kinds;

    if (both & (TYPE_NULL | TYPE_BOOLEAN | TYPE_ARRAY | TYPE_OBJECT))
        return 1;
    return (both & TYPE_STRING && may_be_same_text(a, b)) || may_be_same_number(a, b);
}

/* An array of the type may hold a value of the other. */
static int may_hold(const struct type *array, const struct type *t)
{
    if (array->item)
        return may_equal(array->item, t) || t->kinds & TYPE_NULL;
    if (!array->literal || array->literal->n > MOST_ITEMS)
        return 1;
    node_each(n, array->literal)
    {
        struct type one = { .literal = n };

        one.kinds = n->kind == NODE_STRING                          ? TYPE_STRING
                    : n->kind >= NODE_INT && n->kind <= NODE_DOUBLE ? TYPE_NUMBER
                                                                    : TYPE_ANY;
        if (may_equal(&one, t))
            return 1;
    }
    return 0;
}

static enum verdict compare_equal(enum operator op, const struct type *a, const struct type *b,
                                  const char **ret_why)
{
    if (may_equal(a, b))
        return VERDICT_OPEN;
    *ret_why = a->choices || b->choices ? "no value it may have is equal"
                                        : "values of these types are never equal";
    return op == OPERATOR_EQ ? VERDICT_NEVER : VERDICT_ALWAYS;
}

static enum verdict compare_array(enum operator op, const struct type *array, const struct type *t,
                                  const char **ret_why)
{
    if (array->kinds & TYPE_ARRAY && may_hold(array, t))
        return VERDICT_OPEN;
    *ret_why =
        array->kinds & TYPE_ARRAY ? "the array holds no such value" : "it looks in arrays only";
    return op == OPERATOR_NOT_IN ? VERDICT_ALWAYS : VERDICT_NEVER;
}

enum verdict compare_types(enum operator op, const struct type *a, const struct type *b,
                           const char **ret_why)
{
    switch (op) {
    case OPERATOR_EQ:
    case OPERATOR_NE:
        return compare_equal(op, a, b, ret_why);
    case OPERATOR_GT:
    case OPERATOR_GTE:
    case OPERATOR_LT:
    case OPERATOR_LTE:
        *ret_why = "it compares numbers";
        return may_be_number(a) && may_be_number(b) ? VERDICT_OPEN : VERDICT_NEVER;
    case OPERATOR_STARTS_WITH:
    case OPERATOR_ENDS_WITH:
        *ret_why = "it compares text";
        return a->kinds & b->kinds & TYPE_STRING ? VERDICT_OPEN : VERDICT_NEVER;
    case OPERATOR_CONTAINS:
        return compare_array(op, a, b, ret_why);
    case OPERATOR_IN:
    case OPERATOR_NOT_IN:
        return compare_array(op, b, a, ret_why);
    default:
        return VERDICT_OPEN;
    }
}
