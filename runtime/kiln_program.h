/* kiln_program.h: the contract between generated C and the runtime.
 *
 * This header includes nothing, so its text can be pasted in front of a generated program and the
 * same bytes go to a C compiler, to musl-gcc and to libtcc. It says three things: what a value is,
 * what a leaf (the function of one step) may touch and must return, and the constant tables that
 * describe a program. The runtime knows a program by its tables alone.
 *
 * Written for the weakest compiler that reads it: C99, no libc, no thread-locals, no atomics.
 *
 * ABI history
 *   1  first version
 *   2  blame, policies, waiting, telling and what a run is about
 *   3  steps and slots share what those of one kind have in common
 */
#ifndef KILN_PROGRAM_H
#define KILN_PROGRAM_H

#define KILN_ABI 3
#define KILN_MAGIC 0x4e4c494bu /* "KILN" read as a little-endian word */

/* ---- values ------------------------------------------------------------------------------- */

/* What a value is. ABSENT is "no value at all" (a slot never written, a member not there) and is
 * different from NULL; it never appears inside an array or an object. UINT is used only for
 * integers above the range of INT. */
enum kiln_tag {
    KILN_ABSENT,
    KILN_NULL,
    KILN_BOOL,
    KILN_INT,
    KILN_UINT,
    KILN_DOUBLE,
    KILN_STRING,
    KILN_ARRAY,
    KILN_OBJECT
};

typedef struct kiln_value kiln_value;
typedef struct kiln_member kiln_member;

/* A JSON value: 16 bytes, immutable, copied freely. Text and containers are borrowed from the heap
 * (or the constants) they were made in and live as long as it does. */
struct kiln_value {
    unsigned char tag;    /* enum kiln_tag */
    unsigned char flags;  /* KILN_STATIC and the marks below */
    unsigned short spare; /* of containers in a heap: how deep they are nested; else 0 */
    unsigned n;           /* bytes of a string, items of an array, members of an object */
    union {
        long long i;          /* INT; BOOL as 0 or 1 */
        unsigned long long w; /* UINT */
        double d;
        const char *s; /* UTF-8, n bytes, not NUL-terminated */
        const kiln_value *items;
        const kiln_member *members; /* in the order they were built in, keys unique */
    } u;
};

#define KILN_STATIC 1 /* lives in a program's constants, not in a heap: never moved or freed */
#define KILN_SORTED 2 /* an object whose members stand in the order of their keys' bytes */
/* The heap's own marks; constants never bear them. */
#define KILN_INDEXED 4 /* an object with the order of its keys kept behind its members */
#define KILN_GROWING 8 /* an array with room to grow behind its items */

/* One member of an object. */
struct kiln_member {
    kiln_value key; /* STRING */
    kiln_value value;
};

/* Where values are made: an arena, the object order of the dialect and the last error. Opaque. */
typedef struct kiln_heap kiln_heap;

/* A pure function: makes *ret from its arguments in `h`. Returns 0, or -1 with the error value left
 * in the heap (kiln_error). Functions with a fixed arity take their arguments one by one. */
typedef int kiln_function1(kiln_heap *h, kiln_value *ret, const kiln_value *a);
typedef int kiln_function2(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b);
typedef int kiln_function3(kiln_heap *h, kiln_value *ret, const kiln_value *a, const kiln_value *b,
                           const kiln_value *c);
typedef int kiln_function_n(kiln_heap *h, kiln_value *ret, const kiln_value *argv, unsigned n);

/* ---- frames and leaves -------------------------------------------------------------------- */

typedef struct kiln_frame kiln_frame;
typedef struct kiln_flow kiln_flow;
typedef struct kiln_op kiln_op;

/* The runtime's supersteps. Only a flow that has them names them, so no other program carries
 * their code. Opaque. */
typedef struct kiln_superstep kiln_superstep;
extern const kiln_superstep kiln_supersteps;
/* The same for the items of EACH steps. Opaque. */
typedef struct kiln_stream kiln_stream;
extern const kiln_stream kiln_streams;

/* A live flow, as far as generated code may see it. The runtime's own part follows in memory. */
struct kiln_frame {
    kiln_value *slots;  /* the cells of the flow */
    kiln_frame *up;     /* the frame this one was made by; 0 for the root */
    kiln_heap *heap;    /* where values are made */
    kiln_value error;   /* the error being handled in this frame, or ABSENT */
    kiln_value out;     /* what the leaf hands to the loop: input, item list, result or error */
    kiln_value args[8]; /* arguments for the parameters of a child flow */
    unsigned pick;      /* which case the leaf chose */
    unsigned index;     /* which item, iteration or turn of its parent step this frame is */
};

/* What a leaf answers: what the loop has to do next. */
typedef enum kiln_next {
    KILN_GO,       /* done: fire the `next` edges */
    KILN_PICK,     /* done: fire `next` edges and the `case` edges labelled f->pick */
    KILN_TASK,     /* call the step's operation with f->out */
    KILN_CHILD,    /* run the step's flow once with f->args */
    KILN_EACH,     /* run the step's flow once for each item of f->out */
    KILN_NOTE,     /* write f->out to the run's log, once */
    KILN_SLEEP,    /* go on in f->out milliseconds */
    KILN_AWAIT,    /* go on when a signal comes; f->out: {id, step, timeout} */
    KILN_BOUNDARY, /* apply the writes of this superstep, wake what they changed */
    KILN_FINISH,   /* the flow ends with f->out */
    KILN_FAIL,     /* the step failed with f->out */
    KILN_ERROR     /* a pure function failed; its error is in the heap */
} kiln_next;

/* The function of one step: straight pure work, then one answer. Never blocks, never calls another
 * leaf. */
typedef kiln_next kiln_leaf(kiln_frame *f);

/* ---- the tables of a program -------------------------------------------------------------- */

enum kiln_edge_kind {
    KILN_EDGE_NEXT,  /* fired when the step is done */
    KILN_EDGE_CASE,  /* fired when the step picked `label`, else dead */
    KILN_EDGE_ERROR, /* fired when the step failed; else dead */
    KILN_EDGE_ORDER  /* always dead: the target waits until the step is through */
};

/* An arrow from the step that owns it to step `to` of the same flow. */
typedef struct kiln_edge {
    unsigned to;
    unsigned short label;
    unsigned char kind; /* enum kiln_edge_kind */
    unsigned char soft; /* any one soft arrival is enough for the target */
} kiln_edge;

enum kiln_wake {
    KILN_WAKE_START,   /* when the frame is made */
    KILN_WAKE_COUNT,   /* after `hard` arrivals, and one soft arrival when `soft` */
    KILN_WAKE_ANY,     /* at every live arrival */
    KILN_WAKE_CHANGED, /* at a boundary that changed one of the slots watched */
    KILN_WAKE_QUIET    /* when nothing else of the frame can run: one such step a flow */
};

enum kiln_step_flags {
    KILN_STEP_JOURNAL = 1, /* its completion is recorded and not repeated on resume */
    KILN_STEP_GATED = 2,   /* in a stream body: one item at a time, in item order */
    KILN_STEP_KEEP = 4,    /* EACH: a failed item becomes [false, error] and the others go on;
                              an item that ends well becomes [true, result] */
    KILN_STEP_STREAM = 8,  /* EACH: every item's frame starts at once; gates keep the order */
    KILN_STEP_HIDDEN = 16, /* not shown in traces */
    KILN_STEP_TURN = 32,   /* CHILD: the frame's index is f->pick, not 0 */
    KILN_STEP_RULE = 64    /* the slot of `result` has another rule than LAST */
};

/* How a failed call is tried again (runtime/retry.h). */
typedef struct kiln_retry {
    unsigned tries;           /* how often again at most */
    unsigned long long delay; /* milliseconds before the second try; doubled for each further one */
    unsigned long long budget; /* milliseconds: the longest delay, and all rate limits together */
} kiln_retry;

/* How long a step may try. */
typedef struct kiln_policy {
    kiln_retry retry;           /* all zero: its call is made once */
    unsigned long long timeout; /* milliseconds it may take, other tries included; 0: any time */
    const kiln_value *late;     /* the error when its time is up */
} kiln_policy;

/* What steps of one kind have in common: a program has few kinds, however many steps. */
typedef struct kiln_step_kind {
    const kiln_op *op;         /* TASK */
    const kiln_policy *policy; /* TASK, CHILD, EACH, AWAIT: or 0 */
    const kiln_flow *flow;     /* CHILD, EACH */
    const char *blame;         /* TASK: whose its operation's error is: it gets
                                  "Step <id> failed: <blame>" in front of it; or 0 */
    const unsigned *watch;     /* CHANGED: slots of this flow, ascending */
    unsigned n_watch;
    unsigned hard;       /* COUNT */
    unsigned window;     /* EACH: how many items may be under way; 0 = one */
    unsigned char flags; /* enum kiln_step_flags */
    unsigned char wake;  /* enum kiln_wake */
    unsigned char soft;  /* COUNT: a soft arrival is needed too */
} kiln_step_kind;

/* A step: 64 bytes, so that a pass through it touches little memory. */
typedef struct kiln_step {
    /* in this order, for they stand in the rows of a program without their names */
    const char *id;      /* the author's name for it */
    const char *pointer; /* JSON pointer into the workflow */
    unsigned line, column;
    kiln_leaf *run;
    const kiln_step_kind *kind;
    /* the rest */
    const kiln_edge *edges; /* in firing order */
    unsigned n_edges;
    unsigned then; /* in place of `edges`, or 0: the step its one edge leads to, a hard `next` and
                      all that step waits for */
    int result;    /* the slot that receives what TASK, CHILD or EACH brought, or -1 */
    unsigned node; /* CHANGED and the steps behind it: which task of the superstep they are */
} kiln_step;

enum kiln_rule {
    KILN_RULE_LAST,   /* the last value written */
    KILN_RULE_APPEND, /* a growing array */
    KILN_RULE_FOLD,   /* fold(old, new) */
    KILN_RULE_BARRIER /* present when every name was written */
};

enum kiln_slot_flags {
    KILN_SLOT_ONCE = 1,    /* gone at the next boundary unless written again */
    KILN_SLOT_GUARD = 2,   /* superstep: two writes in one superstep are an error */
    KILN_SLOT_SPREAD = 4,  /* APPEND: an array written is appended item by item */
    KILN_SLOT_PRIVATE = 8, /* not shown in traces or output */
    KILN_SLOT_OUTPUT = 16, /* superstep: a member of what the flow shows its caller */
    KILN_SLOT_RESULT = 32, /* superstep: holds the OUTPUT slots as they were last shown */
    KILN_SLOT_LEFT = 64    /* superstep: how many the limit leaves, this one included */
};

/* How slots of one kind keep what is written to them. */
typedef struct kiln_slot_kind {
    kiln_function2 *fold;      /* FOLD */
    const kiln_value *initial; /* value at the start of a frame, or 0 for ABSENT */
    const kiln_value *names;   /* BARRIER: an array of strings in the order of their bytes */
    unsigned char rule;        /* enum kiln_rule */
    unsigned char flags;       /* enum kiln_slot_flags */
} kiln_slot_kind;

typedef struct kiln_slot {
    const char *name;
    const kiln_slot_kind *kind;
} kiln_slot;

enum kiln_flow_flags {
    KILN_FLOW_DEAD = 1,      /* edges not taken send dead arrivals, so joins of branches resolve */
    KILN_FLOW_SUPERSTEP = 2, /* writes are collected and applied at boundaries */
    KILN_FLOW_SOFT_ERRORS =
        4,                /* a failed step fires its error edges or nothing; the others go on */
    KILN_FLOW_ORDERED = 8 /* a step may not end the flow before the steps numbered before it */
};

struct kiln_flow {
    const char *name;
    const kiln_step *steps;
    const kiln_slot *slots;          /* the first n_params are parameters */
    const kiln_superstep *superstep; /* &kiln_supersteps where SUPERSTEP, else 0 */
    const kiln_stream *stream;       /* &kiln_streams where a step is EACH, else 0 */
    unsigned n_steps, n_slots, n_params;
    unsigned quiet;  /* index of the QUIET step */
    unsigned limit;  /* SUPERSTEP: recursion limit */
    unsigned flags;  /* enum kiln_flow_flags */
    unsigned number; /* index in the program */
};

enum kiln_program_flags {
    KILN_PROGRAM_SORTED = 1 /* objects are kept sorted by the bytes of their keys */
};

/* The one object a generated file exports: const kiln_program kiln_program_<name>. */
typedef struct kiln_program {
    unsigned magic, abi;
    unsigned long long hash[2]; /* XXH3-128 of the plan text: high, low */
    const char *name;
    const char *dialect;
    const kiln_flow *const *flows; /* the first is the root */
    const kiln_op *const *ops;     /* every operation it may call */
    unsigned n_flows, n_ops;
    unsigned flags;    /* enum kiln_program_flags */
    unsigned n_shape;  /* bytes of: */
    const char *shape; /* what a store keeps of it for later versions (shape.h), or 0 */
} kiln_program;

/* ---- what a leaf may call ----------------------------------------------------------------- */

/* The member `key` of an object, or the absent value. */
kiln_value kiln_get(const kiln_value *object, const kiln_value *key);
/* The item at `i` of an array, counted from the end when negative, or the absent value. */
kiln_value kiln_at(const kiln_value *array, long long i);
/* False for absent, null, false, 0, 0.0, "", [] and {}; true for everything else. */
int kiln_truthy(const kiln_value *v);
/* Makes an array of `n` values. Absent ones become null. 0, or -1 when memory is out. */
int kiln_array(kiln_heap *h, kiln_value *ret, const kiln_value *items, unsigned n);
/* Makes an object of `n` pairs key, value, key, value... Pairs whose value is absent are left out;
 * of equal keys the last wins. 0, or -1 when memory is out. */
int kiln_object(kiln_heap *h, kiln_value *ret, const kiln_value *pairs, unsigned n);
/* The same of one pair. */
int kiln_object_one(kiln_heap *h, kiln_value *ret, const kiln_value *key, const kiln_value *v);
/* The same of `n` pairs given one by one, each a `const kiln_value *`: nothing is copied to be
 * handed over. */
int kiln_object_of(kiln_heap *h, kiln_value *ret, unsigned n, ...);
/* Hand out the object of one pair, or of `n` pairs, in f->out: `answer`, or KILN_ERROR when memory
 * is out. */
kiln_next kiln_give_one(kiln_frame *f, kiln_next answer, const kiln_value *key,
                        const kiln_value *v);
kiln_next kiln_give(kiln_frame *f, kiln_next answer, unsigned n, ...);
/* Appends to an array made in this heap; amortised constant time; older copies do not change.
 * 0, or -1 when memory is out. */
int kiln_push(kiln_heap *h, kiln_value *array, const kiln_value *item);
/* Writes a slot of a frame that is not a superstep's, by the slot's rule. 0 or -1. */
int kiln_set(kiln_frame *f, unsigned slot, const kiln_value *v);
/* Adds a write to the superstep of `f`; it is applied at the boundary. 0 or -1. */
int kiln_write(kiln_frame *f, unsigned slot, const kiln_value *v);
/* The value a slot will have when this task's own writes are applied. 0 or -1. */
int kiln_fresh(kiln_frame *f, unsigned slot, kiln_value *ret);
/* What is known of the run: its `id`, and whatever else its owner says about it; or the absent
 * value. It is the same for as long as the run lasts. */
kiln_value kiln_about(const kiln_frame *f, const kiln_value *name);
/* Tells whoever listens to the run a value (KILN_EVENT_TOLD): once, however often the step is
 * tried; again when a run is resumed. */
void kiln_tell(const kiln_frame *f, const kiln_value *v);

#endif
