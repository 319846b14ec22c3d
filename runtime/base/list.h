/* list.h: typed growing arrays on the heap, in three macros.
 *
 *     struct { struct edge *at; size_t n, cap; } edges = { 0 };
 *     if (list_push(&edges, e) < 0) ...   memory is out
 *     list_fini(&edges);
 */
#ifndef KILN_LIST_H
#define KILN_LIST_H

#include <stddef.h>

/* Grows the storage behind a list by at least one item. 0, or -1 when memory is out. */
int list_grow(void **at, size_t *cap, size_t n, size_t size);

#define LIST(type)                                                                                 \
    struct {                                                                                       \
        type *at;                                                                                  \
        size_t n, cap;                                                                             \
    }

#define list_push(l, item)                                                                         \
    (((l)->n < (l)->cap || list_grow((void **)&(l)->at, &(l)->cap, (l)->n, sizeof *(l)->at) == 0)  \
         ? ((l)->at[(l)->n++] = (item), 0)                                                         \
         : -1)

#define list_fini(l) (free((l)->at), (l)->at = NULL, (l)->n = (l)->cap = 0)

#endif
