/* store_script.h: one script of appends and commits, and what must be found of it afterwards. */
#ifndef STORE_SCRIPT_H
#define STORE_SCRIPT_H

#include "test/io_sim.h"
#include "store.h"

/* What a test knows it did. */
struct script {
    struct io_sim *sim;
    struct store *store;
    struct journal_run *runs[2];
    unsigned long long appended, acknowledged; /* sequences; 1 is the first */
    int eager;                                 /* after a crash, append at once */
};

/* Opens the store "s" and plays the whole script; stops at the first failure, as a program does
 * whose machine is going down. */
void script_play(struct script *k);
/* Appends to run 0 ("a") or 1 ("b"), beginning it when it must; commits. 0 or a negative code. */
int script_append(struct script *k, unsigned run);
int script_commit(struct script *k);
/* Leaves the store. */
void script_stop(struct script *k);
/* Reads everything; each record must be what was appended under its sequence, none may be missing.
 * How many there are. */
unsigned long long script_check(struct store *s);
/* Opens the store "s"; it must be there and sound. */
struct store *script_reopen(struct io_sim *sim, unsigned flags);

#endif
