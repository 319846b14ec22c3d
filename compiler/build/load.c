/* load.c: the user's operations, compiled into this process.
 *
 * libtcc does it in milliseconds. What it refuses (it knows C99 and a little more) goes to the
 * system's compiler, whose complaints are the better ones; without one, libtcc's are given.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/map.h"
#include "build/jit.h"
#include "build/ops.h"
#include "build/command.h"
#include "build/scratch.h"
#include "build/so.h"
#include "build/tcc.h"
#include "embedded.h"

struct build_ops {
    struct build_jit *code;
};

/* The entry point of templates/ops.c. */
typedef const kiln_op *const *entries_function(unsigned long *ret_n);

union entries {
    void *data;
    entries_function *call;
};

void build_ops_free(struct build_ops *o)
{
    if (!o)
        return;
    build_jit_free(o->code);
    free(o);
}

static int check_readable(const char *const *files, unsigned n, struct diags *d)
{
    int failed = 0;

    for (unsigned i = 0; i < n; i++)
        if (access(files[i], R_OK) < 0) {
            diag_error(d, NULL, "B020", "cannot read the operations in %s: %s", files[i],
                       strerror(errno));
            failed = -1;
        }
    return failed;
}

/* Through the system's compiler. The entry point, or NULL with complaints. */
static void *load_so(const char *const *files, unsigned n, const char *include, struct build_jit *j,
                     struct arena *a, struct diags *d)
{
    const char *folder = scratch_make(a, d);
    const char **all = diag_must_have(arena_alloc(a, (n + 1) * sizeof *all));
    struct so_job job = { folder, all, n + 1, include, NULL };

    if (!folder)
        return NULL;
    if (n)
        memcpy(all, files, n * sizeof *all);
    all[n] = scratch_path(a, folder, "entries.c");
    if (scratch_write(all[n], d, embedded_ops_c, (char *)NULL) == 0)
        j->so = so_load(&job, a, d);
    scratch_remove(folder);
    return j->so ? dlsym(j->so, "kiln_ops_entries") : NULL;
}

static void *load(const char *const *files, unsigned n, struct build_jit *j, struct arena *a,
                  struct diags *d)
{
    const char *home = build_home(a, d);
    const char *include, *said = "";
    void *entries;

    if (!home)
        return NULL;
    include = scratch_path(a, home, "include");
    entries = build_tcc_files(files, n, include, embedded_ops_c, a, &j->tcc, &said);
    if (entries)
        return entries;
    if (command_exists("cc"))
        return load_so(files, n, include, j, a, d);
    diag_error(d, NULL, "B020", "cannot compile the operations: %s", said);
    return NULL;
}

/* Names must be different: a workflow could not tell which is meant. */
static int check_names(const kiln_op *const *ops, size_t n, struct diags *d)
{
    struct map names = { 0 };
    int failed = 0;

    for (size_t i = 0; i < n; i++) {
        size_t length = strlen(ops[i]->name);

        if (map_get(&names, ops[i]->name, length)) {
            diag_error(d, NULL, "B023", "two operations are named '%s'", ops[i]->name);
            failed = -1;
        }
        diag_must_have(map_put(&names, ops[i]->name, length, (void *)ops[i]) == 0 ? d : NULL);
    }
    map_fini(&names);
    return failed;
}

static int check(const kiln_op *const *ops, size_t n, struct diags *d)
{
    int failed = 0;

    if (!n) {
        diag_hint(d, diag_error(d, NULL, "B021", "the files define no operations"),
                  "KILN_OP of kiln_op.h defines one");
        return -1;
    }
    for (size_t i = 0; i < n; i++)
        if (ops_check(ops[i], d) < 0)
            failed = -1;
    return failed ? -1 : check_names(ops, n, d);
}

/* The entries that are operations. In the arena. */
static const kiln_op **collect(entries_function *call, struct arena *a, size_t *ret_n)
{
    unsigned long n;
    const kiln_op *const *entries = call(&n);
    const kiln_op **ops = diag_must_have(arena_alloc(a, (n + 1) * sizeof *ops));

    *ret_n = 0;
    for (unsigned long i = 0; i < n; i++)
        if (entries[i])
            ops[(*ret_n)++] = entries[i];
    return ops;
}

int build_ops_load(const char *const *files, unsigned n, struct arena *a, struct diags *d,
                   struct build_ops **ret, const kiln_op *const **ret_ops, size_t *ret_n)
{
    struct build_ops *o;
    union entries entries;
    const kiln_op **ops;
    size_t count;

    if (check_readable(files, n, d) < 0)
        return -1;
    o = diag_must_have(calloc(1, sizeof *o));
    o->code = diag_must_have(calloc(1, sizeof *o->code));
    entries.data = load(files, n, o->code, a, d);
    if (entries.data && (ops = collect(entries.call, a, &count), check(ops, count, d) == 0)) {
        *ret = o;
        *ret_ops = ops;
        *ret_n = count;
        return 0;
    }
    build_ops_free(o);
    return -1;
}
