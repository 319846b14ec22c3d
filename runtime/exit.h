/* exit.h: every exit code of kiln and of the programs it makes, once.
 *
 * One table for both tools, their --help and spec/CLI.md. The numbers are promises: scripts test
 * them, so a code is never reused for another meaning.
 */
#ifndef KILN_EXIT_H
#define KILN_EXIT_H

/* EXIT(NAME, code, sentence) */
#define KILN_EXITS(EXIT)                                                                           \
    EXIT(OK, 0, "all went well; a run completed")                                                  \
    EXIT(FAILED, 1, "the workflow failed, or has errors (kiln check, build, run)")                 \
    EXIT(USAGE, 2, "the command line is wrong")                                                    \
    EXIT(INPUT, 3, "the input cannot be read or is not JSON")                                      \
    EXIT(STORE, 4, "the store cannot be opened, read or written")                                  \
    EXIT(PROGRAM, 5, "the run belongs to another program or version")                              \
    EXIT(NO_RUN, 6, "the store has no such run, or the run no such record")                        \
    EXIT(BROKEN, 7, "out of memory, or the output could not be written")                           \
    EXIT(WAITING, 8, "the run waits for a signal")                                                 \
    EXIT(ENDED, 9, "the run has ended already")                                                    \
    EXIT(DAMAGED, 10, "the store is damaged")

enum kiln_exit {
#define EXIT(name, code, sentence) KILN_EXIT_##name = code,
    KILN_EXITS(EXIT)
#undef EXIT
};

#endif
