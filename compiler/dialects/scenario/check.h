/* check.h: what the files of the checks share: one subgraph under examination.
 *
 * Codes and rules are the reference's (scenario 2.2, 2.3). Rules that only say "this is probably
 * not what you mean" are errors, but warnings under --legacy (scenario 2.6).
 */
#ifndef SCENARIO_CHECK_H
#define SCENARIO_CHECK_H

#include "dialects/scenario/sites.h"
#include "dialects/scenario/types.h"

/* A reference to a step's outputs, to be proved to come after that step. */
struct order_query {
    const struct step *step, *source;
    const struct node *at; /* what is complained about, or NULL */
    int in_template;
};

struct check {
    struct unit *u;
    struct subgraph *g;
    struct graph all;  /* every edge */
    struct graph flow; /* without error edges */
    unsigned *rank;    /* place of a step in the order of `all` */
    unsigned *order;   /* the steps in that order */
    int is_ordered;    /* there is no cycle */
    struct order_query *queries;
    unsigned n_queries, cap_queries;
    struct typing *typing; /* what is known about values */
    int in_template;       /* what is said now is about a template: a warning (W052) */
};

/* An error, or a warning under --legacy. */
struct diag *check_doubt(const struct check *k, const struct node *at, const char *code,
                         const char *format, ...) __attribute__((format(printf, 4, 5)));
/* Hints the nearest of the members of `object`, or lists them. */
void check_suggest_members(const struct check *k, struct diag *d, const struct part *word,
                           const char *label, const struct node *object);
/* A part as a C string, in the arena. */
const char *check_part(const struct check *k, const struct part *p);

/* check_graph.c: E001 to E004, E014, E204, W003. True when the rest of the checks make sense. */
int check_graph(struct check *k);
/* check_edges.c: E070 to E073, W040, W201. */
void check_edges(struct check *k);
/* Why an edge is never taken, or NULL; not for Conditionals. */
const char *check_useless_edge(const struct step *s, const struct edge *e);
/* check_connection.c: E026, E030, E040 to E042, W204, W205. */
void check_connection(struct check *k, const struct step *s);
/* A reference to the connection that the step `source` names. */
void check_leak(struct check *k, const struct step *s, struct step *source, const struct node *at);
/* After all steps: connections nobody uses. */
void check_unused(struct check *k);
/* The step names a connection, or says how it is found. */
int check_has_connection(const struct step *s);
/* check_ai.c: E110 to E116, E120 to E123, W072. */
void check_ai(struct check *k, const struct step *s);
/* check_step.c: E117, E118, E027, W030 to W034, W073. */
void check_step(struct check *k, const struct step *s);
/* The operation an Agent calls, or NULL. */
const kiln_op *check_agent_op(const struct unit *u, struct step *s);
/* check_agent.c: E020, E021, W071. */
void check_agent(struct check *k, struct step *s);
/* The agent of a step in small letters, `_` being `-`. */
const char *check_agent_name(const struct unit *u, const struct step *s);
/* check_inputs.c: E022 to E024, W020, W213. */
void check_inputs(struct check *k, struct step *s);
/* check_query.c: E025 of an input that is a condition. */
void check_query(struct check *k, const struct step *s, const struct node *input);
/* check_embed.c: E050, E054, E055, W020, W071, W213. */
void check_embed(struct check *k, struct step *s);
/* check_template.c: E011 of templates. */
void check_template(struct check *k, const struct step *s, const struct value *v);
/* check_types.c: W210 of what names stand for that a template binds. */
void check_bound_names(struct check *k, struct step *s, const struct value *v, int in_condition);
/* check_refs.c: E010, E011, E126, E127, W050, W053, W203. */
void check_references(struct check *k, const struct step *s);
/* check_order.c: E012. What a step refers to is to be asked about; nothing is said about places
 * that are no mappings (scenario 2.4). */
void check_order_later(struct check *k, const struct site *site);
void check_order(struct check *k);
/* check_data.c: E051, E052, E058, E059, W051, W080. `first` is the part that names the field. */
void check_data(struct check *k, const struct step *s, const struct value *v, unsigned first);
/* check_variables.c: E013, E053, E058, E059, W051. */
void check_variable(struct check *k, const struct step *s, const struct value *v, unsigned first,
                    int in_mapping);
/* What a step's outputs are known to be: E058, E059. */
void check_outputs(struct check *k, const struct step *s, const struct value *v,
                   const struct step *source);

/* check_types.c: W210. */
void check_path_type(struct check *k, struct step *s, const struct value *v, int in_condition);
/* check_compare.c: W211, W212. */
void check_comparisons(struct check *k);

#endif
