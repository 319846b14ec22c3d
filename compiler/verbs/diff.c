/* diff.c: kiln diff OLD NEW: from which steps of a workflow a run can go on under another version.
 *
 * Each step of each flow is tried as the place where a frame stands, ready to run it and, where it
 * may take its time, with it under way; all that comes before it has run. The same code decides for
 * a real run (runtime/upgrade.h), which knows more: what has run, and which slots hold something.
 */
#include <stdlib.h>
#include <string.h>

#include "upgrade.h"
#include "verbs/verbs.h"

/* One version: its plan and its shape. */
struct version {
    struct compilation c;
    struct text text;
    struct shape shape;
};

/* The arrows of a flow turned round: who leads to step i stands at from[first[i]] and on. */
struct arrows {
    unsigned *first, *from, *stack;
};

struct diff {
    struct request *r;
    struct upgrade u;
    struct text *t;
    const kiln_flow *flow; /* of the older version */
    struct arrows arrows;
    const char *comma;
    unsigned positions, stuck;
};

static const char *next_comma(struct diff *d)
{
    const char *comma = d->comma;

    d->comma = ",";
    return comma;
}

/* ---- what has run before -------------------------------------------------------------------- */

static void turn_arrows(struct diff *d)
{
    const kiln_flow *f = d->flow;
    struct arena *a = &d->r->arena;
    struct arrows *r = &d->arrows;
    size_t n = 0;

    r->first = diag_must_have(arena_zalloc(a, (f->n_steps + 2ull) * sizeof *r->first));
    r->stack = diag_must_have(arena_alloc(a, (f->n_steps + 1ull) * sizeof *r->stack));
    for (unsigned i = 0; i < f->n_steps; i++)
        for (unsigned e = 0; e < f->steps[i].n_edges; e++, n++)
            r->first[f->steps[i].edges[e].to + 2]++;
    r->from = diag_must_have(arena_alloc(a, (n + 1) * sizeof *r->from));
    for (unsigned i = 0; i < f->n_steps; i++)
        r->first[i + 2] += r->first[i + 1];
    for (unsigned i = 0; i < f->n_steps; i++)
        for (unsigned e = 0; e < f->steps[i].n_edges; e++)
            r->from[r->first[f->steps[i].edges[e].to + 1]++] = i;
}

/* All from which the step can be reached. */
static void mark_before(struct diff *d, unsigned step, unsigned char *has_run)
{
    struct arrows *r = &d->arrows;
    unsigned n = 0;

    r->stack[n++] = step;
    while (n) {
        unsigned i = r->stack[--n];

        for (unsigned k = r->first[i]; k < r->first[i + 1]; k++)
            if (!has_run[r->from[k]]) {
                has_run[r->from[k]] = 1;
                r->stack[n++] = r->from[k];
            }
    }
}

static void mark_values(struct diff *d, struct upgrade_position *p)
{
    const kiln_flow *f = d->flow;

    for (unsigned i = 0; i < f->n_slots; i++)
        p->has_value[i] = i < f->n_params || f->slots[i].kind->initial;
    for (unsigned i = 0; i < f->n_steps; i++)
        if (p->has_run[i])
            upgrade_mark_writes(d->u.from, f->number, i, p->has_value);
}

/* What a join waits for and cannot come from here has come. */
static void mark_arrivals(struct diff *d, struct upgrade_position *p, unsigned step)
{
    const kiln_flow *f = d->flow;
    struct arena *a = &d->u.scratch;
    unsigned char *ahead = diag_must_have(arena_zalloc(a, f->n_steps));
    struct upgrade_coming *coming = diag_must_have(arena_zalloc(a, f->n_steps * sizeof *coming));

    upgrade_reach(&d->u, d->u.from, f->number, p->live, ahead);
    upgrade_count_coming(f, p->live, ahead, coming);
    for (unsigned i = 0; i < f->n_steps; i++) {
        struct upgrade_arrival *to = &p->arrivals[i];

        if (f->steps[i].kind->wake != KILN_WAKE_COUNT || !ahead[i])
            continue;
        if (f->steps[i].kind->hard > coming[i].hard)
            to->hard = f->steps[i].kind->hard - coming[i].hard;
        to->soft = f->steps[i].kind->soft && !coming[i].soft;
    }
    p->arrivals[step].done = 1;
}

/* ---- positions ------------------------------------------------------------------------------ */

static void put_lines(struct diff *d, int is_json)
{
    for (size_t i = 0; i < d->u.in_the_way.lines.n; i++) {
        const char *line = d->u.in_the_way.lines.at[i];

        if (is_json)
            verb_put_string(d->t, i ? "," : "", line);
        else
            text_printf(d->t, "%s%s", i ? "; " : ": ", line);
    }
}

static void put_stuck(struct diff *d, unsigned step, int under_way, int is_json)
{
    const char *id = d->flow->steps[step].id;

    if (is_json) {
        text_puts(d->t, next_comma(d));
        verb_put_string(d->t, "{\"step\":", id);
        text_printf(d->t, ",\"under_way\":%s,\"why\":[", under_way ? "true" : "false");
    } else {
        text_printf(d->t, "  ! %s '%s'", under_way ? "inside" : "before", id);
    }
    put_lines(d, is_json);
    text_puts(d->t, is_json ? "]}" : "\n");
}

/* A frame that stands at this step and nowhere else. */
static void try_position(struct diff *d, unsigned step, enum upgrade_live live, int is_json)
{
    struct upgrade_position *p;

    upgrade_clear(&d->u);
    p = diag_must_have(upgrade_new_position(&d->u, d->flow->number));
    p->live[step] = (unsigned char)live;
    mark_before(d, step, p->has_run);
    mark_values(d, p);
    mark_arrivals(d, p, step);
    upgrade_check(&d->u, p);
    diag_must_have(d->u.failed ? NULL : p);
    d->positions++;
    if (!d->u.in_the_way.lines.n)
        return;
    d->stuck++;
    put_stuck(d, step, live == UPGRADE_UNDER_WAY, is_json);
}

static void try_positions(struct diff *d, int is_json)
{
    for (unsigned i = 0; i < d->flow->n_steps; i++) {
        try_position(d, i, UPGRADE_READY, is_json);
        if (upgrade_touches(d->u.from, d->flow->number, i))
            try_position(d, i, UPGRADE_UNDER_WAY, is_json);
    }
}

/* ---- what is new, gone and changed ----------------------------------------------------------- */

/* How the two differ, as far as a shape tells; NULL when they do not. */
static const char *change_of(struct diff *d, unsigned from, unsigned to_flow, unsigned to)
{
    const kiln_step *a = &d->flow->steps[from];
    const kiln_flow *f = d->u.to->program.flows[to_flow];
    const kiln_step *b = &f->steps[to];
    int edges = a->n_edges != b->n_edges;

    if (d->u.from->steps[d->flow->number][from].answer != d->u.to->steps[to_flow][to].answer)
        return "does another thing";
    if (a->kind->op && b->kind->op && strcmp(a->kind->op->name, b->kind->op->name))
        return "calls another operation";
    for (unsigned i = 0; !edges && i < a->n_edges; i++)
        edges = strcmp(d->flow->steps[a->edges[i].to].id, f->steps[b->edges[i].to].id)
                || a->edges[i].kind != b->edges[i].kind || a->edges[i].label != b->edges[i].label;
    return edges                            ? "leads elsewhere"
           : a->kind->hard != b->kind->hard ? "waits for other steps"
                                            : NULL;
}

static void put_name(struct diff *d, char mark, const char *name, int is_json)
{
    if (is_json)
        verb_put_string(d->t, next_comma(d), name);
    else
        text_printf(d->t, "  %c %s\n", mark, name);
}

/* Steps of one version that the other does not have. */
static void put_only(struct diff *d, const kiln_flow *f, const unsigned *other, char mark,
                     int is_json)
{
    d->comma = "";
    for (unsigned i = 0; i < f->n_steps; i++)
        if (other[i] == UPGRADE_GONE)
            put_name(d, mark, f->steps[i].id, is_json);
}

static void put_changed(struct diff *d, unsigned to, int is_json)
{
    d->comma = "";
    for (unsigned i = 0; i < d->flow->n_steps; i++) {
        unsigned step = d->u.on.steps[d->flow->number][i];
        const char *how = step == UPGRADE_GONE ? NULL : change_of(d, i, to, step);

        if (!how)
            continue;
        if (!is_json) {
            text_printf(d->t, "  ~ %s  %s\n", d->flow->steps[i].id, how);
            continue;
        }
        text_puts(d->t, next_comma(d));
        verb_put_string(d->t, "{\"step\":", d->flow->steps[i].id);
        verb_put_string(d->t, ",\"how\":", how);
        text_putc(d->t, '}');
    }
}

static void put_steps(struct diff *d, unsigned to, int is_json)
{
    text_puts(d->t, is_json ? ",\"new\":[" : "");
    put_only(d, d->u.to->program.flows[to], d->u.back.steps[to], '+', is_json);
    text_puts(d->t, is_json ? "],\"gone\":[" : "");
    put_only(d, d->flow, d->u.on.steps[d->flow->number], '-', is_json);
    text_puts(d->t, is_json ? "],\"changed\":[" : "");
    put_changed(d, to, is_json);
    text_puts(d->t, is_json ? "]" : "");
}

/* ---- flows ----------------------------------------------------------------------------------- */

static void put_flow(struct diff *d, unsigned flow, int is_json)
{
    unsigned to = d->u.on.flows[flow];

    d->flow = d->u.from->program.flows[flow];
    if (is_json)
        verb_put_string(d->t, flow ? ",\n {\"name\":" : "{\"name\":", d->flow->name);
    else
        text_printf(d->t, "flow %s\n", d->flow->name);
    turn_arrows(d);
    if (to != UPGRADE_GONE)
        put_steps(d, to, is_json);
    text_puts(d->t, is_json ? ",\"stuck\":[" : "");
    d->comma = "";
    try_positions(d, is_json);
    text_puts(d->t, is_json ? "]}" : "");
}

/* What keeps every run where it is. 1 when there is something. */
static int put_programs(struct diff *d, int is_json)
{
    upgrade_check_programs(&d->u);
    text_puts(d->t, is_json ? "{\"why\":[" : "");
    for (size_t i = 0; i < d->u.in_the_way.lines.n; i++)
        if (is_json)
            verb_put_string(d->t, i ? "," : "", d->u.in_the_way.lines.at[i]);
        else
            text_printf(d->t, "no run can move: %s\n", d->u.in_the_way.lines.at[i]);
    text_puts(d->t, is_json ? "],\n \"flows\":[" : "");
    return d->u.in_the_way.lines.n != 0;
}

/* The exit code: whether a run can move wherever it stands. */
static int put_diff(struct diff *d, int is_json)
{
    int none = put_programs(d, is_json);

    for (unsigned i = 0; i < d->u.from->program.n_flows; i++)
        put_flow(d, i, is_json);
    if (none)
        d->stuck = d->positions;
    if (is_json)
        text_printf(d->t, "],\n \"positions\":%u,\"stuck\":%u,\"moves\":%s}\n", d->positions,
                    d->stuck, d->stuck ? "false" : "true");
    else
        text_printf(d->t, "%u of %u positions can move\n", d->positions - d->stuck, d->positions);
    return d->stuck ? KILN_EXIT_FAILED : KILN_EXIT_OK;
}

/* ---- the verb -------------------------------------------------------------------------------- */

static int load(struct request *r, const char *path, struct version *v)
{
    int code;

    request_compile(r, &v->c, path, STAGE_PLAN);
    code = request_report(r, &v->c.diags);
    if (code != KILN_EXIT_OK)
        return code;
    plan_shape(v->c.plan, &v->text);
    diag_must_have(v->text.failed || shape_read(&v->shape, v->text.s, v->text.n, NULL) < 0 ? NULL
                                                                                           : v);
    return KILN_EXIT_OK;
}

static void fini(struct version *v)
{
    shape_fini(&v->shape);
    text_fini(&v->text);
    compile_fini(&v->c);
}

static int compare(struct request *r, const struct version *from, const struct version *to)
{
    struct text t = { 0 };
    struct diff d = { .r = r, .t = &t };
    int code, put;

    diag_must_have(upgrade_init(&d.u, &from->shape, &to->shape) < 0 ? NULL : r);
    code = put_diff(&d, r->options.program.json);
    put = request_put(r, &t);
    upgrade_fini(&d.u);
    text_fini(&t);
    return put == KILN_EXIT_OK ? code : put;
}

int verb_diff(struct request *r)
{
    struct version from = { 0 }, to = { 0 };
    int code;

    if (r->words.n != 2)
        return request_complain(r, KILN_EXIT_USAGE, "which two workflows? Say '%s diff OLD NEW'",
                                r->name);
    code = request_load_ops(r);
    if (code == KILN_EXIT_OK)
        code = request_find_children(r);
    if (code == KILN_EXIT_OK)
        code = load(r, r->words.at[0], &from);
    if (code == KILN_EXIT_OK)
        code = load(r, r->words.at[1], &to);
    if (code == KILN_EXIT_OK)
        code = compare(r, &from, &to);
    fini(&from);
    fini(&to);
    return code;
}
