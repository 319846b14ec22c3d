/* list.c: the growth behind the macros of list.h: by doubling, so that pushing is constant time. */
#include "list.h"

#include <stdint.h>
#include <stdlib.h>

#ifdef KILN_HARD
enum { FIRST = 1 };
#else
enum { FIRST = 8 };
#endif

int list_grow(void **at, size_t *cap, size_t n, size_t size)
{
    size_t want = *cap ? *cap : FIRST;
    void *moved;

    while (want <= n) {
        if (want > SIZE_MAX / 2)
            return -1;
        want *= 2;
    }
    if (want > SIZE_MAX / size || !(moved = realloc(*at, want * size)))
        return -1;
    *at = moved;
    *cap = want;
    return 0;
}
