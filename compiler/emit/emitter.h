/* emitter.h: the inside of emit/: one generation of one file.
 *
 * The parts of the file are buffers that grow side by side: writing a leaf may add a constant and a
 * prototype, and nobody needs to know the order of the file. Only what is used is written.
 */
#ifndef EMITTER_H
#define EMITTER_H

#include "emit/cname.h"
#include "emit/emit.h"
#include "emit/fill.h"

/* The C names of one flow and what is in it. */
struct flow_names {
    const char *tail;   /* "root": what flow_, steps_ and slots_ are followed by */
    const char **slots; /* enumerators, by slot number */
    const char **steps; /* enumerators, by step number */
    const char **tails; /* what leaf_ and edges_ are followed by, by step number */
};

struct emitter {
    const struct plan *plan;
    struct arena *arena;
    struct forms forms;
    struct cnames names;
    struct text calls, constants, flows, program; /* the parts of the file */
    struct flow_names *flow_names;                /* by flow number */
    const char **const_names;                     /* by constant; NULL until it is used */
    struct text aside, leaf;                      /* a line being made, the body of a leaf */
    struct map called;                            /* pure functions declared */
    struct map ops;                               /* operations declared, by symbol */
    struct map kinds;                             /* of steps and slots (kinds.c) */
    unsigned *written; /* by slot: the stamp of the last leaf that writes it (registers.c) */
    unsigned stamp;    /* one a leaf */
};

/* emit.c */
/* Puts a form into a part; `...` is name and text of each hole, then NULL. A form that does not fit
 * its holes is a mistake of Kiln and ends it. */
void emit_form(struct emitter *e, struct text *out, unsigned depth, const char *form, ...);
/* The strings one behind the other, ended by NULL; and a number as text. In the arena. These two
 * and not printf make most of the text: a large program has a million such pieces. */
const char *emit_join(struct emitter *e, const char *first, ...) __attribute__((sentinel));
const char *emit_number(struct emitter *e, long long number);
/* The text for a line being made, empty. The next asker gets the same. */
struct text *emit_aside(struct emitter *e);
/* Names a pure function or an operation and sees to it that it is declared. */
const char *emit_function(struct emitter *e, const struct plan_function *function);
const char *emit_operation(struct emitter *e, const kiln_op *op);
const struct flow_names *emit_flow_names(const struct emitter *e, const struct plan_flow *flow);

/* names.c: gives every flow, step and slot its identifier. */
void emit_make_names(struct emitter *e);

/* consts.c */
/* The name of a constant, which is written when it is asked for the first time. */
const char *emit_const(struct emitter *e, unsigned number);
/* The name of a step's policy and of whose its errors are, likewise. */
const char *emit_policy(struct emitter *e, const struct plan_step *s);
const char *emit_blame(struct emitter *e, const char *blame);
/* An expression for a C string: a literal when it fits in `columns`, else an array of characters
 * written among the constants. In the arena. */
const char *emit_chars(struct emitter *e, const char *text, size_t n, size_t columns);
/* The same of a field that holds a name; NULL is "". */
const char *emit_title(struct emitter *e, const char *text);

/* leaf.c: the function of a step. */
void emit_leaf(struct emitter *e, const struct plan_step *s);

/* kinds.c */
/* The name of a step's or slot's kind, which is written among the flows when the first of that kind
 * asks for it. */
const char *emit_step_kind(struct emitter *e, const struct plan_step *s);
const char *emit_slot_kind(struct emitter *e, const struct plan_slot *s);

/* tables.c: everything about one flow: its enumerators, leaves, edges and tables. */
void emit_flow(struct emitter *e, const struct plan_flow *flow);
/* describe.c: the description of the program. */
void emit_description(struct emitter *e);

#endif
