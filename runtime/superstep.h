/* superstep.h: the part of a frame only supersteps have (pregel 2).
 *
 * A channel is a slot with a version; a task is a node that runs in this superstep. Tasks write to
 * a list, never to a slot; the boundary applies the list, and what it changed chooses the tasks of
 * the next superstep. Shared by superstep.c (the loop), channel.c (how a channel takes writes),
 * checkpoint.c (ids) and tell.c (what a run tells about its tasks).
 */
#ifndef KILN_SUPERSTEP_H
#define KILN_SUPERSTEP_H

#include "run.h"

/* What a superstep knows of a slot besides its value. */
struct channel {
    unsigned version;       /* 0: never changed */
    unsigned changed;       /* the apply that changed it last */
    unsigned taken, taking; /* the apply that writes to it, and where in superstep.takings */
    unsigned first_watcher; /* in superstep.watchers; the next channel's is the end */
    unsigned told;          /* tell.c: how often a task wrote to it */
    unsigned n_seen;        /* BARRIER: how many names were written */
    unsigned char *seen;    /* BARRIER: one flag a name */
    unsigned char once;     /* it is in superstep.once */
};

/* A node of the graph, and what it does in this superstep. */
struct task {
    unsigned step;        /* its CHANGED step */
    unsigned *seen;       /* the versions of its triggers when it ran last, one a watched slot */
    unsigned begun;       /* how often it has run, this time included */
    unsigned char ran;    /* it has run before: `seen` counts */
    unsigned char active; /* runs in this superstep */
    unsigned char done;   /* has written all it had to */
    int first, last;      /* its writes: indexes of superstep.writes, or -1 */
    char id[37];          /* only when someone listens */
};

/* A write waiting for the boundary; `next` is the task's next one, or -1. */
struct write {
    unsigned slot;
    int next;
    kiln_value v;
};

/* A channel while it takes the writes of one superstep. */
struct taking {
    kiln_value v;
    unsigned slot;
    unsigned n;      /* writes taken */
    int overwritten; /* an Overwrite came: later writes are skipped (pregel 1.3) */
};

/* Nothing was started yet: the number before the first input's (pregel 2.1). */
enum { SUPERSTEP_NEW = -2 };

struct superstep {
    int step;                 /* of the superstep that runs now or is next */
    long long stop;           /* the last one allowed */
    unsigned version;         /* the greatest of all channels */
    unsigned applies;         /* how often writes were applied */
    struct channel *channels; /* one a slot and one more */
    unsigned *watchers;       /* tasks, grouped by the slot they watch, ascending */
    struct task *tasks;       /* in the order of their names; the last is the input */
    unsigned n_tasks;         /* without the input */
    unsigned current;         /* the task whose leaf runs */
    LIST(unsigned) public;    /* slots the caller may see */
    unsigned result;          /* the slot for what was last shown; n_slots: none */
    unsigned left;            /* the slot for how many supersteps are left; n_slots: none */
    LIST(struct write) writes;
    LIST(unsigned) active;  /* tasks of this superstep, ascending */
    LIST(unsigned) updated; /* slots the last apply changed and left available */
    LIST(unsigned) once;    /* available slots that are gone unless written again */
    LIST(struct taking) takings;
    unsigned long long ticks; /* of the last id made here */
    char checkpoint[37];
};

/* ---- superstep_frame.c ---- */

/* The superstep of a new frame, made and freed. 0 or -1. */
int superstep_init(struct frame *f);
void superstep_fini(struct frame *f);
/* Every value it holds, for the collector. */
void superstep_visit(struct frame *f, void (*visit)(void *ctx, kiln_value *v), void *ctx);

/* superstep_snapshot.c: the same as bytes, for snapshot.h. */
void superstep_save(struct text *t, const struct frame *f);
int superstep_restore(struct record_cursor *c, struct frame *f);

/* superstep_move.c: the same for a new frame of a later version. */
int superstep_move(const struct frame *from, struct frame *to, struct upgrade *u);

/* ---- apply.c ---- */

/* Moves the writes of the active tasks into the slots, all or none (pregel 2.3). 0, or -1 with the
 * heap's error set. */
int superstep_apply(struct frame *f);
/* The recursion limit of this call. */
unsigned superstep_limit(const struct frame *f);

/* ---- channel.c ---- */

/* Begins: the value the writes are applied to. */
struct taking channel_open(const struct frame *f, unsigned slot);
/* Takes one write. 0, or -1 with the heap's error set. */
int channel_take(kiln_heap *h, const kiln_slot *s, struct taking *t, const kiln_value *v);
/* Puts the value after all writes in *now, absent when nothing is left. 1 when it counts as a
 * change (pregel 1.2). */
int channel_close(const kiln_slot *s, const struct taking *t, kiln_value *now);
/* A name arrives at a barrier: 1 when it was new. */
int channel_arrive(const kiln_slot *s, struct channel *c, const kiln_value *name);
/* A task read a barrier that was full: it starts again. 1 when it did. */
int channel_consume(const kiln_slot *s, struct channel *c);

/* ---- checkpoint.c: ids ---- */

/* Takes the id of the checkpoint saved after superstep `step` (pregel 2.8). */
void checkpoint_next(struct frame *f, int step);
/* The id of a task of this superstep (pregel 2.5). 0, or -1 when memory is out. */
int checkpoint_task_id(const struct frame *f, const struct task *t, char ret[37]);

/* ---- tell.c: the streams of pregel 2.10. All return 0, or -1 when memory is out. */

/* An object of the public slots that are available and have all of `with` as flags. */
int tell_state(struct frame *f, unsigned with, kiln_value *ret);
int tell_task(struct frame *f, unsigned task);
int tell_commit(struct frame *f, unsigned task);
/* A task that was done when null input goes on (pregel 2.6). */
int tell_again(struct frame *f, unsigned task);
int tell_failed(struct frame *f, unsigned task, const kiln_value *error);
int tell_values(struct frame *f);

/* The names of a task's triggers in the order of their bytes; free it. NULL when memory is out. */
const char **superstep_triggers(const struct frame *f, const struct task *t);

#endif
