/* main.c: the command line of every compiled program: a table of verbs. */
#define CLI_BASE 0
#include "cli.h"

#include <stdlib.h>
#include <string.h>

/* The table of a verb. */
#define OPTIONS(...)                                                                               \
    {                                                                                              \
        __VA_ARGS__, CLI_ROW("help", 'h', FLAG, help, NULL, "tell this"),                          \
        {                                                                                          \
            0                                                                                      \
        }                                                                                          \
    }

static const struct option run_options[] = OPTIONS(CLI_RUN);
static const struct option resume_options[] = OPTIONS(CLI_RESUME);
static const struct option start_options[] = OPTIONS(CLI_START);
static const struct option worker_options[] = OPTIONS(CLI_WORKER);
static const struct option signal_options[] = OPTIONS(CLI_SIGNAL);
static const struct option send_options[] = OPTIONS(CLI_SEND);
static const struct option list_options[] = OPTIONS(CLI_LIST);
static const struct option show_options[] = OPTIONS(CLI_SHOW);
static const struct option fork_options[] = OPTIONS(CLI_FORK);
static const struct option describe_options[] = OPTIONS(CLI_DESCRIBE);

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
    { "fork", "ID", "Makes a new run that goes on where another one was.", fork_options,
      "fork first --at 1 --store runs" },
    { "describe", "", "Tells the steps and operations of this program.", describe_options,
      "describe --json" },
    { 0 },
};

/* In the order of `verbs`. */
static int (*const functions[])(struct cli *) = { cli_run,    cli_resume, cli_start,   cli_worker,
                                                  cli_signal, cli_cancel, cli_pause,   cli_list,
                                                  cli_show,   cli_fork,   cli_describe };

static int put_help(struct cli *c, const struct option_verb *verb)
{
    struct text t = { 0 };
    int code;

    if (verb) {
        option_put_verb_help(&t, c->name, verb);
    } else {
        option_put_command_help(&t, c->name, verbs);
        text_puts(&t, "\nexit codes:\n");
#define EXIT(name, code, sentence) text_printf(&t, " %2d  %s\n", code, sentence);
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
    cli_free_mail(c);
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
