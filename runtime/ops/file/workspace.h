/* workspace.h: the one folder the `file` operations may touch (scenario 4.8).
 *
 * $KILN_WORKSPACE_DIR names it; without it there are no files. A path is walked part by part from
 * the folder's own descriptor, and a part that is a symbolic link is refused, so no path leads out
 * of it, not even when somebody puts a link there meanwhile.
 */
#ifndef KILN_OPS_FILE_WORKSPACE_H
#define KILN_OPS_FILE_WORKSPACE_H

#include <limits.h>
#include <stddef.h>
#include <sys/stat.h>

#include "kiln_op.h"

/* Where something is or will be: a name in an open folder. Close it. */
struct place {
    int dir;
    char name[NAME_MAX + 1]; /* "." for the workspace itself */
    const char *path;        /* as the author wrote it; lives with the call */
    int made_dirs;           /* folders were made on the way */
    int missing;             /* a folder on the way is not there */
};

/* What happens to folders on the way that are not there: the call fails, they are made, or the
 * place is said to be missing. */
enum workspace_way { WORKSPACE_AS_IS, WORKSPACE_MAKE_DIRS, WORKSPACE_MAY_MISS };

/* The place that the input field names; an optional one that is left out is the workspace itself.
 * What returns an int returns 0, or -1 when the call has been failed; `name` as in input.h. */
int workspace_input(kiln_call *call, const char *name, const char *field, int optional,
                    enum workspace_way way, struct place *ret);
void workspace_close(struct place *p);

/* What is there; links are seen as links. 1, 0 when nothing is there, -1 when the call has been
 * failed. */
int workspace_stat(kiln_call *call, const struct place *p, struct stat *ret);
/* The same, but nothing there and a link are failures: 0 or -1. */
int workspace_find(kiln_call *call, const struct place *p, struct stat *ret);
/* Opens the file (openat flags besides O_CLOEXEC and O_NOFOLLOW). A descriptor, or -1. */
int workspace_open(kiln_call *call, const struct place *p, int flags);

/* Fails the call with errno's reason, the code that fits it, and the path. Returns -1. */
int workspace_fail(kiln_call *call, const char *path);

#endif
