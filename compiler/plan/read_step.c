/* read_step.c: heads of steps, and edges. Edges are kept aside until every step of the flow is
 * known.
 */
#include "plan/reader.h"

unsigned reader_read_flags(struct reader *r, const char *const *names, unsigned n)
{
    unsigned flags = 0;

    for (int bit; (bit = scan_choice(&r->scan, names, n)) >= 0;)
        flags |= 1u << bit;
    return flags;
}

static int read_wake(struct reader *r, struct plan_step *s)
{
    static const char *const wakes[] = { [KILN_WAKE_START] = "start",
                                         [KILN_WAKE_COUNT] = "count",
                                         [KILN_WAKE_ANY] = "any",
                                         [KILN_WAKE_CHANGED] = "changed",
                                         [KILN_WAKE_QUIET] = "quiet" };
    int wake = scan_word(&r->scan, "wake") ? scan_choice(&r->scan, wakes, COUNT(wakes)) : -1;
    unsigned slot;

    if (wake < 0)
        return scan_fail(&r->scan, "'wake' and a wake rule are missing");
    s->wake = (enum kiln_wake)wake;
    if (s->wake == KILN_WAKE_COUNT) {
        if (scan_number(&r->scan, "", &s->hard) < 0)
            return -1;
        s->soft = scan_word(&r->scan, "soft");
    }
    while (s->wake == KILN_WAKE_CHANGED && scan_sees(&r->scan, 's')) {
        const char *before = r->scan.at;

        if (scan_word(&r->scan, "stream")) {
            r->scan.at = before;
            break;
        }
        if (scan_number(&r->scan, "s", &slot) < 0)
            return -1;
        plan_watch_add(s, slot);
    }
    return 0;
}

static int read_place(struct reader *r, struct plan_step *s)
{
    if (!scan_word(&r->scan, "at"))
        return 0;
    if (scan_text(&r->scan, &s->pointer) < 0 || scan_number(&r->scan, "", &s->line) < 0)
        return -1;
    return scan_number(&r->scan, ":", &s->column);
}

static int read_count(struct reader *r, unsigned long long *ret)
{
    long long i;

    if (scan_integer(&r->scan, &i) < 0)
        return -1;
    if (i < 0)
        return scan_fail(&r->scan, "a number that is not negative is missing");
    *ret = (unsigned long long)i;
    return 0;
}

static int read_policy(struct reader *r, struct plan_step *s)
{
    unsigned late;

    if (scan_word(&r->scan, "retry")
        && (scan_number(&r->scan, "", &s->retry.tries) < 0
            || (scan_word(&r->scan, "delay") && read_count(r, &s->retry.delay) < 0)
            || (scan_word(&r->scan, "budget") && read_count(r, &s->retry.budget) < 0)))
        return -1;
    if (!scan_word(&r->scan, "timeout"))
        return 0;
    if (read_count(r, &s->timeout) < 0 || reader_read_const(r, &late) < 0)
        return -1;
    s->late = (int)late;
    return 0;
}

int reader_read_step(struct reader *r)
{
    static const char *const flags[] = { "journal", "gated", "keep", "stream", "hidden" };
    struct plan_step *s;
    const char *id;

    if (scan_text(&r->scan, &id) < 0)
        return -1;
    if (plan_step_find(r->flow, id))
        return scan_fail(&r->scan, "this flow has a step \"%s\" already", id);
    r->step = s = plan_step_add(r->flow, id, KILN_WAKE_ANY);
    if (read_place(r, s) < 0 || read_wake(r, s) < 0)
        return -1;
    s->flags |= reader_read_flags(r, flags, COUNT(flags));
    s->fleeting = scan_word(&r->scan, "fleeting");
    if (scan_word(&r->scan, "window") && scan_number(&r->scan, "", &s->window) < 0)
        return -1;
    if (scan_word(&r->scan, "node") && scan_number(&r->scan, "", &s->node) < 0)
        return -1;
    return read_policy(r, s);
}

int reader_read_edge(struct reader *r, enum kiln_edge_kind kind)
{
    struct pending *e;

    r->pending = plan_grow(r->p, r->pending, r->n_pending, &r->cap_pending, sizeof *r->pending);
    e = &r->pending[r->n_pending];
    *e = (struct pending){ .from = r->step, .kind = kind, .line = r->scan.line };
    if (kind == KILN_EDGE_CASE && scan_number(&r->scan, "", &e->label) < 0)
        return -1;
    e->soft = scan_word(&r->scan, "soft");
    if (!scan_mark(&r->scan, "->"))
        return scan_fail(&r->scan, "'->' is missing");
    if (scan_text(&r->scan, &e->to) < 0)
        return -1;
    r->n_pending++;
    return 0;
}

/* The flow is read: every step an edge may name is known. */
int reader_connect_edges(struct reader *r)
{
    for (unsigned i = 0; i < r->n_pending; i++) {
        const struct pending *e = &r->pending[i];
        struct plan_step *to = plan_step_find(r->flow, e->to);

        if (!to) {
            r->scan.line = e->line;
            return scan_fail(&r->scan, "no step of this flow is called \"%s\"", e->to);
        }
        plan_edge_add(e->from, e->kind, e->label, e->soft, to);
    }
    r->n_pending = 0;
    r->step = NULL;
    return 0;
}
