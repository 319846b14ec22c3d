/* types.h: what is known about the values of a graph before it runs (pregel 4.3).
 *
 * A channel is what it is declared as; one that only nodes write, and that says nothing, is what
 * they write. Types rest on what the file says: a declared type is believed until a write is seen
 * that breaks it.
 */
#ifndef PREGEL_TYPES_H
#define PREGEL_TYPES_H

#include "dialects/pregel/pregel.h"
#include "dialects/shared/type.h"

struct pregel_typing {
    struct unit *unit;
    struct type_maker maker;
    int tells;      /* complaints are made; else types are only wanted */
    unsigned depth; /* of channels that are written from channels */
};

/* How a node writes a channel. */
enum pregel_write_kind {
    PREGEL_WRITE_VALUE,  /* an expression */
    PREGEL_WRITE_RESULT, /* all an operation gave */
    PREGEL_WRITE_PART    /* a part of it */
};

struct pregel_write {
    enum pregel_write_kind kind;
    const struct pregel_node *node;
    const struct node *at; /* the expression, the path, or the node of the graph */
    const char *path;      /* PART */
    size_t path_n;
};

/* writes.c: notes for each channel who writes it, and whether some node may write any. */
void pregel_find_writes(struct unit *u);
/* What an operation's outputs are worked out from: the place of its `result`. */
struct pregel_place pregel_place_of_output(struct pregel_typing *t, const struct pregel_node *n);

/* ---- channels.c ---- */
/* What a channel is declared as, its reducer heeded; reading it gives that, or null. */
const struct type *pregel_type_declared(struct type_maker *m, const struct pregel_channel *c);
/* What reading a channel gives, when it is there. */
const struct type *pregel_type_channel(struct pregel_typing *t, struct pregel_channel *c);
/* What a write brings. */
const struct type *pregel_type_write(struct pregel_typing *t, const struct pregel_write *w);
/* Complains of writes that a channel never takes (P023). */
void pregel_check_writes(struct pregel_typing *t, const struct pregel_channel *c);

/* ---- types.c ---- */
/* What an expression gives; complains of what is in it when `tells` (P022, P025, P026, P029). */
const struct type *pregel_type_value(struct pregel_typing *t, const struct node *e,
                                     const struct pregel_place *where);
/* Follows `n` bytes of a dotted path into a type. *ret_lost is the part that leads nowhere and
 * *ret_before what stands before it, or NULL. */
const struct type *pregel_type_parts(struct pregel_typing *t, const struct type *from,
                                     const char *path, size_t n, const char **ret_lost,
                                     const struct type **ret_before);
/* P026: a path leads to a part that `before` never has. */
void pregel_complain_lost(struct pregel_typing *t, const struct node *at, const char *lost,
                          const struct type *before, const char *then);

/* words_types.c: what a word makes of one operand, or of two; complains when `tells`. */
const struct type *pregel_type_word(struct pregel_typing *t, const struct node *e,
                                    const struct pregel_word *w, const struct type *a,
                                    const struct type *b);

/* ends.c: where the path of a branch leads, and what the commands of a node go to (P020, P028). */
void pregel_check_ends(struct pregel_typing *t, const struct pregel_branch *b);
void pregel_check_gotos(struct pregel_typing *t, const struct pregel_node *n);

#endif
