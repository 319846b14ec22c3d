/* memory.h: an allocator for static programs (runtime/musl/malloc.c).
 *
 * Small blocks come in classes of sizes, a quarter of a doubling apart, and are kept for the next
 * of their class; large ones are the system's, and go back to it. Nothing is asked of the system
 * until the first room is used up, so a short program asks nothing.
 */
#ifndef KILN_MEMORY_H
#define KILN_MEMORY_H

#include <stddef.h>

enum { MEMORY_CLASSES = 48, MEMORY_ALIGN = 16 };

/* All zero, or with room of the owner's in `at` and `end`, at first. Not for two threads at once.
 */
struct memory {
    char *at, *end;  /* the part of the newest chunk that was never used; aligned */
    size_t reserved; /* bytes of all chunks */
    struct memory_block *free[MEMORY_CLASSES];
};

/* Room for `n` bytes, aligned to 16, or NULL. */
void *memory_take(struct memory *m, size_t n);
/* The same, all zero. */
void *memory_take_zeroed(struct memory *m, size_t n);
/* The same as the first, aligned to a power of two of at most 4096. */
void *memory_take_aligned(struct memory *m, size_t align, size_t n);
/* Gives it back; NULL is nothing. What was given back before ends the program. */
void memory_give(struct memory *m, void *p);
/* The bytes of `p` in room for `n`; `p` is as it was when there is none. */
void *memory_resize(struct memory *m, void *p, size_t n);
/* How many bytes there is room for. */
size_t memory_size(const void *p);

#endif
