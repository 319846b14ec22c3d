/* memory.c: an allocator for static programs (memory.h).
 *
 * In front of each piece of memory stands one word: the class of its block, or, where that is no
 * class, the bytes of a mapping of its own.
 */
#include "memory.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

struct memory_block {
    size_t head;
    union {
        struct memory_block *next; /* while it is free */
        char bytes[1];
    } u;
};

enum {
    HEAD = sizeof(size_t),
    FINE = 8,            /* classes of 1 to 8 units; from there four a doubling */
    LARGEST = 128 << 10, /* bytes of a block in a class */
    CHUNK = 512 << 10,
    PAGE = 4096,      /* what mappings are aligned to at least */
    IS_FREE = 1 << 10 /* added to the class */
};

static struct memory_block *block_of(const void *p)
{
    return (struct memory_block *)(void *)((char *)(uintptr_t)p - HEAD);
}

/* Of a block of so many bytes, its head included. */
static unsigned class_of(size_t size)
{
    size_t last = (size - 1) / MEMORY_ALIGN;
    unsigned doubling;

    if (last < FINE)
        return (unsigned)last;
    doubling = 63 - (unsigned)__builtin_clzll(last);
    return FINE + 4 * (doubling - 3) + (unsigned)(last >> (doubling - 2)) - 4;
}

static size_t class_size(unsigned class)
{
    unsigned above = class - FINE;

    if (class < FINE)
        return (class + 1) * (size_t)MEMORY_ALIGN;
    return ((size_t)5 + above % 4) << (above / 4 + 1) << 4;
}

static void *map(size_t size)
{
    void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return p == MAP_FAILED ? NULL : p;
}

/* A quarter of what there is, so that there are never many. What is left of the one before is lost:
 * less than a block. */
static int add_chunk(struct memory *m)
{
    size_t size = (m->reserved / 4 + CHUNK) & ~(size_t)(CHUNK - 1);
    char *chunk = map(size);

    if (!chunk)
        return -1;
    m->at = chunk + MEMORY_ALIGN - HEAD;
    m->end = chunk + size;
    m->reserved += size;
    return 0;
}

static void *take_large(size_t align, size_t n)
{
    char *base = n < PTRDIFF_MAX - align ? map(n + align) : NULL;

    if (!base)
        return NULL;
    block_of(base + align)->head = n + align;
    return base + align;
}

/* At most a page lies between the beginning of a mapping and what it is for. */
static char *base_of(const void *p)
{
    return (char *)(((uintptr_t)p - 1) & ~(uintptr_t)(PAGE - 1));
}

void *memory_take(struct memory *m, size_t n)
{
    struct memory_block *b;
    unsigned class;
    size_t size;

    if (n > LARGEST - HEAD)
        return take_large(MEMORY_ALIGN, n);
    class = class_of(n + HEAD);
    size = class_size(class);
    if ((b = m->free[class])) {
        m->free[class] = b->u.next;
    } else {
        if ((size_t)(m->end - m->at) < size && add_chunk(m) < 0)
            return NULL;
        b = (struct memory_block *)(void *)m->at;
        m->at += size;
    }
    b->head = class;
    return b->u.bytes;
}

/* What the system gives is zero. */
void *memory_take_zeroed(struct memory *m, size_t n)
{
    void *p = memory_take(m, n);

    return p && block_of(p)->head < MEMORY_CLASSES ? memset(p, 0, n) : p;
}

void *memory_take_aligned(struct memory *m, size_t align, size_t n)
{
    if (align <= MEMORY_ALIGN)
        return memory_take(m, n);
    if (align > PAGE || n > PTRDIFF_MAX - LARGEST)
        return NULL;
    return take_large(align, n > LARGEST ? n : LARGEST);
}

void memory_give(struct memory *m, void *p)
{
    struct memory_block *b;

    if (!p)
        return;
    b = block_of(p);
    if (b->head > LARGEST) {
        munmap(base_of(p), b->head);
        return;
    }
    if (b->head >= MEMORY_CLASSES)
        __builtin_trap();
    b->u.next = m->free[b->head];
    m->free[b->head] = b;
    b->head |= IS_FREE;
}

size_t memory_size(const void *p)
{
    const struct memory_block *b = block_of(p);

    return b->head > LARGEST ? b->head - (size_t)((const char *)p - base_of(p))
                             : class_size((unsigned)b->head) - HEAD;
}

/* A mapping grows where it is, or is moved without being copied. */
static void *remap(void *p, size_t n)
{
    char *base = base_of(p);
    size_t before = (size_t)((char *)p - base), size = n + before;

    if (n > PTRDIFF_MAX - PAGE
        || (base = mremap(base, block_of(p)->head, size, MREMAP_MAYMOVE)) == MAP_FAILED)
        return NULL;
    block_of(base + before)->head = size;
    return base + before;
}

void *memory_resize(struct memory *m, void *p, size_t n)
{
    size_t size = p ? memory_size(p) : 0;
    void *moved;

    if (p && size >= LARGEST && n >= LARGEST)
        return remap(p, n);
    if (p && n <= size && n >= size / 2)
        return p;
    if (!(moved = memory_take(m, n)))
        return NULL;
    if (p)
        memcpy(moved, p, n < size ? n : size);
    memory_give(m, p);
    return moved;
}
