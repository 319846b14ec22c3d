/* layout.h: long lines of generated C, broken where the project's formatter breaks them. */
#ifndef LAYOUT_H
#define LAYOUT_H

#include "base/text.h"

enum { LAYOUT_WIDTH = 100, LAYOUT_INDENT = 4 };

/* Puts one line of a statement, `depth` levels deep, with the newline. When it is too long its
 * outermost call is broken between arguments, a declaration between its names. */
void layout_line(struct text *out, unsigned depth, const char *line, size_t n);
/* Puts that many blanks. */
void layout_indent(struct text *out, size_t columns);

#endif
