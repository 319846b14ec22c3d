/* lower_variables.c: variables by name (scenario 1.4).
 *
 * A name is looked for at compile time, innermost first: what the runtime gives a loop's body, the
 * loop's config.variables, what the body declares, then the scope around it, up to the workflow's
 * own object, which the input may have changed.
 */
#include "dialects/scenario/lower.h"

#include <string.h>

/* ---- what the runtime gives -------------------------------------------------------------------*/

int lower_indices(struct scope *sc, struct plan_step *s, unsigned up)
{
    int regs[JSON_DEPTH], n = JSON_DEPTH;

    if (sc->kind == SCOPE_LOOP)
        regs[--n] = plan_reg_slot(s, up, (unsigned)sc->index);
    for (; sc && n; sc = sc->up, up++)
        if (sc->kind == SCOPE_ITEM || sc->kind == SCOPE_TURN)
            regs[--n] = plan_reg_index(s, up);
    return plan_reg_array(s, regs + n, (unsigned)(JSON_DEPTH - n));
}

/* Of the signal that is going to be waited for. */
static int signal_id(const struct scope *sc, struct plan_step *s, unsigned up)
{
    return plan_reg_get(s, plan_reg_slot(s, up + 1, (unsigned)sc->waiting), "id", 2);
}

/* A body's own variable, or -1 when `name` is none. */
static int reserved(struct scope *sc, struct plan_step *s, unsigned up, const struct part *name)
{
    struct path one = { .at = (struct part *)name, .n = 1 };
    struct scope *loop = sc->kind == SCOPE_TURN ? sc->up : NULL;

    if (sc->kind == SCOPE_WAIT)
        return path_part_is(&one, 0, "_signal_id") ? signal_id(sc, s, up) : -1;
    if (path_part_is(&one, 0, "_index"))
        return plan_reg_index(s, up);
    if (path_part_is(&one, 0, "_loop_indices"))
        return lower_indices(sc, s, up);
    if (path_part_is(&one, 0, "_scope_id"))
        return lower_scope_id(sc, s, up);
    if (path_part_is(&one, 0, "_parent_scope_id"))
        return lower_scope_id(sc->up, s, up + 1);
    if (path_part_is(&one, 0, "_item") && !loop)
        return plan_reg_slot(s, up, 0);
    if (path_part_is(&one, 0, "_previousOutputs") && loop)
        return plan_reg_slot(s, up + 1, (unsigned)loop->outputs);
    if (path_part_is(&one, 0, "_loop") && loop)
        return lower_loop_object(s, plan_reg_index(s, up),
                                 plan_reg_slot(s, up + 1, (unsigned)loop->outputs));
    return -1;
}

/* ---- what the author declares ----------------------------------------------------------------*/

static int names_first(const struct mapping *m, const struct part *name)
{
    for (unsigned i = 0; i < m->n; i++) {
        size_t n = strcspn(m->at[i].key, ".");

        if (n == name->n && !memcmp(m->at[i].key, name->s, n))
            return 1;
    }
    return 0;
}

static const struct variable *declared(const struct subgraph *g, const struct part *name)
{
    const struct node *n = node_get_n(node_get(g->node, "variables"), name->s, name->n);

    for (unsigned i = 0; n && i < g->n_variables; i++)
        if (g->variables[i].name == n->key)
            return &g->variables[i];
    return NULL;
}

/* A child sees what it declares and nothing else; names with `_` in front are the runtime's
 * (scenario 1.7.6). */
static int is_own(const struct variable *v)
{
    return *v->name != '_';
}

static int root_variable(struct scope *sc, struct plan_step *s, unsigned up,
                         const struct part *name)
{
    const struct variable *v = declared(sc->graph, name);
    int reg = lower_identity(sc, s, up, name);

    if (reg >= 0)
        return reg;
    if (sc->is_child)
        return v && is_own(v) ? lower_literal(sc, s, v->value) : lower_null(s);
    return plan_reg_get(s, plan_reg_slot(s, up, lower_slot(sc, &sc->variables, "variables")),
                        name->s, name->n);
}

/* A body's variable: its own, or -1 for one of the scope around it. */
static int body_variable(struct scope *sc, struct plan_step *s, unsigned up,
                         const struct part *name)
{
    const struct variable *v;
    int reg = reserved(sc, s, up, name);

    if (reg >= 0)
        return reg;
    if (names_first(&sc->owner->variables, name))
        return plan_reg_get(s, plan_reg_slot(s, up + 1, (unsigned)sc->variables), name->s, name->n);
    v = declared(sc->graph, name);
    return v ? lower_literal(sc, s, v->value) : -1;
}

int lower_variable(struct scope *sc, struct plan_step *s, unsigned up, const struct part *name)
{
    for (; sc->kind != SCOPE_ROOT; sc = sc->up, up++) {
        int reg = sc->kind == SCOPE_LOOP ? -1 : body_variable(sc, s, up, name);

        if (reg >= 0)
            return reg;
    }
    return root_variable(sc, s, up, name);
}

/* ---- all of them ------------------------------------------------------------------------------*/

int lower_declared(struct scope *sc, struct plan_step *s)
{
    const struct subgraph *g = sc->graph;
    struct plan *plan = sc->l->plan;
    kiln_value *pairs = plan_alloc(plan, 2 * (g->n_variables + 1) * sizeof *pairs), all;
    unsigned n = 0;

    for (unsigned i = 0; i < g->n_variables; i++) {
        const struct variable *v = &g->variables[i];
        kiln_value *pair = &pairs[2 * n];

        if (sc->is_child && !is_own(v))
            continue;
        pair[1] = value_null();
        if (value_string(&plan->heap, &pair[0], v->name, strlen(v->name)) < 0
            || (v->value && node_value(&plan->heap, &pair[1], v->value) < 0))
            plan_memory_out();
        n++;
    }
    if (kiln_object(&plan->heap, &all, pairs, n) < 0)
        plan_memory_out();
    return plan_reg_const(s, &all);
}

static int reserved_object(struct scope *sc, struct plan_step *s, unsigned up)
{
    static const char *const names[] = {
        "_index",           "_item",     "_loop",     "_loop_indices", "_parent_scope_id",
        "_previousOutputs", "_scope_id", "_signal_id"
    };
    unsigned keys[8], n = 0;
    int regs[8];

    for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
        struct part name = { names[i], (unsigned)strlen(names[i]) };
        int reg = reserved(sc, s, up, &name);

        if (reg < 0)
            continue;
        keys[n] = plan_const_text(sc->l->plan, name.s, name.n);
        regs[n++] = reg;
    }
    return plan_reg_object(s, keys, regs, n);
}

int lower_all_variables(struct scope *sc, struct plan_step *s, unsigned up)
{
    int all;

    if (sc->kind == SCOPE_ROOT) {
        all = sc->is_child ? lower_declared(sc, s)
                           : plan_reg_slot(s, up, lower_slot(sc, &sc->variables, "variables"));
        return plan_reg_call2(s, "scenario.overlay", all, lower_identities(sc, s, up));
    }
    all = lower_all_variables(sc->up, s, up + 1);
    if (sc->kind == SCOPE_LOOP)
        return all;
    if (sc->graph->n_variables)
        all = plan_reg_call2(s, "scenario.overlay", all, lower_declared(sc, s));
    if (sc->owner->variables.n)
        all = plan_reg_call2(s, "scenario.overlay", all,
                             plan_reg_slot(s, up + 1, (unsigned)sc->variables));
    return plan_reg_call2(s, "scenario.overlay", all, reserved_object(sc, s, up));
}
