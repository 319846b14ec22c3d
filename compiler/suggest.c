/* suggest.c: "did you mean", by the number of letters to change (scenario 2.1).
 *
 * Names longer than LONGEST are never typed wrong by hand, and when many complaints have been made
 * nobody reads the next hint: both bounds keep hostile documents from costing time.
 */
#include "diag.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

enum { LONGEST = 64, LISTED = 12, ENOUGH = 4 * DIAG_MOST };

static unsigned min3(unsigned a, unsigned b, unsigned c)
{
    unsigned least = a < b ? a : b;

    return least < c ? least : c;
}

/* How many letters to put, drop or change to make `a` of `b`; case does not count. */
static unsigned distance(const char *a, size_t an, const char *b, size_t bn)
{
    unsigned row[LONGEST + 1];

    for (size_t j = 0; j <= bn; j++)
        row[j] = (unsigned)j;
    for (size_t i = 1; i <= an; i++) {
        unsigned diagonal = row[0]++;

        for (size_t j = 1; j <= bn; j++) {
            int same = tolower((unsigned char)a[i - 1]) == tolower((unsigned char)b[j - 1]);
            unsigned next = min3(row[j] + 1, row[j - 1] + 1, diagonal + !same);

            diagonal = row[j];
            row[j] = next;
        }
    }
    return row[bn];
}

const char *diag_nearest(const char *word, const char *const *candidates, size_t n)
{
    size_t length = strnlen(word, LONGEST + 1);
    size_t best = length / 2 + 3;
    const char *nearest = NULL;

    for (size_t i = 0; length <= LONGEST && i < n; i++) {
        size_t other = strnlen(candidates[i], LONGEST + 1);
        size_t apart = other > length ? other - length : length - other;
        size_t d;

        if (other > LONGEST || apart >= best)
            continue;
        d = distance(word, length, candidates[i], other);
        if (d < best) {
            best = d;
            nearest = candidates[i];
        }
    }
    return nearest;
}

void diag_suggest(struct diags *d, struct diag *to, const char *word, const char *label,
                  const char *const *candidates, size_t n)
{
    const char *near = d->n <= ENOUGH ? diag_nearest(word, candidates, n) : NULL;
    struct text t = { 0 };

    if (near) {
        diag_hint(d, to, "did you mean '%s'?", near);
        return;
    }
    if (!n || d->n > ENOUGH)
        return;
    for (size_t i = 0; i < n && i < LISTED; i++)
        text_printf(&t, "%s%.*s", i ? ", " : "", LONGEST, candidates[i]);
    diag_hint(d, to, "%s: %s%s", label, text_cstr(&t), n > LISTED ? ", ..." : "");
    text_fini(&t);
}
