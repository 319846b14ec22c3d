/* upgrade_position.c: what keeps a frame that stands somewhere from going on under another version.
 *
 * Everything is asked of the arrows: the steps a frame may still come to are those that can be
 * reached from where it stands; all others lie behind, or are passed by.
 */
#include "upgrade_stand.h"

#include <stdlib.h>
#include <string.h>

static const char *const doings[] = { [KILN_TASK] = "calls an operation",
                                      [KILN_CHILD] = "runs another flow",
                                      [KILN_EACH] = "runs items",
                                      [KILN_NOTE] = "writes a note",
                                      [KILN_SLEEP] = "sleeps",
                                      [KILN_AWAIT] = "awaits a signal",
                                      [KILN_ERROR] = NULL };

static const char *doing(kiln_next answer)
{
    return doings[answer] ? doings[answer] : "computes";
}

const char *upgrade_step_name(struct stand *s, const kiln_flow *f, unsigned step)
{
    const char *name =
        f->number ? arena_printf(&s->u->scratch, "step '%s' of %s", f->steps[step].id, f->name)
                  : arena_printf(&s->u->scratch, "step '%s'", f->steps[step].id);

    return name ? name : "";
}

/* ---- reach ---- */

void upgrade_meet(struct walk *w, unsigned step)
{
    if (w->met[step])
        return;
    w->met[step] = 1;
    w->stack[w->n++] = step;
}

int upgrade_reach(struct upgrade *u, const struct shape *s, unsigned flow,
                  const unsigned char *from, unsigned char *ret)
{
    const kiln_flow *f = s->program.flows[flow];
    struct walk w = { f, malloc((f->n_steps + 1ull) * sizeof(unsigned)), 0, ret };

    if (!w.stack) {
        u->failed = 1;
        return -1;
    }
    for (unsigned i = 0; i < f->n_steps; i++) {
        for (unsigned e = 0; from[i] && e < f->steps[i].n_edges; e++)
            upgrade_meet(&w, f->steps[i].edges[e].to);
        if (f->steps[i].kind->wake == KILN_WAKE_QUIET)
            upgrade_meet(&w, i);
    }
    while (w.n) {
        const kiln_step *step = &f->steps[w.stack[--w.n]];

        for (unsigned e = 0; e < step->n_edges; e++)
            upgrade_meet(&w, step->edges[e].to);
    }
    free(w.stack);
    return 0;
}

/* ---- where it stands ---- */

static void say_in_the_way(struct stand *s, unsigned step, const char *why)
{
    upgrade_say(s->u, &s->u->in_the_way, "%s %s", upgrade_step_name(s, s->from, step), why);
}

/* What has begun must be the same kind of thing. */
static void check_under_way(struct stand *s, unsigned i, unsigned to)
{
    const enum kiln_step_flags same = KILN_STEP_KEEP | KILN_STEP_STREAM | KILN_STEP_GATED;
    const kiln_step *a = &s->from->steps[i], *b = &s->to->steps[to];
    kiln_next was = upgrade_more(s->u->from, s->from->number, i)->answer;
    kiln_next is = upgrade_more(s->u->to, s->to->number, to)->answer;

    if (was != is)
        upgrade_say(s->u, &s->u->in_the_way, "%s %s, and now it %s",
                    upgrade_step_name(s, s->from, i), doing(was), doing(is));
    else if (a->kind->op && strcmp(a->kind->op->name, b->kind->op->name))
        upgrade_say(s->u, &s->u->in_the_way, "%s calls '%s', and now '%s'",
                    upgrade_step_name(s, s->from, i), a->kind->op->name, b->kind->op->name);
    else if (a->kind->flow && s->u->on.flows[a->kind->flow->number] != b->kind->flow->number)
        say_in_the_way(s, i, "runs another flow now");
    else if ((a->kind->flags ^ b->kind->flags) & same)
        say_in_the_way(s, i, "takes its items in another way now");
    else if (a->kind->policy && !b->kind->policy)
        say_in_the_way(s, i, "may be tried again or be too late, and now it may not");
}

static void check_step(struct stand *s, unsigned i)
{
    unsigned to = s->u->on.steps[s->from->number][i];
    const struct upgrade_arrival *a = &s->p->arrivals[i];
    int arrived = (a->hard || a->soft) && !a->done && !s->p->handling;

    s->from_live[i] = s->p->live[i] != UPGRADE_NOT;
    if (!s->p->live[i] && !arrived)
        return;
    if (to == UPGRADE_GONE) {
        upgrade_say(s->u, &s->u->in_the_way, "%s %s, and is gone", upgrade_step_name(s, s->from, i),
                    s->p->live[i] == UPGRADE_READY ? "is to run next"
                    : s->p->live[i] ? doing(upgrade_more(s->u->from, s->from->number, i)->answer)
                                    : "waits for other steps");
        return;
    }
    s->live[to] = s->p->live[i];
    if (s->p->live[i] == UPGRADE_UNDER_WAY)
        check_under_way(s, i, to);
}

/* ---- joins ---- */

void upgrade_count_coming(const kiln_flow *f, const unsigned char *live, const unsigned char *ahead,
                          struct upgrade_coming *ret)
{
    for (unsigned i = 0; i < f->n_steps; i++)
        for (unsigned e = 0; (live[i] || ahead[i]) && e < f->steps[i].n_edges; e++) {
            const kiln_edge *edge = &f->steps[i].edges[e];

            ret[edge->to].hard += !edge->soft;
            ret[edge->to].soft += edge->soft;
        }
}

/* How many arrivals a step waits for that will never come. */
static long long lacks(const kiln_step *s, const struct upgrade_coming *coming,
                       const struct upgrade_arrival *a)
{
    return (long long)s->kind->hard - (a ? a->hard : 0) - coming->hard;
}

static int lacks_soft(const kiln_step *s, const struct upgrade_coming *coming,
                      const struct upgrade_arrival *a)
{
    return s->kind->soft && !(a && a->soft) && !coming->soft;
}

/* A step that would have waited for ever may go on doing so. */
static void check_join(struct stand *s, unsigned to)
{
    unsigned from = s->u->back.steps[s->to->number][to];
    const kiln_step *is = &s->to->steps[to];
    const struct upgrade_arrival *a = from == UPGRADE_GONE ? NULL : &s->p->arrivals[from];
    int waits = a && !a->done && (a->hard || a->soft);
    long long lacked = 0;
    int lacked_soft = 0;

    if (is->kind->wake != KILN_WAKE_COUNT || (a && a->done) || (!s->ahead[to] && !waits))
        return;
    if (a && (waits || s->ahead_of[from])) {
        lacked = lacks(&s->from->steps[from], &s->was_coming[from], a);
        lacked_soft = lacks_soft(&s->from->steps[from], &s->was_coming[from], a);
    }
    if (lacks(is, &s->coming[to], a) == lacked && lacks_soft(is, &s->coming[to], a) == lacked_soft)
        return;
    upgrade_say(s->u, &s->u->in_the_way,
                "%s waits for %u steps now, and not all of them are through or still to come",
                upgrade_step_name(s, s->to, to), is->kind->hard);
}

/* ---- what has run ---- */

int upgrade_touches(const struct shape *s, unsigned flow, unsigned step)
{
    const kiln_step *t = &s->program.flows[flow]->steps[step];

    switch (upgrade_more(s, flow, step)->answer) {
    case KILN_TASK:
        return t->kind->op && t->kind->op->effect != KILN_PURE;
    case KILN_CHILD:
    case KILN_EACH:
    case KILN_NOTE:
    case KILN_SLEEP:
    case KILN_AWAIT:
        return 1;
    default:
        return 0;
    }
}

static void check_twice(struct stand *s, unsigned to)
{
    unsigned from = s->u->back.steps[s->to->number][to];

    if (from == UPGRADE_GONE || !s->ahead[to] || s->p->live[from] || s->ahead_of[from])
        return;
    if (s->p->has_run[from] && upgrade_touches(s->u->to, s->to->number, to))
        upgrade_say(s->u, &s->u->in_the_way, "%s has run already, and would run again",
                    upgrade_step_name(s, s->to, to));
}

/* ---- all of it ---- */

static int make_stand(struct stand *s)
{
    struct arena *a = &s->u->scratch;

    s->live = arena_zalloc(a, s->to->n_steps);
    s->ahead = arena_zalloc(a, s->to->n_steps);
    s->from_live = arena_zalloc(a, s->from->n_steps);
    s->ahead_of = arena_zalloc(a, s->from->n_steps);
    s->coming = arena_zalloc(a, s->to->n_steps * sizeof *s->coming);
    s->was_coming = arena_zalloc(a, s->from->n_steps * sizeof *s->was_coming);
    if (s->live && s->ahead && s->from_live && s->ahead_of && s->coming && s->was_coming)
        return 0;
    s->u->failed = 1;
    return -1;
}

void upgrade_check(struct upgrade *u, const struct upgrade_position *p)
{
    unsigned to = u->on.flows[p->flow];
    struct stand s = { .u = u, .p = p, .from = u->from->program.flows[p->flow] };

    if (to == UPGRADE_GONE) {
        upgrade_say(u, &u->in_the_way, "%s is gone, and the run is in it", s.from->name);
        return;
    }
    s.to = u->to->program.flows[to];
    if (s.from->flags != s.to->flags)
        upgrade_say(u, &u->in_the_way, "%s goes on by other rules now", s.from->name);
    if (make_stand(&s) < 0)
        return;
    for (unsigned i = 0; i < s.from->n_steps; i++)
        check_step(&s, i);
    if (upgrade_reach(u, u->to, to, s.live, s.ahead) < 0
        || upgrade_reach(u, u->from, p->flow, s.from_live, s.ahead_of) < 0)
        return;
    upgrade_count_coming(s.to, s.live, s.ahead, s.coming);
    upgrade_count_coming(s.from, s.from_live, s.ahead_of, s.was_coming);
    for (unsigned i = 0; i < s.to->n_steps && !(s.to->flags & KILN_FLOW_SUPERSTEP); i++) {
        if (!p->handling)
            check_join(&s, i);
        check_twice(&s, i);
    }
    upgrade_check_slots(&s);
}

void upgrade_check_programs(struct upgrade *u)
{
    const kiln_program *a = &u->from->program, *b = &u->to->program;

    if (strcmp(a->name, b->name))
        upgrade_say(u, &u->in_the_way, "it is called '%s' now, and was '%s'", b->name, a->name);
    if (strcmp(a->dialect, b->dialect))
        upgrade_say(u, &u->in_the_way, "it is of the dialect %s now, and was %s", b->dialect,
                    a->dialect);
    else if (a->flags != b->flags)
        upgrade_say(u, &u->in_the_way, "its objects keep another order now");
}
