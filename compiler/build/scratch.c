/* scratch.c: mkdtemp, and everything gone again afterwards. */
#include "build/scratch.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *scratch_make(struct arena *a, struct diags *d)
{
    const char *base = getenv("TMPDIR");
    char *path = diag_must_have(arena_printf(a, "%s/kiln-XXXXXX", base && *base ? base : "/tmp"));

    if (mkdtemp(path))
        return path;
    diag_hint(d,
              diag_error(d, NULL, "B004", "cannot make a folder for the compiler, %s: %s", path,
                         strerror(errno)),
              "TMPDIR names the folder for temporary files");
    return NULL;
}

const char *scratch_path(struct arena *a, const char *folder, const char *name)
{
    return diag_must_have(arena_printf(a, "%s/%s", folder, name));
}

int scratch_write(const char *path, struct diags *d, ...)
{
    FILE *file = fopen(path, "we");
    const char *piece;
    va_list ap;
    int failed = !file;

    va_start(ap, d);
    while (!failed && (piece = va_arg(ap, const char *)) != NULL)
        failed = fputs(piece, file) < 0;
    va_end(ap);
    if (file && fclose(file) != 0)
        failed = 1;
    if (failed)
        diag_error(d, NULL, "B004", "cannot write %s: %s", path, strerror(errno));
    return failed ? -1 : 0;
}

void scratch_remove(const char *folder)
{
    DIR *dir = folder ? opendir(folder) : NULL;
    const struct dirent *entry;

    if (!dir)
        return;
    while ((entry = readdir(dir)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            unlinkat(dirfd(dir), entry->d_name, 0);
    closedir(dir);
    rmdir(folder);
}
