/* pregel.h: the model of the pregel dialect, in the author's words (spec/pregel.md).
 *
 * A graph has channels (the state) and nodes; edges, waiting edges and branches say which nodes run
 * after a node. Expressions stay nodes of the source: scope.c checks them, lower_value.c lowers
 * them. Everything lives in the arena of the compilation.
 */
#ifndef PREGEL_H
#define PREGEL_H

#include "dialects/dialects.h"

#define PREGEL_START "__start__"
#define PREGEL_END "__end__"

enum pregel_kind {
    PREGEL_LAST_VALUE,
    PREGEL_BINOP,
    PREGEL_TOPIC,
    PREGEL_EPHEMERAL,
    PREGEL_ANY,
    PREGEL_LAST_STEP, /* managed, as all behind it: the run makes them, nobody writes them */
    PREGEL_REMAINING,
    PREGEL_KINDS
};

enum pregel_type {
    PREGEL_TYPE_ANY,
    PREGEL_TYPE_INT,
    PREGEL_TYPE_STR,
    PREGEL_TYPE_LIST,
    PREGEL_TYPE_DICT,
    PREGEL_TYPE_FLOAT,
    PREGEL_TYPE_BOOL,
    PREGEL_TYPES
};

/* Pointers in the order they came. */
struct pregel_list {
    void **at;
    unsigned n, cap;
};

/* A named reducer and the pure function it is. */
struct pregel_reducer {
    const char *name, *function;
};

extern const char *const pregel_kind_names[PREGEL_KINDS];
extern const char *const pregel_type_names[PREGEL_TYPES];
extern const struct pregel_reducer pregel_reducers[];
extern const size_t pregel_n_reducers;

/* One key of the state. */
struct pregel_channel {
    const char *name;
    const struct node *at;
    enum pregel_kind kind;
    enum pregel_type type;
    const struct pregel_reducer *reducer; /* BINOP */
    int guard;                            /* EPHEMERAL: one value a superstep */
    int accumulate;                       /* TOPIC */
    int input, output;                    /* in input_keys, output_keys */
    struct pregel_list written;           /* of struct pregel_write (types.h); set by check */
    const struct type *gives;             /* what reading it gives; set by channels.c */
    unsigned slot;                        /* set by lower */
};

struct pregel_node;

/* [a, b] -> c: c runs when all of them have run. */
struct pregel_join {
    const char *name; /* of its channel: "join:a+b:c" */
    const struct node *at;
    struct pregel_node **from;
    unsigned n;
    struct pregel_node *to;
    unsigned number; /* in model.joins */
    unsigned slot;   /* set by lower */
};

/* One entry of a branch's map. */
struct pregel_way {
    const char *label;
    size_t label_n;
    struct pregel_node *to;
};

/* A conditional edge. */
struct pregel_branch {
    const char *name;
    const struct node *at, *path;
    struct pregel_node *source;
    struct pregel_way *ways;            /* of the map */
    const struct pregel_way **by_label; /* the same, sorted */
    unsigned n_ways;
    int mapped; /* there is a map; an empty one is none */
    int sound;  /* nothing is wrong with the path; set by check */
};

struct pregel_node {
    const char *name;
    const struct node *at;
    const struct node *body;           /* `do`; NULL for START, END and nodes with `op` */
    const kiln_op *op;                 /* `op` */
    const struct node *input, *output; /* of `op`, NULL when not given */
    struct pregel_list edges;        /* of struct pregel_node, END left out, in order, each once */
    struct pregel_list joins_from;   /* of struct pregel_join it is a source of */
    struct pregel_list joins_to;     /* of struct pregel_join that lead to it */
    struct pregel_list branches;     /* of struct pregel_branch */
    struct pregel_list destinations; /* of struct pregel_way, for drawings */
    struct pregel_list triggers;     /* bare graphs: of struct pregel_channel */
    struct pregel_list reads;        /* bare graphs: of struct pregel_channel */
    struct pregel_list writes;       /* bare graphs: of struct pregel_channel */
    int single;                      /* bare graphs: the input is the value of one channel */
    unsigned number;                 /* in model.nodes */
    unsigned task;                   /* in the order of the names; set by lower */
    unsigned slot, result;           /* set by lower */
};

struct pregel_model {
    const char *name;
    int raw;        /* a bare Pregel graph: nodes subscribe to channels */
    unsigned limit; /* recursion limit */
    const struct node *channels_at, *nodes_at; /* the objects they stand in */
    struct pregel_channel **by_channel;        /* by the index of the member */
    struct pregel_node **by_node;
    struct pregel_list channels; /* of struct pregel_channel, in the order of the file */
    struct pregel_list nodes;    /* of struct pregel_node, START first, END not among them */
    struct pregel_list joins, branches;
    struct pregel_node *start, *end;
    int entries;                     /* something leaves START */
    int sends;                       /* nodes may get other input than the state */
    int opaque;                      /* some node may write any channel; set by check */
    struct pregel_channel *in, *out; /* bare graphs */
};

/* ---- model.c ---- */
void pregel_list_add(struct arena *a, struct pregel_list *l, void *item);
struct pregel_channel *pregel_channel_find(const struct pregel_model *m, const char *name,
                                           size_t n);
struct pregel_node *pregel_node_find(const struct pregel_model *m, const char *name, size_t n);
/* The run makes its values (pregel 1.2). */
int pregel_is_managed(const struct pregel_channel *c);
/* Makes a branch's map ready for pregel_way_find. */
void pregel_way_sort(struct arena *a, struct pregel_branch *b);
/* The entry of a branch's map, or NULL. */
const struct pregel_way *pregel_way_find(const struct pregel_branch *b, const char *label,
                                         size_t n);
/* Complains that there is no such channel or node, with what is near. */
void pregel_no_channel(struct unit *u, const struct node *at, const char *name);
/* Complains that nobody writes this managed channel. */
void pregel_no_write(struct unit *u, const struct node *at, const struct pregel_channel *c);
void pregel_no_node(struct unit *u, const struct node *at, const char *name);

/* ---- parse.c, parse_channel.c, parse_node.c, parse_edge.c, parse_raw.c ---- */
void pregel_parse(struct unit *u);
void pregel_parse_channels(struct unit *u, const struct node *channels);
void pregel_parse_nodes(struct unit *u, const struct node *nodes);
void pregel_parse_edges(struct unit *u, const struct node *edges);
void pregel_parse_branches(struct unit *u, const struct node *branches);
void pregel_parse_raw(struct unit *u, const struct node *root);
/* Complains of members that are not among `known` (NULL-terminated). */
void pregel_check_members(struct unit *u, const struct node *object, const char *const *known);
/* Complains unless the node has this kind; `what` names it. 1 when it has. */
int pregel_expect(struct unit *u, const struct node *n, enum node_kind kind, const char *what);
/* A name that may stand for a channel or a node: not empty, no NUL, not reserved. 1 when it may. */
int pregel_check_name(struct unit *u, const struct node *at, const char *what);

/* ---- words.c: the words of expressions ---- */
enum pregel_shape {
    PREGEL_ONE,     /* {"len": e} */
    PREGEL_TWO,     /* {"gt": [e, e]} */
    PREGEL_MANY,    /* {"add": [e, e, ...]}, from the left */
    PREGEL_SPECIAL, /* has a rule of its own */
    PREGEL_REFUSED  /* known, not supported yet */
};

enum pregel_special {
    PREGEL_NONE,
    PREGEL_GET,
    PREGEL_GETOR,
    PREGEL_STATE,
    PREGEL_LIT,
    PREGEL_IF,
    PREGEL_MAP,
    PREGEL_CALL,
    PREGEL_OVERWRITE,
    PREGEL_UPDATE,
    PREGEL_COMMAND,
    PREGEL_RAISE
};

struct pregel_word {
    const char *name;
    enum pregel_shape shape;
    enum pregel_special special;
    const char *function; /* ONE, TWO, MANY */
};

/* The word an expression is, when it is an object with one member that is one; else NULL. */
const struct pregel_word *pregel_word_of(const struct node *e);
/* The word `name` is somewhere in it. */
int pregel_has_word(const struct node *e, const char *name);
/* No word in it: the JSON stands for itself. */
int pregel_is_literal(const struct node *e);
/* A literal's own node: what is in {"lit": x}, or the node. */
const struct node *pregel_unquote(const struct node *e);

/* ---- check.c and beside it ---- */
void pregel_check(struct unit *u);

/* Names an expression may use beside the channels. */
struct pregel_bound {
    const char *name;
    size_t n;
    const struct pregel_bound *next;
    const struct type *type; /* NULL: nothing is known */
};

/* Where an expression stands. */
struct pregel_place {
    const struct pregel_bound *names;
    int bare;    /* there are no channels, only the names */
    int open;    /* keys that are no channel may be there at run time (paths of branches) */
    int returns; /* what it gives is what the node returns: `command` may stand here */
};

void pregel_check_value(struct unit *u, const struct node *e, const struct pregel_place *where);
void pregel_check_op(struct unit *u, const struct pregel_node *n);
void pregel_check_path(struct unit *u, struct pregel_branch *b);
/* Where the expressions of a node's body stand, and the path of a branch. */
struct pregel_place pregel_place_of_node(struct unit *u, const struct pregel_node *n);
struct pregel_place pregel_place_of_path(struct unit *u, const struct pregel_branch *b);
/* Tells each expression that a path may end at, through every `if` and list. */
void pregel_each_end(const struct node *path, void (*end)(void *ctx, const struct node *e),
                     void *ctx);
/* Tells the `goto` of each command that a node may return: a path. */
void pregel_each_goto(const struct node *body, void (*found)(void *ctx, const struct node *path),
                      void *ctx);
/* The end stands in the file: a name, or null. */
int pregel_end_is_written(const struct node *e);
/* What types say: P020, P022, P023, P025 to P029. Unless the graph is sound, only of paths. */
void pregel_check_types(struct unit *u, int is_sound);
/* Complains when paths that may lead anywhere make the program too large. */
void pregel_check_size(struct unit *u);

/* ---- lower.c and beside it ---- */
void pregel_lower(struct unit *u);

/* A name that stands for a register. */
struct pregel_binding {
    const char *name;
    size_t n;
    int reg;
    const struct pregel_binding *next;
};

/* Where an expression is lowered. */
struct pregel_scope {
    const struct pregel_model *model;
    struct plan_step *s;
    const struct pregel_node *node;
    const struct pregel_binding *names;
    int fresh; /* the state with this task's own writes */
    int extra; /* register of what the node returned, whose other keys show; or -1 */
};

/* The register of an expression. */
int pregel_lower_value(const struct pregel_scope *sc, const struct node *e);
/* The register of a member or item by a path; absent when it leads nowhere. */
int pregel_lower_parts(const struct pregel_scope *sc, int from, const char *path, size_t n);
/* Writes what a node returns; gives the register of it as an object, or -1 when it is none. */
int pregel_lower_return(const struct pregel_scope *sc, const struct node *e);
/* Writes the known keys of the object in a register. */
void pregel_lower_update(const struct pregel_scope *sc, int object);
/* Writes the trigger of a node; nothing for END. */
void pregel_lower_trigger(const struct pregel_scope *sc, const struct pregel_node *to);
/* Writes the triggers a path leads to. `b` is NULL for the goto of a command. */
void pregel_lower_route(const struct pregel_scope *sc, const struct node *path,
                        const struct pregel_branch *b);
/* Makes the steps of one node. */
void pregel_lower_node(struct unit *u, struct plan_flow *f, const struct pregel_node *n);

/* ---- document_types.c: what a graph takes and gives, for those that embed it ---- */
const struct type *pregel_input_type(const struct unit *u, struct type_maker *m);
const struct type *pregel_result_type(const struct unit *u, struct type_maker *m);

/* ---- print.c, draw.c, mermaid.c ---- */
void pregel_print_model(const struct unit *u, struct text *out);

/* An edge of the drawing. */
struct pregel_arrow {
    const struct pregel_node *from, *to;
    int conditional;
    const char *label; /* NULL: the target's name, or none */
    size_t label_n;
};

/* A drawing: the nodes of the graph and what leads where (pregel 3.3). */
struct pregel_drawing {
    struct pregel_arrow *arrows;
    unsigned n;
    int has_end;
};

struct pregel_drawing pregel_draw(const struct unit *u);
void pregel_graph_json(const struct unit *u, struct text *out);
void pregel_mermaid(const struct unit *u, struct text *out);

#endif
