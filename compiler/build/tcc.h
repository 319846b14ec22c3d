/* tcc.h: what this folder needs of libtcc (tcc.c). */
#ifndef BUILD_TCC_H
#define BUILD_TCC_H

#include "base/text.h"

struct TCCState;

/* A compiler for memory that knows all of build_exports. What it complains about is heard in
 * `heard`, which must live while it compiles. NULL when it cannot start. */
struct TCCState *build_tcc_make(const char *options, struct text *heard);
/* Gives back the compiler and the code it made. */
void build_tcc_drop(struct TCCState *s);

#endif
