/* arena.h: allocate forward, free everything at once. */
#ifndef KILN_ARENA_H
#define KILN_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "hot.h"

/* In the hard build every object is a chunk of its own. */
#ifdef KILN_HARD
enum { ARENA_IS_HARD = 1 };
#else
enum { ARENA_IS_HARD = 0 };
#endif

/* A piece of memory from the system; its objects stand in `bytes`. */
struct arena_chunk {
    struct arena_chunk *next;
    size_t size, used; /* of `bytes` */
    _Alignas(16) unsigned char bytes[];
};

/* A growing arena. Zero-initialised it is empty and ready. Not for sharing between threads. */
struct arena {
    struct arena_chunk *chunk; /* the newest; older ones behind it */
    size_t used;               /* bytes handed out since the last reset */
    size_t reserved;           /* bytes held from the system */
};

/* `size` bytes aligned for any type, not cleared; NULL when memory is out. */
void *arena_alloc(struct arena *a, size_t size);
/* The same, inline, for small sizes that are a multiple of 16; NULL also when the newest chunk is
 * full: then call arena_alloc. */
HOT void *arena_bump(struct arena *a, size_t size)
{
    struct arena_chunk *c = a->chunk;
    void *p;

    if (ARENA_IS_HARD || !c || c->size - c->used < size)
        return NULL;
    p = c->bytes + c->used;
    c->used += size;
    a->used += size;
    return p;
}
/* The same, zeroed. */
void *arena_zalloc(struct arena *a, size_t size);
/* A copy of `n` bytes with a NUL behind them; NULL when memory is out. */
char *arena_dup(struct arena *a, const void *bytes, size_t n);
/* printf into the arena; NULL when memory is out. */
char *arena_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The texts up to a NULL, one behind the other, a NUL behind them; NULL when memory is out. */
char *arena_join(struct arena *a, const char *first, ...) __attribute__((sentinel));
char *arena_vjoin(struct arena *a, const char *first, va_list ap);
/* Gives all memory back. The arena is empty and may be used again. */
void arena_fini(struct arena *a);

#endif
