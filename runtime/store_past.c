/* store_past.c: which records tell how a run stood at one moment of its past.
 *
 * Records stay until they are cleaned away, so an older state is there as long as its base - or the
 * run's beginning - and all that came behind it up to that moment are. A base that was written
 * behind the moment can stand for it too, when it carries an older state and the records since.
 */
#include "store.h"

#include <errno.h>

struct past {
    unsigned long long until;
    int is_begun; /* what the run stood on has been met */
    store_visit *visit;
    void *ctx;
};

/* The record from which on a base knows all: that which its state was made for, when it carries an
 * older one. */
static unsigned long long known_since(const struct entry *base)
{
    struct record_cursor at = base->values;
    struct entry first;

    if (entry_next(base, &at, &first) <= 0)
        return base->sequence;
    if (first.kind == JOURNAL_STATE)
        return first.sequence;
    return first.kind == JOURNAL_BEGIN ? 0 : base->sequence; /* an end alone */
}

static int is_of_then(const struct past *p, const struct entry *within)
{
    return within->sequence <= p->until || within->kind == JOURNAL_BEGIN
           || within->kind == JOURNAL_FORKED;
}

static int visit_base(struct past *p, const struct entry *base)
{
    struct record_cursor at = base->values;
    struct entry within;
    int more = 0, failed;

    if (known_since(base) > p->until)
        return 0;
    p->is_begun = 1;
    failed = p->visit(p->ctx, base);
    while (!failed && (more = entry_next(base, &at, &within)) > 0)
        if (is_of_then(p, &within))
            failed = p->visit(p->ctx, &within);
    return failed ? failed : more;
}

static int visit_entry(void *ctx, const struct entry *e)
{
    struct past *p = ctx;

    if (e->kind == JOURNAL_BASE)
        return visit_base(p, e);
    p->is_begun |= e->kind == JOURNAL_BEGIN;
    return p->is_begun && e->sequence <= p->until ? p->visit(p->ctx, e) : 0;
}

int store_each_until(struct store *s, const struct store_run *run, unsigned long long until,
                     store_visit *visit, void *ctx)
{
    struct past p = { .until = until, .visit = visit, .ctx = ctx };
    int failed = until == STORE_NOW ? store_each_newest(s, run, visit_entry, &p)
                                    : store_each(s, run, 0, visit_entry, &p);

    return failed || p.is_begun ? failed : -ENODATA;
}
