/* model.h: a scenario workflow in its author's words, with every reference already taken apart.
 *
 * A workflow is a subgraph of steps and edges; some steps hold another subgraph. All of it lives in
 * the arena of the compilation and points back into the document for places.
 */
#ifndef SCENARIO_MODEL_H
#define SCENARIO_MODEL_H

#include <string.h>

#include "dialects/dialects.h"
#include "dialects/shared/graph.h"

struct step;
struct subgraph;
struct type;
struct value_template;

/* ---- references and mapping values (scenario 1.6) ------------------------------------------- */

struct part {
    const char *s;
    unsigned n;
};

/* A path: `data.items[0]['a.b']` is four parts. Empty parts are dropped. */
struct path {
    const char *text; /* as written */
    struct part *at;
    unsigned n;
};

enum value_kind { VALUE_REFERENCE, VALUE_IMMEDIATE, VALUE_OBJECT, VALUE_ARRAY, VALUE_TEMPLATE };
enum type_hint { HINT_NONE, HINT_STRING, HINT_INTEGER, HINT_NUMBER, HINT_BOOLEAN };

struct value {
    enum value_kind kind;
    const struct node *node;      /* where it is written */
    const struct node *literal;   /* IMMEDIATE; NULL is null, unless `text` */
    const char *text;             /* IMMEDIATE: a string that is written nowhere, else NULL */
    struct path path;             /* REFERENCE */
    const struct node *otherwise; /* REFERENCE: its default, or NULL */
    enum type_hint hint;
    int quiet;               /* REFERENCE: not checked and never failing (a literal's inside) */
    struct mapping *members; /* OBJECT, ARRAY: the keys of an array's are NULL */
    struct value_template *template; /* TEMPLATE (template.h) */
};

struct entry {
    const char *key;
    const struct node *node;
    struct value *value;
};

/* Destinations and where their values come from. */
struct mapping {
    const struct node *node; /* NULL when it was left out */
    struct entry *at;
    unsigned n;
};

/* ---- conditions (scenario 1.9) --------------------------------------------------------------- */

enum operator{
#define OPERATOR(name, arity, function) OPERATOR_##name,
#include "dialects/scenario/operators.def"
#undef OPERATOR
    OPERATORS
};

struct condition {
    const struct node *node;
    struct value *value; /* NULL when it is an operation */
    enum operator op;
    struct condition **args;
    unsigned n;
};

/* ---- the graph (scenario 1.2) ---------------------------------------------------------------- */

enum edge_kind { EDGE_NORMAL, EDGE_LABEL, EDGE_ERROR };

struct edge {
    const struct node *node;
    enum edge_kind kind;
    const char *label; /* LABEL */
    const char *from_id, *to_id;
    struct step *from, *to; /* NULL when there is no such step */
    int is_cut;             /* `to` is NULL because the edge is not taken (check_graph.c) */
    struct condition *condition;
    long long priority;
    int has_priority;
};

enum step_type {
    STEP_FINISH,
    STEP_AGENT,
    STEP_CONDITIONAL,
    STEP_SWITCH,
    STEP_LOG,
    STEP_ERROR,
    STEP_WHILE,
    STEP_SPLIT,
    STEP_FILTER,
    STEP_GROUP_BY,
    STEP_EMBED,
    STEP_DELAY,
    STEP_WAIT,
    STEP_CONNECTION,
    STEP_AI_AGENT
};

struct switch_case {
    const struct node *node;
    const char *match_type;
    const struct node *match;
    struct value *output;
    const char *route; /* NULL: "default" */
};

/* How a call that fails is made again, and how long it may take (scenario 1.10). */
struct policy {
    long long tries, delay; /* how often again; milliseconds before the first of them */
    long long timeout;      /* milliseconds; 0: any time */
};

/* What a step's outputs are needed for; set before lowering. */
enum step_use { USE_OUTPUTS = 1, USE_SIBLINGS = 2 };

struct step {
    const struct node *node;
    const char *id;
    const char *label; /* "step 'id'": how complaints call it */
    const char *name;  /* NULL when it has none */
    enum step_type type;
    struct subgraph *graph;
    unsigned number;    /* in its subgraph */
    unsigned uses;      /* enum step_use */
    unsigned reads_all; /* 1: it refers to all steps at once */
    struct edge **out;  /* in the order of the plan */
    unsigned n_out, n_in;
    const struct edge *in;       /* the last edge that comes in, or NULL */
    struct mapping mapping;      /* Agent, Finish, Embed: inputMapping; Log, Error, Wait: context */
    struct condition *condition; /* Conditional, While, Filter */
    struct value *value;         /* Switch, Split, Filter, GroupBy; Delay, Wait: milliseconds */
    struct mapping variables;    /* While, Split */
    struct subgraph *body;       /* While, Split; Wait: onWait */
    struct policy policy;        /* Agent, Split, Embed; While: its timeout */
    /* Agent */
    const char *agent, *capability;
    const kiln_op *op; /* NULL when there is none, which only --legacy lets pass */
    /* Agent, AiAgent, Connection */
    const char *connection_id; /* NULL when it has none */
    struct value *connection;  /* connectionRef, or NULL */
    const char *integration;   /* Connection: the kind of service */
    struct mapping prompts;    /* AiAgent: the values in its config */
    /* Switch */
    struct switch_case *cases;
    unsigned n_cases;
    int is_routing;
    struct value *otherwise; /* its default, or NULL */
    /* Log, Error */
    const char *level, *message, *category, *code, *severity;
    /* While */
    long long most;
    /* Split */
    int goes_on, allow_null, convert_single;
    long long batch, parallel;
    const struct node *input_schema, *output_schema;
    /* GroupBy */
    struct path key;             /* into an item */
    const struct node *expected; /* groups that are always there; NULL or an array of strings */
    struct embed *embed;         /* EmbedWorkflow: the workflow it runs */
    /* WaitForSignal */
    const char *action;         /* what is asked for, or NULL */
    struct mapping correlation; /* what tells this request from others */
    const struct node *response_schema;
    struct {
        const struct type *envelope;  /* of the step that has run */
        const struct type *item;      /* Split, Filter, GroupBy: of what it goes through */
        const struct type *variables; /* While, Split: those it gives its body */
    } types;                          /* set by types.c; NULL while nobody has asked */
};

struct variable {
    const char *name;
    const struct node *value; /* NULL is null */
};

/* A step refers to another one that no edges lead from to it: branches side by side. */
struct reading {
    const struct step *step, *source;
};

struct subgraph {
    const struct node *node;
    struct subgraph *up; /* NULL: the workflow itself */
    struct step *owner;  /* the step whose body it is, NULL for the workflow itself */
    const char *entry_id;
    const struct node *entry_node;
    struct step *entry;  /* NULL when there is no such step */
    struct step **steps; /* in the order of the document */
    unsigned n_steps;
    const struct node *steps_node; /* its keys are the ids */
    struct step **by_index;        /* member number in steps_node -> step, or NULL */
    struct edge *edges;
    unsigned n_edges;
    struct variable *variables;
    unsigned n_variables;
    const struct node *input_schema, *output_schema; /* NULL when there is none or it is empty */
    int uses_error;                                  /* a reference asks for the caught error */
    struct reading *readings;                        /* set by check_order.c */
    unsigned n_readings;
    const struct type *result; /* set by types.c: what it finishes with, or NULL */
    const struct type *data;   /* set by types_roots.c: what `data` is in it, or NULL */
};

struct model {
    const char *name; /* of the workflow */
    struct subgraph *root;
    long long budget;  /* rateLimitBudgetMs */
    long long seconds; /* executionTimeoutSeconds; 0: any time */
    int fleeting;      /* durable is false */
};

/* path.c: takes a path apart (scenario 1.6.3); the second knows dots only (scenario 1.7.5). */
struct path path_split(struct arena *a, const char *text);
struct path path_split_dots(struct arena *a, const char *text);
/* Part `i` is this text. (Inline: the text is a constant, its length and its words are too.) */
static inline int path_part_is(const struct path *p, unsigned i, const char *text)
{
    return i < p->n && p->at[i].n == strlen(text) && !memcmp(p->at[i].s, text, p->at[i].n);
}
/* The first `n` parts with dots between, in the arena. */
const char *path_text(struct arena *a, const struct path *p, unsigned n);

const char *step_type_name(enum step_type type);
struct step *subgraph_step(const struct subgraph *g, const char *id, size_t n);
/* A step's name, or what the reference calls one without (scenario 1.7.1). */
const char *step_title(const struct step *s);
/* Steps that choose between branches: Conditional, and Switch with routes (scenario 1.3.1). */
int step_is_branching(const struct step *s);
const char *operator_name(enum operator op);
/* The arrows of a subgraph over the steps it has; error edges only when asked for. */
void subgraph_arrows(const struct subgraph *g, struct arena *a, int with_errors, struct graph *ret);

#endif
