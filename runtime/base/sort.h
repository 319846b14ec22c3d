/* sort.h: how static programs sort (runtime/musl/qsort.c).
 *
 * Musl's own is two kilobytes, for what a program seldom does: put the segments, runs and messages
 * of a store in order, in which these mostly are.
 */
#ifndef KILN_SORT_H
#define KILN_SORT_H

#include <stddef.h>

/* Below, equal or above 0, as `a` is below, beside or above `b`. */
typedef int sort_compare(const void *a, const void *b);

/* Puts the `n` items of `size` bytes at `at` in order. Equal ones may change places. */
void sort_items(void *at, size_t n, size_t size, sort_compare *compare);

#endif
