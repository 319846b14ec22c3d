/* folder.c: a folder is there when the one it stands in has been synced (folder.h). */
#include "folder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int folder_make(const struct kiln_io *io, const char *path)
{
    int failed = io->make_dir(io->self, path);
    char *parent, *slash;

    if (failed)
        return failed;
    if (!(parent = strdup(path)))
        return -ENOMEM;
    for (size_t n = strlen(parent); n > 1 && parent[n - 1] == '/'; n--)
        parent[n - 1] = '\0';
    slash = strrchr(parent, '/');
    if (slash)
        slash[slash == parent] = '\0';
    failed = io->sync_dir(io->self, slash ? parent : ".");
    free(parent);
    return failed;
}
