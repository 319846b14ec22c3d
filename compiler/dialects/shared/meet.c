/* meet.c: where branches meet.
 *
 * Nodes are taken in topological order, so when one is taken all that lead to it have been: each
 * carries the set of starts that reach it, and the first with the whole set is the answer. Sets are
 * words of 64 bits; more starts than that are asked in rounds that intersect.
 */
#include "dialects/shared/meet.h"

#include <string.h>

#include "diag.h"

struct meet {
    const struct graph *g;
    const unsigned *order;
    unsigned *rank;           /* node -> its place in the order */
    unsigned long long *bits; /* node -> which starts reach it */
    unsigned *rounds;         /* node -> how many rounds it was in common */
    unsigned *heap;           /* ranks still to take, the least first */
    unsigned n_heap;
    unsigned *touched;
    unsigned n_touched;
};

struct meet *meet_new(struct arena *a, const struct graph *g, const unsigned *order,
                      unsigned n_order)
{
    struct meet *m = diag_must_have(arena_zalloc(a, sizeof *m));

    m->g = g;
    m->order = order;
    m->rank = diag_must_have(arena_zalloc(a, (g->n + 1) * sizeof *m->rank));
    m->bits = diag_must_have(arena_zalloc(a, (g->n + 1) * sizeof *m->bits));
    m->rounds = diag_must_have(arena_zalloc(a, (g->n + 1) * sizeof *m->rounds));
    m->heap = diag_must_have(arena_zalloc(a, (g->n + 1) * sizeof *m->heap));
    m->touched = diag_must_have(arena_zalloc(a, (g->n + 1) * sizeof *m->touched));
    for (unsigned i = 0; i < n_order; i++)
        m->rank[order[i]] = i;
    return m;
}

static void swap(unsigned *a, unsigned *b)
{
    unsigned old = *a;

    *a = *b;
    *b = old;
}

static void heap_put(struct meet *m, unsigned rank)
{
    unsigned i = m->n_heap++;

    m->heap[i] = rank;
    while (i && m->heap[(i - 1) / 2] > m->heap[i]) {
        swap(&m->heap[(i - 1) / 2], &m->heap[i]);
        i = (i - 1) / 2;
    }
}

static unsigned heap_take(struct meet *m)
{
    unsigned least = m->heap[0], i = 0;

    m->heap[0] = m->heap[--m->n_heap];
    for (;;) {
        unsigned child = 2 * i + 1;

        if (child + 1 < m->n_heap && m->heap[child + 1] < m->heap[child])
            child++;
        if (child >= m->n_heap || m->heap[i] <= m->heap[child])
            return least;
        swap(&m->heap[i], &m->heap[child]);
        i = child;
    }
}

static void reach(struct meet *m, unsigned node, unsigned long long bits)
{
    if (!m->bits[node]) {
        m->touched[m->n_touched++] = node;
        heap_put(m, m->rank[node]);
    }
    m->bits[node] |= bits;
}

/* One round over at most 64 starts: the first node they have in common. With `rounds`, the first
 * that has now been in common in so many rounds; the last of them need not go on. */
static long take_round(struct meet *m, const unsigned *starts, unsigned n, unsigned rounds,
                       int is_last)
{
    unsigned long long all = n == 64 ? ~0ull : (1ull << n) - 1;
    long first = MEET_NOWHERE;

    for (unsigned i = 0; i < n; i++)
        reach(m, starts[i], 1ull << i);
    while (m->n_heap && (first < 0 || !is_last)) {
        unsigned node = m->order[heap_take(m)];

        if (m->bits[node] == all && (!rounds || ++m->rounds[node] == rounds) && first < 0)
            first = node;
        for (unsigned i = m->g->first[node]; i < m->g->first[node + 1]; i++)
            reach(m, m->g->to[i], m->bits[node]);
    }
    for (unsigned i = 0; i < m->n_touched; i++)
        m->bits[m->touched[i]] = 0;
    m->n_touched = m->n_heap = 0;
    return first;
}

long meet_find(struct meet *m, const unsigned *starts, unsigned n)
{
    long first = MEET_NOWHERE;
    unsigned rounds = 0;

    if (n > 64) /* counts of an earlier question may be left in `rounds` */
        memset(m->rounds, 0, m->g->n * sizeof *m->rounds);
    for (unsigned at = 0; n > 1 && at < n; at += 64) {
        unsigned few = n - at < 64 ? n - at : 64;

        if (n <= 64)
            return take_round(m, starts, n, 0, 1);
        first = take_round(m, starts + at, few, ++rounds, at + few == n);
    }
    return first;
}
