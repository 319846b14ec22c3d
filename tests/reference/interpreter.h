/* interpreter.h: the inside of the reference interpreter.
 *
 * One idea: whatever a run has under way is a list of works, one for each time a step was woken,
 * each with one state. Nothing is counted that can be looked for: a frame is quiet when no work is
 * its own, a gate is shut when a work is inside, the next step is the ready work that waits
 * longest.
 */
#ifndef INTERPRETER_H
#define INTERPRETER_H

#include "base/list.h"
#include "reference.h"

enum work_state {
    WORK_READY,  /* waits for its turn */
    WORK_GATE,   /* waits until the item inside its gate has left */
    WORK_NOW,    /* its step is being done */
    WORK_BELOW,  /* `child` and `each`: frames of its own are under way */
    WORK_TIME,   /* has `value` when `due` */
    WORK_AGAIN,  /* its call is made again when `due` */
    WORK_SIGNAL, /* waits for the signal `value` tells of */
    WORK_OVER
};

/* A moment: of equal times the one set first comes first. `turn` 0: never. */
struct moment {
    long long ms;
    unsigned long long turn;
};

/* The items of an `each`. */
struct items {
    kiln_value list, args[8], *results, error;
    unsigned next, ended;
    int failed;
};

struct work {
    struct scene *frame;
    const struct plan_step *step;
    enum work_state state;
    unsigned long long turn; /* since when it is ready, or at its gate */
    struct moment due, deadline;
    unsigned failures; /* of its call, that count */
    kiln_value value;
    struct items items;
};

/* What has arrived at a step. */
struct arrived {
    unsigned hard, soft, live;
    int done;
};

/* A write of a superstep that the boundary has not applied. */
struct write_of {
    unsigned node, slot;
    kiln_value v;
};

/* A frame. */
struct scene {
    const struct plan_flow *flow;
    struct scene *up;
    struct work *caller; /* the work that runs it, or NULL */
    unsigned item;       /* which item or iteration of its caller */
    unsigned index;      /* what `index` reads: of a superstep flow, how often its task has begun */
    kiln_value *slots, error;
    struct arrived *arrived;
    int quiet, handling, over;
    struct {
        int set, ok;
        unsigned step;
        kiln_value value;
    } held;
    struct turns *turns; /* of a superstep flow */
};

struct interpreter {
    const struct plan *plan;
    const struct reference_world *world;
    struct arena arena;
    kiln_heap heap;
    LIST(struct work *) works;
    LIST(struct scene *) scenes; /* the newest last */
    unsigned long long turn;
    long long clock;
    unsigned steps;
    struct reference_end *end;
};

/* Zeroed memory that lives as long as the interpreter. */
void *interpreter_alloc(struct interpreter *in, size_t n);

/* ---- interpreter.c: the moves ---- */
void interpreter_ready(struct interpreter *in, struct scene *f, const struct plan_step *s);
/* The step of a work is done: its result (or NULL), the case it picked or -1. */
void interpreter_complete(struct interpreter *in, struct work *w, const kiln_value *result,
                          int pick);
void interpreter_fail(struct interpreter *in, struct work *w, kiln_value error);
/* The same of a call that may be made again. */
void interpreter_fail_call(struct interpreter *in, struct work *w, kiln_value error);
/* The step ends its frame well; or badly, or well, without any step. */
void interpreter_finish(struct interpreter *in, struct work *w, kiln_value v);
void interpreter_end(struct interpreter *in, struct scene *f, int ok, kiln_value v);
/* Nothing of the frame is under way: its quiet step runs, once. */
void interpreter_quiet(struct interpreter *in, struct scene *f);
/* A new frame; nothing of it is ready yet. */
struct scene *interpreter_enter(struct interpreter *in, const struct plan_flow *flow,
                                struct scene *up, struct work *caller, unsigned index,
                                const kiln_value *args);
/* Its steps that wake at the start are ready. */
void interpreter_wake(struct interpreter *in, struct scene *f);

/* ---- works.c: what is under way ---- */
/* The step is ready. */
struct work *works_add(struct interpreter *in, struct scene *f, const struct plan_step *s);
/* Whether another is inside the gate of this one. */
int works_is_shut_out(const struct interpreter *in, const struct work *w);
/* Whether the work is of the frame and not over; whether the frame has one. */
int works_is_of(const struct work *w, const struct scene *f);
int works_any(const struct interpreter *in, const struct scene *f);
/* The work is over, and all below it; whoever waits at its gate goes in. */
void works_drop(struct interpreter *in, struct work *w);
/* What steps `from` and later of the frame have under way is given up, but for one work. */
void works_drop_from(struct interpreter *in, struct scene *f, unsigned from,
                     const struct work *but);
void works_drop_scene(struct interpreter *in, struct scene *f);
/* Frames of a work from this item or iteration on are given up; whether any are under way. */
void works_drop_below(struct interpreter *in, struct work *w, unsigned from_index);
int works_has_below(const struct interpreter *in, const struct work *w);

/* ---- clock.c: the loop ---- */
/* So many milliseconds from now. */
struct moment interpreter_in(struct interpreter *in, unsigned long long ms);

/* ---- perform.c: what a step does ---- */
void perform_step(struct interpreter *in, struct work *w);
/* An item of an `each` ended. */
void perform_item(struct interpreter *in, struct work *w, unsigned index, int ok, kiln_value v);

/* ---- evaluate.c: the pure part of a step ---- */
/* Does the pure operations: 0 with the registers filled, or -1 with the error in the heap. */
int evaluate_step(struct interpreter *in, struct work *w, kiln_value *regs);
/* Writes a slot by its rule, outside supersteps. 0 or -1. */
int evaluate_set(struct interpreter *in, struct scene *f, unsigned slot, const kiln_value *v);

/* ---- turns.c: supersteps ---- */
/* Makes the superstep part of a frame, gives it its input, wakes what that changed. */
void turns_begin(struct interpreter *in, struct scene *f, const kiln_value *input);
/* Frees what is not in the interpreter's arena. */
void turns_end(struct scene *f);
/* A step of the frame begins. */
void turns_step(struct interpreter *in, struct work *w);
void turns_write(struct interpreter *in, struct work *w, unsigned slot, const kiln_value *v);
/* channels.c: the slot as it is with the writes of this work's task. 0 or -1. */
int channels_fresh(struct interpreter *in, struct work *w, unsigned slot, kiln_value *ret);
/* The boundary: 1 when it woke a step, 0 when not, -1 with the error in the heap. */
int turns_boundary(struct interpreter *in, struct scene *f);

#endif
