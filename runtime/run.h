/* run.h: the inside of a run: frames, the ready queue, the moves of the loop.
 *
 * A run is a tree of frames. A frame is plain data: its slots, what has arrived at each
 * step, what it is a child of. Code holds nothing between steps. Everything that can happen to
 * a frame is one of the moves below (run.c); drive.c is the loop that makes them.
 */
#ifndef KILN_RUN_H
#define KILN_RUN_H

#include "base/alarm.h"
#include "base/hot.h"
#include "base/list.h"
#include "base/map.h"
#include "journal.h"
#include "kiln.h"
#include "record.h"
#include "value.h"

struct inbox_message;
struct superstep; /* superstep.c: the part of a frame only supersteps have */
struct stream;    /* each.c: the part of a frame whose step runs EACH */
struct upgrade;   /* upgrade.h: another version of the program */
struct wait;      /* wait.c: what a step of a frame waits for */

/* What has arrived at a step of a frame. All zero at first, whatever the step waits for. */
struct arrival {
    unsigned hard;      /* arrivals, live or dead */
    unsigned char soft; /* a soft one came */
    unsigned char live; /* one of them was live */
    unsigned char done; /* it has woken or died */
};

/* A live flow. `head` is what generated code sees of it. */
struct frame {
    kiln_frame head;
    kiln_run *run;
    const kiln_flow *flow;
    struct frame *parent; /* == head.up */
    unsigned parent_step; /* the step of the parent that waits for this frame */
    unsigned item;        /* which item or iteration of it; head.index may count something else */
    unsigned depth;       /* 0 for the root */
    unsigned busy;        /* steps of it ready or under way, frames below it included as one */
    unsigned turn;        /* superstep number */
    int quiet;            /* its QUIET step has been woken and nothing has happened since */
    int handling;         /* an error edge took over: joins do not wait any more */
    struct arrival *arrivals; /* one a step */
    unsigned *counts;         /* of the run's: begins, one a step */
    struct superstep *superstep;
    struct stream *stream;  /* the item run this frame belongs to, or NULL */
    struct stream *streams; /* EACH steps of this frame under way */
    struct wait *waits;     /* its steps that wait, retry or have a deadline */
    struct {
        unsigned set, step; /* set: 0 or 1 */
        int ok;
        kiln_value value;
    } held;                    /* hold.c: the ending that waits for earlier steps */
    unsigned mark;             /* snapshot.c: its number among the live ones */
    struct frame *next, *prev; /* in the run's list of live frames; `next` in a free list too */
};

/* One entry of the ready queue. */
struct ready {
    struct frame *frame;
    unsigned step;
    unsigned is_passed; /* replay.c: it would act, and stays where it is */
};

/* Why there is to be a base: it is worth its bytes; the journal could not do without
 * (wait_again.c).
 */
enum keep { KEEP_DUE = 1, KEEP_NEEDED = 2 };

struct kiln_run {
    const kiln_program *program;
    struct run_upgrade *upgrade; /* upgrade_run.h; or NULL */
    kiln_options options;
    const struct kiln_io *io;
    kiln_heap heap; /* values of live frames; moved by collect.c */
    kiln_heap kept; /* input, journal, output: never moved */
    char *id;
    struct journal_run *journal; /* NULL without a store */
    struct frame *root;
    struct frame *live;   /* every live frame, newest first */
    struct frame **spare; /* free frames, a list a flow */
    struct ready *ready;  /* a ring; its size is a power of two */
    size_t ready_first, ready_n, ready_cap;
    LIST(unsigned) dead; /* steps of a frame that have still to pass death on */
    LIST(unsigned) path; /* of the last journal_place */
    unsigned *counts;    /* begins, one a step over all flows */
    unsigned *bases;     /* where the counts of a flow begin */
    unsigned n_counts;
    unsigned must_keep;      /* enum keep: a base is to be made between two steps */
    unsigned unkept;         /* steps made since the newest base, with a store */
    unsigned long long made; /* steps made until then */
    enum kiln_status status;
    int started, paused;
    kiln_value output;
    struct text error;    /* why a call failed */
    int broken;           /* a negative code: store or memory failed, no way on */
    size_t collect_at;    /* bytes of the heap at which it is collected next */
    struct alarms timers; /* of struct timer */
    /* Come before anyone waited for them; and the keys of all that ever came. In the kept heap. */
    LIST(struct journal_signal) signals;
    struct map signal_keys;
    int postponed;   /* signals.h: a signal has still to come */
    unsigned behind; /* signals.h: it may not be where it was yet */
    int yields;      /* it stops before an effect that wants a commit... */
    int has_yielded; /* ...once */
    int retries;     /* the step that is running was tried before: what it tells was told */
    unsigned ticks;  /* steps made; every so many of them timers are looked at */
    unsigned wanted; /* events the trace has a use for, 1 << kind each */
};

/* frame.c */
/* A new frame of `flow`; parameters are copied from args. NULL when memory is out. */
struct frame *frame_new(kiln_run *r, const kiln_flow *flow, struct frame *parent, unsigned step,
                        unsigned index, const kiln_value *args);
/* Makes the START steps of a new frame ready. 0 or -1. */
int frame_wake(struct frame *f);
/* Takes a frame that has ended out of the run, with all it still has under way. */
void frame_drop(struct frame *f);
/* The same for one that has not. */
void frame_kill(struct frame *f);
/* Discards what steps from..to of the frame have ready, waiting or under way below them; `busy` is
 * left to the caller. */
void frame_clear(struct frame *f, unsigned from, unsigned to);
/* The same, but what they wait for goes on: their tries and deadlines. */
void frame_clear_below(struct frame *f, unsigned from, unsigned to);
/* How many of the steps from..to are ready, waiting or under way. */
unsigned frame_count(const struct frame *f, unsigned from, unsigned to);
/* Numbers the live frames by `mark`, oldest first, so that a parent comes before its children: the
 * oldest, or NULL. From one to the next it is `prev`. */
struct frame *frame_number_live(kiln_run *r, unsigned *ret_n);
/* Frees the spare frames of a run. */
void frame_free_spare(kiln_run *r);
/* Where a completion of `step` belongs. The path lives in the run until the next call. 0 or -1. */
int frame_place(struct frame *f, unsigned step, struct journal_place *ret);

/* invariant.c: whether what each frame counts as under way is what is (spec/STATES.md): 1, 0, or -1
 * when the run is broken. */
int run_is_consistent(kiln_run *r);

/* run.c: the moves. All return 0, or -1 when the run is broken. */
/* The step becomes ready. */
int run_ready(kiln_run *r, struct frame *f, unsigned step);
/* Makes the ready queue larger. */
int run_grow_ready(kiln_run *r);
/* Puts a step whose turn has come in the ready queue. */
int run_enqueue(kiln_run *r, struct frame *f, unsigned step);
/* Nothing of the frame is ready or under way: its QUIET step runs. */
int run_quiet(kiln_run *r, struct frame *f);
/* The step is done: its result goes to its slot, its edges fire. `pick` is the case, or -1. */
int run_complete(kiln_run *r, struct frame *f, unsigned step, const kiln_value *result, int pick);
/* The same without looking whether one step simply follows (link.h does). */
int run_complete_any(kiln_run *r, struct frame *f, unsigned step, const kiln_value *result,
                     int pick);
/* The step failed: an error edge takes over, or the frame fails. */
int run_fail(kiln_run *r, struct frame *f, unsigned step, const kiln_value *error);
/* A call of the step failed: it is tried again, or the step fails. */
int run_fail_call(kiln_run *r, struct frame *f, unsigned step, const kiln_value *error);
/* The frame ended well or badly: tell whoever waits for it. */
int run_end_frame(kiln_run *r, struct frame *f, int ok, const kiln_value *v);
/* Somebody has a use for events of this kind. */
static inline int run_is_heard(const kiln_run *r, enum kiln_event kind)
{
    return r->wanted & 1u << kind;
}
/* The end of the run goes to the journal. */
int run_keep_end(kiln_run *r);
/* Nothing of the run goes on, because somebody says so. */
int run_cancel(kiln_run *r);
/* control.c: whether it is paused goes to the journal, with the key of the message that says so, or
 * NULL. 0, or the code it is broken with. */
int run_keep_pause(kiln_run *r, const kiln_value *key);
/* What a message asks of a run that goes on, SIGNAL, CANCEL, PAUSE or RESUME. 0 or a negative code.
 */
int run_obey(kiln_run *r, const struct inbox_message *m);
/* Milliseconds since 1970. In the past no time has come but that of what is known to be over. */
static inline long long run_now(const kiln_run *r)
{
    return r->options.at ? -1 : r->io->now_ms(r->io->self);
}
/* Tells the trace, if it wants to know. */
static inline void run_trace(kiln_run *r, enum kiln_event kind, const kiln_step *step,
                             const kiln_value *v)
{
    if (RARE(run_is_heard(r, kind)))
        r->options.trace(r->options.trace_ctx, kind, step, v);
}
/* The moment: how many steps the run has made, and one. What ended at a moment ends there again
 * when the run is resumed. (Steps that are not made again - older tries - are missing then: what is
 * late ends when nothing else is ready, in the order of the records.) */
static inline unsigned long long run_moment(const kiln_run *r)
{
    return r->made + r->unkept + 1;
}
/* The run cannot go on: keeps the words, answers -1. */
int run_break(kiln_run *r, int code, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* drive.c: one step of a frame, out of the queue already. */
int run_step(kiln_run *r, struct frame *f, unsigned step);
/* engine.c: what the run keeps by flow and step is made, or made anew, for this program. 0, or -1
 * when memory is out. */
int run_make_tables(kiln_run *r, const kiln_program *program);

/* task.c: calls the step's operation, or takes its completion from the journal. */
int task_run(kiln_run *r, struct frame *f, unsigned step);
/* Writes a log line, unless the journal has it already. */
int task_note(kiln_run *r, struct frame *f, unsigned step);
/* The step is done in so many milliseconds, or when a signal comes. */
int task_sleep(kiln_run *r, struct frame *f, unsigned step);
int task_await(kiln_run *r, struct frame *f, unsigned step);
/* What a step waited for is here: keeps it in the journal and completes the step. */
int task_done(kiln_run *r, struct frame *f, unsigned step, const kiln_value *result,
              const kiln_value *scratch);
/* A signal came for a step that waits for it, or to be told what became of its effect. */
int task_deliver(kiln_run *r, struct frame *f, unsigned step, const struct journal_signal *signal);
/* What the journal knows of a step and the run has not taken: 1, 0 when nothing. */
int task_find(kiln_run *r, struct frame *f, unsigned step, struct journal_found *ret);
/* Makes what was found happen: at once, or, where the step waited for it (`waits`, or the journal
 * says so), in the order of the records. */
int task_take(kiln_run *r, struct frame *f, unsigned step, const struct journal_found *found,
              int waits);
/* The run has taken it. */
void task_use(kiln_run *r, struct frame *f, unsigned step);
/* Keeps in the journal what came of a step. */
int task_record(kiln_run *r, struct frame *f, unsigned step, enum journal_kind kind,
                const kiln_value *v, const kiln_value *scratch);
/* The same of a step that the signal ended; without a store it does nothing. */
int task_record_answer(kiln_run *r, struct frame *f, unsigned step, enum journal_kind kind,
                       const kiln_value *v, const struct journal_signal *signal);

/* each.c and stream_snapshot.c: what the loop asks of a flow with EACH steps, by way of its table,
 * and of the frames of their items, by way of their parent's. */
struct kiln_stream {
    int (*start)(kiln_run *r, struct frame *f, unsigned step);
    int (*end)(kiln_run *r, struct frame *child, int ok, const kiln_value *v);
    int (*enter)(struct frame *f, unsigned step);
    int (*leave)(kiln_run *r, struct frame *f, unsigned step);
    int (*forget)(struct frame *f, unsigned from, unsigned to);
    void (*drop)(struct frame *f, unsigned from, unsigned to);
    unsigned (*count)(const struct frame *f, unsigned from, unsigned to);
    void (*visit)(struct frame *f, void (*visit)(void *ctx, kiln_value *v), void *ctx);
    /* The streams of a frame as bytes. Gates come apart: they name frames that are made later.
     * Readers answer 0, or -1 when the bytes are not such. */
    void (*save)(struct text *t, const struct frame *f);
    int (*restore)(struct record_cursor *c, struct frame *f);
    void (*save_gates)(struct text *t, const struct frame *f);
    int (*restore_gates)(struct record_cursor *c, struct frame *f, struct frame *const *frames,
                         size_t n_frames);
};

HOT int each_start(kiln_run *r, struct frame *f, unsigned step)
{
    return f->flow->stream->start(r, f, step);
}

/* A child frame of an EACH step ended. */
HOT int each_end(kiln_run *r, struct frame *child, int ok, const kiln_value *v)
{
    return child->parent->flow->stream->end(r, child, ok, v);
}

/* A gated step of an item frame became ready: 1 when it may run now, 0 when it waits its turn. */
HOT int each_enter(struct frame *f, unsigned step)
{
    return f->parent->flow->stream->enter(f, step);
}

/* A gated step of an item frame is done: lets the next item in. */
HOT int each_leave(kiln_run *r, struct frame *f, unsigned step)
{
    return f->parent->flow->stream->leave(r, f, step);
}

/* Steps from..to of a frame, of an item perhaps, are given up: it leaves their gates, inside or
 * waiting. 0 or -1. */
HOT int each_forget(struct frame *f, unsigned from, unsigned to)
{
    return f->stream ? f->parent->flow->stream->forget(f, from, to) : 0;
}

/* Frees the streams of steps from..to. */
HOT void each_drop(struct frame *f, unsigned from, unsigned to)
{
    if (f->streams)
        f->flow->stream->drop(f, from, to);
}

/* How many streams steps from..to have, and how often they wait at a gate. */
HOT unsigned each_count(const struct frame *f, unsigned from, unsigned to)
{
    const struct frame *owner = f->streams ? f : f->stream ? f->parent : NULL;

    return owner ? owner->flow->stream->count(f, from, to) : 0;
}

/* Every value the streams of a frame hold, for the collector. */
HOT void each_visit(struct frame *f, void (*visit)(void *ctx, kiln_value *v), void *ctx)
{
    if (f->streams)
        f->flow->stream->visit(f, visit, ctx);
}

/* superstep.c and beside it: what the loop asks of a superstep flow, by way of its table (its slot
 * 0 is its input channel). */
struct kiln_superstep {
    int (*init)(struct frame *f);
    void (*fini)(struct frame *f);
    /* Input for a fresh or an ended frame (pregel 2.1); wakes what it triggers. Null goes on where
     * the run stopped. */
    int (*input)(kiln_run *r, struct frame *f, const kiln_value *input);
    /* The boundary step: applies writes in task order, wakes what changed (pregel 2.3, 2.4). Sets
     * *ret_woke to the number of tasks woken. */
    int (*boundary)(kiln_run *r, struct frame *f, unsigned *ret_woke);
    /* A step of the frame begins, a whole task ended well, a step failed. */
    int (*begin)(kiln_run *r, struct frame *f, unsigned step);
    int (*end)(kiln_run *r, struct frame *f, unsigned step);
    int (*failed)(struct frame *f, unsigned step, const kiln_value *error);
    /* So many tries of a step have failed since this was said last: they count as begun. */
    void (*tried)(struct frame *f, unsigned step, unsigned failures);
    /* Every value a superstep holds, for the collector. */
    void (*visit)(struct frame *f, void (*visit)(void *ctx, kiln_value *v), void *ctx);
    /* The superstep of a frame as bytes, and back into one that is new: 0, or -1 when the bytes
     * cannot be of such a frame. */
    void (*save)(struct text *t, const struct frame *f);
    int (*restore)(struct record_cursor *c, struct frame *f);
    /* What one has goes to a new one of a later version; what it cannot is said there. 0 or -1. */
    int (*move)(const struct frame *from, struct frame *to, struct upgrade *u);
};

/* Bytes below which collecting is not worth it; tiny in the mode made to break things. */
#ifdef KILN_HARD
enum { COLLECT_FLOOR = 1 << 10 };
#else
enum { COLLECT_FLOOR = 1 << 20 };
#endif
/* collect.c: moves what the frames still hold to a new arena. Called between steps, when the old
 * one has grown to r->collect_at. */
int run_collect(kiln_run *r);

#endif
