/* scratch.h: a folder of our own for the files a compiler reads and writes. */
#ifndef BUILD_SCRATCH_H
#define BUILD_SCRATCH_H

#include "diag.h"

/* Makes a new folder under $TMPDIR or /tmp. Its path in the arena, or NULL with complaint B004. */
const char *scratch_make(struct arena *a, struct diags *d);
/* The path of a file in it. In the arena. */
const char *scratch_path(struct arena *a, const char *folder, const char *name);
/* Writes a file from pieces of text, ended by NULL. 0, or -1 with complaint B004. */
int scratch_write(const char *path, struct diags *d, ...);
/* Removes the folder and the files in it. NULL is harmless. */
void scratch_remove(const char *folder);

#endif
