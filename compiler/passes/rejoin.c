/* rejoin.c: counts joins again after edges were taken out.
 *
 * A step that counts several arrivals wakes once, one that counts a single hard one wakes at each.
 * So where a single one is left of several, and comes from a step that may run more than once, the
 * edge is made soft: a soft arrival, too, decides at once, and once.
 */
#include "passes/edit.h"

/* Steps that may run more than once in a frame, by number. */
struct repeating {
    unsigned char *is_known;
    unsigned *list; /* found, their edges to be followed */
    unsigned n;
};

static int wakes_at_each(const struct plan_step *s)
{
    return s->wake == KILN_WAKE_COUNT && s->hard == 1 && !s->soft;
}

static void note(struct repeating *r, const struct plan_step *s)
{
    if (r->is_known[s->number])
        return;
    r->is_known[s->number] = 1;
    r->list[r->n++] = s->number;
}

static void begin(struct repeating *r, const struct plan_flow *f, struct arena *scratch)
{
    unsigned *in = edit_alloc(scratch, f->n_steps * sizeof *in);

    *r = (struct repeating){ edit_alloc(scratch, f->n_steps),
                             edit_alloc(scratch, f->n_steps * sizeof *r->list), 0 };
    for (unsigned i = 0; i < f->n_steps; i++)
        for (unsigned e = 0; e < f->steps[i]->n_edges; e++)
            in[f->steps[i]->edges[e].to->number]++;
    for (unsigned i = 0; i < f->n_steps; i++) {
        enum kiln_wake wake = f->steps[i]->wake;

        if (wake == KILN_WAKE_CHANGED || wake == KILN_WAKE_QUIET
            || (wake == KILN_WAKE_ANY && in[i] > 1))
            note(r, f->steps[i]);
    }
}

static void follow(struct repeating *r, const struct plan_flow *f)
{
    while (r->n) {
        const struct plan_step *s = f->steps[r->list[--r->n]];

        for (unsigned e = 0; e < s->n_edges; e++)
            if (s->edges[e].to->wake == KILN_WAKE_ANY || wakes_at_each(s->edges[e].to))
                note(r, s->edges[e].to);
    }
}

/* Of the joins marked `single` by number. */
static void soften(struct plan_flow *f, const unsigned char *single, struct arena *scratch)
{
    struct repeating r;

    begin(&r, f, scratch);
    follow(&r, f);
    for (unsigned i = 0; i < f->n_steps; i++)
        for (unsigned e = 0; e < f->steps[i]->n_edges; e++)
            if (r.is_known[i] && single[f->steps[i]->edges[e].to->number]
                && f->steps[i]->edges[e].kind != KILN_EDGE_ORDER)
                f->steps[i]->edges[e].soft = 1;
}

/* Marks, by number, the joins that have become single; `many` tells what they were. */
static int find_single(const struct plan_flow *f, unsigned char *many)
{
    int found = 0;

    for (unsigned i = 0; i < f->n_steps; i++) {
        many[i] = many[i] && wakes_at_each(f->steps[i]);
        found |= many[i];
    }
    return found;
}

void edit_rejoin(struct plan *p)
{
    struct arena scratch = { 0 };
    unsigned char **many = edit_alloc(&scratch, p->n_flows * sizeof *many);
    int found = 0;

    for (unsigned i = 0; i < p->n_flows; i++) {
        const struct plan_flow *f = p->flows[i];

        many[i] = edit_alloc(&scratch, f->n_steps);
        for (unsigned k = 0; k < f->n_steps; k++)
            many[i][k] = f->steps[k]->wake == KILN_WAKE_COUNT && !wakes_at_each(f->steps[k]);
    }
    plan_link(p);
    for (unsigned i = 0; i < p->n_flows; i++)
        if (find_single(p->flows[i], many[i])) {
            soften(p->flows[i], many[i], &scratch);
            found = 1;
        }
    if (found)
        plan_link(p);
    arena_fini(&scratch);
}
