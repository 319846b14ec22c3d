/* arena.h: allocate forward, free everything at once. */
#ifndef KILN_ARENA_H
#define KILN_ARENA_H

#include <stddef.h>

struct arena_chunk;

/* A growing arena. Zero-initialised it is empty and ready. Not for sharing between threads. */
struct arena {
    struct arena_chunk *chunk; /* the newest; older ones behind it */
    size_t used;               /* bytes handed out since the last reset */
    size_t reserved;           /* bytes held from the system */
};

/* `size` bytes aligned for any type, not cleared; NULL when memory is out. */
void *arena_alloc(struct arena *a, size_t size);
/* The same, zeroed. */
void *arena_zalloc(struct arena *a, size_t size);
/* A copy of `n` bytes with a NUL behind them; NULL when memory is out. */
char *arena_dup(struct arena *a, const void *bytes, size_t n);
/* printf into the arena; NULL when memory is out. */
char *arena_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Gives all memory back. The arena is empty and may be used again. */
void arena_fini(struct arena *a);

#endif
