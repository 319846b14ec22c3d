/* options.c: every flag of kiln, once a verb that takes it. Rows that several verbs share are
 * macros, so a flag means the same and reads the same wherever it stands; those of the verbs that
 * programs have, too, are theirs (cli_options.h). */
#include <stddef.h>

#define CLI_BASE offsetof(struct options, program)
#include "options.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "diag.h"

#define ROW(name, letter, kind, member, argument, help)                                            \
    {                                                                                              \
        name, letter, OPTION_##kind, offsetof(struct options, member), argument, help              \
    }

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

const struct option options_check[] = {
    ROW("format", 0, TEXT, format, "FORM", "text, or json on stdout"),
    WORKFLOW,
    COMMON,
};

const struct option options_store[] = {
    CLI_WHICH,
    CLI_LINES,
    ROW("drop-damaged", 0, FLAG, drop_damaged, NULL,
        "repair: end the runs that miss records, instead of keeping them as they are"),
    ROW("color", 0, TEXT, color, "WHEN", "auto, always or never"),
    ROW("help", 'h', FLAG, help, NULL, "tell this"),
    { 0 },
};

/* deps and effects. */
const struct option options_survey[] = {
    ROW("format", 0, TEXT, format, "FORM", "text or json"),
    WORKFLOW,
    COMMON,
};

const struct option options_diff[] = {
    CLI_DESCRIBE,
    WORKFLOW,
    COMMON,
};

const struct option options_build[] = {
    ROW("output", 'o', TEXT, output, "OUT", "the program's path; else the workflow's name"),
    ROW("libc", 0, TEXT, libc, "LIBC", "musl (static) or host"),
    ROW("cc", 0, TEXT, cc, "CC", "the C compiler"),
    ROW("level", 'O', TEXT, level, "LEVEL", "how hard the C compiler optimises: 0, 1, 2, 3, s"),
    ROW("verbs", 0, TEXT, verbs, "LIST",
        "the verbs the program has, as run,resume,list: a smaller program; else all"),
    ROW("keep", 0, FLAG, keep, NULL, "leave the C text beside the program"),
    ROW("verbose", 'v', FLAG, verbose, NULL, "print the commands"),
    CLI_TRACK_EVENTS,
    WORKFLOW,
    COMMON,
};

/* The verbs of a program, done in this process. */
#define IN_PROCESS BACKEND, WORKFLOW, COMMON
const struct option options_run[] = { CLI_RUN, IN_PROCESS };
const struct option options_resume[] = { CLI_RESUME, IN_PROCESS };
const struct option options_start[] = { CLI_START, IN_PROCESS };
const struct option options_worker[] = { CLI_WORKER, IN_PROCESS };
const struct option options_signal[] = { CLI_SIGNAL, IN_PROCESS };
const struct option options_send[] = { CLI_SEND, IN_PROCESS };
const struct option options_list[] = { CLI_LIST, IN_PROCESS };
const struct option options_show[] = { CLI_SHOW, IN_PROCESS };
const struct option options_fork[] = { CLI_FORK, IN_PROCESS };
const struct option options_describe[] = { CLI_DESCRIBE, IN_PROCESS };

const struct option options_test[] = {
    CLI_INPUT,
    ROW("crash-everywhere", 0, FLAG, crash_everywhere, NULL,
        "stop it at every durable point and in every torn write, resume, compare"),
    CLI_COMES,
    BACKEND,
    WORKFLOW,
    COMMON,
};

const struct option options_emit[] = {
    ROW("stage", 0, TEXT, stage, "STAGE", "model, plan, c, dot, mermaid, graph or schema; else c"),
    CLI_TRACK_EVENTS,
    WORKFLOW,
    COMMON,
};

const struct option options_ops[] = {
    ROW("ops", 0, LIST, ops, "FILE.c", "operations of yours in C; may be given several times"),
    CLI_DESCRIBE,
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
