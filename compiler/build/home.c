/* home.c: finds the folder with the runtime archives and headers.
 *
 * Kiln carries no path of its own: it looks from where it stands itself. So a build tree, an
 * installed prefix and a prefix that was moved as a whole all work.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "build/build.h"

/* From the folder of the executable: the build tree, its tests, an installed prefix. */
static const char *const places[] = { "home", "../home", "../lib/kiln" };

enum { N_PLACES = sizeof places / sizeof *places, PATH_BYTES = 4096 };

/* "is it a home": the header is in every one, whichever archives were built. */
static int is_home(struct arena *a, const char *path)
{
    const char *header = diag_must_have(arena_printf(a, "%s/include/kiln_op.h", path));

    return access(header, R_OK) == 0;
}

static const char *own_folder(struct arena *a)
{
    char path[PATH_BYTES];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);

    while (n > 0 && path[n - 1] != '/')
        n--;
    return n > 1 ? diag_must_have(arena_dup(a, path, (size_t)n - 1)) : ".";
}

static const char *not_found(struct diags *d, const char *looked)
{
    struct diag *x = diag_error(d, NULL, "B003",
                                "cannot find Kiln's runtime (include/kiln_op.h, libkiln.a); "
                                "looked in %s",
                                looked);

    diag_hint(d, x, "KILN_HOME names the folder when it stands elsewhere");
    return NULL;
}

const char *build_home(struct arena *a, struct diags *d)
{
    const char *named = getenv("KILN_HOME");
    const char *folder = own_folder(a), *path[N_PLACES];

    if (named && *named)
        return is_home(a, named) ? named : not_found(d, named);
    for (size_t i = 0; i < N_PLACES; i++) {
        path[i] = diag_must_have(arena_printf(a, "%s/%s", folder, places[i]));
        if (is_home(a, path[i]))
            return path[i];
    }
    return not_found(d, diag_must_have(arena_printf(a, "%s, %s", path[0], path[2])));
}
