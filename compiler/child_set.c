/* child_set.c: which file answers an id and a version (scenario 1.7.6). Files are offered one by
 * one or by the folder; nothing is opened before a workflow asks for it. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "children.h"

static const struct child_file *find_exact(const struct child_set *s, const char *id,
                                           long long version)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->at[i].version == version && !strcmp(s->at[i].id, id))
            return &s->at[i];
    return NULL;
}

const struct child_file *child_set_find(const struct child_set *s, const char *id,
                                        long long version)
{
    const struct child_file *any = find_exact(s, id, 0), *best = NULL;

    if (version) {
        const struct child_file *exact = find_exact(s, id, version);

        return exact ? exact : any;
    }
    for (size_t i = 0; !any && i < s->n; i++)
        if (!strcmp(s->at[i].id, id) && (!best || s->at[i].version > best->version))
            best = &s->at[i];
    return any ? any : best;
}

void child_set_add(struct child_set *s, struct arena *a, const struct child_file *file)
{
    if (s->n == s->cap) {
        size_t cap = s->cap ? 2 * s->cap : 8;
        struct child_file *at = diag_must_have(arena_alloc(a, cap * sizeof *at));

        if (s->n)
            memcpy(at, s->at, s->n * sizeof *at);
        s->at = at;
        s->cap = cap;
    }
    s->at[s->n++] = *file;
}

/* ---- names --------------------------------------------------------------------------------- */

/* A number from 1 that is all of the text, or -1. */
static long long read_version(const char *text, size_t n)
{
    long long version = 0;

    if (!n || n > 10)
        return -1;
    for (size_t i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        version = 10 * version + text[i] - '0';
    }
    return version ? version : -1;
}

/* Takes ID or ID@VERSION apart. 0, or -1 when it is neither. */
static int read_name(struct child_file *file, struct arena *a, const char *name, size_t n)
{
    const char *at = n ? memrchr(name, '@', n) : NULL;
    size_t id = at ? (size_t)(at - name) : n;

    if (!id)
        return -1;
    file->id = diag_must_have(arena_dup(a, name, id));
    file->version = at ? read_version(at + 1, n - id - 1) : 0;
    return file->version < 0 ? -1 : 0;
}

int child_set_add_word(struct child_set *s, struct arena *a, const char *word, const char **ret_why)
{
    const char *equals = strchr(word, '=');
    struct child_file file = { 0 };

    if (!equals || !equals[1] || read_name(&file, a, word, (size_t)(equals - word)) < 0) {
        *ret_why = diag_must_have(arena_printf(
            a, "'--child %s' is not ID=FILE or ID@VERSION=FILE with a version from 1", word));
        return -1;
    }
    if (find_exact(s, file.id, file.version)) {
        *ret_why = diag_must_have(
            arena_printf(a, "--child is given twice for '%.*s'", (int)(equals - word), word));
        return -1;
    }
    file.path = equals + 1;
    child_set_add(s, a, &file);
    return 0;
}

/* ---- folders ------------------------------------------------------------------------------- */

static int is_workflow(const struct dirent *entry)
{
    size_t n = strlen(entry->d_name);

    return n > 5 && !strcmp(entry->d_name + n - 5, ".json");
}

int child_set_add_folder(struct child_set *s, struct arena *a, const char *folder,
                         const char **ret_why)
{
    struct dirent **entries;
    int n = scandir(folder, &entries, is_workflow, alphasort);

    if (n < 0) {
        *ret_why = diag_must_have(
            arena_printf(a, "the folder '%s' cannot be read: %s", folder, strerror(errno)));
        return -1;
    }
    for (int i = 0; i < n; i++) {
        const char *name = entries[i]->d_name;
        struct child_file file = { 0 };

        if (read_name(&file, a, name, strlen(name) - 5) == 0
            && !find_exact(s, file.id, file.version)) {
            file.path = diag_must_have(arena_printf(a, "%s/%s", folder, name));
            child_set_add(s, a, &file);
        }
        free(entries[i]);
    }
    free(entries);
    return 0;
}
