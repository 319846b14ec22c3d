/* kiln.h: run a compiled program from C.
 *
 *     kiln_run *r;
 *     if (kiln_run_new(&kiln_program_order, &options, &r) == 0) {
 *         kiln_run_start(r, "{\"data\":{}}", 11);
 *         puts(kiln_run_output(r, &n));
 *         kiln_run_free(r);
 *     }
 *
 * No globals: any number of runs in any number of threads, one thread a run at a time.
 */
#ifndef KILN_H
#define KILN_H

#include <stddef.h>

#include "kiln_op.h"
#include "kiln_program.h"

typedef struct kiln_run kiln_run;

/* What a run tells while it goes. `name` is the step's id; `v` depends on the kind and lives for
 * the call. */
enum kiln_event {
    KILN_EVENT_STEP,    /* a step begins (every leaf) */
    KILN_EVENT_DONE,    /* a task, child or each completed: its value */
    KILN_EVENT_FAILED,  /* a step failed: its error */
    KILN_EVENT_RETRY,   /* a call failed and will be made again: its error */
    KILN_EVENT_NOTE,    /* a log line: {level, message, context} */
    KILN_EVENT_TASK,    /* superstep: a task begins: {id, name, input, triggers} */
    KILN_EVENT_UPDATES, /* superstep: a task committed its writes: {node: writes} */
    KILN_EVENT_RESULT,  /* superstep: a task's outcome: {id, name, error, result, interrupts} */
    KILN_EVENT_VALUES,  /* superstep: the state after a boundary */
    KILN_EVENT_TOLD     /* the program tells something of its own; without a step */
};

typedef void kiln_trace(void *ctx, enum kiln_event kind, const kiln_step *step,
                        const kiln_value *v);

enum kiln_status { KILN_RUNNING, KILN_COMPLETED, KILN_FAILED, KILN_CANCELLED };

/* What a resumed run does with a call that was begun and of which nobody knows what came (only of
 * operations that are KILN_EFFECTFUL). */
enum kiln_doubt {
    KILN_DOUBT_RETRY, /* it is made again, with the same key */
    KILN_DOUBT_FAIL,  /* the step fails with {code: "IN_DOUBT", category, message} */
    KILN_DOUBT_ASK    /* the step waits for a signal: {"result": v}, {"error": e}, or "retry" */
};

/* What is done with a run that an earlier version of the program began. Opaque: who names none of
 * them does not carry what they need. */
typedef struct kiln_upgrade kiln_upgrade;
/* It is refused, but kiln_run_upgrade_report says what would be done. */
extern const kiln_upgrade kiln_upgrade_try;
/* It goes on under this version, if it can. */
extern const kiln_upgrade kiln_upgrade_do;

struct kiln_io;
struct store;

/* All zero is a good default: no store, the real world, no trace. */
typedef struct kiln_options {
    const struct kiln_io *io; /* NULL: kiln_io_posix */
    struct store *store;      /* NULL: nothing is remembered */
    const char *id;           /* of the run; NULL: one is made */
    kiln_trace *trace;
    void *trace_ctx;
    unsigned wanted; /* the events the trace has a use for, 1 << kind each; 0: all. A hint: what
                        nobody wants of supersteps is not worked out */
    /* pregel: makes the id of the next checkpoint, 36 characters and a NUL; NULL: a uuid6. `step`
     * is the superstep it is for. */
    void (*checkpoint_id)(void *ctx, int step, char ret[37]);
    void *checkpoint_ctx;
    unsigned limit;            /* pregel: recursion limit of this call; 0: the program's */
    const kiln_value *scratch; /* operonx: the scratch space at start, or NULL */
    enum kiln_doubt in_doubt;
    unsigned long long at; /* a resumed run as it was when this was its last record: driven, it goes
                              as far as it is known, without effects and without writing. 0: now */
    const kiln_upgrade *upgrade;   /* only of a program with the same name; NULL: it is refused */
    const kiln_value *connections; /* by their ids, an object of objects that outlives the run; or
                                      NULL. Operations see them, and nothing else does */
    const kiln_value *about; /* what the program may ask of the run beside its id: an object that
                                outlives it, or NULL. A run is resumed with the same */
} kiln_options;

/* Makes a run of a program; nothing happens yet. The program, its operations and the options'
 * pointers must outlive it. 0 or a negative errno. */
int kiln_run_new(const kiln_program *program, const kiln_options *options, kiln_run **ret);
/* Starts it with an input value (copied). A pregel program that has ended may be started again:
 * the state goes on. 0, or a negative code. */
int kiln_run_start(kiln_run *r, const kiln_value *input);
/* Sets the recursion limit of the next start (pregel); 0 is the program's. */
void kiln_run_limit(kiln_run *r, unsigned limit);
/* Takes a run up again from its store; options.id names it. 0, or a negative code with the reason
 * in kiln_run_error. */
int kiln_run_resume(kiln_run *r);
/* After a resume that met a run of an earlier version: what stands in the way of going on, or what
 * becomes different; a sentence a line. */
const char *kiln_run_upgrade_report(const kiln_run *r);
/* A signal for the run, by its id or by the name of the step that awaits it. One that comes early
 * is kept; each is taken once. 0, or a negative code. Drive the run afterwards. */
int kiln_run_signal(kiln_run *r, const char *name, const kiln_value *value);
/* The same with a key that tells this signal from others: of one key the first alone counts, for as
 * long as the run lasts. NULL: none. */
int kiln_run_signal_once(kiln_run *r, const char *key, const char *name, const kiln_value *value);
/* What a run that stopped at KILN_RUNNING waits for: an object with the signal's `id` and `step`;
 * or NULL. Lives until the next drive. */
const kiln_value *kiln_run_awaits(const kiln_run *r);
/* Drives until the run ends, or has nothing to do until a signal comes (KILN_RUNNING). Returns its
 * status, or a negative code when the store failed. Sleeps while all it has waits for a time. */
int kiln_run_drive(kiln_run *r);
/* Drives without ever sleeping: until the run ends, would wait, or `most` steps (at least 1) have
 * been made. The status, or a negative code. While it is KILN_RUNNING, *ret_due is when there is
 * something to do next: a time in milliseconds since 1970, or one of the below. */
#define KILN_DUE_NOW (-0x7fffffffffffffffll - 1)
#define KILN_DUE_COMMIT                                                                            \
    (-0x7fffffffffffffffll)                 /* an effect is next: commit the store first. Who does \
                                               not gets a commit for this run alone */
#define KILN_DUE_NEVER 0x7fffffffffffffffll /* not until a signal comes */
/* An end, too, is on disk after a commit of the store, and to be told to nobody before. */
int kiln_run_step(kiln_run *r, unsigned most, long long *ret_due);
/* Writes down a run that has nothing to do, so that it can be freed and taken up later: its state
 * is all that is kept, with the time at which it has something to do. Durable after a commit of the
 * store. 0, or a negative code (-EBUSY when there is something to do now). */
int kiln_run_park(kiln_run *r);
/* Ends a run that goes on: its status is KILN_CANCELLED from here on, in its store as well. 0, also
 * when it had ended already, or a negative code. */
int kiln_run_cancel(kiln_run *r);
/* Keeps in the store that the run is not to go on, or that it is again; it is for the owner not to
 * drive it meanwhile. 0 or a negative code. */
int kiln_run_pause(kiln_run *r, int is_paused);
int kiln_run_is_paused(const kiln_run *r);
enum kiln_status kiln_run_status(const kiln_run *r);
/* The output of a completed run, the error value of a failed or cancelled one. */
const kiln_value *kiln_run_output(const kiln_run *r);
/* Why the last call returned a negative code. */
const char *kiln_run_error(const kiln_run *r);
/* Where values can be made that live as long as the run (until the next drive). */
kiln_heap *kiln_run_heap(kiln_run *r);
/* The run's id; one is made when it has none yet. "" when memory is out. */
const char *kiln_run_id(kiln_run *r);
/* How often the step with this id began. */
unsigned kiln_run_count(const kiln_run *r, const char *step_id);
void kiln_run_free(kiln_run *r);

/* The command line of a compiled program (spec/CLI.md). Returns the exit code. `kiln run` calls it
 * too, so both tiers answer alike. */
int kiln_main(const kiln_program *program, int argc, char **argv);
/* The same with some of the verbs only, and without what is behind the others: a list that ends
 * with NULL of kiln_verb_run, kiln_verb_resume... (templates/main.c). Opaque. */
typedef struct kiln_verb kiln_verb;
int kiln_main_with(const kiln_program *program, const kiln_verb *const *verbs, int argc,
                   char **argv);

#endif
