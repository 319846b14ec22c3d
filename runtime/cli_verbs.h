/* cli_verbs.h: the verbs a compiled program may have, in the order in which it shows them. Each is
 * a table of its own (struct kiln_verb, cli.h), kiln_verb_NAME, so a program carries those that it
 * names and what is behind them (`kiln build --verbs`).
 *
 * `migrate` is no verb: it stands for what --migrate of resume and worker needs.
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
    VERB(migrate)

#define CLI_NUMBER(name) CLI_VERB_##name,
enum cli_verb { CLI_VERBS(CLI_NUMBER) CLI_N_VERBS };
#undef CLI_NUMBER

#endif
