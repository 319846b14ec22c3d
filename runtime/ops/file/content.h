/* content.h: bytes from and to the files of the workspace. What returns an int returns 0, or -1
 * when the call has been failed. */
#ifndef KILN_OPS_FILE_CONTENT_H
#define KILN_OPS_FILE_CONTENT_H

#include "base/text.h"
#include "kiln_op.h"
#include "ops/file/workspace.h"

/* The bytes of the field `data`: base64, else the text itself; an array of bytes; a file. */
int content_input(kiln_call *call, const char *name, struct text *ret);
/* All bytes of a file, at most $KILN_MAX_READ_SIZE (50 MiB). */
int content_read(kiln_call *call, const struct place *p, struct text *ret);
/* Puts bytes behind what the file has, and waits for the disk. No file grows beyond
 * $KILN_MAX_FILE_SIZE (100 MiB). `flags` of openat besides O_WRONLY; *ret_size: the whole file. */
int content_write(kiln_call *call, const struct place *p, int flags, const struct text *t,
                  long long *ret_size);

#endif
