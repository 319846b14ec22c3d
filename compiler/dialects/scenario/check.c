/* check.c: every complaint about the meaning of a scenario workflow, subgraph by subgraph. */
#include "dialects/scenario/check.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "dialects/scenario/parse.h"
#include "dialects/scenario/scenario.h"

/* ---- saying it ----------------------------------------------------------------------------- */

struct diag *check_doubt(const struct check *k, const struct node *at, const char *code,
                         const char *format, ...)
{
    struct text t = { 0 };
    struct diag *d;
    va_list ap;

    va_start(ap, format);
    text_vprintf(&t, format, ap);
    va_end(ap);
    d = !k->u->legacy ? diag_error(k->u->diags, at, code, "%s", text_cstr(&t))
                      : diag_warning(k->u->diags, at, code, "%s", text_cstr(&t));
    text_fini(&t);
    return d;
}

const char *check_part(const struct check *k, const struct part *p)
{
    return diag_must_have(arena_dup(k->u->arena, p->s, p->n));
}

void check_suggest_members(const struct check *k, struct diag *d, const struct part *word,
                           const char *label, const struct node *object)
{
    unsigned n = 0, room = object ? object->n : 0;
    const char **keys;

    if (k->u->diags->n > 4 * DIAG_MOST)
        return; /* nobody reads these hints, and each costs the object */
    keys = diag_must_have(arena_alloc(k->u->arena, (room + 1) * sizeof *keys));
    if (object && object->kind == NODE_OBJECT)
        node_each(c, object) keys[n++] = c->key;
    diag_suggest(k->u->diags, d, check_part(k, word), label, keys, n);
}

/* ---- names --------------------------------------------------------------------------------- */

struct names {
    const struct step **at;
    unsigned n;
};

static unsigned count_steps(const struct subgraph *g)
{
    unsigned n = g->n_steps;

    for (unsigned i = 0; i < g->n_steps; i++)
        if (g->steps[i]->body)
            n += count_steps(g->steps[i]->body);
    return n;
}

static void collect_names(const struct subgraph *g, struct names *names)
{
    for (unsigned i = 0; i < g->n_steps; i++) {
        if (g->steps[i]->name)
            names->at[names->n++] = g->steps[i];
        if (g->steps[i]->body)
            collect_names(g->steps[i]->body, names);
    }
}

static int compare_names(const void *a, const void *b)
{
    const struct step *x = *(const struct step *const *)a, *y = *(const struct step *const *)b;
    int order = strcmp(x->name, y->name);

    if (order)
        return order;
    return (x->node->at > y->node->at) - (x->node->at < y->node->at);
}

/* E060: a name stands for one step in the whole workflow, loop bodies included. */
static void check_names(struct check *k)
{
    struct names names = { .n = 0 };

    names.at =
        diag_must_have(arena_alloc(k->u->arena, (count_steps(k->g) + 1) * sizeof(struct step *)));
    collect_names(k->g, &names);
    qsort(names.at, names.n, sizeof *names.at, compare_names);
    for (unsigned i = 1; i < names.n; i++) {
        const struct step *s = names.at[i];
        int again = i > 1 && !strcmp(names.at[i - 2]->name, s->name);

        if (!again && !strcmp(names.at[i - 1]->name, s->name))
            check_doubt(k, node_get(s->node, "name"), "E060",
                        "the steps '%s' and '%s' have the same name '%s'", names.at[i - 1]->id,
                        s->id, s->name);
    }
}

/* ---- the walk ------------------------------------------------------------------------------ */

static void check_subgraph(struct unit *u, struct subgraph *g, struct typing *typing)
{
    struct check k = { .u = u, .g = g, .typing = typing };

    if (check_graph(&k))
        check_edges(&k);
    types_graph(typing, g);
    for (unsigned i = 0; i < g->n_steps; i++) {
        struct step *s = g->steps[i];

        check_step(&k, s);
        if (s->type == STEP_AGENT)
            check_agent(&k, s);
        if (s->type == STEP_EMBED)
            check_embed(&k, s);
        if (s->type == STEP_AI_AGENT)
            check_ai(&k, s);
        check_connection(&k, s);
        check_references(&k, s);
        if (s->body)
            check_subgraph(u, s->body, typing);
    }
    check_comparisons(&k);
    check_unused(&k);
    check_order(&k);
}

void scenario_check(struct unit *u)
{
    const struct model *m = u->model;
    struct check k = { .u = u, .g = m->root };
    struct typing typing = { .unit = u, .maker = { .arena = u->arena } };

    check_names(&k);
    check_subgraph(u, m->root, &typing);
    field_refuse_unknown(u);
}
