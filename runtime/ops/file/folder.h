/* folder.h: walking through all that is in a folder, without ever following a link. */
#ifndef KILN_OPS_FILE_FOLDER_H
#define KILN_OPS_FILE_FOLDER_H

#include <sys/stat.h>

#include "ops/file/workspace.h"

/* Deeper trees are refused (ELOOP). */
enum { FOLDER_DEPTH = 128 };

/* Told of one entry: its folder and name, its path from the folder walked, what it is. 0, or -1
 * with errno, which ends the walk. */
typedef int folder_visit(void *ctx, int dir, const char *name, const char *path,
                         const struct stat *st);

/* Visits what is in the folder; with `deep` also what is in its folders, each before the folder
 * itself. 0, or -1 with errno. */
int folder_walk(const struct place *p, int deep, folder_visit *visit, void *ctx);

#endif
