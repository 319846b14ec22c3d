/* build.h: C text -> something that runs. Two builders: the system's C compiler and libtcc. */
#ifndef BUILD_H
#define BUILD_H

#include "diag.h"
#include "kiln_op.h"
#include "kiln_program.h"

/* An operation a program uses, and where: the step's node, or NULL. */
struct build_use {
    const kiln_op *op;
    const struct node *at;
};

struct build_options {
    const char *cc;              /* NULL: musl-gcc for musl, cc for host */
    const char *libc;            /* "musl" or "host"; NULL: musl when it can, else host */
    const char *level;           /* "2"; NULL: the default */
    const char *output;          /* path of the executable */
    const char *const *op_files; /* the user's C files */
    unsigned n_op_files;
    const struct build_use *uses; /* each operation once */
    unsigned n_uses;
    unsigned verbs; /* of the program: 1 << enum cli_verb (cli_verbs.h) each; 0: all */
    int keep;       /* leave the C text beside the output */
    int verbose;    /* print the command */
};

/* Compiles C text to an executable at options->output, written under another name first. 0, or -1
 * with complaints (B001 compiler missing, B002 it failed, B003 runtime archive missing,
 * B006 a library missing, ...). */
int build_cc(const char *c, size_t n, const char *symbol, const struct build_options *options,
             struct arena *a, struct diags *d);

/* The level that `n` bytes of C are compiled with when nobody says one. */
const char *build_level(size_t n);

/* A program living in this process. */
struct build_jit;

/* Compiles C text through libtcc. 0, or -1 with complaints (B010 libtcc refused, B011 no libtcc,
 * B012 wrong ABI). */
int build_tcc(const char *c, size_t n, const char *symbol, const kiln_op *const *ops, size_t n_ops,
              struct arena *a, struct diags *d, struct build_jit **ret,
              const kiln_program **ret_program);
/* The same through the system's C compiler: a shared object in a scratch folder, loaded and
 * deleted. `level` as in build_options. For tests, and for --ops where there is no libtcc. */
int build_so(const char *c, size_t n, const char *symbol, const kiln_op *const *ops, size_t n_ops,
             const char *level, struct arena *a, struct diags *d, struct build_jit **ret,
             const kiln_program **ret_program);
void build_jit_free(struct build_jit *j);

/* The user's operations: compiles the C files through libtcc (or cc and dlopen when libtcc is
 * missing) and reads what KILN_OP left in them. Lives until build_ops_free. */
struct build_ops;
int build_ops_load(const char *const *files, unsigned n, struct arena *a, struct diags *d,
                   struct build_ops **ret, const kiln_op *const **ret_ops, size_t *ret_n);
void build_ops_free(struct build_ops *o);

/* Where the runtime archives and headers are: under the installed prefix or the build tree. NULL
 * with complaint B003 naming every place looked at. */
const char *build_home(struct arena *a, struct diags *d);

#endif
