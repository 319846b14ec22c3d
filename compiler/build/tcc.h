/* tcc.h: what this folder needs of libtcc (tcc.c). */
#ifndef BUILD_TCC_H
#define BUILD_TCC_H

#include "base/arena.h"

struct TCCState;

/* Compiles C files that may use libc, with `text` behind them. The address of kiln_ops_entries and
 * the state that owns the code; or NULL with what libtcc said, in the arena. */
void *build_tcc_files(const char *const *files, unsigned n, const char *include, const char *text,
                      struct arena *a, struct TCCState **ret, const char **ret_said);
/* Gives back the compiler and the code it made. */
void build_tcc_drop(struct TCCState *s);

#endif
