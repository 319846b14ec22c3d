/* names.c: what refs and branch targets stand for (clauses 3.2, 3.3 and 4.3).
 */
#include <string.h>

#include "dialects/operonx/operonx.h"

enum { MOST_TARGETS = 65000 };

/* ---- sources ---- */

static void unknown_source(struct unit *u, struct ox_graph *g, const struct ox_ref *r)
{
    struct diag *d =
        diag_error(u->diags, node_get(r->node, "source"), "O020",
                   "'%s' is neither '%s' nor one of its ops", r->source, g->self->full_name);

    diag_suggest(u->diags, d, r->source, "sources", g->full_names, g->n_ops);
}

/* The op whose full name it is, or NULL. */
static struct ox_op *by_full_name(const struct ox_graph *g, const char *source)
{
    size_t n = strlen(g->self->full_name);

    if (strncmp(source, g->self->full_name, n) || source[n] != '.')
        return NULL;
    return operonx_graph_op(g, source + n + 1);
}

static int is_graph(const struct ox_graph *g, const char *source)
{
    return !strcmp(source, g->self->full_name) || !strcmp(source, "__PARENT__")
           || !strcmp(source, g->self->name);
}

/* ---- variables ---- */

static void check_graph_var(struct unit *u, struct ox_graph *g, const struct ox_ref *r)
{
    const struct ox_params *inputs = &g->self->inputs;
    const char **names;
    struct diag *d;

    if (operonx_param(inputs, r->var) || operonx_param(&g->self->outputs, r->var)
        || operonx_graph_pushes(g, r->var))
        return;
    names = operonx_alloc(u, inputs->n, sizeof *names);
    for (unsigned i = 0; i < inputs->n; i++)
        names[i] = inputs->at[i].name;
    d = diag_error(u->diags, node_get(r->node, "var"), "O021",
                   "'%s' is no input of '%s' and no op pushes it", r->var, g->self->full_name);
    diag_suggest(u->diags, d, r->var, "inputs", names, inputs->n);
}

static int gives(const struct ox_op *o, const char *var)
{
    if (!strcmp(var, "error") || operonx_param(&o->outputs, var))
        return 1;
    if (o->kind == OX_BRANCH)
        return !strcmp(var, "target") || !strcmp(var, "matched")
               || !strcmp(var, "__branch_target__");
    if (o->kind == OX_GRAPH)
        return operonx_graph_pushes(o->body, var);
    for (unsigned i = 0; o->op && i < o->op->n_outputs; i++)
        if (!strcmp(o->op->outputs[i].name, var))
            return 1;
    return !o->op || !o->op->n_outputs;
}

static void check_op_var(struct unit *u, const struct ox_op *o, const struct ox_ref *r)
{
    unsigned declared = o->op ? o->op->n_outputs : 0, n = 0;
    const char **names;
    struct diag *d;

    if (gives(o, r->var))
        return;
    names = operonx_alloc(u, o->outputs.n + declared, sizeof *names);
    for (unsigned i = 0; i < declared; i++)
        names[n++] = o->op->outputs[i].name;
    for (unsigned i = 0; i < o->outputs.n; i++)
        names[n++] = o->outputs.at[i].name;
    d = diag_error(u->diags, node_get(r->node, "var"), "O021", "'%s' has no output '%s'",
                   o->full_name, r->var);
    diag_suggest(u->diags, d, r->var, "outputs", names, n);
}

/* ---- refs ---- */

static void warn_unsupported(struct unit *u, const struct ox_transform *t)
{
    struct diag *d;

    if (t->kind->shape != OX_UNSUPPORTED)
        return;
    d = diag_warning(u->diags, t->node, "O080", "transform '%s' always fails", t->kind->name);
    diag_hint(u->diags, d, "write it as an operation of its own (KILN_OP)");
}

static void resolve(struct unit *u, struct ox_graph *g, struct ox_ref *r)
{
    r->from = by_full_name(g, r->source);
    if (r->from) {
        r->from->read = 1;
        check_op_var(u, r->from, r);
    } else if (is_graph(g, r->source)) {
        check_graph_var(u, g, r);
    } else {
        unknown_source(u, g, r);
    }
    for (unsigned i = 0; i < r->n_transforms; i++) {
        warn_unsupported(u, &r->transforms[i]);
        if (r->transforms[i].arg.ref)
            resolve(u, g, r->transforms[i].arg.ref);
    }
}

static void find_links(struct ox_ref *r, const struct ox_op *reader)
{
    if (r->from && r->from->via && r->from->via->to == reader)
        r->link = r->from->via;
    for (unsigned i = 0; i < r->n_transforms; i++)
        if (r->transforms[i].arg.ref)
            find_links(r->transforms[i].arg.ref, reader);
}

/* The policy of a link is that of the first input which reads over it (clause 6.3). */
static void set_policy(struct unit *u, struct ox_ref *r)
{
    if (r->link && !r->link->read) {
        r->link->read = 1;
        r->link->policy = r->policy;
        if (r->policy == OX_COLLECT)
            r->from->collected = 1;
    }
    if (r->policy == OX_COLLECT && !r->link)
        diag_error(u->diags, r->node, "O061", "only what a link brings can be collected");
}

static void check_outputs(struct unit *u, const struct ox_op *o)
{
    for (unsigned i = 0; i < o->outputs.n; i++) {
        const struct ox_param *p = &o->outputs.at[i];

        if (p->scratch)
            diag_unsupported(u->diags, node_get(p->node, "scratch"), "an output to scratch");
        if (!p->ref)
            continue;
        if (by_full_name(o->graph, p->ref->source) || !is_graph(o->graph, p->ref->source))
            diag_error(u->diags, p->ref->node, "O022", "an output can be pushed only to '%s'",
                       o->graph->self->full_name);
        if (p->ref->n_transforms)
            diag_error(u->diags, p->ref->node, "O023", "an output cannot be transformed");
    }
}

static void check_refs(struct unit *u, struct ox_op *o)
{
    for (unsigned i = 0; i < o->n_in; i++)
        o->in[i]->from->via = o->in[i];
    for (unsigned i = 0; i < o->n_cases; i++) {
        resolve(u, o->graph, o->cases[i].condition);
        find_links(o->cases[i].condition, o);
    }
    for (unsigned i = 0; i < o->inputs.n; i++) {
        struct ox_ref *r = o->inputs.at[i].ref;

        if (!r)
            continue;
        resolve(u, o->graph, r);
        find_links(r, o);
        set_policy(u, r);
    }
    check_outputs(u, o);
}

/* ---- branches ---- */

static void check_target(struct unit *u, struct ox_op *o, const struct node *n, const char *name)
{
    struct ox_op *to = operonx_graph_op(o->graph, name);
    struct diag *d;

    if (!strcmp(name, "__END__"))
        return;
    if (!to) {
        d = diag_error(u->diags, n, "O050", "target '%s' is not an op of '%s'", name,
                       o->graph->self->full_name);
        diag_suggest(u->diags, d, name, "ops", o->graph->names, o->graph->n_ops);
    } else if (to->via && to->via->from == o) {
        to->via->taken = 1;
    } else {
        diag_error(u->diags, n, "O051", "no link leads from '%s' to its target '%s'", o->name,
                   name);
    }
}

/* An anchor may name any op there is a link to. */
static int has_anchor(const struct ox_op *o)
{
    const struct ox_param *p = operonx_param(&o->inputs, "anchor");

    return p && (p->ref || p->scratch || p->literal || p->fallback);
}

static void check_branch(struct unit *u, struct ox_op *o)
{
    int anchored = has_anchor(o);

    if (o->n_out > MOST_TARGETS)
        diag_unsupported(u->diags, o->node, "a branch with more than %d targets", MOST_TARGETS);
    for (unsigned i = 0; i < o->n_out; i++) {
        o->out[i]->to->via = o->out[i];
        o->out[i]->taken = anchored;
    }
    for (unsigned i = 0; i < o->n_cases; i++)
        check_target(u, o, node_get(o->cases[i].node, "target"), o->cases[i].target);
    if (o->otherwise)
        check_target(u, o, node_get(o->node, "default"), o->otherwise);
    node_each(n, operonx_field(o->node, "candidates"))
    {
        check_target(u, o, n, n->u.s);
    }
    for (unsigned i = 0; i < o->n_out; i++)
        if (!o->out[i]->taken)
            diag_warning(u->diags, o->out[i]->node, "O052", "branch '%s' never picks '%s'", o->name,
                         o->out[i]->to->name);
}

void operonx_check_names(struct unit *u, struct ox_graph *g)
{
    for (unsigned i = 0; i < g->n_ops; i++) {
        check_refs(u, g->ops[i]);
        if (g->ops[i]->kind == OX_BRANCH)
            check_branch(u, g->ops[i]);
    }
}
