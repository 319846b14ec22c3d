/* lower.h: what the files of the lowering share: scopes, and who makes which part of the plan.
 *
 * A scope is where references are resolved: a flow and what its frames know. A subgraph has one; a
 * While has another between its subgraph and the one around it, for the flow that counts its
 * iterations. What a WaitForSignal runs before it waits sees its surroundings as its step does.
 * Frames nest as scopes do, so "n scopes up" is "n frames up".
 */
#ifndef SCENARIO_LOWER_H
#define SCENARIO_LOWER_H

#include "dialects/scenario/model.h"

struct lowering {
    struct unit *unit;
    struct plan *plan;
    const struct node *at; /* the reference being lowered */
    long long budget;      /* milliseconds: the longest time between tries */
};

enum scope_kind { SCOPE_ROOT, SCOPE_ITEM, SCOPE_LOOP, SCOPE_TURN, SCOPE_WAIT };

/* Slots of one step of a subgraph; -1 where nobody asks. */
struct step_slots {
    int outputs, siblings;
    struct plan_step *first; /* where its edges come in; NULL when it is not reached */
    struct plan_step *own;   /* where it begins itself, behind its breakpoint */
    struct plan_step *last;  /* where its outputs are there, or NULL: it ends the flow */
};

struct scope {
    struct lowering *l;
    enum scope_kind kind;
    struct scope *up;
    struct subgraph *graph;   /* whose steps the flow has; a LOOP has none of its own */
    const struct step *owner; /* ITEM: the Split; LOOP and TURN: the While; WAIT */
    const struct step *now;   /* the step being lowered */
    struct plan_flow *flow;
    struct step_slots *slots; /* a step number of the graph; LOOP: NULL */
    int is_child;             /* ROOT: of a workflow that another one embeds */
    int data;                 /* ROOT: slot, made when first asked for; of a child its parameter */
    int variables;            /* ROOT: the same; else the slot of config.variables, one frame up */
    int error;                /* the slot of the caught error */
    int item;                 /* the register of a Filter's item, or -1 */
    int index, outputs;       /* LOOP: its slots */
    int waiting;              /* WAIT: the slot, one frame up, of what it waits for */
    struct plan_step *raise;  /* the shared step that fails with the error at hand */
};

/* ---- lower_value.c ---- */

/* The register of a value. */
int lower_value(struct scope *sc, struct plan_step *s, const struct value *v);
/* The object a mapping makes; dots in its keys nest (scenario 1.6.2). */
int lower_mapping(struct scope *sc, struct plan_step *s, const struct mapping *m);
/* The same for Finish, unwrapped (scenario 1.7.2). */
int lower_result(struct scope *sc, struct plan_step *s, const struct mapping *m);
/* Constants. A NULL node is null. */
int lower_literal(struct scope *sc, struct plan_step *s, const struct node *n);
int lower_integer(struct plan_step *s, long long i);
int lower_bool(struct plan_step *s, int truth);
int lower_null(struct plan_step *s);
/* A constant object of texts: key, text, key, text, NULL. */
int lower_texts(struct plan_step *s, const char *const *pairs);

/* ---- lower_template.c ---- */

/* What a template prints. */
int lower_template(struct scope *sc, struct plan_step *s, const struct value *v);

/* ---- lower_reference.c ---- */
int lower_reference(struct scope *sc, struct plan_step *s, const struct value *v);
/* The constant that functions following a path take; its first `used` parts are behind us. */
int lower_path(struct scope *sc, struct plan_step *s, const struct path *p, unsigned used);
/* Slots made when first asked for. */
unsigned lower_slot(struct scope *sc, int *slot, const char *name);

/* ---- lower_roots.c: what a path begins with ---- */

/* The register of a root, how many parts of the path it stands for, and whether it is surely not
 * absent. NOTHING_THERE: whatever the run does, there is no such thing; null to a reference. */
enum { NOTHING_THERE = -1 };

struct root {
    int reg;
    unsigned used;
    int sure;
};

struct root lower_root(struct scope *sc, struct plan_step *s, const struct path *p);
/* A finished step as an object (scenario 1.7.1); absent when it has not run. */
int lower_envelope(struct scope *sc, struct plan_step *s, unsigned up, const struct step *st);

/* ---- lower_variables.c ---- */

/* One variable by its name, or all of them. `up`: how many frames the scope is above the step. */
int lower_variable(struct scope *sc, struct plan_step *s, unsigned up, const struct part *name);
int lower_all_variables(struct scope *sc, struct plan_step *s, unsigned up);
/* What the scope's subgraph declares, as a constant object. */
int lower_declared(struct scope *sc, struct plan_step *s);
/* The numbers of the iterations around, outermost first. */
int lower_indices(struct scope *sc, struct plan_step *s, unsigned up);

/* ---- lower_identity.c: who the run is, and where in it one stands ---- */

/* One of the variables the run itself gives, or -1. `sc` is a ROOT. */
int lower_identity(struct scope *sc, struct plan_step *s, unsigned up, const struct part *name);
/* All of them, as an object. */
int lower_identities(struct scope *sc, struct plan_step *s, unsigned up);
/* The name of this scope; null outside of loops and children. `sc` may be a LOOP. */
int lower_scope_id(struct scope *sc, struct plan_step *s, unsigned up);
/* What a child is told of the place it is called from: its parameter CHILD_SCOPE. */
int lower_call_scope(struct scope *sc, const struct step *st, struct plan_step *s);
enum { CHILD_SCOPE = 1 };
/* The id of the signal a step waits for. */
int lower_signal_id(struct scope *sc, struct plan_step *s, const struct step *st);

/* {index, outputs}; outputs that are absent become null. */
int lower_loop_object(struct plan_step *s, int index, int outputs);

/* ---- lower_condition.c ---- */

/* A register that is true or false. */
int lower_condition(struct scope *sc, struct plan_step *s, const struct condition *c);
/* The number of the first condition that holds, counted from 1, else 0. */
int lower_first(struct scope *sc, struct plan_step *s, struct condition *const *c, unsigned n);

/* ---- lower_step.c and the files of a few step types ---- */

/* Lowers one step; answers where its edges leave from. */
struct plan_step *lower_step(struct scope *sc, const struct step *st, struct plan_step *s);
struct plan_step *lower_switch(struct scope *sc, const struct step *st, struct plan_step *s);
struct plan_step *lower_while(struct scope *sc, const struct step *st, struct plan_step *s);
struct plan_step *lower_split(struct scope *sc, const struct step *st, struct plan_step *s);
struct plan_step *lower_filter(struct scope *sc, const struct step *st, struct plan_step *s);
struct plan_step *lower_group_by(struct scope *sc, const struct step *st, struct plan_step *s);
struct plan_step *lower_connection(struct scope *sc, const struct step *st, struct plan_step *s);
/* The input of an Agent with the connection it uses in it (scenario 1.7.15). */
int lower_connected(struct scope *sc, const struct step *st, struct plan_step *s, int input);
struct plan_step *lower_embed(struct scope *sc, const struct step *st, struct plan_step *s);
struct plan_step *lower_delay(struct scope *sc, const struct step *st, struct plan_step *s);
struct plan_step *lower_wait(struct scope *sc, const struct step *st, struct plan_step *s);
/* The case a Switch picks for a route. */
unsigned lower_route_case(const struct step *st, const char *route);

/* The scope of a step's body, whose flow is new. */
struct scope lower_inner(struct scope *sc, const struct step *st, enum scope_kind kind,
                         struct plan_flow *flow);
struct plan_flow *lower_inner_flow(struct scope *sc, const char *name);

/* ---- lower_policy.c: trying again, and for how long (scenario 1.10) ---- */

/* The call in `s` is made again when it fails, unless that would only repeat the failure. */
void lower_retries(struct scope *sc, const struct step *st, struct plan_step *s);
/* `s` has the time the step's author gave it; then it fails with CODE_TIMEOUT. */
void lower_timeout(const struct step *st, struct plan_step *s, const char *code);

/* Makes `outer`, a flow without anything in it, run the workflow and fail after its time. */
void lower_run_timeout(struct scope *root, struct plan_flow *outer, long long seconds);

/* ---- lower_edges.c ---- */
void lower_edges(struct scope *sc, const struct step *st, struct plan_step *from);
/* Where the failure of `from` goes: through `from`'s own handlers, or to `otherwise` (may be NULL).
 */
void lower_error_edges(struct scope *sc, const struct step *st, struct plan_step *from,
                       struct plan_step *otherwise);

/* ---- lower_order.c ---- */

/* Steps that refer to steps of branches beside them come after those; `order` has the n steps that
 * are reached, which have their plan steps. */
void lower_order(struct scope *sc, const unsigned *order, unsigned n);

/* ---- lower_schema.c ---- */

/* The data of a workflow with an inputSchema: with its defaults, and held against it. */
int lower_accept_input(struct scope *sc, struct plan_step *s, int data);
/* The data with its defaults alone, as a child sees it; whether there are any. */
int lower_defaults(struct scope *sc, struct plan_step *s, int data);
int lower_has_defaults(const struct scope *sc);
/* Holds the answer to a WaitForSignal against its responseSchema; the answer. */
int lower_accept_answer(struct scope *sc, const struct step *st, struct plan_step *s, int answer);
/* Holds the output against the outputSchema, if there is one and the run is to. */
void lower_accept_output(struct scope *sc, struct plan_step *s, int output);

/* ---- lower_track.c: events, in a workflow that reports what it does; else they do nothing ---- */

/* Tells that a step begins; before anything else of it is lowered. */
void lower_track_start(struct scope *sc, const struct step *st, struct plan_step *s);
/* Tells that it ended well, before its edges leave; answers where they leave from now. */
struct plan_step *lower_track_end(struct scope *sc, const struct step *st, struct plan_step *from);
/* Tells that it failed with the error at hand. */
void lower_track_failure(struct scope *sc, const struct step *st, struct plan_step *s);
/* The same for each of its parts, the flow's steps from..to and the first, that nobody handles. */
void lower_track_failures(struct scope *sc, const struct step *st, unsigned from, unsigned to);

/* Tells what a WaitForSignal awaits. */
void lower_track_request(struct scope *sc, const struct step *st, struct plan_step *s, int what);
/* Tells that a breakpoint was reached. */
void lower_track_break(struct scope *sc, const struct step *st, struct plan_step *s);

/* ---- lower_break.c ---- */

/* It has a breakpoint that counts. */
int lower_has_break(const struct scope *sc, const struct step *st);
/* Makes a gate of `gate`; answers the step behind it, which is the author's. */
struct plan_step *lower_break(struct scope *sc, const struct step *st, struct plan_step *gate);

/* ---- lower_ends.c ---- */

/* The shared step that fails with the error at hand, made when first asked for. */
struct plan_step *lower_raise(struct scope *sc);
/* Ends the flow with a value, which a Split's output schema may refuse. */
void lower_finish(struct scope *sc, struct plan_step *s, int reg);
/* Adds the beginning, before the entry, and the quiet end; after everything else. */
void lower_ends(struct scope *sc, struct plan_step *entry);

/* ---- lower.c ---- */

/* A part of a step: "id.part". */
struct plan_step *lower_part(struct scope *sc, const struct step *st, const char *part,
                             enum kiln_wake wake);
/* Lowers the subgraph of a scope that has its flow. */
void lower_subgraph(struct scope *sc);

#endif
