/* cname.h: C identifiers from the names of people. Nothing else in Kiln makes one. */
#ifndef CNAME_H
#define CNAME_H

#include "base/arena.h"
#include "base/map.h"

enum { CNAME_LIMIT = 32 }; /* most bytes taken from one name */

/* The identifiers of one generated file. Zero-initialised but for the arena it is empty. */
struct cnames {
    struct arena *arena;
    struct map taken; /* identifier -> how many have asked for it */
};

/* `prefix` and what is left of `text` when every run of other bytes than letters and digits has
 * become one `_`, cut at CNAME_LIMIT; a number follows when another name has it already. With
 * `upper` in capitals. The prefix must keep clear of C's own words ("leaf_", "SLOT_"). */
const char *cname_make(struct cnames *names, const char *prefix, const char *text, size_t n,
                       int upper);
/* `name`, that cname_make has made, and `suffix` behind it; made unique like all others. */
const char *cname_suffix(struct cnames *names, const char *name, const char *suffix);
/* The mangled text alone, not made unique and without prefix; "x" when nothing is left, and `x_` in
 * front of a digit. */
const char *cname_plain(struct arena *a, const char *text, size_t n);
void cname_fini(struct cnames *names);

#endif
