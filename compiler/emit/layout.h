/* layout.h: long lines of generated C, broken where the project's formatter breaks them. */
#ifndef LAYOUT_H
#define LAYOUT_H

#include "base/text.h"

enum { LAYOUT_WIDTH = 100, LAYOUT_INDENT = 4 };

/* Puts one line of a statement, `depth` levels deep, with the newline. When it is too long its
 * outermost call is broken between arguments, a declaration between its names. */
void layout_line(struct text *out, unsigned depth, const char *line, size_t n);
/* Puts text of several lines the same way; empty lines stay empty. */
void layout_lines(struct text *out, unsigned depth, const char *text, size_t n);

#endif
