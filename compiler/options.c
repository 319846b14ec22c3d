/* options.c: every flag of kiln, once a verb that takes it. Rows that several verbs share are
 * macros, so a flag means the same and reads the same wherever it stands. */
#include "options.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "diag.h"

#define ROW(name, letter, kind, member, argument, help)                                            \
    {                                                                                              \
        name, letter, OPTION_##kind, offsetof(struct options, member), argument, help              \
    }
#define PROGRAM(kind, member, argument, help) ROW(#member, 0, kind, program.member, argument, help)

/* The workflow; every verb that reads one. */
#define WORKFLOW                                                                                   \
    ROW("ops", 0, LIST, ops, "FILE.c", "operations of yours in C; may be given several times"),    \
        ROW("dialect", 0, TEXT, dialect, "NAME", "scenario, operonx or pregel; else recognised"),  \
        ROW("graph", 0, TEXT, graph, "KEY", "which graph of a bundle"),                            \
        ROW("child", 0, LIST, child, "ID[@VERSION]=FILE", "a workflow it embeds; several times"),  \
        ROW("child-dir", 0, LIST, child_dir, "DIR", "a folder of them: ID.json, ID@VERSION.json"), \
        ROW("strict", 0, FLAG, strict, NULL, "doubts are errors, as they are unless --legacy"),    \
        ROW("legacy", 0, FLAG, legacy, NULL, "doubts are warnings: older workflows have many"),    \
        ROW("werror", 0, FLAG, werror, NULL, "warnings are errors")
/* Looking inside, and how to talk; at the end of every table. */
#define COMMON                                                                                     \
    ROW("dump-after", 0, TEXT, dump_after, "STAGE", "print what a stage or pass left, on stderr"), \
        ROW("time", 0, FLAG, time, NULL, "print what each stage took, on stderr"),                 \
        ROW("verify", 0, FLAG, verify, NULL, "check the plan between passes"),                     \
        ROW("color", 0, TEXT, color, "WHEN", "auto, always or never"),                             \
        ROW("help", 'h', FLAG, help, NULL, "tell this"),                                           \
    {                                                                                              \
        0                                                                                          \
    }
#define BACKEND ROW("backend", 0, TEXT, backend, "NAME", "tcc (in this process) or cc")
#define STORE PROGRAM(TEXT, store, "DIR", "the folder that remembers runs")
#define INPUT                                                                                      \
    PROGRAM(TEXT, input, "JSON", "the input: JSON text, @FILE, or - for stdin; {} when left out")
#define CONNECTIONS                                                                                \
    PROGRAM(TEXT, connections, "FILE", "the connections operations may use: JSON, by their ids")
#define STREAM PROGRAM(TEXT, stream, "MODE", "a JSON line each: values, updates, tasks or events")
#define TRACK_EVENTS                                                                               \
    ROW("track-events", 0, MAYBE, program.track_events, "FILE|FD",                                 \
        "what the steps do, a JSON line each; else to stderr")
#define DEBUG PROGRAM(FLAG, debug, NULL, "stop at breakpoints")
#define CHECK_OUTPUT                                                                               \
    ROW("check-output", 0, FLAG, program.check_output, NULL, "hold the output against its schema")
#define SIGNAL                                                                                     \
    PROGRAM(LIST, signal, "NAME=JSON",                                                             \
            "for a step that waits, by its name or the signal's id; several times")
#define IN_DOUBT                                                                                   \
    ROW("in-doubt", 0, TEXT, program.in_doubt, "WHAT",                                             \
        "an effect nobody knows the end of: retry it, fail, or ask for a signal")
#define OUTPUT                                                                                     \
    PROGRAM(FLAG, pretty, NULL, "indent the output"),                                              \
        PROGRAM(FLAG, json, NULL, "notes and errors as JSON lines"),                               \
        ROW("quiet", 'q', FLAG, program.quiet, NULL, "no notes on stderr")
/* What becomes of a run that is driven here: run and resume. */
#define DRIVE CONNECTIONS, SIGNAL, STREAM, CHECK_OUTPUT, TRACK_EVENTS, DEBUG, OUTPUT

const struct option options_check[] = {
    ROW("format", 0, TEXT, format, "FORM", "text, or json on stdout"),
    WORKFLOW,
    COMMON,
};

/* deps and effects. */
const struct option options_survey[] = {
    ROW("format", 0, TEXT, format, "FORM", "text or json"),
    WORKFLOW,
    COMMON,
};

const struct option options_build[] = {
    ROW("output", 'o', TEXT, output, "OUT", "the program's path; else the workflow's name"),
    ROW("libc", 0, TEXT, libc, "LIBC", "musl (static) or host"),
    ROW("cc", 0, TEXT, cc, "CC", "the C compiler"),
    ROW("level", 'O', TEXT, level, "LEVEL", "how hard the C compiler optimises: 0, 1, 2, 3, s"),
    ROW("keep", 0, FLAG, keep, NULL, "leave the C text beside the program"),
    ROW("verbose", 'v', FLAG, verbose, NULL, "print the commands"),
    TRACK_EVENTS,
    WORKFLOW,
    COMMON,
};

const struct option options_run[] = {
    INPUT,
    PROGRAM(TEXT, store, "DIR", "remember the run in DIR, so that it can be resumed"),
    PROGRAM(TEXT, id, "ID", "the run's id; one is made when left out"),
    DRIVE,
    BACKEND,
    WORKFLOW,
    COMMON,
};

const struct option options_test[] = {
    INPUT,
    ROW("crash-everywhere", 0, FLAG, crash_everywhere, NULL,
        "stop it at every durable point and in every torn write, resume, compare"),
    BACKEND,
    WORKFLOW,
    COMMON,
};

const struct option options_resume[] = {
    STORE,
    IN_DOUBT,
    PROGRAM(FLAG, all, NULL, "every unfinished run of this program, a JSON line each"),
    DRIVE,
    BACKEND,
    WORKFLOW,
    COMMON,
};

const struct option options_start[] = {
    STORE,
    INPUT,
    PROGRAM(TEXT, id, "ID", "the run's id; one is made when left out"),
    PROGRAM(TEXT, key, "KEY", "with the same key again: the same run, and no other"),
    BACKEND,
    WORKFLOW,
    COMMON,
};

const struct option options_worker[] = {
    STORE,
    PROGRAM(UINT, threads, "N", "how many runs are driven at once; else 4"),
    ROW("max-runs", 0, UINT, program.max_runs, "M",
        "how many waiting runs are kept in memory; else 1000"),
    ROW("exit-when-idle", 0, FLAG, program.exit_when_idle, NULL,
        "end when nothing but a signal could bring any run further"),
    IN_DOUBT,
    PROGRAM(TEXT, metrics, "FILE", "write counters into FILE once a second, for Prometheus"),
    PROGRAM(FLAG, json, NULL, "notes as JSON lines"),
    ROW("quiet", 'q', FLAG, program.quiet, NULL, "no notes and no progress on stderr"),
    BACKEND,
    WORKFLOW,
    COMMON,
};

const struct option options_signal[] = {
    STORE,   PROGRAM(TEXT, key, "KEY", "with the same key again: no second signal"),
    BACKEND, WORKFLOW,
    COMMON,
};

const struct option options_send[] = { STORE, BACKEND, WORKFLOW, COMMON };

const struct option options_list[] = {
    STORE,
    PROGRAM(TEXT, status, "STATUS",
            "only those with it: queued, running, sleeping, waiting, failed..."),
    PROGRAM(TEXT, since, "TIME",
            "only those begun since 2026-01-31, 2026-01-31T12:00 (UTC), 15m, 2h, 7d"),
    PROGRAM(UINT, limit, "N", "only the newest N"),
    PROGRAM(FLAG, json, NULL, "a JSON line each"),
    BACKEND,
    WORKFLOW,
    COMMON,
};

const struct option options_show[] = {
    STORE, PROGRAM(FLAG, json, NULL, "a JSON line each"), BACKEND, WORKFLOW, COMMON,
};

const struct option options_describe[] = {
    PROGRAM(FLAG, json, NULL, "as JSON"),
    BACKEND,
    WORKFLOW,
    COMMON,
};

const struct option options_emit[] = {
    ROW("stage", 0, TEXT, stage, "STAGE", "model, plan, c, dot, mermaid, graph or schema; else c"),
    TRACK_EVENTS,
    WORKFLOW,
    COMMON,
};

const struct option options_ops[] = {
    ROW("ops", 0, LIST, ops, "FILE.c", "operations of yours in C; may be given several times"),
    PROGRAM(FLAG, json, NULL, "as JSON"),
    ROW("color", 0, TEXT, color, "WHEN", "auto, always or never"),
    ROW("help", 'h', FLAG, help, NULL, "tell this"),
    { 0 },
};

/* ---- the program's part -------------------------------------------------------------------- */

static void push(struct option_list *to, const char *word)
{
    if (list_push(to, word) < 0)
        diag_must_have(NULL);
}

static void forward_list(const struct option *row, const struct option_list *words, struct arena *a,
                         struct option_list *to)
{
    for (size_t i = 0; i < words->n; i++) {
        push(to, diag_must_have(arena_printf(a, "--%s", row->name)));
        push(to, words->at[i]);
    }
}

void options_forward(const struct option *table, const struct options *o, struct arena *a,
                     struct option_list *to)
{
    const size_t first = offsetof(struct options, program);

    for (const struct option *row = table; row->name; row++) {
        const void *at = (const char *)o + row->offset;
        const char *text =
            row->type == OPTION_TEXT || row->type == OPTION_MAYBE ? *(const char *const *)at : NULL;

        if (row->offset >= first && row->type == OPTION_LIST)
            forward_list(row, at, a, to);
        if (row->type == OPTION_UINT && *(const unsigned *)at)
            text = diag_must_have(arena_printf(a, "%u", *(const unsigned *)at));
        if (row->offset < first || (!text && !(row->type == OPTION_FLAG && *(const int *)at)))
            continue;
        if (row->type == OPTION_MAYBE) {
            push(to, diag_must_have(arena_printf(a, "--%s=%s", row->name, text)));
            continue;
        }
        push(to, diag_must_have(arena_printf(a, "--%s", row->name)));
        if (text)
            push(to, text);
    }
}

/* ---- values that are one of a few words ------------------------------------------------------ */

static int check_choice(const char *name, const char *value, const char *const *words, size_t n,
                        struct text *why)
{
    const char *near;

    for (size_t i = 0; i < n; i++)
        if (!value || !strcmp(value, words[i]))
            return 0;
    text_printf(why, "option '--%s' takes ", name);
    for (size_t i = 0; i < n; i++)
        text_printf(why, "%s%s", i == 0 ? "" : i + 1 == n ? " or " : ", ", words[i]);
    text_printf(why, ", not '%s'", value);
    near = diag_nearest(value, words, n);
    if (near)
        text_printf(why, "; did you mean '%s'?", near);
    return -1;
}

#define CHOICE(member, ...)                                                                        \
    check_choice(#member, o->member, (const char *const[]){ __VA_ARGS__ },                         \
                 sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *), why)

int options_verify(const struct options *o, struct text *why)
{
    if (o->strict && o->legacy) {
        text_puts(why, "say '--strict' or '--legacy', not both");
        return -1;
    }
    if (CHOICE(color, "auto", "always", "never") < 0 || CHOICE(format, "text", "json") < 0
        || CHOICE(backend, "tcc", "cc") < 0 || CHOICE(libc, "musl", "host") < 0
        || CHOICE(level, "0", "1", "2", "3", "s") < 0
        || CHOICE(stage, "model", "plan", "c", "dot", "mermaid", "graph", "schema") < 0)
        return -1;
    return 0;
}
