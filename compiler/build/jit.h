/* jit.h: a program or operations living in this process, whoever compiled them. */
#ifndef BUILD_JIT_H
#define BUILD_JIT_H

#include "build/build.h"

struct TCCState;

struct build_jit {
    struct TCCState *tcc; /* or NULL */
    void *so;             /* a handle of dlopen, or NULL */
};

/* One function and its name. */
struct build_export {
    const char *name;
    void (*address)(void);
};

/* What compiled code may call: runtime/exports.h and the pure functions. */
extern const struct build_export build_exports[];
extern const size_t build_n_exports;

/* Checks magic and ABI of a loaded description. 0, or -1 with complaint B012. */
int build_check_program(const kiln_program *program, struct diags *d);

#endif
