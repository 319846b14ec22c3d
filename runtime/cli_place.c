/* cli_place.c: records as people name them: "loop[2]/charge" is the step charge in the third turn
 * of loop; "ask@4" is ask in superstep 4.
 */
#include "cli.h"

/* One step of a place by its id, or by its number when the program does not have it. */
static const kiln_flow *put_step(struct text *t, const kiln_flow *flow, unsigned step)
{
    if (!flow || step >= flow->n_steps) {
        text_printf(t, "%u", step);
        return NULL;
    }
    text_puts(t, flow->steps[step].id);
    return flow->steps[step].kind->flow;
}

void cli_put_place(struct text *t, const kiln_program *program, const struct entry *e)
{
    struct record_cursor at = { (const unsigned char *)e->place, e->n_place, 0 };
    const kiln_flow *flow = program ? program->flows[0] : NULL;
    unsigned n = 0, step = 0, index = 0;

    entry_take_place(&at, &n);
    for (; n; n--) {
        entry_take_place(&at, &step);
        entry_take_place(&at, &index);
        flow = put_step(t, flow, step);
        text_printf(t, "[%u]/", index);
    }
    entry_take_place(&at, &step);
    entry_take_place(&at, &index);
    put_step(t, flow, step);
    if (index)
        text_printf(t, "@%u", index);
}

int cli_is_step(const struct entry *e)
{
    return e->kind == JOURNAL_DONE || e->kind == JOURNAL_FAILED || e->kind == JOURNAL_NOTE
           || e->kind == JOURNAL_WAIT || e->kind == JOURNAL_INTENT;
}

long long cli_ms_of(const struct entry *e)
{
    return e->kind == JOURNAL_BEGIN ? 0 : e->kind == JOURNAL_BASE ? e->last_ms : e->ms;
}

/* ---- each once ---- */

struct once {
    unsigned long long first, base; /* what the run begins with here; the newest base */
    store_visit *visit;
    void *ctx;
};

/* What a base carries has been met already when it came behind the first record. */
static int visit_once(void *ctx, const struct entry *e)
{
    struct once *o = ctx;

    if (!o->first)
        o->first = e->sequence;
    if (e->kind == JOURNAL_BASE)
        o->base = e->sequence;
    if (e->kind == JOURNAL_STATE || e->kind == JOURNAL_FORKED
        || (e->sequence > o->first && e->sequence < o->base))
        return 0;
    return o->visit(o->ctx, e);
}

int cli_each_record(struct store *s, const struct store_run *run, store_visit *visit, void *ctx)
{
    struct once o = { .visit = visit, .ctx = ctx };

    return store_each_until(s, run, STORE_ALL, visit_once, &o);
}
