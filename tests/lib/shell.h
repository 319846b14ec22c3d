/* shell.h: running commands as a user would, in a copy of the tree that may be written to. */
#ifndef SHELL_H
#define SHELL_H

#include "base/text.h"

/* What a command left. `code` is its exit code, or 128 + the signal that ended it. */
struct shell {
    int code;
    struct text out, err;
};

/* Runs a command line (printf text) by sh in `folder` (NULL: here), with `kiln` and the folder
 * `build` of the tree being the ones under test. Stops the test when that is not possible. */
struct shell shell_run(const char *folder, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void shell_fini(struct shell *s);

/* A scratch copy of README.md, spec/, examples/, tests/cli/ and tests/diagnostics/ with `build`
 * beside them; remove it with shell_scratch_free. */
char *shell_scratch(void);
void shell_scratch_free(char *folder);
/* Writes a file of a folder, `'` as `"`. */
void shell_write(const char *folder, const char *name, const char *text);

/* The whole of a file, or an empty text with `failed` set. Free it. */
struct text shell_read(const char *path);
/* The absolute path of the build under test: $KILN_BUILD, or build/. Static. */
const char *shell_build(void);

#endif
