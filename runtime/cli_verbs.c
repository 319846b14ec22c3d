/* cli_verbs.c: the verbs of a compiled program, a table each. */
#define CLI_BASE 0
#include "cli.h"
#include "shape.h"

/* The table of a verb's options. */
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

const kiln_verb kiln_verb_run = {
    { "run", "", "Runs the workflow and prints its output.", run_options,
      "run --input '{}' --store runs --id first" },
    .run = cli_run,
};
const kiln_verb kiln_verb_resume = {
    { "resume", "[ID]", "Takes a run up where it was; what was done is not done again.",
      resume_options, "resume --all --store runs" },
    .run = cli_resume,
};
const kiln_verb kiln_verb_start = {
    { "start", "", "Asks for a run, prints its id, and leaves it to a worker.", start_options,
      "start --input '{}' --store runs --key order-7" },
    .run = cli_start,
};
const kiln_verb kiln_verb_worker = {
    { "worker", "", "Works on all runs of a store, until it is told to end.", worker_options,
      "worker --store runs --exit-when-idle" },
    .run = cli_worker,
};
const kiln_verb kiln_verb_signal = {
    { "signal", "ID NAME [JSON]", "Sends a signal to a run.", signal_options,
      "signal first approve '{\"by\":\"me\"}' --store runs" },
    .run = cli_signal,
};
const kiln_verb kiln_verb_cancel = {
    { "cancel", "ID", "Ends a run.", send_options, "cancel first --store runs" },
    .run = cli_cancel,
};
const kiln_verb kiln_verb_pause = {
    { "pause", "ID", "Keeps a run from going on until it is resumed.", send_options,
      "pause first --store runs" },
    .run = cli_pause,
};
const kiln_verb kiln_verb_list = {
    { "list", "", "Names the runs of a store.", list_options, "list --store runs" },
    .run = cli_list,
};
const kiln_verb kiln_verb_show = {
    { "show", "ID", "Tells what a run has done so far.", show_options, "show first --store runs" },
    .run = cli_show,
};
const kiln_verb kiln_verb_fork = {
    { "fork", "ID", "Makes a new run that goes on where another one was.", fork_options,
      "fork first --at 1 --store runs" },
    .run = cli_fork,
    .show_past = cli_show_past,
};
const kiln_verb kiln_verb_describe = {
    { "describe", "", "Tells the steps and operations of this program.", describe_options,
      "describe --json" },
    .run = cli_describe,
};
const kiln_verb kiln_verb_migrate = {
    .shown.name = "migrate",
    .tries = &kiln_upgrade_try,
    .upgrades = &kiln_upgrade_do,
    .read_shape = shape_read,
};
const kiln_verb kiln_verb_track = {
    .shown.name = "track",
    .tracking = &cli_tracking,
};
