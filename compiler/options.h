/* options.h: what the command line of kiln may say, as a struct and one table a verb. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "base/arena.h"
#include "cli_options.h"

struct options {
    /* the workflow and how far to go */
    const char *dialect, *graph, *dump_after, *stage;
    struct option_list ops; /* the user's C files */
    struct option_list child, child_dir;
    int strict, legacy, werror, verify, time;
    /* how to talk */
    const char *color, *format;
    int help;
    /* back ends */
    const char *output, *libc, *cc, *level, *verbs, *backend;
    int keep, verbose;
    /* test */
    int crash_everywhere;
    /* store */
    int drop_damaged;
    struct cli_options program; /* what goes on to the program itself (kiln_main) */
};

extern const struct option options_check[], options_diff[], options_build[], options_run[],
    options_test[], options_resume[], options_start[], options_worker[], options_signal[],
    options_send[], options_list[], options_show[], options_fork[], options_describe[],
    options_emit[], options_ops[], options_survey[], options_store[];

/* Puts the options that are for the program on an argument list, spelled as the table spells them
 * (`program` is the last member of struct options for that). Memory running out ends kiln. */
void options_forward(const struct option *table, const struct options *o, struct arena *a,
                     struct option_list *to);
/* Options whose value is one of a few words: 0, or -1 with a sentence in `why`. */
int options_verify(const struct options *o, struct text *why);

#endif
