/* check_variables.c: references to variables (E013, E053) and into their declared values. */
#include "dialects/scenario/check.h"

#include <string.h>

#include "numeral.h"

enum { MOST_NAMES = 64 };

/* ---- which names there are ------------------------------------------------------------------- */

static unsigned add(const char **names, unsigned n, const char *name)
{
    if (n < MOST_NAMES)
        names[n++] = name;
    return n;
}

/* The names for a suggestion; those a user may set first. */
static unsigned list_names(const struct check *k, const char **names)
{
    static const char *const given[] = { "_workflow_id",    "_instance_id",  "_tenant_id",
                                         "_index",          "_loop_indices", "_scope_id",
                                         "_parent_scope_id" };
    const struct step *owner = k->g->owner;
    unsigned n = 0;

    for (unsigned i = 0; i < k->g->n_variables; i++)
        n = add(names, n, k->g->variables[i].name);
    for (unsigned i = 0; owner && i < owner->variables.n; i++)
        n = add(names, n, owner->variables.at[i].key);
    for (unsigned i = 0; i < (owner ? 7 : 3); i++)
        n = add(names, n, given[i]);
    if (owner)
        n = add(names, n, owner->type == STEP_WAIT ? "_signal_id" : "_item");
    if (owner && owner->type == STEP_WHILE) {
        n = add(names, n, "_loop");
        n = add(names, n, "_previousOutputs");
    }
    return n;
}

static int is_key(const struct mapping *m, const struct part *p)
{
    for (unsigned i = 0; i < m->n; i++)
        if (strcspn(m->at[i].key, ".") == p->n && !memcmp(m->at[i].key, p->s, p->n))
            return 1;
    return 0;
}

static int is_known(const struct check *k, const struct part *p)
{
    const struct step *owner = k->g->owner;
    const char *names[MOST_NAMES];
    unsigned n = list_names(k, names);

    if (node_get_n(node_get(k->g->node, "variables"), p->s, p->n)
        || (owner && is_key(&owner->variables, p)))
        return 1;
    for (unsigned i = 0; i < n; i++)
        if (strlen(names[i]) == p->n && !memcmp(names[i], p->s, p->n))
            return 1;
    return 0;
}

static void suggest(struct check *k, struct diag *d, const struct part *p)
{
    const char *names[MOST_NAMES];
    unsigned n = list_names(k, names);

    diag_suggest(k->u->diags, d, check_part(k, p), "variables", names, n);
}

static void unknown(struct check *k, const struct step *s, const struct value *v,
                    const struct part *p, int in_mapping)
{
    if (in_mapping)
        suggest(k,
                check_doubt(k, v->node, "E013", "step '%s' refers to an unknown variable '%s'",
                            s->id, check_part(k, p)),
                p);
    suggest(k,
            check_doubt(k, v->node, "E053",
                        "step '%s' refers to '%s', but there is no variable '%s'", s->id,
                        v->path.text, check_part(k, p)),
            p);
}

/* ---- into a declared value ------------------------------------------------------------------- */

/* A part that is no number finds no item. */
static const struct node *item_at(const struct node *array, const struct part *p)
{
    long long i;

    return numeral_integer(p->s, p->n, &i) < 0 ? NULL : node_item(array, i);
}

static void follow_value(struct check *k, const struct step *s, const struct value *v, unsigned at,
                         const struct node *n)
{
    for (; n && at < v->path.n; at++) {
        const struct part *p = &v->path.at[at];
        const char *before = path_text(k->u->arena, &v->path, at);
        const struct node *inner;

        if (n->kind == NODE_NULL)
            return; /* the input will say what it is */
        if (n->kind != NODE_OBJECT && n->kind != NODE_ARRAY) {
            check_doubt(k, v->node, "E059", "step '%s' refers to '%s', but '%s' is %s", s->id,
                        v->path.text, before, node_kind_name(n->kind));
            return;
        }
        inner = n->kind == NODE_ARRAY ? item_at(n, p) : node_get_n(n, p->s, p->n);
        if (!inner)
            check_suggest_members(k,
                                  check_doubt(k, v->node, "E058",
                                              "step '%s' refers to '%s', but '%s' has no field "
                                              "'%s'",
                                              s->id, v->path.text, before, check_part(k, p)),
                                  p, "fields", n);
        n = inner;
    }
}

void check_variable(struct check *k, const struct step *s, const struct value *v, unsigned first,
                    int in_mapping)
{
    const struct part *p = &v->path.at[first];
    const struct node *declared;

    if (v->path.n <= first)
        return;
    if (!is_known(k, p)) {
        unknown(k, s, v, p, in_mapping);
        return;
    }
    if (k->g->owner && is_key(&k->g->owner->variables, p))
        return;
    declared = node_get_n(node_get(k->g->node, "variables"), p->s, p->n);
    follow_value(k, s, v, first + 1, node_get(declared, "value"));
}
