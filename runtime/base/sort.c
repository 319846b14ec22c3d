/* sort.c: a heap sort: no memory of its own, and never slower than n log n. What is in order
 * already is told first.
 */
#include "base/sort.h"

struct sorting {
    unsigned char *at;
    size_t size;
    sort_compare *compare;
};

static int is_above(const struct sorting *s, size_t a, size_t b)
{
    return s->compare(s->at + a * s->size, s->at + b * s->size) > 0;
}

static void swap(const struct sorting *s, size_t a, size_t b)
{
    unsigned char *x = s->at + a * s->size, *y = s->at + b * s->size;

    for (size_t i = 0; i < s->size; i++) {
        unsigned char byte = x[i];

        x[i] = y[i];
        y[i] = byte;
    }
}

/* Puts `i` where it belongs in the heap of the first `n`. */
static void sink(const struct sorting *s, size_t i, size_t n)
{
    for (size_t child; (child = 2 * i + 1) < n; i = child) {
        if (child + 1 < n && is_above(s, child + 1, child))
            child++;
        if (!is_above(s, child, i))
            return;
        swap(s, i, child);
    }
}

static int is_sorted(const struct sorting *s, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (is_above(s, i - 1, i))
            return 0;
    return 1;
}

void sort_items(void *at, size_t n, size_t size, sort_compare *compare)
{
    struct sorting s = { at, size, compare };

    if (is_sorted(&s, n))
        return;
    for (size_t i = n / 2; i-- > 0;)
        sink(&s, i, n);
    while (n-- > 1) {
        swap(&s, 0, n);
        sink(&s, 0, n);
    }
}
