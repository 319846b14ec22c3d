/* tree.c: `file` operations that move things about in the workspace (scenario 4.8). */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ops/file/content.h"
#include "ops/file/folder.h"
#include "ops/input.h"

#define PATH                                                                                       \
    {                                                                                              \
        "path", "string", "Where in the workspace.", KILN_REQUIRED | KILN_PLACE                    \
    }
#define FROM_TO                                                                                    \
    { "source", "string", "The file.", KILN_REQUIRED | KILN_PLACE },                               \
        { "destination", "string", "Where it goes; missing folders are made.",                     \
          KILN_REQUIRED | KILN_PLACE },                                                            \
    {                                                                                              \
        "overwrite", "boolean", "Replace what is there (false).", 0                                \
    }

/* Both ends of a copy or a move. */
struct journey {
    struct place from, to;
    int overwrite;
};

static int input_journey(kiln_call *call, const char *name, struct journey *ret)
{
    if (input_flag_or(call, name, "overwrite", 0, &ret->overwrite) < 0
        || workspace_input(call, name, "source", 0, WORKSPACE_AS_IS, &ret->from) < 0)
        return -1;
    if (workspace_input(call, name, "destination", 0, WORKSPACE_MAKE_DIRS, &ret->to) == 0)
        return 0;
    workspace_close(&ret->from);
    return -1;
}

/* Gives both paths, and ends the journey. */
static int out_journey(kiln_call *call, struct journey *j, int failed)
{
    if (!failed)
        failed = kiln_out_text(call, "source", "%s", j->from.path) < 0
                 || kiln_out_text(call, "destination", "%s", j->to.path) < 0;
    workspace_close(&j->from);
    workspace_close(&j->to);
    return failed ? -1 : 0;
}

KILN_OP(file_file_copy_file, "file.file-copy-file", KILN_EFFECTFUL, "Copies a file.",
        KILN_INPUTS(FROM_TO),
        KILN_OUTPUTS({ "source", "string", "The path it had.", 0 },
                     { "destination", "string", "The path of the copy.", 0 },
                     { "bytes_copied", "integer", "How many bytes.", 0 }),
        KILN_FLAGS(KILN_OP_CHECKS))
{
    struct text t = { 0 };
    struct journey j;
    long long size;
    int failed;

    if (input_journey(call, "file-copy-file", &j) < 0)
        return -1;
    failed =
        content_read(call, &j.from, &t) < 0
        || content_write(call, &j.to, O_CREAT | (j.overwrite ? O_TRUNC : O_EXCL), &t, &size) < 0
        || kiln_out(call, "bytes_copied", kiln_int((long long)t.n)) < 0;
    text_fini(&t);
    return out_journey(call, &j, failed);
}

static int move(kiln_call *call, const struct journey *j)
{
    struct stat st;
    int found;

    if (workspace_find(call, &j->from, &st) < 0 || (found = workspace_stat(call, &j->to, &st)) < 0)
        return -1;
    if (found && !j->overwrite) {
        errno = EEXIST;
        return workspace_fail(call, j->to.path);
    }
    if (renameat(j->from.dir, j->from.name, j->to.dir, j->to.name) < 0 || fsync(j->to.dir) < 0)
        return workspace_fail(call, j->from.path);
    return 0;
}

KILN_OP(file_file_move_file, "file.file-move-file", KILN_EFFECTFUL,
        "Gives a file or folder another path.", KILN_INPUTS(FROM_TO),
        KILN_OUTPUTS({ "source", "string", "The path it had.", 0 },
                     { "destination", "string", "The path it has.", 0 }),
        KILN_FLAGS(KILN_OP_CHECKS))
{
    struct journey j;

    if (input_journey(call, "file-move-file", &j) < 0)
        return -1;
    return out_journey(call, &j, move(call, &j) < 0);
}

static int make_directory(kiln_call *call, const struct place *p)
{
    struct stat st;
    int found = workspace_stat(call, p, &st);

    if (found < 0)
        return -1;
    if (found && !S_ISDIR(st.st_mode)) {
        errno = EEXIST;
        return workspace_fail(call, p->path);
    }
    if (!found && (mkdirat(p->dir, p->name, 0777) < 0 || fsync(p->dir) < 0))
        return workspace_fail(call, p->path);
    kiln_out(call, "created", kiln_bool(!found));
    return kiln_out_text(call, "path", "%s", p->path);
}

KILN_OP(file_file_create_directory, "file.file-create-directory", KILN_EFFECTFUL, "Makes a folder.",
        KILN_INPUTS(PATH,
                    { "recursive", "boolean", "Make the folders it stands in as well (true).", 0 }),
        KILN_OUTPUTS({ "path", "string", "The path.", 0 },
                     { "created", "boolean", "Whether it was not there.", 0 }),
        KILN_FLAGS(KILN_OP_CHECKS))
{
    int recursive, result;
    struct place p;

    if (input_flag_or(call, "file-create-directory", "recursive", 1, &recursive) < 0
        || workspace_input(call, "file-create-directory", "path", 0,
                           recursive ? WORKSPACE_MAKE_DIRS : WORKSPACE_AS_IS, &p)
               < 0)
        return -1;
    result = make_directory(call, &p);
    workspace_close(&p);
    return result;
}

/* ---- deleting ---------------------------------------------------------------------------------
 */

static int delete_entry(void *ctx, int dir, const char *name, const char *path,
                        const struct stat *st)
{
    (void)path;
    ++*(long long *)ctx;
    return unlinkat(dir, name, S_ISDIR(st->st_mode) ? AT_REMOVEDIR : 0);
}

/* Deletes what is there, a link as a link; a folder that is not empty only when `recursive`. Adds
 * to *count how much it was. */
static int delete_all(kiln_call *call, const struct place *p, int recursive, long long *count)
{
    struct stat st;

    if (!strcmp(p->name, ".")) { /* the workspace itself stays */
        errno = EBUSY;
        return workspace_fail(call, p->path);
    }
    if (fstatat(p->dir, p->name, &st, AT_SYMLINK_NOFOLLOW) < 0)
        return workspace_fail(call, p->path);
    if (S_ISDIR(st.st_mode) && recursive && folder_walk(p, 1, delete_entry, count) < 0)
        return workspace_fail(call, p->path);
    if (delete_entry(count, p->dir, p->name, "", &st) < 0 || fsync(p->dir) < 0)
        return workspace_fail(call, p->path);
    return 0;
}

KILN_OP(file_file_delete_file, "file.file-delete-file", KILN_EFFECTFUL,
        "Deletes a file or a folder.",
        KILN_INPUTS(PATH, { "recursive", "boolean", "With all that is in a folder (false).", 0 }),
        KILN_OUTPUTS({ "success", "boolean", "True.", 0 }, { "path", "string", "The path.", 0 },
                     { "items_deleted", "integer", "How many files and folders.", 0 }),
        KILN_FLAGS(KILN_OP_CHECKS))
{
    long long count = 0;
    struct place p;
    int recursive, failed;

    if (input_flag_or(call, "file-delete-file", "recursive", 0, &recursive) < 0
        || workspace_input(call, "file-delete-file", "path", 0, WORKSPACE_AS_IS, &p) < 0)
        return -1;
    failed = delete_all(call, &p, recursive, &count) < 0;
    workspace_close(&p);
    if (failed)
        return -1;
    kiln_out(call, "success", kiln_bool(1));
    kiln_out(call, "items_deleted", kiln_int(count));
    return kiln_out_text(call, "path", "%s", p.path);
}
