/* regex.h: looking for a pattern in a text (KILN_NEEDS("pcre2-8")).
 *
 * Memory and work are bounded: a pattern that goes back too often for its text fails the call.
 */
#ifndef KILN_OPS_TEXT_REGEX_H
#define KILN_OPS_TEXT_REGEX_H

#include <stddef.h>

#include "kiln_op.h"

struct regex;

/* The pattern in the field `pattern`, ready to be looked for in `text`, which must outlive it; the
 * field case_insensitive says how. NULL when the call has been failed; call regex_free. */
struct regex *regex_new(kiln_call *call, const char *name, const kiln_value *text);
/* The same for a pattern in hand. */
struct regex *regex_make(kiln_call *call, const kiln_value *pattern, int caseless,
                         const kiln_value *text);
/* Finds the next match, none of them touching another, as the reference counts empty ones. 1, 0
 * when there is none, -1 when the call has been failed. */
int regex_next(struct regex *r);
/* Where a group of the match stands (0: the whole match). False when it is no part of it. */
int regex_group(const struct regex *r, unsigned long long group, size_t *ret_from, size_t *ret_to);
/* The number of the group with this name, or -1. */
long long regex_named(const struct regex *r, const char *name, size_t n);
void regex_free(struct regex *r);

#endif
