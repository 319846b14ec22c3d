/* check_compare.c: comparisons that come out the same whatever the values are (W211), and steps
 * that so never run (W212) (scenario 2.7). A condition of literals alone is meant that way. */
#include "dialects/scenario/check.h"

#include <string.h>

#include "dialects/scenario/compare.h"

/* ---- one comparison
 * ------------------------------------------------------------------------------ */

static const struct type *type_of(struct check *k, struct step *s, const struct condition *c,
                                  int in_condition)
{
    const struct type_place at = { k->g, s, in_condition };

    if (c->value)
        return types_value(k->typing, &at, c->value);
    return c->op == OPERATOR_LENGTH ? &type_integer : &type_boolean;
}

static int is_literal(const struct condition *c)
{
    return c->value && c->value->kind == VALUE_IMMEDIATE;
}

/* "'data.name' is a string", "the text is a string". */
static void put_operand(struct text *t, const struct condition *c, const struct type *type)
{
    struct type plain = *type;

    if (plain.kinds != TYPE_NULL)
        plain.kinds &= ~(unsigned)TYPE_NULL;
    if (!c->value)
        text_puts(t, operator_name(c->op));
    else if (c->value->kind == VALUE_REFERENCE)
        text_printf(t, "'%s'", c->value->path.text);
    else
        text_puts(t, c->value->kind == VALUE_IMMEDIATE ? "the literal" : "the value");
    text_puts(t, " is ");
    type_put(t, &plain);
}

static void complain(struct check *k, const struct step *s, const struct condition *c,
                     const struct type *const *types, enum verdict verdict, const char *why)
{
    struct text t = { 0 };

    put_operand(&t, c->args[0], types[0]);
    text_puts(&t, ", ");
    put_operand(&t, c->args[1], types[1]);
    diag_hint(k->u->diags,
              diag_warning(k->u->diags, c->node, "W211", "step '%s': %s is always %s: %s", s->id,
                           operator_name(c->op), verdict == VERDICT_NEVER ? "false" : "true", why),
              "%s", text_cstr(&t));
    text_fini(&t);
}

static enum verdict compare(struct check *k, struct step *s, const struct condition *c,
                            int in_condition)
{
    const struct type *types[2];
    enum verdict verdict;
    const char *why;

    if (c->op < OPERATOR_GT || c->op > OPERATOR_NOT_IN || c->n < 2
        || (is_literal(c->args[0]) && is_literal(c->args[1])))
        return VERDICT_OPEN;
    for (unsigned i = 0; i < 2; i++) {
        types[i] = type_of(k, s, c->args[i], in_condition);
        if (types[i]->kinds == TYPE_NULL && !is_literal(c->args[i]))
            return VERDICT_OPEN; /* W210 has said why */
    }
    verdict = compare_types(c->op, types[0], types[1], &why);
    if (verdict != VERDICT_OPEN)
        complain(k, s, c, types, verdict, why);
    return verdict;
}

/* ---- conditions
 * ------------------------------------------------------------------------------------ */

static enum verdict opposite(enum verdict v)
{
    return v == VERDICT_OPEN ? v : v == VERDICT_NEVER ? VERDICT_ALWAYS : VERDICT_NEVER;
}

/* Goes through all of it, since each comparison may have its own complaint. */
static enum verdict judge(struct check *k, struct step *s, const struct condition *c,
                          int in_condition)
{
    enum verdict decides = c->op == OPERATOR_AND ? VERDICT_NEVER : VERDICT_ALWAYS;
    enum verdict one = VERDICT_OPEN;
    int decided = 0, open = !c->n;

    if (c->value)
        return VERDICT_OPEN;
    if (c->op != OPERATOR_AND && c->op != OPERATOR_OR && c->op != OPERATOR_NOT) {
        for (unsigned i = 0; i < c->n; i++)
            judge(k, s, c->args[i], in_condition);
        return compare(k, s, c, in_condition);
    }
    for (unsigned i = 0; i < c->n; i++) {
        one = judge(k, s, c->args[i], in_condition);
        decided |= one == decides;
        open |= one == VERDICT_OPEN;
    }
    if (c->op == OPERATOR_NOT)
        return c->n == 1 ? opposite(one) : VERDICT_OPEN;
    return decided ? decides : open ? VERDICT_OPEN : opposite(decides);
}

/* ---- cases of a Switch
 * --------------------------------------------------------------------------------- */

/* The operator of a case; OPERATORS when it has none of its own. */
static enum operator case_operator(const struct switch_case *c)
{
    enum operator op = OPERATOR_GT;

    if (!strcmp(c->match_type, "EQ") && c->match && c->match->kind == NODE_ARRAY)
        return OPERATOR_IN;
    while (op < OPERATORS && strcmp(operator_name(op), c->match_type))
        op++;
    return op;
}

static void check_cases(struct check *k, struct step *s)
{
    const struct type_place at = { k->g, s, 0 };
    const struct type *value = types_value(k->typing, &at, s->value);

    if (!s->value || s->value->kind == VALUE_IMMEDIATE)
        return;
    for (unsigned i = 0; i < s->n_cases; i++) {
        const struct switch_case *c = &s->cases[i];
        const struct type *match = type_of_literal(&k->typing->maker, c->match);
        const char *why;
        enum verdict verdict = compare_types(case_operator(c), value, match, &why);

        if (verdict != VERDICT_OPEN)
            diag_warning(k->u->diags, c->node, "W211", "step '%s': the case %s matches: %s", s->id,
                         verdict == VERDICT_NEVER ? "never" : "always", why);
    }
}

/* ---- edges that are never taken
 * ---------------------------------------------------------------------- */

/* The edge is of no use, given what its step decides. */
static int is_dead(struct check *k, struct step *s, const struct edge *e, enum verdict verdict)
{
    if (s->type == STEP_CONDITIONAL && e->kind == EDGE_LABEL && verdict != VERDICT_OPEN)
        return !strcmp(e->label, verdict == VERDICT_NEVER ? "true" : "false");
    if (e->condition && judge(k, s, e->condition, 0) == VERDICT_NEVER)
        return 1;
    return s->type != STEP_CONDITIONAL && check_useless_edge(s, e) != NULL;
}

/* Looks at every condition; marks the edges that are never taken. */
static void judge_steps(struct check *k, unsigned char *dead)
{
    for (unsigned i = 0; i < k->g->n_steps; i++) {
        struct step *s = k->g->steps[i];
        int inside = s->type == STEP_WHILE || s->type == STEP_FILTER;
        enum verdict verdict = s->condition ? judge(k, s, s->condition, inside) : VERDICT_OPEN;

        if (s->type == STEP_SWITCH)
            check_cases(k, s);
        for (unsigned e = 0; e < s->n_out; e++)
            dead[s->out[e] - k->g->edges] = (unsigned char)is_dead(k, s, s->out[e], verdict);
    }
}

/* What is reached when dead edges do not count. */
static unsigned char *find_live(struct check *k, const unsigned char *dead)
{
    struct arena *a = k->u->arena;
    unsigned char *seen = diag_must_have(arena_zalloc(a, k->g->n_steps + 1));
    struct graph_arrow *arrows =
        diag_must_have(arena_alloc(a, (k->g->n_edges + 1) * sizeof *arrows));
    struct graph live;
    size_t n = 0;

    for (unsigned i = 0; i < k->g->n_edges; i++) {
        const struct edge *e = &k->g->edges[i];

        if (e->from && e->to && !dead[i])
            arrows[n++] = (struct graph_arrow){ e->from->number, e->to->number };
    }
    graph_make(&live, a, k->g->n_steps, arrows, n);
    graph_reach(&live, k->g->entry->number, seen);
    return seen;
}

void check_comparisons(struct check *k)
{
    unsigned char *dead = diag_must_have(arena_zalloc(k->u->arena, k->g->n_edges + 1)), *seen;

    judge_steps(k, dead);
    if (!k->g->entry)
        return;
    seen = find_live(k, dead);
    for (unsigned i = 0; i < k->g->n_edges; i++) {
        const struct edge *e = &k->g->edges[i];

        if (!dead[i] || !e->from || !e->to || seen[e->from->number] != 1 || seen[e->to->number])
            continue;
        seen[e->to->number] = 2; /* of a chain only the first is told */
        diag_warning(k->u->diags, e->to->node, "W212",
                     "step '%s' never runs: no edge that leads to it is ever taken", e->to->id);
    }
}
