/* excerpt.h: the line a complaint is about, with a mark under the bytes. Used by diag_print.c. */
#ifndef EXCERPT_H
#define EXCERPT_H

#include "base/text.h"
#include "source.h"

/* One line of the source fitted to a terminal, and where the mark goes under it. */
struct excerpt {
    struct text line; /* safe to print: no control characters, valid UTF-8, tabs as blanks */
    unsigned indent;  /* columns before the mark */
    unsigned width;   /* of the mark, at least 1 */
};

/* The line around bytes [at, end), cut to what is near the mark when it is long; a mark that would
 * go on in the next line ends with this one. Free `line`. */
struct excerpt excerpt_make(const struct source *s, size_t at, size_t end);
/* Puts text that may hold anything so that a terminal shows it and obeys none of it. */
void excerpt_put_safe(struct text *t, const char *s, size_t n);

#endif
