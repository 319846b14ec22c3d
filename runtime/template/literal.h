/* literal.h: the texts and numbers that are written down in a template. */
#ifndef KILN_TEMPLATE_LITERAL_H
#define KILN_TEMPLATE_LITERAL_H

#include "base/text.h"
#include "value.h"

static inline int literal_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Appends the text that begins at `s`, behind its opening quote, to `out`, with what its
 * backslashes stand for. Where its closing quote stands, or NULL when there is none. */
const char *literal_text(struct text *out, const char *s, const char *end, char quote);
/* Reads the number whose first digit is at *s, and moves *s behind it. NULL, or what is wrong with
 * it; then *ret is null. */
const char *literal_number(const char **s, const char *end, kiln_value *ret);

#endif
