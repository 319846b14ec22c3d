/* stops.c: recorded workflows, stopped everywhere (test/crash.h).
 *
 * A program is built once more with its operations played back, so what a stop and a resume come to
 * can be held against a run that nobody disturbed. What leaves no record on the way has nothing to
 * lose, so pure operations are taken for ones that are not; and the same program is taken once,
 * however many records run it.
 */
#include <stdio.h>
#include <stdlib.h>

#include "conformance.h"

/* Whether a run of it leaves records besides its beginning and its end. */
static int leaves_records(const kiln_program *p)
{
    for (unsigned i = 0; i < p->n_flows; i++)
        for (unsigned k = 0; k < p->flows[i]->n_steps; k++)
            if (p->flows[i]->steps[k].kind->flags & KILN_STEP_JOURNAL
                || p->flows[i]->steps[k].kind->policy)
                return 1;
    return 0;
}

/* By turns they may be made again and may not. */
struct op_set conformance_stops_ops(const struct conformance *c, const struct op_set *ops,
                                    struct arena *a)
{
    static const unsigned effects[] = { KILN_EFFECTFUL, KILN_IDEMPOTENT };
    const kiln_op **at = c->stops ? arena_alloc(a, (ops->n + 1) * sizeof *at) : NULL;
    kiln_op *copies = at ? arena_alloc(a, (ops->n + 1) * sizeof *copies) : NULL;

    if (!copies)
        return *ops;
    for (size_t i = 0; i < ops->n; i++) {
        copies[i] = *ops->at[i];
        if (copies[i].effect == KILN_PURE)
            copies[i].effect = effects[i % 2];
        at[i] = &copies[i];
    }
    return (struct op_set){ at, ops->n };
}

static int is_new(struct conformance_stops *s, const kiln_program *p)
{
    for (size_t i = 0; i < s->seen.n; i++)
        if (s->seen.at[i] == p->hash[0])
            return 0;
    return list_push(&s->seen, p->hash[0]) == 0;
}

static void try_case(struct conformance *c, const struct crash_case *k, const char *name)
{
    struct conformance_stops *s = c->stops;
    struct crash_report report;

    crash_rehearse(k, &report);
    if (report.status >= 0) { /* else it was refused before it began */
        crash_everywhere(k, s->effort, &report);
        s->programs++;
        s->tried += report.tried;
        s->passed += report.passed;
    }
    if (report.passed < report.tried)
        printf("FAILED stops %s %s: %u of %u survived; %s\n", c->file, name, report.passed,
               report.tried, text_cstr(&report.wrong));
    crash_fini(&report);
}

void conformance_stop(struct conformance *c, struct conformance_program *p,
                      const struct conformance_case *k)
{
    struct rehearsal rehearsal;
    struct crash_case stopped = { .rehearsal = &rehearsal, .input = k->input };
    struct build_jit *jit = NULL;

    if (!c->stops || !leaves_records(p->program) || !is_new(c->stops, p->program)
        || c->stops->seen.n % c->stops->one_in)
        return;
    stopped.is_fleeting = plan_is_fleeting(p->compilation.plan);
    stopped.options = k->options;
    stopped.options.trace = NULL;
    if (k->answers && k->answers->tag == KILN_ARRAY) {
        stopped.answers = k->answers->u.items;
        stopped.n_answers = k->answers->n;
    }
    if (rehearsal_init(&rehearsal, p->ops.at, p->ops.n) == 0
        && conformance_build(c->use_cc, p, rehearsal.ops, &jit, &stopped.program) == 0)
        try_case(c, &stopped, p->compilation.source.path);
    else
        printf("FAILED stops %s: it cannot be built\n", c->file), c->stops->tried++;
    if (jit)
        build_jit_free(jit);
    rehearsal_fini(&rehearsal);
}

int conformance_print_stops(const struct conformance_stops *s)
{
    printf("stops: %u/%u survived by %u programs that leave records\n", s->passed, s->tried,
           s->programs);
    return s->passed < s->tried;
}
