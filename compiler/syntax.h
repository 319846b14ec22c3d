/* syntax.h: why a text is not acceptable JSON, said so that its author sees what to change. Part of
 * the source room: only source.c calls it. */
#ifndef SYNTAX_H
#define SYNTAX_H

#include "source.h"

/* Adds the complaint for a text that is UTF-8 and not too deep (S002, S003, S007). */
void syntax_refuse(const struct source *s, struct diags *d);
/* Adds S006. Returns -1. */
int syntax_refuse_size(const struct source *s, struct diags *d);

#endif
