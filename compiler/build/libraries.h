/* libraries.h: the libraries of the operations a program uses (KILN_NEEDS). */
#ifndef BUILD_LIBRARIES_H
#define BUILD_LIBRARIES_H

#include "build/build.h"
#include "build/command.h"

/* Adds "-lNAME" for every library, each once, in the order a linker wants them. With a `folder`
 * they are the archives there, and one that is missing is complaint B006 at the step that needs
 * it; NULL: the system's. 0 or -1. */
int libraries_add(struct command *c, const struct build_options *options, const char *folder,
                  struct arena *a, struct diags *d);

#endif
