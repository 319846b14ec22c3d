/* operonx.h: the model of the operonx dialect, and what its files offer each other.
 *
 * The model says what the document says, in its own words: a graph of ops, joined by links, whose
 * inputs are refs. Checking adds what each name stands for and for which stream of items an op
 * runs; lowering reads both and changes neither. All of it lives in the arena of the compilation.
 * Clause numbers are those of spec/operonx.md.
 */
#ifndef OPERONX_H
#define OPERONX_H

#include "base/map.h"
#include "dialects/dialects.h"

struct ox_op;
struct ox_graph;
struct ox_ref;
struct ox_scope;
struct ox_until;
struct ox_link;

/* How a transform of a ref is lowered (clause 5.1). */
enum ox_shape {
    OX_UNARY,    /* f(x) */
    OX_BINARY,   /* f(x, argument) */
    OX_REVERSED, /* f(argument, x) */
    OX_AND,      /* x, or the argument when x is true */
    OX_OR,       /* x when it is true, or the argument */
    OX_LEFT_AND, /* the same with the argument on the left */
    OX_LEFT_OR,
    OX_UNSUPPORTED /* fails when it is evaluated */
};

/* One row of the table of transforms. */
struct ox_transform_kind {
    const char *name;     /* on the wire */
    const char *function; /* "operonx.add", NULL where the shape says all */
    enum ox_shape shape;
    int fails;        /* the function may fail: conditions use its quiet twin */
    const char *sign; /* how `matched` writes it; NULL: not at all */
};

/* An argument of a transform: a literal, or a ref of its own. */
struct ox_arg {
    const struct node *literal;
    struct ox_ref *ref;
};

struct ox_transform {
    const struct node *node;
    const struct ox_transform_kind *kind;
    struct ox_arg arg; /* empty for OX_UNARY and OX_UNSUPPORTED */
};

/* How a link hands over the items of a stream (clause 6.3). */
enum ox_policy { OX_SEQUENTIAL, OX_PARALLEL, OX_COLLECT };

struct ox_ref {
    const struct node *node;
    const char *source, *var;
    struct ox_transform *transforms;
    unsigned n_transforms;
    enum ox_policy policy;
    /* set by check */
    struct ox_op *from;   /* whose variable it is; NULL: the graph's own */
    struct ox_link *link; /* from there to the reader; NULL: none */
};

/* An entry of `inputs` or `outputs`. */
struct ox_param {
    const char *name;
    const struct node *node;
    struct ox_ref *ref;
    const char *scratch;         /* key, or NULL */
    const struct node *literal;  /* NULL when null */
    const struct node *fallback; /* `default`; NULL when null */
    int required;
    const struct type *type; /* of an input of a graph, set by types.c; NULL while nobody asked */
};

struct ox_params {
    const struct node *node;
    struct ox_param *at;
    unsigned n;
};

struct ox_case {
    const struct node *node;
    struct ox_ref *condition;
    const char *target;
};

enum ox_kind { OX_CODE, OX_GRAPH, OX_BRANCH };

struct ox_op {
    const struct node *node;
    const char *name, *full_name, *func_name;
    enum ox_kind kind;
    int generator;
    struct ox_params inputs, outputs;
    struct ox_graph *graph; /* the graph it stands in; NULL for the root */
    struct ox_graph *body;  /* OX_GRAPH: what it holds */
    struct ox_case *cases;  /* OX_BRANCH */
    unsigned n_cases;
    const char *otherwise; /* `default` of a branch */
    /* set by check */
    const kiln_op *op;          /* OX_CODE: what func_name stands for */
    struct ox_link **out, **in; /* in order of the document */
    unsigned n_out, n_in;
    struct ox_op *stream; /* the innermost generator for whose items it runs; NULL: once */
    unsigned depth;       /* how many generators that makes */
    int runs;             /* something can make it ready (clause 4.5) */
    int collected;        /* a link collects it */
    int read;             /* a ref reads one of its variables */
    int feeds;            /* generator: an op runs for its items */
    unsigned mark;        /* for walks over the graph; 0 between them */
    struct ox_link *via;  /* the link from here to the op that is looked at */
    struct ox_link *arm;  /* of a branch, the link that let it run; NULL: none */
    /* set by lower */
    struct ox_scope *scope;       /* where it runs */
    struct ox_scope *items_scope; /* generator: where ops run for its items */
    struct plan_step *step;       /* the one that makes the result */
    struct plan_step *items;      /* generator: the one that runs the stream */
    struct plan_step *some;       /* collected: goes on when there is something to collect */
    int slot;                     /* of the result, or -1 */
    int items_slot;               /* generator: what its item frames brought, or -1 */
};

/* An arrow of `compiled_adj`. */
struct ox_link {
    const struct node *node;
    struct ox_op *from, *to;
    int soft;
    enum ox_policy policy; /* of the first input of `to` that reads `from` */
    int read;              /* there is such an input */
    int taken;             /* it can be: `from` is no branch, or names `to` */
    unsigned index;        /* among those that leave `from` */
};

struct ox_graph {
    struct ox_op *self; /* the graph as an op: name, inputs, outputs */
    const struct node *node, *ops_node;
    struct ox_op **ops; /* in order of the document */
    unsigned n_ops;
    const char **names, **full_names; /* of the ops, for suggestions */
    const char **pushes;              /* the variables that ops push, sorted */
    unsigned n_pushes;
    struct ox_op **entries;
    unsigned n_entries;
    struct ox_op **order; /* every op after those that lead to it; set by check */
    /* set by lower */
    struct ox_scope *scope; /* its own; the others behind it */
    struct ox_cell *cells;
    unsigned n_cells;
    int results;           /* of a graph that yields: the slot that gathers what it yields */
    struct map cell_index; /* name -> struct ox_cell; gone when the graph is lowered */
    struct ox_link *links;
    unsigned n_links;
    int yields; /* an op pushes for the items of a stream: it stands for a generator itself */
    int loops;
    long long max_turns;
    struct ox_until *until;    /* NULL: the cap alone ends the loop */
    const struct type *pushed; /* its variables; set by types.c, NULL while nobody has asked */
};

/* ---- parse.c: zeroed memory of the compilation; never NULL (memory running out ends it). ---- */
void *operonx_alloc(struct unit *u, size_t n, size_t size);
/* printf into the same memory. */
const char *operonx_printf(struct unit *u, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Reads the graph op at `node`; `parent` is NULL for the root. NULL after complaints. */
struct ox_op *operonx_parse_op(struct unit *u, const struct node *node, struct ox_graph *parent);

/* branches.c: what only branches have. */
void operonx_parse_branch(struct unit *u, struct ox_op *o);

/* document.c: the graph of a document or bundle (clause 1.2), NULL after complaints. */
const struct node *operonx_choose_graph(struct unit *u);

/* fields.c: typed members of an object; null counts as not there. Complaints are O004 to O006. */
const struct node *operonx_field(const struct node *object, const char *key);
int operonx_field_bool(struct unit *u, const struct node *object, const char *key, int otherwise);
const char *operonx_field_text(struct unit *u, const struct node *object, const char *key);
const struct node *operonx_field_kind(struct unit *u, const struct node *object, const char *key,
                                      enum node_kind kind);
/* Complains about members that are in none of the NULL-terminated lists (`more` may be NULL). */
void operonx_fields_known(struct unit *u, const struct node *object, const char *const *known,
                          const char *const *more);
/* Complains about a constant that is nested deeper than values of a plan may be. */
void operonx_node_constant(struct unit *u, const struct node *n);
/* The text of a string node, after a complaint when it is not one (or holds a NUL byte): NULL. */
const char *operonx_node_text(struct unit *u, const struct node *n);

/* params.c: `inputs` and `outputs`. */
void operonx_parse_params(struct unit *u, const struct node *op, const char *key,
                          struct ox_params *ret);
/* The param with this name, or NULL. */
const struct ox_param *operonx_param(const struct ox_params *params, const char *name);
/* refs.c: a ref with its transforms; NULL after complaints. */
struct ox_ref *operonx_parse_ref(struct unit *u, const struct node *node);
/* transforms.c: the row of a transform's name, or NULL; and all names, NULL-terminated. */
const struct ox_transform_kind *operonx_transform(const char *name);
const char *const *operonx_transform_names(void);
/* graphs.c: what only graphs have: ops and loop. */
void operonx_parse_graph(struct unit *u, struct ox_op *self);
/* Whether an op of the graph pushes to this variable of it. */
int operonx_graph_pushes(const struct ox_graph *g, const char *var);
/* The op of the graph with this short name, or NULL. */
struct ox_op *operonx_graph_op(const struct ox_graph *g, const char *name);

/* until_parse.c: the condition of a loop (clause 7.3); NULL after complaints. */
struct ox_until *operonx_parse_until(struct unit *u, const struct ox_graph *g,
                                     const struct node *node);
/* until_lower.c: its value; `outputs` is the register of the object of the graph's outputs. */
int operonx_lower_until(struct plan_step *s, const struct ox_until *e, int outputs);

/* ---- check.c and what it calls ---- */
void operonx_check_graph(struct unit *u, struct ox_graph *g);
/* links.c: entries and links; each link known to both its ops. */
void operonx_check_links(struct unit *u, struct ox_graph *g);
/* names.c: what refs, targets and func_names stand for. */
void operonx_check_names(struct unit *u, struct ox_graph *g);
/* operations.c: func_name, and the fields of the operation against what is wired. */
void operonx_check_operation(struct unit *u, struct ox_op *o);
/* The operation of a code op, also before it was checked; NULL when there is none. */
const kiln_op *operonx_operation(const struct unit *u, const struct ox_op *o);
/* kinds.c: whether values can be what is done with them, in a graph without errors. */
void operonx_check_kinds(struct unit *u, struct ox_graph *root);
/* order.c: an order of the ops, complaints about cycles, and which ops can run at all. 0, or -1
 * when there is a cycle. */
int operonx_check_order(struct unit *u, struct ox_graph *g);
/* ready.c: the ready counts of the file against the links. */
void operonx_check_ready(struct unit *u, struct ox_graph *g);
/* streams.c: the stream of every op. */
void operonx_check_streams(struct unit *u, struct ox_graph *g);
/* merges.c: joins that can never come about. */
void operonx_check_merges(struct unit *u, struct ox_graph *g);
/* reads.c: whether what an op reads has been made by then. */
void operonx_check_reads(struct unit *u, struct ox_graph *g);
/* The generator for whose items what comes over the link is there; NULL: the graph's own frame. */
struct ox_op *operonx_link_stream(const struct ox_link *l);
/* Whether `o` runs for items of `generator` (at any depth). */
int operonx_in_stream(const struct ox_op *o, const struct ox_op *generator);

/* ---- lower.c and what it calls ---- */

/* A slot that holds the last value of a variable of the graph in frames of one scope. */
struct ox_cell_slot {
    const struct ox_scope *scope;
    unsigned slot;
    struct ox_cell_slot *next;
};

/* A variable of the graph: an output, declared or pushed to. */
struct ox_cell {
    const char *name;
    struct ox_op *writer;   /* one of those that push to it, or NULL */
    const char *writer_var; /* which of its outputs */
    unsigned n_writers;
    int once;   /* one writer, which runs once: read where it lies */
    int read;   /* an op of the graph reads it */
    int frames; /* the slot that gathers what was pushed, or -1 */
    int value;  /* while a result is pushed, the register of what goes here; else -1 */
    struct ox_cell_slot *slots;
};

/* Frames of one kind: the graph's own, or one for each item of a generator. */
struct ox_scope {
    struct unit *unit;
    struct ox_graph *graph;
    struct ox_op *generator; /* NULL: the graph's own */
    struct ox_scope *up;     /* NULL: the graph's own */
    struct ox_scope *next;   /* the graph's scopes, in the order they were made */
    struct plan_flow *flow;
};

/* What the flow of a graph answers. */
enum ox_answer {
    OX_RESULT,        /* the run's: each output once, or a list of what was pushed (clause 8) */
    OX_OUTPUTS,       /* an object of the last values of its outputs */
    OX_ITEMS,         /* an array of such objects, one for each item of its streams */
    OX_OUTPUTS_FRAMES /* an array: outputs, and an object of lists of what was pushed */
};

/* The flow of a graph, loop and all. */
struct plan_flow *operonx_lower_graph(struct unit *u, struct ox_graph *g, const char *name,
                                      int is_root);
/* loops.c: fills the flow that drives the body of a loop. */
void operonx_lower_loop(struct unit *u, struct ox_graph *g, struct plan_flow *driver,
                        struct plan_flow *body, int is_root);

/* scopes.c */
struct ox_scope *operonx_scope_new(struct unit *u, struct ox_graph *g, struct ox_op *generator,
                                   struct plan_flow *flow);
/* How many frames up `to` is from `from`, which it encloses. */
unsigned operonx_scope_distance(const struct ox_scope *from, const struct ox_scope *to);
/* A step for an op ("" for the op itself) with its place in the document. */
struct plan_step *operonx_step_add(struct ox_scope *s, const struct ox_op *o, const char *part,
                                   enum kiln_wake wake);

/* cells.c: the variables of the graph. */
void operonx_cells_find(struct ox_graph *g, enum ox_answer answer);
/* The variable with this name, or NULL; its slot in frames of a scope, or NULL. */
struct ox_cell *operonx_cells_get(const struct ox_graph *g, const char *var);
struct ox_cell_slot *operonx_cells_slot(const struct ox_cell *c, const struct ox_scope *s);
/* Whether what `o` pushes needs a step of its own behind it. */
int operonx_cells_pushed(const struct ox_op *o);
/* Writes what `o` pushes, at the end of a step of its scope. */
void operonx_cells_push(struct plan_step *at, struct ox_op *o);
/* cells_read.c */
/* What a frame of a scope pushed to a variable itself, or -1 when it cannot. */
int operonx_cells_item(struct plan_step *at, struct ox_scope *s, const struct ox_cell *c);
/* The literal or default of a variable of the graph, or NULL. In a loop it is part of the state
 * (loops.c). */
const struct node *operonx_cells_own(const struct ox_graph *g, const char *var);
/* A variable of the graph as seen from a scope, or -1 when there is nothing it could be. What the
 * reader itself pushes is not there yet; NULL: nobody's. */
int operonx_cells_read(struct plan_step *at, struct ox_scope *s, const struct ox_op *reader,
                       const char *var);
/* answers.c: the value a flow ends with. */
void operonx_answer(struct plan_step *quiet, struct ox_scope *s, enum ox_answer answer);
void operonx_answer_item(struct plan_step *quiet, struct ox_scope *s);
/* Writes what the items of a generator push, when nothing runs for them, to the graph's results. */
void operonx_answer_items(struct plan_step *at, struct ox_op *o);

/* read.c: refs and params as registers. */
int operonx_read_const(struct plan_step *at, const struct node *n);
/* What an input holds, absent when it is null; -1 when nothing is wired. */
int operonx_read_param(struct plan_step *at, struct ox_op *o, const struct ox_param *p);
/* The value of a condition; absent when it could not be evaluated. */
int operonx_read_condition(struct plan_step *at, struct ox_op *o, const struct ox_ref *r);
/* The object of all inputs. */
int operonx_read_inputs(struct plan_step *at, struct ox_op *o);
/* A variable of a result of `o`. */
int operonx_read_member(struct plan_step *at, const struct ox_op *o, int result, const char *var);
/* transforms_lower.c: applies the transforms of `r` to a value. With `quiet` a failure makes the
 * value absent, else it fails the step. */
int operonx_transform_value(struct plan_step *at, struct ox_op *o, const struct ox_ref *r,
                            int value, int quiet);
/* A ref as an argument of a transform. */
int operonx_read_argument(struct plan_step *at, struct ox_op *o, const struct ox_ref *r, int quiet);

/* steps.c: the step and the slot of an op; what it does, and the steps behind it; the edges that
 * leave them. */
void operonx_lower_op(struct ox_scope *s, struct ox_op *o);
void operonx_fill_op(struct ox_scope *s, struct ox_op *o);
void operonx_lower_links(struct ox_op *o);
/* Whether the op waits for nothing in its own kind of frame. */
int operonx_is_first(const struct ox_op *o);
/* pick.c: the step of a branch. */
void operonx_lower_branch(struct plan_step *at, struct ox_op *o);
/* matched.c: the condition as people write it. */
const char *operonx_matched(struct unit *u, const struct ox_ref *r);

/* document_types.c: what a document takes and gives, for those that embed it. */
const struct type *operonx_input_type(const struct unit *u, struct type_maker *m);
const struct type *operonx_result_type(const struct unit *u, struct type_maker *m);

/* print.c: the model as JSON. */
void operonx_print(const struct unit *u, struct text *out);

#endif
