/* libraries.c: which libraries a program is linked with.
 *
 * An operation names what it needs; nobody else does. So a workflow that matches no text carries
 * no regex engine, and what cannot be linked is told at the step that asks for it.
 */
#include "build/libraries.h"

#include <string.h>
#include <unistd.h>

#include "base/text.h"

static int is_there(struct command *c, const char *word)
{
    for (size_t i = 0; i < c->words.n; i++)
        if (strcmp(c->words.at[i], word) == 0)
            return 1;
    return 0;
}

static int complain(const struct build_use *use, const char *library, struct diags *d)
{
    diag_hint(d,
              diag_error(d, use->at, "B006",
                         "the operation %s needs the library %s, which there is none of for "
                         "static programs here",
                         use->op->name, library),
              "run `make sysroot && make` where Kiln was built, or use --libc host");
    return -1;
}

static int add_library(struct command *c, const struct build_use *use, const char *library,
                       const char *folder, struct arena *a, struct diags *d)
{
    const char *word = folder ? diag_must_have(arena_printf(a, "%s/lib%s.a", folder, library))
                              : diag_must_have(arena_printf(a, "-l%s", library));

    if (folder && access(word, R_OK) < 0)
        return complain(use, library, d);
    if (!is_there(c, word))
        command_add(c, word);
    return 0;
}

static int add_all_of(struct command *c, const struct build_use *use, const char *folder,
                      struct arena *a, struct diags *d)
{
    const char *s = use->op->needs ? use->op->needs : "";

    while (*s) {
        size_t n = strcspn(s, " ");

        if (n && add_library(c, use, diag_must_have(arena_dup(a, s, n)), folder, a, d) < 0)
            return -1;
        s += n + (s[n] == ' ');
    }
    return 0;
}

int libraries_add(struct command *c, const struct build_options *options, const char *folder,
                  struct arena *a, struct diags *d)
{
    int failed = 0;

    for (unsigned i = 0; i < options->n_uses; i++)
        failed |= add_all_of(c, &options->uses[i], folder, a, d) < 0;
    return failed ? -1 : 0;
}
