/* folder.h: folders that are there after a crash. */
#ifndef KILN_FOLDER_H
#define KILN_FOLDER_H

#include "io.h"

/* Makes a folder, unless it is there, and syncs the one it stands in. 0 or a negative errno. */
int folder_make(const struct kiln_io *io, const char *path);

#endif
