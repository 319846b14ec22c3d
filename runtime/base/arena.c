/* arena.c: allocate forward, free everything at once.
 *
 * Chunks stand in a list, the newest first; an object is the next free bytes of the newest chunk.
 * An object too big for that gets a chunk of its own behind it, so that little room is lost. In the
 * hard build every object is a chunk of exactly its size, so that a write past its end is seen.
 */
#include "arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

enum { ALIGN = 16, CHUNK_MIN = 4096, CHUNK_MAX = 1 << 20 };

/* As much as the arena holds already, within bounds: the number of chunks stays logarithmic until
 * they reach the bound. */
static size_t chunk_size(const struct arena *a, size_t room)
{
    size_t size = a->reserved;

    if (ARENA_IS_HARD)
        return room;
    if (size < CHUNK_MIN)
        size = CHUNK_MIN;
    if (size > CHUNK_MAX)
        size = CHUNK_MAX;
    return size < room ? room : size;
}

static struct arena_chunk *add_chunk(struct arena *a, size_t room)
{
    size_t size = chunk_size(a, room);
    struct arena_chunk *c = size < PTRDIFF_MAX - sizeof *c ? malloc(sizeof *c + size) : NULL;

    if (!c)
        return NULL;
    c->size = size;
    c->used = 0;
    a->reserved += size;
    if (a->chunk && size == room) { /* it will be full: keep the newest as it is */
        c->next = a->chunk->next;
        a->chunk->next = c;
    } else {
        c->next = a->chunk;
        a->chunk = c;
    }
    return c;
}

void *arena_alloc(struct arena *a, size_t size)
{
    struct arena_chunk *c;
    size_t room = ARENA_IS_HARD ? size : (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    void *p;

    if (room < size)
        return NULL;
    if ((p = arena_bump(a, room)))
        return p;
    if (!(c = add_chunk(a, room)))
        return NULL;
    c->used = room;
    a->used += room;
    return c->bytes;
}

void *arena_zalloc(struct arena *a, size_t size)
{
    void *p = arena_alloc(a, size);

    return p ? memset(p, 0, size) : NULL;
}

char *arena_dup(struct arena *a, const void *bytes, size_t n)
{
    char *s = n < SIZE_MAX ? arena_alloc(a, n + 1) : NULL;

    if (!s)
        return NULL;
    if (n)
        memcpy(s, bytes, n);
    s[n] = '\0';
    return s;
}

char *arena_printf(struct arena *a, const char *format, ...)
{
    struct text t = { 0 };
    char *s = NULL;
    va_list ap;

    va_start(ap, format);
    text_vprintf(&t, format, ap);
    va_end(ap);
    if (!t.failed)
        s = arena_dup(a, text_cstr(&t), t.n);
    text_fini(&t);
    return s;
}

static size_t length_of_all(const char *first, va_list ap)
{
    size_t n = 0;

    for (const char *part = first; part; part = va_arg(ap, const char *))
        n += strlen(part);
    return n;
}

char *arena_vjoin(struct arena *a, const char *first, va_list ap)
{
    va_list again;
    char *s, *at;

    va_copy(again, ap);
    s = at = arena_alloc(a, length_of_all(first, again) + 1);
    va_end(again);
    if (!s)
        return NULL;
    for (const char *part = first; part; part = va_arg(ap, const char *)) {
        size_t n = strlen(part);

        memcpy(at, part, n);
        at += n;
    }
    *at = '\0';
    return s;
}

char *arena_join(struct arena *a, const char *first, ...)
{
    va_list ap;
    char *s;

    va_start(ap, first);
    s = arena_vjoin(a, first, ap);
    va_end(ap);
    return s;
}

void arena_fini(struct arena *a)
{
    for (struct arena_chunk *c = a->chunk, *next; c; c = next) {
        next = c->next;
        free(c);
    }
    *a = (struct arena){ 0 };
}
