/* invariant.c: whether what each frame counts as under way is what is (spec/STATES.md).
 *
 * Each thing that is under way is met once and counted for the frame it is of: there may be a
 * hundred thousand of both.
 */
#include <errno.h>
#include <stdlib.h>

#include "run.h"
#include "stream.h"
#include "wait.h"

/* Items at gates, and the streams themselves. */
static void count_streams(const struct frame *f, unsigned *busy)
{
    for (const struct stream *s = f->streams; s; s = s->after) {
        busy[f->mark]++;
        for (unsigned i = 0; i < s->body->n_steps; i++)
            for (size_t k = s->gates[i].first; k < s->gates[i].waiting.n; k++)
                busy[s->gates[i].waiting.at[k]->mark]++;
    }
}

static void count_all(const kiln_run *r, unsigned *busy)
{
    for (size_t i = 0; i < r->ready_n; i++)
        busy[r->ready[(r->ready_first + i) & (r->ready_cap - 1)].frame->mark]++;
    for (const struct frame *f = r->live; f; f = f->next) {
        busy[f->mark] += f->held.set + wait_count(f, 0, ~0u);
        if (f->parent && !f->stream)
            busy[f->parent->mark]++;
        count_streams(f, busy);
    }
}

int run_is_consistent(kiln_run *r)
{
    unsigned n;
    struct frame *oldest = frame_number_live(r, &n);
    unsigned *busy = calloc(n + 1ull, sizeof *busy);
    int holds = 1;

    if (!busy)
        return run_break(r, -ENOMEM, "out of memory");
    count_all(r, busy);
    for (const struct frame *f = oldest; f; f = f->prev)
        holds &= f->busy && f->busy == busy[f->mark];
    free(busy);
    return holds;
}
