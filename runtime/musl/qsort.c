/* qsort.c: the C library's word for it, in static programs. */
#include <stdlib.h>

#include "base/sort.h"

void qsort(void *at, size_t n, size_t size, sort_compare *compare)
{
    sort_items(at, n, size, compare);
}
