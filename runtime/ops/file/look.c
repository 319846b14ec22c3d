/* look.c: `file` operations that tell what is in the workspace (scenario 4.8). */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ops/file/folder.h"
#include "ops/file/glob.h"
#include "ops/input.h"
#include "ops/mime.h"
#include "value.h"

#define PATH                                                                                       \
    {                                                                                              \
        "path", "string", "Where in the workspace.", KILN_REQUIRED | KILN_PLACE                    \
    }

KILN_OP(file_file_file_exists, "file.file-file-exists", KILN_IDEMPOTENT,
        "Whether there is a file or folder.", KILN_INPUTS(PATH),
        KILN_OUTPUTS({ "exists", "boolean", "Whether it is there.", 0 },
                     { "is_directory", "boolean", "Whether it is a folder.", 0 },
                     { "size", "any", "Its size in bytes; null when it is not there.", 0 }),
        KILN_FLAGS(KILN_OP_CHECKS))
{
    struct stat st = { 0 };
    struct place p;
    int found;

    if (workspace_input(call, "file-file-exists", "path", 0, WORKSPACE_MAY_MISS, &p) < 0)
        return -1;
    found = workspace_stat(call, &p, &st);
    workspace_close(&p);
    if (found < 0)
        return -1;
    kiln_out(call, "exists", kiln_bool(found));
    kiln_out(call, "is_directory", kiln_bool(found && S_ISDIR(st.st_mode)));
    return kiln_out(call, "size", found ? kiln_int(st.st_size) : kiln_null());
}

/* What is known of a file or folder. 0, or -1 when memory is out. */
static int describe(kiln_heap *h, const char *name, const char *path, const struct stat *st,
                    kiln_value *ret)
{
    int is_dir = S_ISDIR(st->st_mode);
    const char *dot = strrchr(name, '.');
    kiln_value pairs[16] = { value_static("path"),          value_null(),
                             value_static("name"),          value_null(),
                             value_static("extension"),     value_null(),
                             value_static("size"),          value_int(st->st_size),
                             value_static("is_directory"),  value_bool(is_dir),
                             value_static("created_time"),  value_null(),
                             value_static("modified_time"), value_int(st->st_mtime),
                             value_static("mime_type"),     value_null() };

    if (!is_dir)
        pairs[15] = value_static(mime_type(name, strlen(name)));
    if (value_string(h, &pairs[1], path, strlen(path)) < 0
        || value_string(h, &pairs[3], name, strlen(name)) < 0
        || (dot && dot > name && !is_dir
            && value_string(h, &pairs[5], dot + 1, strlen(dot + 1)) < 0))
        return -1;
    return kiln_object(h, ret, pairs, 8);
}

KILN_OP(file_file_get_file_info, "file.file-get-file-info", KILN_IDEMPOTENT,
        "What is known of a file or folder.", KILN_INPUTS(PATH),
        KILN_OUTPUTS({ "path", "string", "The path.", 0 },
                     { "name", "string", "Its last part.", 0 },
                     { "extension", "any", "What stands behind the name's last dot, or null.", 0 },
                     { "size", "integer", "Bytes.", 0 },
                     { "is_directory", "boolean", "Whether it is a folder.", 0 },
                     { "created_time", "any", "Null: not every system tells it.", 0 },
                     { "modified_time", "integer", "Seconds since 1970.", 0 },
                     { "mime_type", "any", "As the name has it; null for folders.", 0 }),
        KILN_FLAGS(KILN_OP_CHECKS))
{
    struct stat st;
    struct place p;
    kiln_value v;
    int failed;

    if (workspace_input(call, "file-get-file-info", "path", 0, WORKSPACE_AS_IS, &p) < 0)
        return -1;
    failed = workspace_find(call, &p, &st) < 0;
    if (!failed && describe(kiln_call_heap(call), p.name, p.path, &st, &v) < 0)
        failed = kiln_fail(call, "out of memory");
    workspace_close(&p);
    return failed ? -1 : kiln_out_value(call, v);
}

/* ---- listing ----------------------------------------------------------------------------------
 */

struct listing {
    kiln_heap *heap;
    const char *pattern; /* NULL: everything */
    const char *prefix;  /* the folder's own path, "" for the workspace */
    kiln_value entries;
};

/* Adds an entry whose name fits; links are not told of. */
static int add_entry(void *ctx, int dir, const char *name, const char *path, const struct stat *st)
{
    struct listing *l = ctx;
    kiln_value v;
    char *whole;

    (void)dir;
    if (S_ISLNK(st->st_mode) || (l->pattern && !glob_matches(l->pattern, name)))
        return 0;
    whole = arena_printf(&l->heap->arena, "%s%s%s", l->prefix, *l->prefix ? "/" : "", path);
    if (whole && describe(l->heap, name, whole, st, &v) == 0
        && kiln_push(l->heap, &l->entries, &v) == 0)
        return 0;
    errno = ENOMEM;
    return -1;
}

static int compare_entries(const void *a, const void *b)
{
    kiln_value x = value_member(a, "path"), y = value_member(b, "path");

    return value_compare_text(&x, &y);
}

/* The entries in the order of their paths: folders tell them in none. 0 or -1. */
static int sort_entries(kiln_heap *h, kiln_value *entries)
{
    kiln_value *items = arena_alloc(&h->arena, (entries->n + (size_t)1) * sizeof *items);

    if (!items)
        return -1;
    for (unsigned i = 0; i < entries->n; i++)
        items[i] = entries->u.items[i];
    qsort(items, entries->n, sizeof *items, compare_entries);
    return value_array(h, entries, items, entries->n);
}

/* The path without slashes at its ends. */
static char *tidy(kiln_heap *h, const char *path)
{
    size_t n = strlen(path);

    if (!strcmp(path, "/") || !strcmp(path, "."))
        return arena_dup(&h->arena, "", 0);
    while (n && path[n - 1] == '/')
        n--;
    return arena_dup(&h->arena, path, n);
}

KILN_OP(file_file_list_files, "file.file-list-files", KILN_IDEMPOTENT,
        "The files and folders in a folder, by path; links are not told of.",
        KILN_INPUTS({ "path", "string", "The folder; the workspace when left out.", KILN_PLACE },
                    { "recursive", "boolean", "What is in its folders as well (false).", 0 },
                    { "pattern", "string", "Only names that match: *.csv.", 0 }),
        KILN_OUTPUTS({ "value", "array of object", "Each as file-get-file-info tells it.", 0 }),
        KILN_FLAGS(KILN_OP_BARE))
{
    struct listing l = { .heap = kiln_call_heap(call) };
    kiln_value pattern;
    struct place p;
    int recursive, failed;

    if (input_flag_or(call, "file-list-files", "recursive", 0, &recursive) < 0
        || input_optional_text(call, "file-list-files", "pattern", &pattern) < 0
        || kiln_array(l.heap, &l.entries, NULL, 0) < 0
        || workspace_input(call, "file-list-files", "path", 1, WORKSPACE_AS_IS, &p) < 0)
        return -1;
    l.pattern = pattern.n ? arena_dup(&l.heap->arena, pattern.u.s, pattern.n) : NULL;
    l.prefix = tidy(l.heap, p.path);
    failed =
        !l.prefix || (pattern.n && !l.pattern) || folder_walk(&p, recursive, add_entry, &l) < 0;
    if (failed)
        workspace_fail(call, p.path);
    workspace_close(&p);
    if (failed || sort_entries(l.heap, &l.entries) < 0)
        return -1;
    return kiln_out_value(call, l.entries);
}
