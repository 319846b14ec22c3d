/* source.h: a workflow file as text, and its JSON as nodes that know where they stand.
 *
 * Every node is made while its bytes are read, so it has its place. A complaint about any node can
 * show line, column, JSON pointer and the line itself.
 */
#ifndef SOURCE_H
#define SOURCE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"
#include "diag.h"
#include "value.h"

enum node_kind {
    NODE_NULL,
    NODE_BOOL,
    NODE_INT,
    NODE_UINT, /* above what NODE_INT holds */
    NODE_DOUBLE,
    NODE_STRING,
    NODE_ARRAY,
    NODE_OBJECT
};

/* One JSON value of the document. */
struct node {
    enum node_kind kind;
    unsigned n;             /* bytes of a string, children of an array or object */
    size_t at, end;         /* bytes [at, end) of the text */
    size_t key_at, key_end; /* where the key stands, when the parent is an object */
    const char *key;        /* NUL-terminated, NULL when the parent is not an object */
    size_t key_n;           /* bytes of the key (keys may hold NUL bytes) */
    const struct node *parent;
    const struct node *child, *next; /* first child, next sibling, in the order of the file */
    const struct node **members;     /* object of many members: node.c finds them here */
    unsigned n_places;               /* there, a power of two */
    unsigned index;                  /* position in the parent */
    union {
        int truth;
        long long i;
        unsigned long long w;
        double d;
        const char *s; /* NUL-terminated too; may hold NUL bytes */
    } u;
};

/* A byte whose line and column are known: every line's first, and some within long lines. */
struct source_mark {
    size_t at;
    unsigned line, column;
};

/* What is refused at once: no workflow needs more, and nothing hostile gets more. */
enum { SOURCE_LARGEST = 16 << 20, SOURCE_DEEPEST = 512 };

struct source {
    const char *path; /* as the user gave it; "<stdin>" */
    const char *text;
    size_t n;
    const struct node *root;
    const struct source_mark *marks; /* in the order of the text */
    size_t n_marks;
    struct arena *arena; /* the compilation's */
};

/* Reads `path` ("-" is standard input) and parses it. 0, or -1 with the complaints in `diags`
 * (S001 cannot read, S002 syntax, S003 duplicate key, S004 encoding, S005 deeper than
 * SOURCE_DEEPEST, S006 larger than SOURCE_LARGEST bytes, S007 number out of range). The source
 * lives in `arena`; `diags` refers to it, so *ret must stay where it is. */
int source_load(struct source *ret, const char *path, struct arena *arena, struct diags *diags);
/* The same from memory. */
int source_parse(struct source *ret, const char *path, const char *text, size_t n,
                 struct arena *arena, struct diags *diags);

/* Line and column (from 1, columns in characters) of a byte offset. */
void source_position(const struct source *s, size_t at, unsigned *ret_line, unsigned *ret_column);

/* The member, or NULL (also when `object` is NULL or not an object). */
const struct node *node_get(const struct node *object, const char *key);
/* The item; -1 is the last. NULL when there is none. */
const struct node *node_item(const struct node *array, long long i);
const struct node *node_get_n(const struct node *object, const char *key, size_t n);
/* Is a string with exactly these bytes. */
int node_is(const struct node *n, const char *text);
/* The string, or NULL when it is not one. */
const char *node_text(const struct node *n);
/* "null", "a boolean", "an integer", "a number", "a string", "an array", "an object"; an integer
 * above 2^63 - 1 is called that. */
const char *node_kind_name(enum node_kind kind);
/* The JSON pointer of a node, in the arena ("" for the root). */
const char *node_pointer(struct arena *a, const struct node *n);
/* The node as a value made in `h` (objects sorted when the heap says so). 0 or -1. */
int node_value(kiln_heap *h, kiln_value *ret, const struct node *n);

/* Walks the children of an array or object. */
#define node_each(c, n) for (const struct node *c = (n) ? (n)->child : NULL; c; c = c->next)

#endif
