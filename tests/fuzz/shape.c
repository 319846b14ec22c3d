/* shape.c: any bytes as the shape of a program. It is refused, or its tables can be walked; and a
 * run that begins under such a program can go on under the same.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "upgrade.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(int holds)
{
    if (!holds)
        abort();
}

static void check_uses(const struct shape_uses *uses, const kiln_flow *f)
{
    for (unsigned i = 0; i < uses->n_reads; i++)
        must(uses->reads[i] < f->n_slots);
    for (unsigned i = 0; i < uses->n_writes; i++)
        must(uses->writes[i] < f->n_slots);
}

static void check_step(const struct shape *s, const kiln_flow *f, unsigned i)
{
    const kiln_step *t = &f->steps[i];
    const struct shape_step *more = &s->steps[f->number][i];

    must(t->id && t->result < (int)f->n_slots && t->node < f->n_steps);
    must((t->kind->op != NULL) == (more->answer == KILN_TASK));
    must((t->kind->flow != NULL) == (more->answer == KILN_CHILD || more->answer == KILN_EACH));
    must(!t->kind->flow || !s->up[t->kind->flow->number]
         || s->up[t->kind->flow->number] == f->number + 1);
    for (unsigned e = 0; e < t->n_edges; e++)
        must(t->edges[e].to < f->n_steps);
    for (unsigned w = 0; w < t->kind->n_watch; w++)
        must(t->kind->watch[w] < f->n_slots);
    check_uses(&more->uses, f);
}

static void check_flow(const struct shape *s, const kiln_flow *f)
{
    must(s->up[f->number] <= f->number && s->depth[f->number] <= SHAPE_DEEPEST);
    must(f->n_params <= f->n_slots && f->steps[f->quiet].kind->wake == KILN_WAKE_QUIET);
    for (unsigned i = 0; i < f->n_steps; i++)
        check_step(s, f, i);
    if (s->up[f->number])
        check_uses(&s->above[f->number], s->program.flows[s->up[f->number] - 1]);
    else
        must(!s->above[f->number].n_reads && !s->above[f->number].n_writes);
}

/* A frame of the flow that has just been made. */
static void check_beginning(struct upgrade *u, const kiln_flow *f)
{
    struct upgrade_position *p;

    upgrade_clear(u);
    must((p = upgrade_new_position(u, f->number)) != NULL);
    for (unsigned i = 0; i < f->n_steps; i++)
        p->live[i] = f->steps[i].kind->wake == KILN_WAKE_START ? UPGRADE_READY : UPGRADE_NOT;
    for (unsigned i = 0; i < f->n_params; i++)
        p->has_value[i] = 1;
    upgrade_check(u, p);
    must(!u->failed && !u->in_the_way.lines.n && !u->told.lines.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct upgrade u = { .failed = 0 };
    struct shape s;
    int failed = shape_read(&s, (const char *)data, size, NULL);

    must(!failed || failed == -EUCLEAN);
    if (!failed) {
        must(upgrade_init(&u, &s, &s) == 0);
        upgrade_check_programs(&u);
        must(!u.in_the_way.lines.n);
        for (unsigned i = 0; i < s.program.n_flows; i++) {
            check_flow(&s, s.program.flows[i]);
            check_beginning(&u, s.program.flows[i]);
        }
    }
    upgrade_fini(&u);
    shape_fini(&s);
    return 0;
}
