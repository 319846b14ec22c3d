/* until_types.c: the condition of a loop over what the graph's outputs may be (clauses 2.6, 7.3).
 * Complaints stand at the condition and name the operator.
 */
#include <string.h>

#include "dialects/operonx/types.h"
#include "dialects/operonx/until.h"
#include "dialects/shared/operand.h"

struct judging {
    struct ox_typing *typing;
    struct ox_graph *graph;
    const struct node *at; /* the condition in the document */
};

static const struct type *type_of(const struct judging *j, const struct ox_until *e);

static void complain(const struct judging *j, const char *function, enum ox_fate fate,
                     const struct type *a, const struct type *b)
{
    struct diags *d = j->typing->unit->diags;
    struct text operands = { 0 };

    operand_put(&operands, a, b);
    if (fate == OX_NEVER || fate == OX_ALWAYS)
        diag_warning(d, j->at, "O049", "'%s' in 'until' is always %s: it compares %s",
                     operonx_call_sign(function), fate == OX_NEVER ? "false" : "true",
                     text_cstr(&operands));
    else
        diag_warning(d, j->at, "O048", "'%s' in 'until' always fails: on %s",
                     operonx_call_sign(function), text_cstr(&operands));
    text_fini(&operands);
}

static const struct type *call(const struct judging *j, const char *function, const struct type *a,
                               const struct type *b, int negated)
{
    enum ox_fate fate;
    const struct type *type = operonx_type_call(j->typing, function, a, b, &fate);

    if (negated && fate >= OX_NEVER)
        fate = fate == OX_NEVER ? OX_ALWAYS : OX_NEVER;
    if (fate == OX_FAILS || fate >= OX_NEVER)
        complain(j, function, fate, a, b);
    return type;
}

/* ---- operands ---- */

static const struct type *literal(const struct judging *j, const kiln_value *v)
{
    static const enum node_kind kinds[] = { NODE_NULL,   NODE_NULL,  NODE_BOOL,
                                            NODE_INT,    NODE_UINT,  NODE_DOUBLE,
                                            NODE_STRING, NODE_ARRAY, NODE_OBJECT };
    struct node *n = diag_must_have(arena_zalloc(j->typing->unit->arena, sizeof *n));

    n->kind = kinds[v->tag];
    if (v->tag == KILN_STRING) {
        n->n = v->n;
        n->u.s = v->u.s;
    } else if (v->tag == KILN_INT || v->tag == KILN_UINT) {
        n->u.w = v->u.w;
    }
    return type_of_literal(&j->typing->maker, n);
}

static const struct type *all(const struct judging *j, const struct ox_until *e)
{
    const struct type *type = type_of(j, e->first);

    for (const struct ox_until *x = e->first->next; x; x = x->next)
        type = type_join(&j->typing->maker, type, type_of(j, x));
    return type;
}

static const struct type *compared(const struct judging *j, const struct ox_until *e)
{
    const struct type *left = type_of(j, e->first);

    for (const struct ox_until *x = e->first->next; x; x = x->next) {
        const struct type *right = type_of(j, x);

        call(j, x->comparison, x->reversed ? right : left, x->reversed ? left : right, x->negated);
        left = right;
    }
    return &type_boolean;
}

static const struct type *type_of(const struct judging *j, const struct ox_until *e)
{
    struct type_maker *m = &j->typing->maker;

    switch (e->kind) {
    case UNTIL_LITERAL:
        return literal(j, &e->literal);
    case UNTIL_NAME:
        return type_or_null(m, operonx_type_own(j->typing, j->graph, e->name));
    case UNTIL_LIST:
        return type_of_array(m, e->first ? all(j, e) : NULL);
    case UNTIL_CALL:
        return call(j, e->function, type_of(j, e->first),
                    e->n > 1 ? type_of(j, e->first->next) : NULL, 0);
    case UNTIL_COMPARE:
        return compared(j, e);
    default:
        return all(j, e);
    }
}

void operonx_check_until(struct ox_typing *t, struct ox_graph *g)
{
    struct judging j = { t, g, node_get(node_get(g->node, "loop_config"), "until") };

    type_of(&j, g->until);
}
