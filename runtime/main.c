/* main.c: the command line of every compiled program: a table of verbs. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>

#define TEXT(name, argument, help)                                                                 \
    {                                                                                              \
#name, 0, OPTION_TEXT, offsetof(struct cli_options, name), argument, help                  \
    }
#define FLAG(name, letter, help)                                                                   \
    {                                                                                              \
#name, letter, OPTION_FLAG, offsetof(struct cli_options, name), NULL, help                 \
    }
#define SIGNAL                                                                                     \
    {                                                                                              \
        "signal", 0, OPTION_LIST, offsetof(struct cli_options, signal), "NAME=JSON",               \
            "for a step that waits, by its name or the signal's id; several times"                 \
    }
#define UINT(name, spelled, argument, help)                                                        \
    {                                                                                              \
        spelled, 0, OPTION_UINT, offsetof(struct cli_options, name), argument, help                \
    }
#define HELP FLAG(help, 'h', "tell this")
#define STORE TEXT(store, "DIR", "the folder that remembers runs")
#define CHECK_OUTPUT                                                                               \
    {                                                                                              \
        "check-output", 0, OPTION_FLAG, offsetof(struct cli_options, check_output), NULL,          \
            "hold the output against its schema"                                                   \
    }
#define CONNECTIONS                                                                                \
    TEXT(connections, "FILE", "the connections operations may use: JSON, by their ids")
#define TRACK_EVENTS                                                                               \
    {                                                                                              \
        "track-events", 0, OPTION_MAYBE, offsetof(struct cli_options, track_events), "FILE|FD",    \
            "what the steps do, a JSON line each; else to stderr"                                  \
    }
#define STREAM TEXT(stream, "MODE", "a JSON line each: values, updates, tasks or events")

static const struct option run_options[] = {
    TEXT(input, "JSON", "the input: JSON text, @FILE, or - for stdin; {} when left out"),
    TEXT(store, "DIR", "remember the run in DIR, so that it can be resumed"),
    TEXT(id, "ID", "the run's id; one is made when left out"),
    CONNECTIONS,
    SIGNAL,
    STREAM,
    CHECK_OUTPUT,
    TRACK_EVENTS,
    FLAG(debug, 0, "stop at breakpoints"),
    FLAG(pretty, 0, "indent the output"),
    FLAG(json, 0, "notes and errors as JSON lines"),
    FLAG(quiet, 'q', "no notes on stderr"),
    HELP,
    { 0 },
};

static const struct option resume_options[] = {
    STORE,
    { "in-doubt", 0, OPTION_TEXT, offsetof(struct cli_options, in_doubt), "WHAT",
      "an effect nobody knows the end of: retry it, fail, or ask for a signal" },
    FLAG(all, 0, "every unfinished run of this program, a JSON line each"),
    CONNECTIONS,
    SIGNAL,
    STREAM,
    CHECK_OUTPUT,
    TRACK_EVENTS,
    FLAG(debug, 0, "stop at breakpoints"),
    FLAG(pretty, 0, "indent the output"),
    FLAG(json, 0, "notes and errors as JSON lines"),
    FLAG(quiet, 'q', "no notes on stderr"),
    HELP,
    { 0 },
};

static const struct option start_options[] = {
    STORE,
    TEXT(input, "JSON", "the input: JSON text, @FILE, or - for stdin; {} when left out"),
    TEXT(id, "ID", "the run's id; one is made when left out"),
    TEXT(key, "KEY", "with the same key again: the same run, and no other"),
    HELP,
    { 0 },
};

static const struct option worker_options[] = {
    STORE,
    UINT(threads, "threads", "N", "how many runs are driven at once; else 4"),
    UINT(max_runs, "max-runs", "M", "how many waiting runs are kept in memory; else 1000"),
    { "exit-when-idle", 0, OPTION_FLAG, offsetof(struct cli_options, exit_when_idle), NULL,
      "end when nothing but a signal could bring any run further" },
    { "in-doubt", 0, OPTION_TEXT, offsetof(struct cli_options, in_doubt), "WHAT",
      "an effect nobody knows the end of: retry it, fail, or ask for a signal" },
    TEXT(metrics, "FILE", "write counters into FILE once a second, as Prometheus reads them"),
    FLAG(json, 0, "notes as JSON lines"),
    FLAG(quiet, 'q', "no notes and no progress on stderr"),
    HELP,
    { 0 },
};

static const struct option signal_options[] = {
    STORE,
    TEXT(key, "KEY", "with the same key again: no second signal"),
    HELP,
    { 0 },
};

static const struct option send_options[] = { STORE, HELP, { 0 } };

static const struct option list_options[] = {
    STORE,
    TEXT(status, "STATUS", "only those with it: queued, running, sleeping, waiting, failed..."),
    TEXT(since, "TIME", "only those begun since 2026-01-31, 2026-01-31T12:00 (UTC), 15m, 2h, 7d"),
    UINT(limit, "limit", "N", "only the newest N"),
    FLAG(json, 0, "a JSON line each"),
    HELP,
    { 0 },
};

static const struct option show_options[] = {
    STORE,
    FLAG(json, 0, "a JSON line each"),
    HELP,
    { 0 },
};

static const struct option describe_options[] = {
    FLAG(json, 0, "as JSON"),
    HELP,
    { 0 },
};

static const struct option_verb verbs[] = {
    { "run", "", "Runs the workflow and prints its output.", run_options,
      "run --input '{}' --store runs --id first" },
    { "resume", "[ID]", "Takes a run up where it was; what was done is not done again.",
      resume_options, "resume --all --store runs" },
    { "start", "", "Asks for a run, prints its id, and leaves it to a worker.", start_options,
      "start --input '{}' --store runs --key order-7" },
    { "worker", "", "Works on all runs of a store, until it is told to end.", worker_options,
      "worker --store runs --exit-when-idle" },
    { "signal", "ID NAME [JSON]", "Sends a signal to a run.", signal_options,
      "signal first approve '{\"by\":\"me\"}' --store runs" },
    { "cancel", "ID", "Ends a run.", send_options, "cancel first --store runs" },
    { "pause", "ID", "Keeps a run from going on until it is resumed.", send_options,
      "pause first --store runs" },
    { "list", "", "Names the runs of a store.", list_options, "list --store runs" },
    { "show", "ID", "Tells what a run has done so far.", show_options, "show first --store runs" },
    { "describe", "", "Tells the steps and operations of this program.", describe_options,
      "describe --json" },
    { 0 },
};

/* In the order of `verbs`. */
static int (*const functions[])(struct cli *) = { cli_run,    cli_resume,  cli_start, cli_worker,
                                                  cli_signal, cli_cancel,  cli_pause, cli_list,
                                                  cli_show,   cli_describe };

static int put_help(struct cli *c, const struct option_verb *verb)
{
    struct text t = { 0 };
    int code;

    if (verb) {
        option_put_verb_help(&t, c->name, verb);
    } else {
        option_put_command_help(&t, c->name, verbs);
        text_puts(&t, "\nexit codes:\n");
#define EXIT(name, code, sentence) text_printf(&t, "  %d  %s\n", code, sentence);
        KILN_EXITS(EXIT)
#undef EXIT
    }
    code = cli_put(c, 1, &t);
    text_fini(&t);
    return code;
}

static int put_version(struct cli *c)
{
    struct text t = { 0 };
    int code;

    text_printf(&t, "%s (%s) ", c->program->name, c->program->dialect);
    cli_put_hash(&t, c->program->hash);
    text_printf(&t, ", kiln ABI %d\n", KILN_ABI);
    code = cli_put(c, 1, &t);
    text_fini(&t);
    return code;
}

static int run_verb(struct cli *c, const struct option_verb *verb, int argc, char **argv)
{
    struct text why = { 0 };
    int code;

    if (option_parse(verb->options, argc, argv, &c->options, &c->rest, &why) < 0)
        code = cli_complain(c, KILN_EXIT_USAGE, "%s ('%s %s --help' lists the options)",
                            text_cstr(&why), c->name, verb->name);
    else if (c->options.help)
        code = put_help(c, verb);
    else
        code = functions[verb - verbs](c);
    cli_close_events(c);
    list_fini(&c->rest);
    list_fini(&c->options.signal);
    heap_fini(&c->heap);
    text_fini(&why);
    return code;
}

int cli_main(const kiln_program *program, const struct kiln_io *io, int argc, char **argv)
{
    struct cli c = { .program = program, .io = io, .name = argc ? argv[0] : program->name };
    const struct option_verb *verb;
    struct text why = { 0 };
    int code;

    if (argc < 2)
        return cli_complain(&c, KILN_EXIT_USAGE, "which verb? '%s --help' lists them", c.name);
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help"))
        return put_help(&c, NULL);
    if (!strcmp(argv[1], "--version"))
        return put_version(&c);
    verb = option_find_verb(verbs, argv[1], &why);
    if (verb)
        code = run_verb(&c, verb, argc - 2, argv + 2);
    else
        code = cli_complain(&c, KILN_EXIT_USAGE, "%s ('%s --help' lists the verbs)",
                            text_cstr(&why), c.name);
    text_fini(&why);
    return code;
}

int kiln_main(const kiln_program *program, int argc, char **argv)
{
    return cli_main(program, &kiln_io_posix, argc, argv);
}
