/* check_step.c: rules about one step alone. */
#include "dialects/scenario/check.h"

#include <ctype.h>
#include <string.h>

#include "dialects/scenario/template.h"

/* ---- Finish -------------------------------------------------------------------------------- */

static int is_blank(const char *s)
{
    while (isspace((unsigned char)*s))
        s++;
    return !*s;
}

static int has_blank_source(const struct value *v)
{
    if (v->kind == VALUE_REFERENCE)
        return is_blank(v->path.text);
    if (v->kind == VALUE_TEMPLATE)
        return is_blank(node_text(v->template->text));
    return v->kind == VALUE_IMMEDIATE && node_text(v->literal) && is_blank(node_text(v->literal));
}

static void check_finish(struct check *k, const struct step *s)
{
    for (unsigned i = 0; i < s->mapping.n; i++) {
        const struct entry *e = &s->mapping.at[i];

        if (is_blank(e->key))
            check_doubt(k, e->node, "E117", "Finish '%s' has an output without a name", s->id);
        if (has_blank_source(e->value))
            check_doubt(k, e->node, "E118", "output '%s' of Finish '%s' comes from nowhere", e->key,
                        s->id);
    }
}

/* ---- operators only queries know ------------------------------------------------------------ */

static void check_condition(struct check *k, const struct step *s, const struct condition *c)
{
    if (!c || c->value)
        return;
    if (c->op >= OPERATOR_SIMILARITY_GTE)
        check_doubt(k, node_get(c->node, "op"), "E027",
                    "step '%s': only object-model queries know the operator '%s'", s->id,
                    operator_name(c->op));
    for (unsigned i = 0; i < c->n; i++)
        check_condition(k, s, c->args[i]);
}

/* ---- numbers that are hardly meant ----------------------------------------------------------- */

static void check_most(struct check *k, const struct step *s, const struct node *object,
                       const char *key, long long most, const char *code)
{
    const struct node *n = node_get(object, key);

    if (n && n->kind == NODE_INT && n->u.i > most)
        diag_warning(k->u->diags, n, code,
                     "step '%s': '%s' is %lld, more than %lld is seldom meant", s->id, key, n->u.i,
                     most);
}

/* Something in the body waits for a time or a signal: side by side that is worth it. */
static int waits(const struct subgraph *body)
{
    for (unsigned i = 0; body && i < body->n_steps; i++)
        if (body->steps[i]->type == STEP_DELAY || body->steps[i]->type == STEP_WAIT)
            return 1;
    return 0;
}

static void check_numbers(struct check *k, const struct step *s)
{
    enum { MOST_RETRIES = 50, MOST_TURNS = 10000, HOUR_MS = 3600000 };
    const struct node *config = node_get(s->node, "config");
    int in_config = s->type == STEP_SPLIT || s->type == STEP_AI_AGENT;
    int calls = s->type == STEP_AGENT || s->type == STEP_EMBED;
    const struct node *parallel = node_get(config, "parallelism");

    if (calls || in_config)
        check_most(k, s, in_config ? config : s->node, "maxRetries", MOST_RETRIES, "W030");
    if (calls)
        check_most(k, s, s->node, "retryDelay", HOUR_MS, "W031");
    if (s->type == STEP_WHILE)
        check_most(k, s, config, "maxIterations", MOST_TURNS, "W033");
    check_most(k, s, calls ? s->node : config, "timeout", HOUR_MS, "W034");
    if (s->type == STEP_SPLIT && parallel && parallel->kind == NODE_INT && parallel->u.i != 1
        && !waits(s->body))
        diag_warning(k->u->diags, parallel, "W073",
                     "Split '%s': its items wait side by side, but only one is computed at a time",
                     s->id);
}

void check_step(struct check *k, const struct step *s)
{
    if (s->type == STEP_FINISH)
        check_finish(k, s);
    check_condition(k, s, s->condition);
    for (unsigned i = 0; i < s->n_out; i++)
        check_condition(k, s, s->out[i]->condition);
    check_numbers(k, s);
}
