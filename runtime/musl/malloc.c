/* malloc.c: the memory of static programs.
 *
 * Musl's own allocator asks the system for pages once for every size that occurs, which was half of
 * the time a small program took from start to exit, and is three times as large as this one. It is
 * the one place with a variable that outlives a call, as in any C library.
 */
#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/memory.h"

enum { FIRST = 48 << 10 };

static _Alignas(MEMORY_ALIGN) char room[FIRST];
static struct memory memory;

/* Before main, and not as an initial value: all of it would be in the file then. The first byte is
 * so that what follows a block's head is aligned. */
__attribute__((constructor)) static void give_room(void)
{
    memory.at = room + MEMORY_ALIGN - sizeof(size_t);
    memory.end = room + FIRST;
}

/* Who has it: FREE, TAKEN, or TAKEN and others wait. A mutex of musl's can do more and takes forty
 * times the room, in programs that have no threads. */
enum { FREE, TAKEN, AWAITED };
static atomic_uint lock;

enum { WAIT = 128, WAKE = 129 /* of futex(2), between threads */ };

static void futex(int what, unsigned value)
{
    int was = errno;

    syscall(SYS_futex, &lock, what, value, NULL);
    errno = was;
}

static void take(void)
{
    unsigned was = FREE;

    if (atomic_compare_exchange_strong(&lock, &was, TAKEN))
        return;
    while (atomic_exchange(&lock, AWAITED) != FREE)
        futex(WAIT, AWAITED);
}

static void give(void)
{
    if (atomic_exchange(&lock, FREE) == AWAITED)
        futex(WAKE, 1);
}

static void *or_no_memory(void *p)
{
    give();
    if (!p)
        errno = ENOMEM;
    return p;
}

void *malloc(size_t n)
{
    take();
    return or_no_memory(memory_take(&memory, n));
}

void *calloc(size_t n, size_t size)
{
    size_t all;

    if (__builtin_mul_overflow(n, size, &all))
        all = SIZE_MAX;
    take();
    return or_no_memory(memory_take_zeroed(&memory, all));
}

void *realloc(void *p, size_t n)
{
    take();
    return or_no_memory(memory_resize(&memory, p, n));
}

void *aligned_alloc(size_t align, size_t n)
{
    take();
    return or_no_memory(memory_take_aligned(&memory, align, n));
}

void free(void *p)
{
    take();
    memory_give(&memory, p);
    give();
}

size_t malloc_usable_size(void *p)
{
    return p ? memory_size(p) : 0;
}
