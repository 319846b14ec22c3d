/* glob.h: names by pattern: `*` any characters, `?` one, `[a-z]` and `[!a-z]` one of a set. */
#ifndef KILN_OPS_FILE_GLOB_H
#define KILN_OPS_FILE_GLOB_H

/* Does the whole name match? Takes at most the product of both lengths in steps, whatever the
 * pattern. Bytes are compared, so `?` is one byte. */
int glob_matches(const char *pattern, const char *name);

#endif
