/* pregel_thread.h: the threads of a fixture: runs that take one input after another, with the ids
 * and the order of events the recordings were made with.
 */
#ifndef PREGEL_THREAD_H
#define PREGEL_THREAD_H

#include "conformance.h"

enum { PREGEL_THREADS = 16 };

/* One thing a run told. */
struct told {
    enum kiln_event kind;
    kiln_value v;
    struct told *next;
};

struct thread {
    char name[32];
    kiln_run *run;
    struct fixture *fixture;
    struct told *first, **end; /* of the input under way */
    kiln_value tasks;          /* every task told: an array of {id, name, ...} */
};

/* A graph, its threads, and how many checkpoint ids were taken. */
struct fixture {
    struct conformance *conformance;
    struct conformance_program program;
    kiln_heap heap;
    unsigned ids;
    struct thread threads[PREGEL_THREADS];
    unsigned n_threads;
    int lossy; /* the recording keeps fewer checkpoints than there were */
};

/* The thread with this name, made when it is new; NULL when there are too many. */
struct thread *pregel_thread(struct fixture *f, const char *name);
/* Gives the thread an input and drives it to its end. The status, or a negative code. */
int pregel_thread_run(struct thread *t, const kiln_value *input, unsigned limit);
void pregel_threads_fini(struct fixture *f);

/* One step of a fixture, being looked at. */
struct recorded {
    struct fixture *f;
    const kiln_value *graph, *step;
    kiln_value expect;
    char name[160];
};

/* ---- pregel_steps.c ---- */
/* Runs or looks at what the step says, and counts it. `*sound` says whether the threads are still
 * as recorded. */
void pregel_judge_step(struct recorded *r, const char *op, int *sound);
/* A text member of the step, in the fixture's heap; NULL when there is none. */
const char *pregel_text_of(struct recorded *r, const char *member);
/* Counts the step. */
void pregel_count(struct recorded *r, enum verdict v, const char *expected, const char *got);

#endif
