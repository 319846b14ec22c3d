/* similar.h: how much two texts, as characters, are alike (scenario 4.5). */
#ifndef KILN_OPS_TEXT_SIMILAR_H
#define KILN_OPS_TEXT_SIMILAR_H

#include <stddef.h>

/* Characters of a text. */
struct letters {
    unsigned *at;
    size_t n;
};

/* Each is -1 (a negative number) when memory is out. */
/* How many characters must be put, taken out or changed. */
long long similar_distance(const struct letters *a, const struct letters *b);
/* Jaro's measure, 0 to 1; with `winkler` a common beginning counts more. */
double similar_jaro(const struct letters *a, const struct letters *b, int winkler);
/* Of the runs of `n` characters (each once), the share both have: of all there are, or with
 * `overlap` of the smaller number. Texts too short for a run are alike when they are the same. */
double similar_ngrams(const struct letters *a, const struct letters *b, size_t n, int overlap);

#endif
