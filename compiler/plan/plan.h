/* plan.h: the one IR. A program holds flows; a flow holds slots and steps; a step holds a straight
 * list of operations and the edges that leave it. spec/PLAN.md is the language; ops.h its table.
 *
 * Everything lives in the arena of the compilation; nothing here is freed.
 */
#ifndef PLAN_H
#define PLAN_H

#include "base/arena.h"
#include "base/map.h"
#include "base/text.h"
#include "kiln_op.h"
#include "kiln_program.h"
#include "value.h"

enum plan_kind {
#define OP(name, text, operands, effect, sentence) PLAN_##name,
#include "plan/ops.h"
#undef OP
    PLAN_KINDS
};

enum plan_effect { PLAN_PURE, PLAN_BLOCK, PLAN_WRITE, PLAN_CONTROL, PLAN_JOURNAL, PLAN_END };

struct plan_op_info {
    const char *text, *operands, *sentence;
    enum plan_effect effect;
};

/* The table of ops.h, indexed by enum plan_kind. */
extern const struct plan_op_info plan_ops[PLAN_KINDS];

/* A pure function the plan may call (runtime/functions). */
struct plan_function {
    const char *name;   /* "scenario.eq" */
    const char *symbol; /* the C function */
    int arity;          /* 1, 2, 3, or -1: any number */
    int fails;          /* may return -1 */
    void (*address)(void);
    const char *sentence;
    size_t n; /* bytes of the name */
};

/* All pure functions, and one by its name (NULL when there is none). */
const struct plan_function *plan_functions(size_t *ret_n);
const struct plan_function *plan_function(const char *name);

struct plan_step;
struct plan_flow;

/* One operation. Registers are numbered from 0 within a step; -1 where there is none. */
struct plan_op {
    enum plan_kind kind;
    int ret;           /* register written */
    int item;          /* FOR: the register of the item; CHILD: that of the turn's number, or -1 */
    unsigned slot, up; /* SLOT, FRESH, SET: slot number, frames up */
    long long i;       /* AT, INDEX: a number */
    int *args;
    unsigned n_args;
    unsigned *keys; /* CONST, GET: keys[0]; OBJECT: one a pair. Numbers of constants */
    unsigned n_keys;
    const struct plan_function *function; /* CALL */
    const kiln_op *op;                    /* TASK */
    struct plan_flow *flow;               /* CHILD, EACH */
};

/* An arrow to another step of the same flow. */
struct plan_edge {
    enum kiln_edge_kind kind;
    unsigned label; /* CASE: which pick */
    int soft;
    struct plan_step *to;
};

struct plan_step {
    const char *id; /* the author's name, or "name.part" for a part of it; unique in the flow */
    const char *pointer; /* JSON pointer of the author's step */
    unsigned line, column;
    unsigned number; /* index in the flow; the journal's key; set by the number pass */
    enum kiln_wake wake;
    unsigned hard; /* COUNT; recomputed by plan_link */
    int soft;
    unsigned flags;             /* enum kiln_step_flags */
    int fleeting;               /* it is not journalled, though it touches the world */
    unsigned window;            /* EACH */
    unsigned node;              /* which task of the superstep; steps of one task share it */
    int result;                 /* slot for what the effect brings, or -1 */
    kiln_retry retry;           /* TASK, CHILD, EACH: tries 0 and budget 0 is none */
    unsigned long long timeout; /* milliseconds, or 0; an AWAIT may be told at run time */
    int late;                   /* the error when that time is up: a constant, or -1 */
    const char *blame;          /* TASK: whose the operation's error is, or NULL */
    unsigned *watch;            /* CHANGED */
    unsigned n_watch, cap_watch;
    struct plan_op *ops;
    unsigned n_ops, cap_ops;
    struct plan_edge *edges;
    unsigned n_edges, cap_edges;
    int n_regs;
    struct plan_flow *flow;
};

struct plan_slot {
    const char *name; /* for people: "steps.fetch", "data" */
    enum kiln_rule rule;
    unsigned flags;                   /* enum kiln_slot_flags */
    const struct plan_function *fold; /* FOLD */
    int initial;                      /* constant, or -1 */
    int names;                        /* BARRIER: constant array of strings, or -1 */
};

struct plan_flow {
    const char *name; /* unique in the program: "root", "root.loop" */
    unsigned number;
    unsigned flags;       /* enum kiln_flow_flags */
    unsigned limit;       /* SUPERSTEP: recursion limit */
    struct plan_flow *up; /* the flow whose steps run this one; `^1` reads its slots. NULL: root
                             or a flow that never looks up */
    struct plan_slot *slots;
    unsigned n_slots, cap_slots, n_params;
    struct plan_step **steps;
    unsigned n_steps, cap_steps;
    struct map ids; /* every id ever given in this flow -> struct plan_name */
    struct plan *plan;
};

struct plan {
    struct arena *arena;
    const char *name;         /* of the workflow; any text */
    const char *dialect;      /* "scenario", "operonx", "pregel" */
    unsigned flags;           /* enum kiln_program_flags */
    int fleeting;             /* none of its steps is journalled */
    struct plan_flow **flows; /* the first is the root */
    unsigned n_flows, cap_flows;
    kiln_value *consts; /* each once */
    unsigned n_consts, cap_consts;
    struct map const_index; /* encoded value -> number + 1 */
    struct map flow_names;  /* every name ever given -> struct plan_name */
    struct map functions;   /* those its steps call, by name */
    struct text key;        /* of the constant that is asked for */
    kiln_heap heap;         /* where constants live; sorted when the dialect sorts */
};

/* ---- make.c: constructors the lowerings call. All return results in the plan's arena; memory
 * running out ends the compiler with a message (arena of a compilation), so nothing returns NULL.
 */
struct plan *plan_new(struct arena *a, const char *name, const char *dialect, unsigned flags);
/* Gives back what a plan holds outside the arena (constants and indexes); before the arena's own
 * end. NULL is harmless. */
void plan_fini(struct plan *p);
/* Zeroed memory of the plan; never NULL. */
void *plan_alloc(struct plan *p, size_t size);
/* Makes room for one more item behind `n`: the same array, or a larger copy of it. */
void *plan_grow(struct plan *p, void *at, unsigned n, unsigned *cap, size_t size);
/* Memory is out: one line on standard error and exit code 70. The only place that ends so. */
_Noreturn void plan_memory_out(void);
struct plan_flow *plan_flow_add(struct plan *p, const char *name, struct plan_flow *up,
                                unsigned flags);
/* The flow first given this name, or NULL. */
struct plan_flow *plan_flow_find(const struct plan *p, const char *name);
/* Parameters must be added before other slots: they are slots 0 .. n_params-1. */
unsigned plan_param_add(struct plan_flow *f, const char *name);
unsigned plan_slot_add(struct plan_flow *f, const char *name, enum kiln_rule rule, unsigned flags);
/* An id (or a flow's name) given before gets "#2", "#3"... behind it. */
struct plan_step *plan_step_add(struct plan_flow *f, const char *id, enum kiln_wake wake);
/* The step first given this id, or NULL. */
struct plan_step *plan_step_find(const struct plan_flow *f, const char *id);
/* Adds a slot of this flow to those a CHANGED step waits for; kept ascending, each once. */
void plan_watch_add(struct plan_step *s, unsigned slot);
void plan_edge_add(struct plan_step *from, enum kiln_edge_kind kind, unsigned label, int soft,
                   struct plan_step *to);
unsigned plan_const(struct plan *p, const kiln_value *v);
unsigned plan_const_text(struct plan *p, const char *text, size_t n);

/* Some of it is not journalled though it touches the world: a resumed run does that again. */
int plan_is_fleeting(const struct plan *p);

/* What ends a step: its last operation, when that is one the loop acts on; else NULL. */
struct plan_op *plan_last(const struct plan_step *s);

/* Registers: each makes an operation at the end of the step and returns its result register. */
int plan_reg_const(struct plan_step *s, const kiln_value *v);
int plan_reg_text(struct plan_step *s, const char *text);
int plan_reg_slot(struct plan_step *s, unsigned up, unsigned slot);
int plan_reg_fresh(struct plan_step *s, unsigned slot);
int plan_reg_index(struct plan_step *s, unsigned up);
int plan_reg_error(struct plan_step *s);
int plan_reg_about(struct plan_step *s, const char *name);
int plan_reg_get(struct plan_step *s, int object, const char *key, size_t n);
int plan_reg_at(struct plan_step *s, int array, long long i);
/* The function must exist and take n arguments (asserted). */
int plan_reg_call(struct plan_step *s, const char *function, const int *args, unsigned n);
int plan_reg_call1(struct plan_step *s, const char *function, int a);
int plan_reg_call2(struct plan_step *s, const char *function, int a, int b);
int plan_reg_call3(struct plan_step *s, const char *function, int a, int b, int c);
int plan_reg_array(struct plan_step *s, const int *items, unsigned n);
int plan_reg_object(struct plan_step *s, const unsigned *keys, const int *values, unsigned n);
/* A new register without a value, to be given one by plan_copy in each arm of an `if`. */
int plan_reg_new(struct plan_step *s);
void plan_copy(struct plan_step *s, int to, int from);
void plan_if(struct plan_step *s, int condition);
void plan_else(struct plan_step *s);
void plan_end(struct plan_step *s);
/* Opens a `for`; gives the item's register; the result is complete after plan_end. */
int plan_for(struct plan_step *s, int array, int *ret_item);
void plan_yield(struct plan_step *s, int value);
void plan_set(struct plan_step *s, unsigned up, unsigned slot, int value);
/* The step sets a slot that a second write, as of another try, would not leave as it was. */
int plan_sets_once(const struct plan_step *s);
void plan_tell(struct plan_step *s, int value);

/* The last operation of a step; a step without one just goes on (fires its `next` edges). */
void plan_test(struct plan_step *s, int condition);
void plan_pick(struct plan_step *s, int number);
void plan_task(struct plan_step *s, const kiln_op *op, int input, int result_slot);
/* `index` is a register with the iteration number, or -1; it sets KILN_STEP_TURN. */
void plan_child(struct plan_step *s, struct plan_flow *flow, const int *args, unsigned n, int index,
                int result_slot);
void plan_each(struct plan_step *s, struct plan_flow *flow, int list, const int *args, unsigned n,
               int result_slot);
void plan_note(struct plan_step *s, int value);
void plan_sleep(struct plan_step *s, int ms, int result_slot);
void plan_await(struct plan_step *s, int what, int result_slot);
/* The step has so many milliseconds; then it fails with the constant `late`. */
void plan_timeout(struct plan_step *s, unsigned long long ms, const kiln_value *late);
void plan_boundary(struct plan_step *s);
void plan_finish(struct plan_step *s, int value);
void plan_fail(struct plan_step *s, int value);

/* Counts arrivals: sets hard and soft of every COUNT step from the edges of its flow. */
void plan_link(struct plan *p);

/* ---- text both ways, checking, drawing ---- */
/* print.c: the plan as text (spec/PLAN.md). */
void plan_print(const struct plan *p, struct text *out);
/* read.c: reads what plan_print wrote. Operations are looked up with `find_op` (NULL: there
 * are none). NULL with *ret_message "line N: ..." on a mistake. */
struct plan *plan_read(struct arena *a, const char *text, size_t n,
                       const kiln_op *(*find_op)(void *ctx, const char *name), void *ctx,
                       const char **ret_message);
/* verify.c: what every pass may rely on. NULL, or the first thing that is wrong (in the arena). */
const char *plan_verify(const struct plan *p);
/* dot.c: everything, for Graphviz. mermaid.c: the author's steps, for Mermaid. The plan must be one
 * that plan_verify accepts. */
void plan_dot(const struct plan *p, struct text *out);
void plan_mermaid(const struct plan *p, struct text *out);
/* shape.c: the plan as a store keeps it, for runtime/shape.h to read. The plan must be numbered. */
void plan_shape(const struct plan *p, struct text *out);
/* XXH3-128 of the plan text. */
void plan_hash(const struct plan *p, unsigned long long ret[2]);

#endif
