/* cli_options.h: what the command line of a compiled program may say.
 *
 * The options of each verb, once: the program makes its tables of them, and kiln, which runs
 * programs in its own process, puts them in front of its own. Whoever includes this says in
 * CLI_BASE where in his struct a struct cli_options begins.
 */
#ifndef KILN_CLI_OPTIONS_H
#define KILN_CLI_OPTIONS_H

#include "option.h"

/* What the options of all verbs set; what was not given is NULL or 0. */
struct cli_options {
    const char *input, *store, *id, *stream, *connections, *track_events, *in_doubt;
    const char *key, *status, *since, *metrics, *at, *before, *retain;
    struct option_list signal; /* NAME=JSON each, in the order they come */
    unsigned threads, max_runs, limit;
    int pretty, quiet, json, all, check_output, debug, help, exit_when_idle, migrate;
};

#define CLI_ROW(name, letter, kind, member, argument, help)                                        \
    {                                                                                              \
        name, letter, OPTION_##kind, CLI_BASE + offsetof(struct cli_options, member), argument,    \
            help                                                                                   \
    }
#define CLI_TEXT(member, argument, help) CLI_ROW(#member, 0, TEXT, member, argument, help)
#define CLI_FLAG(member, help) CLI_ROW(#member, 0, FLAG, member, NULL, help)

/* The table of a program's verb. */
#define CLI_TABLE(...)                                                                             \
    {                                                                                              \
        __VA_ARGS__, CLI_ROW("help", 'h', FLAG, help, NULL, "tell this"),                          \
        {                                                                                          \
            0                                                                                      \
        }                                                                                          \
    }

/* ---- options of several verbs ---- */

#define CLI_STORE CLI_TEXT(store, "DIR", "the folder that remembers runs")
#define CLI_INPUT                                                                                  \
    CLI_TEXT(input, "JSON", "the input: JSON text, @FILE, or - for stdin; {} when left out")
#define CLI_ID CLI_TEXT(id, "ID", "the run's id; one is made when left out")
#define CLI_TRACK_EVENTS                                                                           \
    CLI_ROW("track-events", 0, MAYBE, track_events, "FILE|FD",                                     \
            "what the steps do, a JSON line each; else to stderr")
#define CLI_IN_DOUBT                                                                               \
    CLI_ROW("in-doubt", 0, TEXT, in_doubt, "WHAT",                                                 \
            "an effect nobody knows the end of: retry it, fail, or ask for a signal")
#define CLI_RETAIN CLI_TEXT(retain, "TIME", "forget runs that ended so long ago: 90s, 15m, 2h, 30d")
#define CLI_MIGRATE CLI_FLAG(migrate, "runs of earlier versions go on under this one, if they can")
#define CLI_LINES CLI_FLAG(json, "a JSON line each")
/* A moment in the past of a run. */
#define CLI_PAST                                                                                   \
    CLI_TEXT(at, "STEP", "as it was behind a step, or behind a record's number: see show"),        \
        CLI_TEXT(before, "STEP", "as it was before the step")
/* What comes to a run; and all that drives one. */
#define CLI_COMES                                                                                  \
    CLI_TEXT(connections, "FILE", "the connections operations may use: JSON, by their ids"),       \
        CLI_ROW("signal", 0, LIST, signal, "NAME=JSON",                                            \
                "for a step that waits, by its name or the signal's id; several times")
#define CLI_DRIVE                                                                                  \
    CLI_COMES, CLI_TEXT(stream, "MODE", "a JSON line each: values, updates, tasks or events"),     \
        CLI_ROW("check-output", 0, FLAG, check_output, NULL,                                       \
                "hold the output against its schema"),                                             \
        CLI_RETAIN, CLI_TRACK_EVENTS, CLI_FLAG(debug, "stop at breakpoints"),                      \
        CLI_FLAG(pretty, "indent the output"), CLI_FLAG(json, "notes and errors as JSON lines"),   \
        CLI_ROW("quiet", 'q', FLAG, quiet, NULL, "no notes on stderr")

/* ---- the options of each verb ---- */

#define CLI_RUN                                                                                    \
    CLI_INPUT, CLI_TEXT(store, "DIR", "remember the run in DIR, so that it can be resumed"),       \
        CLI_ID, CLI_DRIVE
#define CLI_RESUME                                                                                 \
    CLI_STORE, CLI_IN_DOUBT, CLI_MIGRATE,                                                          \
        CLI_FLAG(all, "every unfinished run of this program, a JSON line each"), CLI_DRIVE
#define CLI_START                                                                                  \
    CLI_STORE, CLI_INPUT, CLI_ID,                                                                  \
        CLI_TEXT(key, "KEY", "with the same key again: the same run, and no other")
#define CLI_WORKER                                                                                 \
    CLI_STORE,                                                                                     \
        CLI_ROW("threads", 0, UINT, threads, "N", "how many runs are driven at once; else 4"),     \
        CLI_ROW("max-runs", 0, UINT, max_runs, "M",                                                \
                "how many waiting runs are kept in memory; else 1000"),                            \
        CLI_ROW("exit-when-idle", 0, FLAG, exit_when_idle, NULL,                                   \
                "end when nothing but a signal could bring any run further"),                      \
        CLI_IN_DOUBT, CLI_MIGRATE, CLI_RETAIN,                                                     \
        CLI_TEXT(metrics, "FILE", "write counters into FILE once a second, for Prometheus"),       \
        CLI_FLAG(json, "notes as JSON lines"),                                                     \
        CLI_ROW("quiet", 'q', FLAG, quiet, NULL, "no notes and no progress on stderr")
#define CLI_SIGNAL CLI_STORE, CLI_TEXT(key, "KEY", "with the same key again: no second signal")
#define CLI_SEND CLI_STORE /* cancel and pause */
#define CLI_LIST CLI_STORE, CLI_WHICH, CLI_LINES
#define CLI_WHICH                                                                                  \
    CLI_TEXT(status, "STATUS",                                                                     \
             "only those with it: queued, running, sleeping, waiting, failed..."),                 \
        CLI_TEXT(since, "TIME",                                                                    \
                 "only those begun since 2026-01-31, 2026-01-31T12:00 (UTC), 15m, 2h, 7d"),        \
        CLI_ROW("limit", 0, UINT, limit, "N", "only the newest N")
#define CLI_SHOW CLI_STORE, CLI_PAST, CLI_LINES
#define CLI_FORK CLI_STORE, CLI_PAST, CLI_ID
#define CLI_DESCRIBE CLI_FLAG(json, "as JSON")

#endif
