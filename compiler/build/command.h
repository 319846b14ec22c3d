/* command.h: running another program, without a shell. */
#ifndef BUILD_COMMAND_H
#define BUILD_COMMAND_H

#include "base/list.h"
#include "diag.h"

/* The words of a command line. Zero-initialised it is empty. The words are borrowed. */
struct command {
    LIST(const char *) words;
};

void command_add(struct command *c, const char *word);
/* The same for several words, ended by NULL. */
void command_add_all(struct command *c, const char *const *words);
/* Runs it to its end with nothing on standard input; `verbose` prints it first. 0 when it
 * succeeded; -1 with a complaint: B001 when there is no such program (naming the Debian package
 * that has it), B002 with the first lines of what it said when it failed. */
int command_run(struct command *c, int verbose, struct diags *d);
/* Is there such a program, by path or on PATH? */
int command_exists(const char *program);
/* A file as one word of a command: "./" goes in front of a path that looks like an option. */
const char *command_file(struct arena *a, const char *path);
void command_fini(struct command *c);

#endif
