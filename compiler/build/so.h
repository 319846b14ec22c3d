/* so.h: C files -> a shared object in this process, through the system's compiler (so.c). */
#ifndef BUILD_SO_H
#define BUILD_SO_H

#include "diag.h"

/* What to compile. */
struct so_job {
    const char *folder;       /* a scratch folder; the object is made in it */
    const char *const *files; /* paths */
    unsigned n_files;
    const char *include; /* a folder with headers, or NULL */
    const char *level;   /* "2", or NULL */
};

/* Compiles and loads. A handle of dlopen, or NULL with complaints. */
void *so_load(const struct so_job *job, struct arena *a, struct diags *d);

#endif
