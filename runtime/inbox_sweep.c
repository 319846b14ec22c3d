/* inbox_sweep.c: half-made messages do not stay for ever (inbox.h). A sender writes under another
 * name first; when he dies there, nobody but the writer of the store can clean up behind him. The
 * name says when it was made.
 */
#include "inbox.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ident.h"
#include "io.h"

enum { DAY_MS = 86400000 };

static const char fresh[] = "new-";

struct sweep {
    long long now;
    LIST(char *) names;
    int failed;
};

static void note_stale(void *ctx, const char *name)
{
    struct sweep *s = ctx;
    const size_t n = sizeof fresh - 1;
    char *copy;

    if (strncmp(name, fresh, n) || strlen(name + n) != IDENT_SIZE - 1
        || s->now - ident_ms(name + n) <= DAY_MS)
        return;
    copy = strdup(name);
    if (!copy || list_push(&s->names, copy) < 0) {
        free(copy);
        s->failed = -ENOMEM;
    }
}

int inbox_sweep(const struct kiln_io *io, const char *store)
{
    struct sweep s = { .now = io->now_ms(io->self) };
    struct text folder = { 0 };
    int failed;

    text_printf(&folder, "%s/inbox", store);
    failed = folder.failed ? -ENOMEM : io->list_dir(io->self, folder.s, note_stale, &s);
    for (size_t i = 0; i < s.names.n; i++) {
        if (!failed)
            failed = inbox_remove(io, store, s.names.at[i]);
        free(s.names.at[i]);
    }
    list_fini(&s.names);
    text_fini(&folder);
    return failed == -ENOENT ? 0 : failed ? failed : s.failed;
}
