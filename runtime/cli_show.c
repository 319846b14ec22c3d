/* cli_show.c: the verb that tells what a run has done so far: a line a record, with how long a step
 * took and how often it was tried, as far as it said when it began. It neither locks nor writes.
 */
#include "cli.h"

#include <errno.h>
#include <string.h>

enum { VALUE_WIDTH = 100 }; /* bytes of a value in the readable timeline */

struct timeline {
    struct cli *c;
    const struct store_run *run;
    struct cli_names names;
    struct map begun; /* place -> struct first_sign */
    struct arena arena;
    kiln_heap heap;
    struct text out;
};

/* A place that has told of itself before it was done. */
struct first_sign {
    long long ms;
    unsigned failures; /* tries that failed */
};

static const char *kind_name(enum journal_kind kind)
{
    static const char *const names[] = {
        [JOURNAL_BEGIN] = "begin",         [JOURNAL_DONE] = "done",
        [JOURNAL_FAILED] = "failed",       [JOURNAL_NOTE] = "note",
        [JOURNAL_COMPLETED] = "completed", [JOURNAL_ENDED] = "ended",
        [JOURNAL_WAIT] = "wait",           [JOURNAL_INTENT] = "intent",
        [JOURNAL_SIGNAL] = "signal",       [JOURNAL_BASE] = "base",
        [JOURNAL_CANCELLED] = "cancelled", [JOURNAL_PAUSED] = "paused",
        [JOURNAL_UNPAUSED] = "resumed",    [JOURNAL_DAMAGED] = "damaged",
    };

    return names[kind];
}

/* ---- how long it took ---- */

static int note_begun(struct timeline *l, const struct entry *e, unsigned failures)
{
    struct first_sign *b = map_get(&l->begun, e->place, e->n_place);
    char *key;

    if (!b) {
        b = arena_zalloc(&l->arena, sizeof *b);
        key = arena_dup(&l->arena, e->place, e->n_place);
        if (!b || !key || map_put(&l->begun, key, e->n_place, b) < 0)
            return -ENOMEM;
        b->ms = e->ms;
    }
    if (failures)
        b->failures = failures;
    return 0;
}

/* Of a step that is done; NULL when it did not say when it began. */
static const struct first_sign *find_begun(const struct timeline *l, const struct entry *e)
{
    if (e->kind != JOURNAL_DONE && e->kind != JOURNAL_FAILED)
        return NULL;
    return map_get(&l->begun, e->place, e->n_place);
}

/* None when the clock was set back meanwhile. */
static long long took_ms(const struct entry *e, const struct first_sign *b)
{
    return e->ms > b->ms ? e->ms - b->ms : 0;
}

/* ---- lines ---- */

static void put_entry_json(struct timeline *l, const struct entry *e, const struct journal_found *f)
{
    const struct first_sign *b = find_begun(l, e);
    struct text place = { 0 };

    text_printf(&l->out, "{\"sequence\":%llu,\"ms\":%lld,\"kind\":\"%s\"", e->sequence,
                cli_ms_of(e), kind_name(e->kind));
    if (cli_is_step(e)) {
        cli_put_place(&place, l->names.program, e);
        text_puts(&l->out, ",\"step\":");
        cli_put_string(&l->out, text_cstr(&place));
        text_fini(&place);
    }
    if (b)
        text_printf(&l->out, ",\"took_ms\":%lld,\"tries\":%u", took_ms(e, b), b->failures + 1);
    if (f->wait.has_wake)
        text_printf(&l->out, ",\"until_ms\":%lld", f->wait.wake - l->run->began_ms);
    text_puts(&l->out, ",\"value\":");
    json_write(&l->out, &f->value);
    text_puts(&l->out, "}\n");
}

void cli_put_value(struct text *t, const kiln_value *v)
{
    struct text value = { 0 };
    size_t n;

    json_write(&value, v);
    n = value.n < VALUE_WIDTH ? value.n : VALUE_WIDTH;
    while (n < value.n && ((unsigned char)value.s[n] & 0xc0) == 0x80)
        n++; /* never half a character */
    text_put(t, text_cstr(&value), n);
    text_puts(t, n < value.n ? "..." : "");
    text_fini(&value);
}

static void put_entry_line(struct timeline *l, const struct entry *e, const struct journal_found *f)
{
    const struct first_sign *b = find_begun(l, e);
    struct text *t = &l->out;

    text_printf(t, e->kind == JOURNAL_BASE ? "%7llu %+9lld ms  %s" : "%7llu %+9lld ms  %-9s",
                e->sequence, cli_ms_of(e), kind_name(e->kind));
    if (cli_is_step(e)) {
        text_puts(t, "  ");
        cli_put_place(t, l->names.program, e);
    }
    if (f->value.tag != KILN_ABSENT) {
        text_puts(t, "  ");
        cli_put_value(t, &f->value);
    }
    if (f->wait.has_wake)
        text_printf(t, "  until %+lld ms", f->wait.wake - l->run->began_ms);
    if (b)
        text_printf(t, "  (took %lld ms%s", took_ms(e, b), b->failures ? "" : ")");
    if (b && b->failures)
        text_printf(t, ", %u tries)", b->failures + 1);
    text_putc(t, '\n');
}

static int put_entry(void *ctx, const struct entry *e)
{
    struct timeline *l = ctx;
    struct journal_found f = { 0 };
    unsigned long long signal;

    cli_names_follow(&l->names, e);
    if (e->kind != JOURNAL_BASE && entry_take_content(&l->heap, e, &f, &signal) < 0)
        return -EUCLEAN;
    if ((e->kind == JOURNAL_INTENT || e->kind == JOURNAL_WAIT)
        && note_begun(l, e, f.wait.failures) < 0)
        return -ENOMEM;
    if (l->c->options.json)
        put_entry_json(l, e, &f);
    else
        put_entry_line(l, e, &f);
    return l->out.failed ? -ENOMEM : 0;
}

static void put_origin(struct text *t, const struct store_origin *o)
{
    text_printf(t, "forked   from %s, behind record %llu", o->run, o->record);
    if (o->step)
        text_printf(t, " (%s)", o->step);
    text_putc(t, '\n');
}

static void put_title(struct timeline *l)
{
    const struct store_run *r = l->run;
    struct text *t = &l->out;

    if (l->c->options.json) {
        cli_put_run(t, r);
        text_puts(t, "}\n");
        return;
    }
    text_printf(t, "run      %s\nstatus   %s\nprogram  %s ", r->id, cli_status_of(r), r->program);
    cli_put_hash(t, r->hash);
    text_puts(t, cli_is_ours(l->c, r) ? "\nbegan    " : " (not this program)\nbegan    ");
    cli_put_time(t, r->began_ms);
    text_puts(t, " UTC\n");
    if (r->origin)
        put_origin(t, r->origin);
    text_putc(t, '\n');
}

static int show(struct cli *c, struct store *s, const struct store_run *run)
{
    struct timeline l = {
        .c = c,
        .run = run,
        .names = { .mine = c->program, .store = s, .migrate = cli_find_verb(c, "migrate") }
    };
    int failed, code;

    heap_init(&l.heap, 0);
    put_title(&l);
    failed = cli_each_record(s, run, put_entry, &l);
    code = failed ? cli_complain(c, KILN_EXIT_STORE, "run %s cannot be read: %s", run->id,
                                 strerror(-failed))
                  : cli_put(c, 1, &l.out);
    text_fini(&l.out);
    cli_names_fini(&l.names);
    map_fini(&l.begun);
    arena_fini(&l.arena);
    heap_fini(&l.heap);
    return code;
}

static int do_show(struct cli *c)
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
        code = (c->options.at || c->options.before ? cli_find_verb(c, "fork")->show_past
                                                   : show)(c, s, run);
    else
        code = cli_complain(c, KILN_EXIT_NO_RUN, "the store '%s' has no run '%s'", s->path,
                            c->rest.at[0]);
    store_close(s);
    return code;
}

static const struct option show_options[] = CLI_TABLE(CLI_SHOW);
const kiln_verb kiln_verb_show = {
    { "show", "ID", "Tells what a run has done so far.", show_options, "show first --store runs" },
    .run = do_show,
};
