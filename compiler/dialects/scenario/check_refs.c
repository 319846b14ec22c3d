/* check_refs.c: where each reference of a step leads: its root, and the step it names. */
#include "dialects/scenario/check.h"

#include <string.h>

#include "dialects/scenario/sites.h"

/* ---- what surrounds the step ---------------------------------------------------------------- */

static int is_inside(const struct subgraph *g, enum step_type type)
{
    for (; g; g = g->up)
        if (g->owner && g->owner->type == type)
            return 1;
    return 0;
}

/* E127: loop, iteration and item are there only where the runtime provides them. */
static void check_scope(struct check *k, const struct site *site)
{
    const struct path *p = &site->value->path;
    int filter = site->in_condition && site->step->type == STEP_FILTER;
    int turn = (site->in_condition && !filter) || is_inside(k->g, STEP_WHILE);
    int split = is_inside(k->g, STEP_SPLIT);
    int ok = path_part_is(p, 0, "item")   ? split || filter
             : path_part_is(p, 0, "loop") ? turn
                                          : turn || split;

    if (!ok)
        check_doubt(k, site->value->node, "E127",
                    "step '%s' refers to '%s', but there is no '%s' here", site->step->id, p->text,
                    check_part(k, &p->at[0]));
}

/* ---- steps ----------------------------------------------------------------------------------- */

static void check_missing_step(struct check *k, const struct site *site)
{
    const struct path *p = &site->value->path;
    struct diag *d;

    if (path_part_is(p, 1, "__error") || path_part_is(p, 1, "error"))
        return;
    if (site->kind == SITE_MAPPING)
        d = check_doubt(k, site->value->node, "E010",
                        "step '%s' refers to '%s', but there is no step '%s'", site->step->id,
                        p->text, check_part(k, &p->at[1]));
    else
        d = diag_warning(k->u->diags, site->value->node, "W203",
                         "'%s' is always null: there is no step '%s'", p->text,
                         check_part(k, &p->at[1]));
    check_suggest_members(k, d, &p->at[1], "steps", k->g->steps_node);
}

static void check_steps(struct check *k, const struct site *site)
{
    const struct path *p = &site->value->path;
    struct step *source = p->n > 1 ? subgraph_step(k->g, p->at[1].s, p->at[1].n) : NULL;

    if (p->n < 2)
        return;
    if (!source) {
        check_missing_step(k, site);
        return;
    }
    check_outputs(k, site->step, site->value, source);
    if (source->type == STEP_CONNECTION)
        check_leak(k, site->step, source, site->value->node);
    if (site->kind == SITE_MAPPING && source == site->step)
        diag_warning(k->u->diags, site->value->node, "W050",
                     "step '%s' refers to its own outputs, which are not there yet",
                     site->step->id);
}

/* ---- other roots ----------------------------------------------------------------------------- */

static void check_path(struct check *k, const struct site *site, const char *why)
{
    check_doubt(k, site->value->node, "E011", "step '%s': the reference '%s' is not valid: %s",
                site->step->id, site->value->path.text, why);
}

static void check_workflow(struct check *k, const struct site *site)
{
    const struct path *p = &site->value->path;

    if (path_part_is(p, 1, "inputs") && path_part_is(p, 2, "data"))
        check_data(k, site->step, site->value, 3);
    else if (path_part_is(p, 1, "inputs") && path_part_is(p, 2, "variables"))
        check_variable(k, site->step, site->value, 3, 0);
    else
        check_path(k, site, "it must begin with workflow.inputs.data or workflow.inputs.variables");
}

static void check_iteration(struct check *k, const struct site *site)
{
    const struct path *p = &site->value->path;

    check_scope(k, site);
    if (p->n > 1 && !path_part_is(p, 1, "index") && !path_part_is(p, 1, "indices")
        && !path_part_is(p, 1, "item"))
        check_path(k, site, "an iteration has index, indices and item");
}

static void check_unknown_root(struct check *k, const struct site *site)
{
    static const char *const roots[] = { "data",      "variables", "workflow", "steps",
                                         "iteration", "loop",      "item" };
    const struct path *p = &site->value->path;
    const char *root = p->n ? check_part(k, &p->at[0]) : "";
    struct diag *d = check_doubt(k, site->value->node, "E126",
                                 "step '%s' refers to '%s', but '%s' is nothing to begin with",
                                 site->step->id, p->text, root);

    diag_suggest(k->u->diags, d, root, "a reference begins with", roots,
                 sizeof roots / sizeof *roots);
}

static void check_root(struct check *k, const struct site *site)
{
    const struct path *p = &site->value->path;

    if (path_part_is(p, 0, "data") && site->is_connection)
        return;
    if (path_part_is(p, 0, "data"))
        check_data(k, site->step, site->value, 1);
    else if (path_part_is(p, 0, "variables"))
        check_variable(k, site->step, site->value, 1, site->kind == SITE_MAPPING);
    else if (path_part_is(p, 0, "workflow") || path_part_is(p, 0, "scenario"))
        check_workflow(k, site);
    else if (path_part_is(p, 0, "steps"))
        check_steps(k, site);
    else if (path_part_is(p, 0, "iteration"))
        check_iteration(k, site);
    else if (path_part_is(p, 0, "loop") || path_part_is(p, 0, "item"))
        check_scope(k, site);
    else if (path_part_is(p, 0, "__error") && site->kind == SITE_MAPPING)
        diag_warning(k->u->diags, site->value->node, "W053", "'%s' should be 'steps.%s'", p->text,
                     p->text);
    else if (!path_part_is(p, 0, "__error") && !path_part_is(p, 0, "error"))
        check_unknown_root(k, site);
}

/* What is missing prints nothing, so what has been said since about a template's reference is a
 * warning of one code, and the first of it is enough; that it cannot all be checked is none. */
static void soften(struct diags *d, size_t from)
{
    size_t kept = from;

    for (size_t i = from; i < d->n; i++) {
        *(d->at[i].severity == DIAG_ERROR ? &d->errors : &d->warnings) -= 1;
        if (kept > from || !strcmp(d->at[i].code, "W051"))
            continue;
        d->at[kept] = d->at[i];
        d->at[kept].severity = DIAG_WARNING;
        d->at[kept++].code = "W052";
    }
    d->warnings += (unsigned)(kept - from);
    d->n = kept;
}

/* What is known about types, when the rules above have nothing to say against the reference; that
 * they cannot tell is nothing. */
static void check_types(struct check *k, const struct site *site, size_t said)
{
    for (size_t i = said; i < k->u->diags->n; i++)
        if (strcmp(k->u->diags->at[i].code, "W051") && strcmp(k->u->diags->at[i].code, "W080"))
            return;
    check_path_type(k, k->g->steps[site->step->number], site->value, site->in_condition);
}

/* A reference, in a template or not. */
static void check_reference(struct check *k, const struct site *site)
{
    size_t said = k->u->diags->n;

    if (strstr(site->value->path.text, ".."))
        check_path(k, site, "a part between two dots is empty");
    else
        check_root(k, site);
    if (site->template)
        soften(k->u->diags, said);
    check_types(k, site, said);
}

static void check_site(void *ctx, const struct site *site)
{
    struct check *k = ctx;

    k->in_template = site->value && site->template;
    if (!site->value) {
        check_template(k, site->step, site->template);
        check_bound_names(k, k->g->steps[site->step->number], site->template, site->in_condition);
    } else {
        if (site->kind != SITE_QUIET)
            check_reference(k, site);
        check_order_later(k, site);
    }
    k->in_template = 0;
}

/* What runs before a wait is looked at like a condition (scenario 2.4). */
static void check_on_wait(void *ctx, const struct site *site)
{
    struct site other = *site;

    if (other.kind == SITE_MAPPING)
        other.kind = SITE_OTHER;
    check_site(ctx, &other);
}

void check_references(struct check *k, const struct step *s)
{
    sites_walk(s, is_inside(k->g, STEP_WAIT) ? check_on_wait : check_site, k);
}
