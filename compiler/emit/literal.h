/* literal.h: authors' text and numbers as C text that is safe for every compiler. */
#ifndef LITERAL_H
#define LITERAL_H

#include "base/text.h"
#include "kiln_program.h"

/* Most columns of `*text` from `at` on that make one literal of at most `columns` columns, quotes
 * included. Returns where the next piece begins. */
size_t literal_piece(struct text *out, const char *text, size_t n, size_t at, size_t columns);
/* Columns of the whole as one literal, or (size_t)-1 when it has bytes outside ASCII or more than
 * `most` columns: then it does not stand in a line with other things. */
size_t literal_columns(const char *text, size_t n, size_t most);
/* Does every byte stand for itself between quotes? */
int literal_is_plain(const char *text, size_t n);
/* The text for the inside of a comment, cut at `columns`: no end of comment, no line end, no
 * trigraph, no invisible character. */
void literal_comment(struct text *out, const char *text, size_t n, size_t columns);
/* The initialiser of the payload of a number or truth: ".i = 5", ".d = 2.5". */
void literal_payload(struct text *out, const kiln_value *v);

#endif
