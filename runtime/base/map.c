/* map.c: byte string -> pointer, remembers the order of insertion.
 *
 * Entries stand in an array as they came; `index` is an open-addressing table of their numbers plus
 * one, 0 for a free place. Its own address seeds the hash, so a hostile author of keys cannot make
 * them collide; nothing ever depends on the hash order.
 */
#include "map.h"

#include <stdint.h>
#include <stdlib.h>

#include "bytes.h"
#include "list.h"

#ifdef KILN_HARD
enum { FIRST = 2 };
#else
enum { FIRST = 16 };
#endif

static int has_key(const struct map_entry *e, const char *key, size_t n)
{
    return e->n == n && bytes_equal(e->key, key, n);
}

/* The place of the key in the index: its own, or the free one where it belongs. */
static size_t find_place(const struct map *m, const char *key, size_t n)
{
    size_t mask = m->index_size - 1;
    size_t i = bytes_hash(key, n, (uintptr_t)m->index) & mask;

    while (m->index[i] && !has_key(&m->at[m->index[i] - 1], key, n))
        i = (i + 1) & mask;
    return i;
}

void *map_get(const struct map *m, const char *key, size_t n)
{
    unsigned number = m->index_size ? m->index[find_place(m, key, n)] : 0;

    return number ? m->at[number - 1].value : NULL;
}

/* Makes the index twice as large and puts every entry in again. */
static int grow_index(struct map *m)
{
    size_t size = m->index_size ? 2 * m->index_size : FIRST;
    unsigned *index = calloc(size, sizeof *index);

    if (!index)
        return -1;
    free(m->index);
    m->index = index;
    m->index_size = size;
    for (size_t i = 0; i < m->n; i++)
        m->index[find_place(m, m->at[i].key, m->at[i].n)] = (unsigned)i + 1;
    return 0;
}

int map_put(struct map *m, const char *key, size_t n, void *value)
{
    struct map_entry entry = { .key = key, .n = n, .value = value };
    size_t place;

    if (m->n >= UINT32_MAX || (2 * m->n >= m->index_size && grow_index(m) < 0))
        return -1;
    place = find_place(m, key, n);
    if (m->index[place]) {
        m->at[m->index[place] - 1].value = value;
        return 0;
    }
    if (list_push(m, entry) < 0)
        return -1;
    m->index[place] = (unsigned)m->n;
    return 0;
}

void map_fini(struct map *m)
{
    free(m->at);
    free(m->index);
    *m = (struct map){ 0 };
}
