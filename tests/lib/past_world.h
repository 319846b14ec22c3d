/* past_world.h: runs that are looked at as they were, and forked: one plan, one store on a
 * simulated disk, one operation that counts its calls.
 */
#ifndef PAST_WORLD_H
#define PAST_WORLD_H

#include "compiled.h"
#include "store.h"
#include "test/io_sim.h"

/* Calls of "test.act" so far. */
extern unsigned past_acted;

struct past_world {
    struct compiled compiled;
    struct io_sim *sim;
    struct store *store;
    const char *output; /* that every run must come to */
    const char *signal; /* sent when it waits; or NULL */
};

/* The records of a run: their numbers and times. */
struct past_records {
    unsigned long long number[256];
    long long ms[256];
    enum journal_kind kind[256];
    unsigned n;
};

/* Compiles a plan; its operation "test.act" gives `n` back, after `ms`. */
void past_load(struct past_world *k, const char *text);
void past_unload(struct past_world *k);
/* Opens the store of the world; `flags` are enum store_flags. */
void past_open_store(struct past_world *k, unsigned flags);
/* A world in which the run "r" has come to its end, the same each time; and its end. */
void past_begin(struct past_world *k);
void past_end(struct past_world *k);
/* Begins a run, or takes it up, and drives it to its end. */
void past_play(struct past_world *k, const char *id);
void past_go_on(struct past_world *k, const char *id);
struct past_records past_records_of(struct past_world *k, const char *id);
/* Takes the run up as it was behind the record; nothing may happen. */
void past_look(struct past_world *k, const char *id, unsigned long long record);
/* Forks a run and drives the fork to its end: how many effects that made, and how long it took. */
unsigned past_branch(struct past_world *k, const char *from, unsigned long long record,
                     const char *id, long long *ret_ms);

/* Parts of plans; a root flow has the slots s0 and s1, and ends with both. */
#define HEAD "plan \"p\" dialect \"test\"\nflow \"root\"\nslot s0 \"a\" last\nslot s1 \"b\" last\n"
#define QUIET "step \"q\" wake quiet\n%0 = const \"quiet\"\nfinish %0\n"
#define ACT(id, wake, input, slot, to)                                                             \
    "step \"" id "\" wake " wake "\n%0 = const " input "\ntask \"test.act\" %0 -> " slot           \
    "\nnext -> \"" to "\"\n"
#define END                                                                                        \
    "step \"end\" wake count 1\n%0 = slot s0\n%1 = slot s1\n%2 = array %0 %1\nfinish %2\n" QUIET
#define TWO_ACTS                                                                                   \
    ACT("a", "start", "{\"n\":1}", "s0", "b") ACT("b", "count 1", "{\"n\":2}", "s1", "end")

#endif
