/* cli_verbs.h: the verbs a compiled program may have, in the order in which it shows them. Each is
 * a table of its own (struct kiln_verb, cli.h), kiln_verb_NAME, so a program carries those that it
 * names and what is behind them (`kiln build --verbs`).
 *
 * The last two are none: `migrate` stands for what --migrate of resume and worker needs and all
 * that is known of other versions, `track` for --track-events. Programs whose steps tell of
 * themselves have `track`, whatever --verbs says, and no other has.
 */
#ifndef KILN_CLI_VERBS_H
#define KILN_CLI_VERBS_H

#define CLI_VERBS(VERB)                                                                            \
    VERB(run)                                                                                      \
    VERB(resume)                                                                                   \
    VERB(start)                                                                                    \
    VERB(worker)                                                                                   \
    VERB(signal)                                                                                   \
    VERB(cancel)                                                                                   \
    VERB(pause)                                                                                    \
    VERB(list)                                                                                     \
    VERB(show)                                                                                     \
    VERB(fork)                                                                                     \
    VERB(describe)                                                                                 \
    VERB(migrate)                                                                                  \
    VERB(track)

#define CLI_NUMBER(name) CLI_VERB_##name,
enum cli_verb { CLI_VERBS(CLI_NUMBER) CLI_N_VERBS };
#undef CLI_NUMBER

#endif
