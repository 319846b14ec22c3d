/* ident.h: names that are made: of runs, of messages. */
#ifndef KILN_IDENT_H
#define KILN_IDENT_H

#include <stddef.h>

#include "io.h"

enum { IDENT_SIZE = 27 }; /* 26 characters and a NUL */

/* A new one. They sort by the time they were made at: 48 bits of milliseconds, 80 random ones. */
void ident_make(const struct kiln_io *io, char ret[IDENT_SIZE]);
/* The time one was made at, milliseconds since 1970; of what is no such name any number. */
long long ident_ms(const char *ident);
/* The one that belongs to a key: the same for the same bytes, always. */
void ident_of_key(const char *key, size_t n, char ret[IDENT_SIZE]);

#endif
