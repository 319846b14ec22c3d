/* turns.h: the superstep part of an interpreted frame, for turns.c and channels.c. */
#ifndef TURNS_H
#define TURNS_H

#include "interpreter.h"

enum { TURNS_INPUT = 0 }; /* the writer of the input comes before task 0, whose writer is 1 */

struct channel_of {
    unsigned version;
    unsigned changed;   /* the apply that changed it last and left it available */
    unsigned char *met; /* barrier: the names that came */
};

struct task_of {
    const struct plan_step *step; /* the one that wakes by change, or NULL */
    int ran, active;
    unsigned *seen, begun;
};

struct turns {
    struct channel_of *channels;
    struct task_of *tasks;
    unsigned n_tasks, version, applies, ticks;
    LIST(struct write_of) writes;
};

/* Applies the writes of the input, or of the active tasks, to the channels. 0, or -1 with the error
 * in the heap, and nothing has happened. */
int channels_apply(struct interpreter *in, struct scene *f, int is_input);

#endif
