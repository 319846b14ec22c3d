/* cli_list.c: the verbs that look into a store: list and show. Neither locks nor writes. */
#include "cli.h"

#include <errno.h>
#include <string.h>

/* In doubt: an effect was begun, and nothing is known of its end - yet, beside a live writer. */
static const char *state_name(const struct store_run *r)
{
    return r->state == JOURNAL_COMPLETED ? "completed"
           : r->state == JOURNAL_ENDED   ? "failed"
           : r->in_doubt                 ? "in doubt"
                                         : "unfinished";
}

static void put_run_json(struct text *t, const struct store_run *r)
{
    text_puts(t, "{\"id\":");
    cli_put_string(t, r->id);
    text_printf(t, ",\"state\":\"%s\",\"program\":", state_name(r));
    cli_put_string(t, r->program);
    text_puts(t, ",\"hash\":\"");
    cli_put_hash(t, r->hash);
    text_printf(t, "\",\"began_ms\":%lld,\"last_ms\":%lld,\"records\":%llu", r->began_ms,
                r->last_ms, r->records);
}

/* ---- list ---- */

static void put_rows(struct cli *c, struct text *t, const struct store *s)
{
    for (size_t i = 0; i < s->runs.n; i++) {
        const struct store_run *r = s->runs.at[i];

        if (c->options.json) {
            put_run_json(t, r);
            text_puts(t, "}\n");
            continue;
        }
        if (!i)
            text_printf(t, "%-26s  %-10s  %-23s  %7s  %s\n", "RUN", "STATE", "BEGAN (UTC)",
                        "RECORDS", "PROGRAM");
        text_printf(t, "%-26s  %-10s  ", r->id, state_name(r));
        cli_put_time(t, r->began_ms);
        text_printf(t, "  %7llu  %s\n", r->records, r->program);
    }
}

int cli_list(struct cli *c)
{
    struct store *s;
    struct text t = { 0 };
    int code;

    if (c->rest.n)
        return cli_complain(c, KILN_EXIT_USAGE, "what is '%s'? list takes no run", c->rest.at[0]);
    code = cli_open_store(c, STORE_READONLY, &s);
    if (code != KILN_EXIT_OK)
        return code;
    put_rows(c, &t, s);
    code = cli_put(c, 1, &t);
    text_fini(&t);
    store_close(s);
    return code;
}

/* ---- show ---- */

enum { VALUE_WIDTH = 100 }; /* bytes of a value in the readable timeline */

struct timeline {
    struct cli *c;
    const struct store_run *run;
    const kiln_program *program; /* NULL when the program in hand is not the run's */
    kiln_heap heap;
    struct text out;
};

static const char *kind_name(enum journal_kind kind)
{
    static const char *const names[] = {
        [JOURNAL_BEGIN] = "begin", [JOURNAL_DONE] = "done",           [JOURNAL_FAILED] = "failed",
        [JOURNAL_NOTE] = "note",   [JOURNAL_COMPLETED] = "completed", [JOURNAL_ENDED] = "ended",
        [JOURNAL_WAIT] = "wait",   [JOURNAL_INTENT] = "intent",       [JOURNAL_SIGNAL] = "signal",
        [JOURNAL_BASE] = "base",
    };

    return names[kind];
}

/* One step of a place by its id, or by its number when the program does not have it. */
static const kiln_flow *put_step(struct text *t, const kiln_flow *flow, unsigned step)
{
    if (!flow || step >= flow->n_steps) {
        text_printf(t, "%u", step);
        return NULL;
    }
    text_puts(t, flow->steps[step].id);
    return flow->steps[step].flow;
}

/* "loop[2]/charge": the frames down, then the step, then its turn when there is one. */
static void put_place(struct timeline *l, struct text *t, const struct entry *e)
{
    struct record_cursor at = { (const unsigned char *)e->place, e->n_place, 0 };
    const kiln_flow *flow = l->program ? l->program->flows[0] : NULL;
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

static int is_step(const struct entry *e)
{
    return e->kind == JOURNAL_DONE || e->kind == JOURNAL_FAILED || e->kind == JOURNAL_NOTE
           || e->kind == JOURNAL_WAIT || e->kind == JOURNAL_INTENT;
}

static void put_entry_json(struct timeline *l, const struct entry *e, const kiln_value *v)
{
    struct text place = { 0 };

    text_printf(&l->out, "{\"sequence\":%llu,\"ms\":%lld,\"kind\":\"%s\"", e->sequence,
                e->kind == JOURNAL_BEGIN ? 0 : e->ms, kind_name(e->kind));
    if (is_step(e)) {
        put_place(l, &place, e);
        text_puts(&l->out, ",\"step\":");
        cli_put_string(&l->out, text_cstr(&place));
        text_fini(&place);
    }
    text_puts(&l->out, ",\"value\":");
    json_write(&l->out, v);
    text_puts(&l->out, "}\n");
}

static void put_entry_line(struct timeline *l, const struct entry *e, const kiln_value *v)
{
    struct text value = { 0 };
    long long ms = e->kind == JOURNAL_BEGIN ? 0 : e->ms;
    size_t n;

    text_printf(&l->out, "%+9lld ms  %-9s  ", ms, kind_name(e->kind));
    if (is_step(e)) {
        put_place(l, &l->out, e);
        text_puts(&l->out, "  ");
    }
    json_write(&value, v);
    n = value.n < VALUE_WIDTH ? value.n : VALUE_WIDTH;
    while (n < value.n && ((unsigned char)value.s[n] & 0xc0) == 0x80)
        n++; /* never half a character */
    text_put(&l->out, text_cstr(&value), n);
    text_puts(&l->out, n < value.n ? "...\n" : "\n");
    text_fini(&value);
}

static int put_entry(void *ctx, const struct entry *e)
{
    struct timeline *l = ctx;
    kiln_value v, scratch;

    if (entry_values(&l->heap, e, &v, &scratch) < 0)
        return -EUCLEAN;
    if (l->c->options.json)
        put_entry_json(l, e, &v);
    else
        put_entry_line(l, e, &v);
    return l->out.failed ? -ENOMEM : 0;
}

static void put_title(struct timeline *l)
{
    const struct store_run *r = l->run;
    struct text *t = &l->out;

    if (l->c->options.json) {
        put_run_json(t, r);
        text_puts(t, "}\n");
        return;
    }
    text_printf(t, "run      %s\nstate    %s\nprogram  %s ", r->id, state_name(r), r->program);
    cli_put_hash(t, r->hash);
    text_puts(t, l->program ? "\nbegan    " : " (not this program)\nbegan    ");
    cli_put_time(t, r->began_ms);
    text_puts(t, " UTC\n\n");
}

static int show(struct cli *c, struct store *s, const struct store_run *run)
{
    struct timeline l = { .c = c, .run = run };
    int failed, code;

    if (cli_is_ours(c, run))
        l.program = c->program;
    heap_init(&l.heap, 0);
    put_title(&l);
    failed = store_each(s, run, put_entry, &l);
    code = failed ? cli_complain(c, KILN_EXIT_STORE, "run %s cannot be read: %s", run->id,
                                 strerror(-failed))
                  : cli_put(c, 1, &l.out);
    text_fini(&l.out);
    heap_fini(&l.heap);
    return code;
}

int cli_show(struct cli *c)
{
    const struct store_run *run;
    struct store *s;
    int code;

    if (c->rest.n != 1)
        return cli_complain(c, KILN_EXIT_USAGE, "show takes one run id");
    code = cli_open_store(c, STORE_READONLY, &s);
    if (code != KILN_EXIT_OK)
        return code;
    run = store_find(s, c->rest.at[0]);
    if (run)
        code = show(c, s, run);
    else
        code = cli_complain(c, KILN_EXIT_NO_RUN, "the store '%s' has no run '%s'", s->path,
                            c->rest.at[0]);
    store_close(s);
    return code;
}
