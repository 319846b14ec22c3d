/* lower.c: a graph becomes one flow of supersteps (pregel 3.2).
 *
 * Channels are slots; a node's triggers are slots nobody sees; a node is a step that a change of
 * its triggers wakes. The step that runs when all is quiet applies what was written; when that
 * wakes nobody, the end step gives what was last shown.
 */
#include "dialects/pregel/pregel.h"

#include <stdlib.h>
#include <string.h>

/* ---- slots ---- */

/* What a reducer starts with: the type called with no arguments (pregel 1.3). */
static int zero_of(struct plan *p, enum pregel_type type)
{
    kiln_value v = value_null();
    int failed = 0;

    switch (type) {
    case PREGEL_TYPE_ANY:
        return -1;
    case PREGEL_TYPE_INT:
        v = value_int(0);
        break;
    case PREGEL_TYPE_STR:
        v = value_static("");
        break;
    case PREGEL_TYPE_LIST:
        failed = kiln_array(&p->heap, &v, NULL, 0);
        break;
    case PREGEL_TYPE_DICT:
        failed = kiln_object(&p->heap, &v, NULL, 0);
        break;
    case PREGEL_TYPE_FLOAT:
        v = value_double(0);
        break;
    default:
        v = value_bool(0);
    }
    if (failed < 0)
        diag_must_have(NULL);
    return (int)plan_const(p, &v);
}

static enum kiln_rule rule_of(const struct pregel_channel *c)
{
    if (c->kind == PREGEL_BINOP)
        return KILN_RULE_FOLD;
    return c->kind == PREGEL_TOPIC ? KILN_RULE_APPEND : KILN_RULE_LAST;
}

static unsigned flags_of(const struct pregel_channel *c)
{
    unsigned flags = c->output ? KILN_SLOT_OUTPUT : 0;

    switch (c->kind) {
    case PREGEL_LAST_VALUE:
        return flags | KILN_SLOT_GUARD;
    case PREGEL_TOPIC:
        return flags | KILN_SLOT_SPREAD | (c->accumulate ? 0 : KILN_SLOT_ONCE);
    case PREGEL_EPHEMERAL:
        return flags | KILN_SLOT_ONCE | (c->guard ? KILN_SLOT_GUARD : 0);
    case PREGEL_ANY:
        return flags | KILN_SLOT_ONCE;
    default:
        return flags;
    }
}

/* The slot of what the limit leaves, which the run fills. */
static unsigned left_slot(struct plan_flow *f)
{
    unsigned i = 0;

    while (i < f->n_slots && !(f->slots[i].flags & KILN_SLOT_LEFT))
        i++;
    return i < f->n_slots
               ? i
               : plan_slot_add(f, ":left", KILN_RULE_LAST, KILN_SLOT_PRIVATE | KILN_SLOT_LEFT);
}

static void add_channel(struct plan_flow *f, struct pregel_channel *c)
{
    struct plan_slot *s;

    if (pregel_is_managed(c)) {
        c->slot = left_slot(f);
        return;
    }
    c->slot = plan_slot_add(f, c->name, rule_of(c), flags_of(c));
    s = &f->slots[c->slot];
    if (c->kind != PREGEL_BINOP)
        return;
    s->fold = plan_function(c->reducer->function);
    s->initial = zero_of(f->plan, c->type);
}

/* Slot 0: where the input comes in (pregel 3.2; of a bare graph, its input channel). */
static void add_input(struct plan_flow *f, struct pregel_model *m)
{
    if (m->raw) {
        m->in->slot = plan_param_add(f, m->in->name);
        f->slots[0].flags = flags_of(m->in);
    } else {
        plan_param_add(f, PREGEL_START);
        f->slots[0].flags = KILN_SLOT_ONCE | KILN_SLOT_GUARD | KILN_SLOT_PRIVATE;
    }
}

static int by_text(const void *a, const void *b)
{
    return value_compare_text(a, b);
}

/* The names a waiting edge waits for, in the order of their bytes, each once. */
static int names_of(struct plan *p, const struct pregel_join *j)
{
    kiln_value *names = diag_must_have(arena_alloc(p->arena, j->n * sizeof *names)), all;
    unsigned n = 0;

    for (unsigned i = 0; i < j->n; i++)
        names[i] = value_static(j->from[i]->name);
    qsort(names, j->n, sizeof *names, by_text);
    for (unsigned i = 0; i < j->n; i++)
        if (!n || value_compare_text(&names[n - 1], &names[i]))
            names[n++] = names[i];
    if (kiln_array(&p->heap, &all, names, n) < 0)
        diag_must_have(NULL);
    return (int)plan_const(p, &all);
}

static void add_triggers(struct unit *u, struct plan_flow *f)
{
    struct pregel_model *m = u->model;

    for (unsigned i = 1; !m->raw && i < m->nodes.n; i++) {
        struct pregel_node *n = m->nodes.at[i];
        const char *name = diag_must_have(arena_printf(u->arena, "branch:to:%s", n->name));

        n->slot = plan_slot_add(f, name, KILN_RULE_LAST, KILN_SLOT_ONCE | KILN_SLOT_PRIVATE);
    }
    for (unsigned i = 0; i < m->joins.n; i++) {
        struct pregel_join *j = m->joins.at[i];

        j->slot = plan_slot_add(f, j->name, KILN_RULE_BARRIER, KILN_SLOT_PRIVATE);
        f->slots[j->slot].names = names_of(f->plan, j);
    }
    for (unsigned i = 1; i < m->nodes.n; i++) {
        struct pregel_node *n = m->nodes.at[i];
        const char *name = diag_must_have(arena_printf(u->arena, "result:%s", n->name));

        if (n->op)
            n->result = plan_slot_add(f, name, KILN_RULE_LAST, KILN_SLOT_PRIVATE);
    }
}

/* ---- steps ---- */

static int by_name(const void *a, const void *b)
{
    const struct pregel_node *const *x = a, *const *y = b;

    return strcmp((*x)->name, (*y)->name);
}

/* Tasks are numbered in the order of the names: it is the order of their writes (pregel 2.3). */
static void add_nodes(struct unit *u, struct plan_flow *f)
{
    struct pregel_model *m = u->model;
    unsigned n = m->nodes.n - (m->raw != 0);
    struct pregel_node **sorted =
        diag_must_have(arena_alloc(u->arena, m->nodes.n * sizeof *sorted));

    memcpy(sorted, m->nodes.at + (m->raw != 0), n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_name);
    for (unsigned i = 0; i < n; i++)
        sorted[i]->task = i;
    for (unsigned i = 0; i < n; i++)
        pregel_lower_node(u, f, sorted[i]);
}

static void add_boundary(const struct pregel_model *m, struct plan_flow *f, unsigned shown)
{
    struct plan_step *boundary = plan_step_add(f, ":boundary", KILN_WAKE_QUIET);
    struct plan_step *end = plan_step_add(f, ":end", KILN_WAKE_ANY);
    int result = plan_reg_slot(end, 0, shown);

    plan_boundary(boundary);
    plan_edge_add(boundary, KILN_EDGE_CASE, 0, 0, end);
    if (m->raw)
        result = plan_reg_get(end, result, m->out->name, strlen(m->out->name));
    plan_finish(end, plan_reg_call1(end, "base.null", result));
}

void pregel_lower(struct unit *u)
{
    struct pregel_model *m = u->model;
    struct plan_flow *f;
    unsigned shown;

    if (m->raw && rule_of(m->in) != KILN_RULE_LAST) { /* a parameter is only put in place */
        diag_unsupported(u->diags, m->in->at, "an input channel of kind '%s'",
                         pregel_kind_names[m->in->kind]);
        return;
    }
    f = plan_flow_add(unit_begin(u, m->name, "pregel", 0), u->flow_name, NULL, KILN_FLOW_SUPERSTEP);
    u->flow = f;
    f->limit = m->limit;
    add_input(f, m);
    for (unsigned i = 0; i < m->channels.n; i++)
        if (m->channels.at[i] != m->in)
            add_channel(f, m->channels.at[i]);
    add_triggers(u, f);
    shown = plan_slot_add(f, ":output", KILN_RULE_LAST, KILN_SLOT_PRIVATE | KILN_SLOT_RESULT);
    add_nodes(u, f);
    add_boundary(m, f, shown);
    plan_link(u->plan);
}
