/* document.h: the text of a source as nodes. Part of the source room: only source.c calls it. */
#ifndef DOCUMENT_H
#define DOCUMENT_H

#include "source.h"

/* The nodes of all of the text, in the source's arena, or NULL when it is not acceptable JSON: not
 * UTF-8, a key twice in one object or with a NUL in it, an integer beyond 64 bits, deeper than
 * SOURCE_DEEPEST. Why, it does not say. */
const struct node *document_read(const struct source *s);

/* node.c: makes the members of an object known to node_get, by a table in the arena when they are
 * many. 0, or -1 when two have the same key. */
int node_tie_members(struct node *object, struct arena *a);

#endif
