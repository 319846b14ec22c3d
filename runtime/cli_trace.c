/* cli_trace.c: what a run tells while it goes: its notes, the failures it goes on after, and the
 * events of --stream. */
#include "cli.h"

#include <string.h>

/* Makes one line of it, with no commands to the terminal, and writes it to stderr. */
static void put_line(struct cli *c, struct text *t)
{
    for (size_t i = 0; i < t->n; i++)
        if ((unsigned char)t->s[i] < ' ')
            t->s[i] = ' ';
    text_putc(t, '\n');
    cli_put(c, 2, t);
}

static void put_note(struct cli *c, struct text *t, const kiln_value *note)
{
    kiln_value level = value_member(note, "level"), message = value_member(note, "message"),
               context = value_member(note, "context");

    if (c->options.json || message.tag != KILN_STRING) {
        json_write(t, note);
        return;
    }
    if (level.tag == KILN_STRING)
        text_printf(t, "[%.*s] ", (int)level.n, level.u.s);
    text_put(t, message.u.s, message.n);
    if (context.tag != KILN_ABSENT && context.tag != KILN_NULL) {
        text_putc(t, ' ');
        json_write(t, &context);
    }
}

/* A step failed and the run goes on all the same: without a line the output would only lack what
 * the step was to give. */
static void put_failure(struct cli *c, struct text *t, const kiln_step *step,
                        const kiln_value *error)
{
    text_printf(t, "%s: step '%s' failed: ", c->name, step->id);
    json_write_plain(t, error);
}

static int has_soft_errors(const kiln_program *p)
{
    for (unsigned i = 0; i < p->n_flows; i++)
        if (p->flows[i]->flags & KILN_FLOW_SOFT_ERRORS)
            return 1;
    return 0;
}

/* What is told on stderr whatever --stream says. */
static int is_told(const struct cli *c, enum kiln_event kind)
{
    if (c->options.quiet)
        return 0;
    return kind == KILN_EVENT_NOTE || (kind == KILN_EVENT_FAILED && has_soft_errors(c->program));
}

static const char *event_name(enum kiln_event kind)
{
    static const char *const names[] = {
        [KILN_EVENT_STEP] = "step",       [KILN_EVENT_DONE] = "done",
        [KILN_EVENT_FAILED] = "failed",   [KILN_EVENT_RETRY] = "retry",
        [KILN_EVENT_NOTE] = "note",       [KILN_EVENT_TASK] = "task",
        [KILN_EVENT_UPDATES] = "updates", [KILN_EVENT_RESULT] = "result",
        [KILN_EVENT_VALUES] = "values",   [KILN_EVENT_TOLD] = "told",
    };

    return names[kind];
}

static int is_streamed(const struct cli *c, enum kiln_event kind)
{
    const char *mode = c->options.stream;

    if (!mode)
        return 0;
    if (!strcmp(mode, "tasks"))
        return kind == KILN_EVENT_TASK || kind == KILN_EVENT_RESULT;
    return !strcmp(mode, "events") || !strcmp(mode, event_name(kind));
}

static void put_event(struct cli *c, struct text *t, enum kiln_event kind, const kiln_step *step,
                      const kiln_value *v)
{
    kiln_value null = value_null();

    v = v ? v : &null;
    if (strcmp(c->options.stream, "events")) {
        json_write(t, v);
        return;
    }
    text_printf(t, "{\"event\":\"%s\",\"step\":", event_name(kind));
    if (step)
        cli_put_string(t, step->id);
    else
        text_puts(t, "null");
    text_puts(t, ",\"value\":");
    json_write(t, v);
    text_putc(t, '}');
}

void cli_trace(void *ctx, enum kiln_event kind, const kiln_step *step, const kiln_value *v)
{
    const struct cli_tracking *tracking;
    struct cli *c = ctx;
    struct text t = { 0 };

    if (is_told(c, kind)) {
        if (kind == KILN_EVENT_NOTE)
            put_note(c, &t, v);
        else
            put_failure(c, &t, step, v);
        put_line(c, &t);
    }
    if (kind == KILN_EVENT_TOLD && (tracking = cli_find_tracking(c)))
        tracking->put(c, v);
    if (is_streamed(c, kind)) {
        put_event(c, &t, kind, step, v);
        text_putc(&t, '\n');
        cli_put(c, 1, &t);
    }
    text_fini(&t);
}

unsigned cli_wanted(const struct cli *c)
{
    unsigned wanted = 1u << KILN_EVENT_NOTE; /* never 0, which would ask for all */

    for (unsigned kind = 0; kind <= KILN_EVENT_TOLD; kind++)
        if (is_told(c, (enum kiln_event)kind) || is_streamed(c, (enum kiln_event)kind))
            wanted |= 1u << kind;
    if (c->options.track_events)
        wanted |= 1u << KILN_EVENT_TOLD;
    return wanted;
}

int cli_check_stream(struct cli *c)
{
    static const char *const modes[] = { "values", "updates", "tasks", "events" };
    const char *mode = c->options.stream;
    size_t i = 0;

    if (!mode)
        return KILN_EXIT_OK;
    while (i < 4 && strcmp(mode, modes[i]))
        i++;
    if (i == 4)
        return cli_complain(c, KILN_EXIT_USAGE,
                            "--stream wants values, updates, tasks or events, not '%s'", mode);
    if (i < 3 && !(c->program->flows[0]->flags & KILN_FLOW_SUPERSTEP))
        return cli_complain(c, KILN_EXIT_USAGE,
                            "'%s' has no supersteps, so there are no %s; use --stream events",
                            c->program->name, mode);
    return KILN_EXIT_OK;
}
