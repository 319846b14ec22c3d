/* malloc.c: the memory of static programs.
 *
 * Musl's own allocator asks the system for pages once for every size that occurs, which was half of
 * the time a small program took from start to exit, and is three times as large as this one. It is
 * the one place with a variable that outlives a call, as in any C library.
 */
#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"

enum { FIRST = 48 << 10 };

/* The first of its bytes is so that what follows a block's head is aligned. */
static _Alignas(MEMORY_ALIGN) char room[FIRST];
static struct memory memory = { .at = room + MEMORY_ALIGN - sizeof(size_t), .end = room + FIRST };
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *or_no_memory(void *p)
{
    pthread_mutex_unlock(&mutex);
    if (!p)
        errno = ENOMEM;
    return p;
}

void *malloc(size_t n)
{
    pthread_mutex_lock(&mutex);
    return or_no_memory(memory_take(&memory, n));
}

void *calloc(size_t n, size_t size)
{
    size_t all;

    if (__builtin_mul_overflow(n, size, &all))
        all = SIZE_MAX;
    pthread_mutex_lock(&mutex);
    return or_no_memory(memory_take_zeroed(&memory, all));
}

void *realloc(void *p, size_t n)
{
    pthread_mutex_lock(&mutex);
    return or_no_memory(memory_resize(&memory, p, n));
}

void *aligned_alloc(size_t align, size_t n)
{
    pthread_mutex_lock(&mutex);
    return or_no_memory(memory_take_aligned(&memory, align, n));
}

void free(void *p)
{
    pthread_mutex_lock(&mutex);
    memory_give(&memory, p);
    pthread_mutex_unlock(&mutex);
}

size_t malloc_usable_size(void *p)
{
    return p ? memory_size(p) : 0;
}
