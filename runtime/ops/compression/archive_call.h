/* archive_call.h: what the `compression` operations have in common (scenario 4.8). */
#ifndef KILN_OPS_ARCHIVE_CALL_H
#define KILN_OPS_ARCHIVE_CALL_H

#include "kiln_op.h"
#include "ops/zip/zip_archive.h"

struct archive_call {
    struct text bytes;
    struct zip_archive zip;
};

/* Opens the archive in the field `archive`; `name` is the operation's as messages show it. NULL
 * when the call has been failed. */
struct archive_call *archive_call_open(kiln_call *call, const char *name);
/* Also for NULL. */
void archive_call_close(struct archive_call *a);
/* Fails the call because of what the archive says is wrong. Returns -1. */
int archive_call_fail(kiln_call *call, const struct archive_call *a);
/* The content of the current entry as a file; a directory has none. 0, or -1 when the call has
 * been failed. */
int archive_call_file(kiln_call *call, struct archive_call *a, kiln_value *ret);

#endif
