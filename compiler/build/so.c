/* so.c: C text -> a program in this process, through the system's compiler and dlopen.
 *
 * The object finds the runtime's functions in this executable. Operations may live anywhere in the
 * process, in memory that no loader knows, so the object gets an empty cell for each, filled with a
 * copy of the operation when it is loaded.
 */
#include "build/so.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "build/command.h"
#include "build/jit.h"
#include "build/scratch.h"
#include "build/tcc.h"

void build_jit_free(struct build_jit *j)
{
    if (!j)
        return;
    if (j->tcc)
        build_tcc_drop(j->tcc);
    if (j->so)
        dlclose(j->so);
    free(j);
}

static int compile(const struct so_job *job, const char *object, struct arena *a, struct diags *d)
{
    static const char *const flags[] = { "cc",    "-std=gnu11", "-D_GNU_SOURCE",
                                         "-fPIC", "-shared",    "-Wl,-Bsymbolic",
                                         NULL };
    struct command c = { 0 };
    int failed;

    command_add_all(&c, flags);
    command_add(&c, diag_must_have(arena_printf(a, "-O%s", job->level ? job->level : "1")));
    if (job->include)
        command_add(&c, diag_must_have(arena_printf(a, "-I%s", job->include)));
    for (unsigned i = 0; i < job->n_files; i++)
        command_add(&c, command_file(a, job->files[i]));
    command_add_all(&c, (const char *const[]){ "-o", object, NULL });
    failed = command_run(&c, 0, d) < 0;
    command_fini(&c);
    return failed ? -1 : 0;
}

void *so_load(const struct so_job *job, struct arena *a, struct diags *d)
{
    const char *object = scratch_path(a, job->folder, "object.so");
    void *handle;

    if (compile(job, object, a, d) < 0)
        return NULL;
    handle = dlopen(object, RTLD_NOW | RTLD_LOCAL);
    if (!handle)
        diag_error(d, NULL, "B010", "cannot load the compiled object: %s", dlerror());
    return handle;
}

/* ---- programs ---- */

static const char *op_name(struct arena *a, const kiln_op *op)
{
    return diag_must_have(arena_printf(a, "kiln_op_%s", op->symbol));
}

/* C text with an empty cell for each operation. In the arena. */
static const char *cells(struct arena *a, const kiln_op *const *ops, size_t n)
{
    struct text t = { 0 };
    const char *made;

    for (size_t i = 0; i < n; i++)
        text_printf(&t, "void *%s[%zu];\n", op_name(a, ops[i]),
                    (sizeof(kiln_op) + sizeof(void *) - 1) / sizeof(void *));
    made = diag_must_have(arena_dup(a, text_cstr(&t), t.n));
    text_fini(&t);
    return made;
}

static void fill_cells(void *handle, struct arena *a, const kiln_op *const *ops, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        void *cell = dlsym(handle, op_name(a, ops[i]));

        if (cell)
            memcpy(cell, ops[i], sizeof(kiln_op));
    }
}

static void *load_program(const char *folder, const char *c, const char *op_cells,
                          const char *level, struct arena *a, struct diags *d)
{
    const char *files[] = { scratch_path(a, folder, "program.c"),
                            scratch_path(a, folder, "ops.c") };
    struct so_job job = { folder, files, 2, NULL, level };

    if (scratch_write(files[0], d, c, (char *)NULL) < 0
        || scratch_write(files[1], d, op_cells, (char *)NULL) < 0)
        return NULL;
    return so_load(&job, a, d);
}

static int adopt(void *handle, const char *symbol, struct arena *a, struct diags *d,
                 struct build_jit **ret, const kiln_program **ret_program)
{
    const kiln_program *program =
        dlsym(handle, diag_must_have(arena_printf(a, "kiln_program_%s", symbol)));
    struct build_jit *j;

    if (!program) {
        diag_error(d, NULL, "B010", "the compiled object has no program '%s'", symbol);
        return -1;
    }
    if (build_check_program(program, d) < 0)
        return -1;
    j = diag_must_have(calloc(1, sizeof *j));
    j->so = handle;
    *ret = j;
    *ret_program = program;
    return 0;
}

int build_so(const char *c, size_t n, const char *symbol, const kiln_op *const *ops, size_t n_ops,
             const char *level, struct arena *a, struct diags *d, struct build_jit **ret,
             const kiln_program **ret_program)
{
    const char *folder = scratch_make(a, d);
    void *handle = NULL;

    (void)n;
    if (folder)
        handle = load_program(folder, c, cells(a, ops, n_ops), level, a, d);
    scratch_remove(folder);
    if (!handle)
        return -1;
    fill_cells(handle, a, ops, n_ops);
    if (adopt(handle, symbol, a, d, ret, ret_program) == 0)
        return 0;
    dlclose(handle);
    return -1;
}
