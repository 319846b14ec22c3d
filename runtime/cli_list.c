/* cli_list.c: the verb that names the runs of a store. It neither locks nor writes, so it works
 * beside whoever does.
 *
 * What a run is at is said as far as the store knows it: one that is in the memory of a worker and
 * waits there is "running", one that was parked is "sleeping" or "waiting".
 */
#include "cli.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "inbox.h"

static const char *const statuses[] = {
    "queued",   "running", "sleeping",  "waiting", "paused",
    "in doubt", "damaged", "completed", "failed",  "cancelled"
};

const char *cli_status_of(const struct store_run *r)
{
    if (r->state == JOURNAL_COMPLETED)
        return "completed";
    if (r->state != JOURNAL_BEGIN)
        return r->state == JOURNAL_ENDED ? "failed" : "cancelled";
    if (r->damaged)
        return "damaged";
    if (r->paused)
        return "paused";
    if (r->in_doubt) /* an effect was begun, and nothing is known of its end - yet */
        return "in doubt";
    if (r->due != JOURNAL_NOW)
        return r->due == JOURNAL_NEVER ? "waiting" : "sleeping";
    return r->records > 1 ? "running" : "queued";
}

static void put_origin(struct text *t, const struct store_origin *o)
{
    text_puts(t, ",\"forked\":{");
    cli_put_member(t, "from", o->run);
    text_printf(t, ",\"record\":%llu", o->record);
    if (o->step)
        cli_put_member(t, "step", o->step);
    text_putc(t, '}');
}

void cli_put_run(struct text *t, const struct store_run *r)
{
    text_putc(t, '{');
    cli_put_member(t, "id", r->id);
    cli_put_member(t, "status", cli_status_of(r));
    cli_put_member(t, "program", r->program);
    text_puts(t, ",\"hash\":\"");
    cli_put_hash(t, r->hash);
    text_printf(t, "\",\"began_ms\":%lld,\"last_ms\":%lld,\"records\":%llu", r->began_ms,
                r->last_ms, r->records);
    if (r->origin)
        put_origin(t, r->origin);
}

/* ---- which ---- */

/* A status the runs can have, or the complaint's code. */
static int check_status(struct cli *c)
{
    const size_t n = sizeof statuses / sizeof *statuses;
    struct text t = { 0 };
    int code = KILN_EXIT_OK;

    for (size_t i = 0; i < n; i++)
        if (!c->options.status || !strcmp(c->options.status, statuses[i]))
            return code;
    for (size_t i = 0; i < n; i++)
        text_printf(&t, "%s%s", i + 1 == n ? " or " : i ? ", " : "", statuses[i]);
    code = cli_complain(c, KILN_EXIT_USAGE, "--status is %s, not '%s'", text_cstr(&t),
                        c->options.status);
    text_fini(&t);
    return code;
}

static int read_ago(const char *s, long long now, long long *ret)
{
    long long ms;

    if (cli_read_span(s, &ms) < 0)
        return -1;
    *ret = now - ms;
    return 0;
}

/* So many digits, and the mark in front of them. */
static int take_part(const char **s, char mark, int digits, int *ret)
{
    const char *at = *s;
    int n = 0;

    if (mark && *at++ != mark)
        return -1;
    for (; digits; digits--, at++) {
        if (*at < '0' || *at > '9')
            return -1;
        n = 10 * n + (*at - '0');
    }
    *s = at;
    *ret = n;
    return 0;
}

/* 2026-01-31, 2026-01-31T12:00 or 2026-01-31T12:00:00. */
static int read_date(const char *s, long long *ret)
{
    struct civil c = { 0 };
    int year;

    if (take_part(&s, 0, 4, &year) < 0 || take_part(&s, '-', 2, &c.month) < 0
        || take_part(&s, '-', 2, &c.day) < 0 || !civil_is_date(year, c.month, c.day))
        return -1;
    if (*s && (take_part(&s, 'T', 2, &c.hour) < 0 || take_part(&s, ':', 2, &c.minute) < 0))
        return -1;
    if (*s && take_part(&s, ':', 2, &c.second) < 0)
        return -1;
    if (*s || c.hour > 23 || c.minute > 59 || c.second > 60)
        return -1;
    c.year = year;
    *ret = civil_seconds(&c) * 1000;
    return 0;
}

static int check_since(struct cli *c, long long *ret)
{
    const char *since = c->options.since;

    *ret = LLONG_MIN;
    if (!since || read_ago(since, c->io->now_ms(c->io->self), ret) == 0
        || read_date(since, ret) == 0)
        return KILN_EXIT_OK;
    return cli_complain(c, KILN_EXIT_USAGE,
                        "--since is a time as 2026-01-31, 2026-01-31T12:00 (UTC), 90s, 15m, 2h or "
                        "7d, not '%s'",
                        since);
}

/* ---- rows ---- */

/* What is listed; runs that are only asked for are in the inbox and nowhere else. */
struct listing {
    struct cli *c;
    struct store *store;
    long long since;
    LIST(const struct store_run *) runs;
    struct arena arena; /* of the queued ones */
    int failed;
};

static void consider(struct listing *l, const struct store_run *r)
{
    const char *status = l->c->options.status;

    if (r->began_ms < l->since || (status && strcmp(status, cli_status_of(r))))
        return;
    if (list_push(&l->runs, r) < 0)
        l->failed = -ENOMEM;
}

static void consider_message(void *ctx, const struct inbox_message *m)
{
    struct listing *l = ctx;
    const struct store_run *from;
    struct store_run *r;

    if (!inbox_makes_run(m) || store_find(l->store, m->run))
        return;
    from = m->verb == INBOX_FORK ? store_find(l->store, m->name) : NULL;
    if (!(r = arena_zalloc(&l->arena, sizeof *r))
        || !(r->id = arena_dup(&l->arena, m->run, strlen(m->run)))
        || !(r->program = arena_dup(&l->arena, m->name, strlen(m->name)))) {
        l->failed = -ENOMEM;
        return;
    }
    memcpy(r->hash, from ? from->hash : m->hash, sizeof r->hash);
    if (from)
        r->program = from->program;
    r->state = JOURNAL_BEGIN;
    r->due = JOURNAL_NOW;
    r->began_ms = r->last_ms = l->c->io->now_ms(l->c->io->self); /* it is yet to begin */
    consider(l, r);
}

static void put_row(struct text *t, const struct store_run *r)
{
    text_printf(t, "%-26s  %-10s  ", r->id, cli_status_of(r));
    if (r->records)
        cli_put_time(t, r->began_ms);
    else
        text_printf(t, "%-23s", "-");
    text_printf(t, "  %7llu  %s", r->records, r->program);
    if (r->origin)
        text_printf(t, ", forked from %s", r->origin->run);
    text_putc(t, '\n');
}

static void put_rows(const struct listing *l, struct text *t)
{
    unsigned limit = l->c->options.limit;
    size_t i = limit && l->runs.n > limit ? l->runs.n - limit : 0;

    if (i < l->runs.n && !l->c->options.json)
        text_printf(t, "%-26s  %-10s  %-23s  %7s  %s\n", "RUN", "STATUS", "BEGAN (UTC)", "RECORDS",
                    "PROGRAM");
    for (; i < l->runs.n; i++) {
        if (!l->c->options.json) {
            put_row(t, l->runs.at[i]);
            continue;
        }
        cli_put_run(t, l->runs.at[i]);
        text_puts(t, "}\n");
    }
}

static int list(struct cli *c, struct store *s, long long since)
{
    struct listing l = { .c = c, .store = s, .since = since };
    struct text t = { 0 };
    int code, failed;

    for (size_t i = 0; i < s->runs.n; i++)
        consider(&l, s->runs.at[i]);
    failed = inbox_each(c->io, c->options.store, consider_message, &l);
    if (failed || l.failed)
        code = cli_complain(c, failed ? KILN_EXIT_STORE : KILN_EXIT_BROKEN,
                            "cannot list the store '%s': %s", c->options.store,
                            strerror(failed ? -failed : ENOMEM));
    else {
        put_rows(&l, &t);
        code = cli_put(c, 1, &t);
    }
    list_fini(&l.runs);
    arena_fini(&l.arena);
    text_fini(&t);
    return code;
}

static int do_list(struct cli *c)
{
    struct store *s = NULL;
    long long since;
    int code;

    if (c->rest.n)
        return cli_complain(c, KILN_EXIT_USAGE, "what is '%s'? list takes no run", c->rest.at[0]);
    code = check_status(c);
    if (code == KILN_EXIT_OK)
        code = check_since(c, &since);
    if (code == KILN_EXIT_OK)
        code = cli_open_store(c, STORE_READONLY, &s);
    if (code == KILN_EXIT_OK)
        code = list(c, s, since);
    store_close(s);
    return code;
}

static const struct option list_options[] = CLI_TABLE(CLI_LIST);
const kiln_verb kiln_verb_list = {
    { "list", "", "Names the runs of a store.", list_options, "list --store runs" },
    .run = do_list,
};
