/* map.h: byte string -> pointer, remembers the order of insertion. */
#ifndef KILN_MAP_H
#define KILN_MAP_H

#include <stddef.h>

struct map_entry {
    const char *key; /* borrowed from the caller, must outlive the map */
    size_t n;
    void *value;
};

/* Zero-initialised it is empty. Entries stand in order of insertion in `at[0 .. n-1]`. */
struct map {
    struct map_entry *at;
    size_t n, cap;
    unsigned *index; /* open addressing over `at`, size a power of two */
    size_t index_size;
};

/* The value under the key, or NULL. */
void *map_get(const struct map *m, const char *key, size_t n);
/* Puts a new key or replaces the value of an old one. 0, or -1 when memory is out. */
int map_put(struct map *m, const char *key, size_t n, void *value);
void map_fini(struct map *m);

#endif
