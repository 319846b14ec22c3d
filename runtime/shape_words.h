/* shape_words.h: the words of a shape's text (shape.h), each held against what it may be.
 *
 * After the first failure there is nothing left to read: words are zero and empty then, so a reader
 * need not look at each of them, only before it keeps something.
 */
#ifndef KILN_SHAPE_WORDS_H
#define KILN_SHAPE_WORDS_H

#include "shape.h"

struct reader {
    struct shape *shape;
    const kiln_superstep *superstep; /* or NULL; for the flows that have them */
    const kiln_stream *stream;
    const char *at, *end;
    int failed; /* the code of the first failure; reading goes on with zeros */
};

/* Nothing more is read; the code of the first failure stays. */
void words_fail(struct reader *r, int code);
/* Zeroed memory for `n` things, each of which takes a line of its own; or for one. NULL when that
 * is more than there is text for, or memory is out. */
void *words_make(struct reader *r, size_t n, size_t size);
/* A list with room for one more than `n`: the old one, or a copy of twice the length. */
void *words_grow(struct reader *r, const void *old, unsigned n, size_t size);
/* The next byte, or -1. */
int words_peek(const struct reader *r);
void words_take_char(struct reader *r, char c);
/* A number; one that is at most `most`, behind a blank; one that is less than `n`. */
unsigned words_take_number(struct reader *r);
unsigned words_take_most(struct reader *r, unsigned most);
unsigned words_take_index(struct reader *r, unsigned n);
/* A field says no more. The last of these, or `usual` where the number is left out. */
int words_is_end(const struct reader *r);
unsigned words_take_unless(struct reader *r, unsigned n, unsigned usual);
/* A text, copied into the shape's arena; a name, which has no zero byte in it. */
const char *words_take_text(struct reader *r, unsigned *ret_n);
const char *words_take_name(struct reader *r);

#endif
