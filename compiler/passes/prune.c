/* prune.c: takes out steps nothing can reach, flows nothing runs, and (sweep.c) what is worked out
 * for nobody.
 *
 * A step is reached from those that wake by themselves (start, changed, quiet) along any edge. Of
 * the others, in a flow that tells death, those are dead for sure that count arrivals and can get
 * none but dead ones: they go, and the joins behind them are counted without them. The rest are
 * silent: a join behind one of them waits for ever, and so that it still does, they stay.
 *
 * Needs: fold, which makes most of what can go. Breaks: step numbers, registers; sets the counts of
 * joins again.
 */
#include "passes/edit.h"

struct pruning {
    struct arena scratch;
    unsigned char *reached; /* by number of step, or of flow */
    unsigned *list;         /* reached, to be looked at */
    unsigned n;
};

static void reach(struct pruning *r, unsigned number)
{
    if (r->reached[number])
        return;
    r->reached[number] = 1;
    r->list[r->n++] = number;
}

static void begin(struct pruning *r, unsigned n)
{
    r->reached = edit_alloc(&r->scratch, n);
    r->list = edit_alloc(&r->scratch, n * sizeof *r->list);
    r->n = 0;
}

/* ---- steps --------------------------------------------------------------------------------- */

/* The edges of a flow backwards: those to step i come from from[first[i] .. first[i + 1] - 1]. */
struct sources {
    unsigned *first, *from;
};

static struct sources find_sources(struct pruning *r, const struct plan_flow *f)
{
    struct sources b = { .first = edit_alloc(&r->scratch, (f->n_steps + 2) * sizeof(unsigned)) };
    unsigned *next = b.first + 1; /* one off: filling moves each to where the one behind begins */
    size_t n = 0;

    for (unsigned i = 0; i < f->n_steps; i++)
        for (unsigned e = 0; e < f->steps[i]->n_edges; e++) {
            next[f->steps[i]->edges[e].to->number + 1]++;
            n++;
        }
    for (unsigned i = 0; i < f->n_steps; i++)
        next[i + 1] += next[i];
    b.from = edit_alloc(&r->scratch, n * sizeof(unsigned));
    for (unsigned i = 0; i < f->n_steps; i++)
        for (unsigned e = 0; e < f->steps[i]->n_edges; e++)
            b.from[next[f->steps[i]->edges[e].to->number]++] = i;
    return b;
}

/* Which of the steps not reached are dead for sure. */
static unsigned char *find_dead(struct pruning *r, const struct plan_flow *f,
                                const struct sources *b)
{
    unsigned char *dead = edit_alloc(&r->scratch, f->n_steps);
    unsigned *waits = edit_alloc(&r->scratch, f->n_steps * sizeof *waits);
    unsigned *list = edit_alloc(&r->scratch, f->n_steps * sizeof *list);
    unsigned n = 0;

    for (unsigned i = 0; i < f->n_steps && f->flags & KILN_FLOW_DEAD; i++) {
        waits[i] = b->first[i + 1] - b->first[i];
        if (!waits[i] && !r->reached[i] && f->steps[i]->wake == KILN_WAKE_COUNT)
            list[n++] = i;
    }
    while (n) {
        const struct plan_step *s = f->steps[list[--n]];

        dead[s->number] = 1;
        for (unsigned e = 0; e < s->n_edges; e++) {
            unsigned to = s->edges[e].to->number;

            if (--waits[to] == 0 && !r->reached[to] && f->steps[to]->wake == KILN_WAKE_COUNT)
                list[n++] = to;
        }
    }
    return dead;
}

/* The steps a join may be waiting for in vain. */
static void reach_silent(struct pruning *r, const struct plan_step *s, const struct sources *b,
                         const unsigned char *dead)
{
    if (s->wake != KILN_WAKE_COUNT)
        return;
    for (unsigned k = b->first[s->number]; k < b->first[s->number + 1]; k++)
        if (!dead[b->from[k]])
            reach(r, b->from[k]);
}

static void reach_along_edges(struct pruning *r, const struct plan_step *s)
{
    for (unsigned e = 0; e < s->n_edges; e++)
        reach(r, s->edges[e].to->number);
}

static void reach_steps(struct pruning *r, const struct plan_flow *f)
{
    struct sources b = find_sources(r, f);
    unsigned char *dead;

    begin(r, f->n_steps);
    for (unsigned i = 0; i < f->n_steps; i++)
        if (f->steps[i]->wake != KILN_WAKE_COUNT && f->steps[i]->wake != KILN_WAKE_ANY)
            reach(r, i);
    while (r->n)
        reach_along_edges(r, f->steps[r->list[--r->n]]);
    dead = find_dead(r, f, &b);
    for (unsigned i = 0; i < f->n_steps; i++)
        if (r->reached[i])
            reach_silent(r, f->steps[i], &b, dead);
    while (r->n) {
        const struct plan_step *s = f->steps[r->list[--r->n]];

        reach_along_edges(r, s);
        reach_silent(r, s, &b, dead);
    }
}

static void prune_steps(struct pruning *r, struct plan_flow *f)
{
    unsigned n = 0;

    reach_steps(r, f);
    for (unsigned i = 0; i < f->n_steps; i++)
        if (r->reached[i])
            f->steps[n++] = f->steps[i];
    f->n_steps = n;
    for (unsigned i = 0; i < n; i++)
        f->steps[i]->number = i;
}

/* ---- flows --------------------------------------------------------------------------------- */

/* A flow that is run stands below the one that runs it, so the one above it is reached too. */
static void prune_flows(struct pruning *r, struct plan *p)
{
    unsigned n = 0;

    begin(r, p->n_flows);
    reach(r, 0);
    while (r->n) {
        const struct plan_flow *f = p->flows[r->list[--r->n]];

        for (unsigned i = 0; i < f->n_steps; i++) {
            const struct plan_op *last = plan_last(f->steps[i]);

            if (last && last->flow)
                reach(r, last->flow->number);
        }
    }
    for (unsigned i = 0; i < p->n_flows; i++)
        if (r->reached[i])
            p->flows[n++] = p->flows[i];
    p->n_flows = n;
    for (unsigned i = 0; i < n; i++)
        p->flows[i]->number = i;
}

void prune_run(struct plan *p)
{
    struct pruning r = { 0 };

    for (unsigned i = 0; i < p->n_flows; i++)
        prune_steps(&r, p->flows[i]);
    prune_flows(&r, p);
    edit_rejoin(p);
    sweep_run(p);
    arena_fini(&r.scratch);
}
