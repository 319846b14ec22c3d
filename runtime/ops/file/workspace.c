/* workspace.c: walking from the workspace's descriptor, one part of a path at a time. */
#include "ops/file/workspace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ops/input.h"
#include "value.h"

int workspace_fail(kiln_call *call, const char *path)
{
    int error = errno;
    const char *code = "FILE_IO_ERROR", *why = strerror(error);

    if (error == ENOENT)
        code = "FILE_NOT_FOUND";
    else if (error == EEXIST)
        code = "FILE_ALREADY_EXISTS";
    else if (error == EISDIR)
        code = "FILE_IS_DIRECTORY";
    else if (error == ENOTDIR)
        code = "FILE_NOT_DIRECTORY";
    else if (error == EFBIG)
        code = "FILE_TOO_LARGE";
    else if (error == ELOOP) {
        code = "FILE_PATH_ESCAPE";
        why = "it goes through a symbolic link";
    }
    return input_fail_about(call, code, "path", path, "%s: %s", path, why);
}

static int fail_escape(kiln_call *call, const char *path)
{
    return input_fail_about(call, "FILE_PATH_ESCAPE", "path", path,
                            "%s: the path leads out of the workspace", path);
}

/* The descriptor of the workspace, or -1. */
static int open_workspace(kiln_call *call)
{
    const char *folder = getenv("KILN_WORKSPACE_DIR");
    int fd;

    if (!folder || !*folder)
        return input_fail(call, "FILE_NO_WORKSPACE",
                          "KILN_WORKSPACE_DIR does not name the folder for files");
    fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return fd < 0 ? workspace_fail(call, folder) : fd;
}

/* Goes into the folder p->name of p->dir, making it when it is not there and may be. */
static int enter(kiln_call *call, struct place *p, enum workspace_way way)
{
    int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    int next = openat(p->dir, p->name, flags);
    struct stat st;

    if (next < 0 && errno == ENOENT && way == WORKSPACE_MAKE_DIRS) {
        if (mkdirat(p->dir, p->name, 0777) < 0 && errno != EEXIST)
            return workspace_fail(call, p->path);
        p->made_dirs = 1;
        next = openat(p->dir, p->name, flags);
    }
    if (next < 0 && errno == ENOENT && way == WORKSPACE_MAY_MISS) {
        p->missing = 1;
        return 0;
    }
    if (next < 0) {
        if (errno == ENOTDIR && fstatat(p->dir, p->name, &st, AT_SYMLINK_NOFOLLOW) == 0)
            errno = S_ISLNK(st.st_mode) ? ELOOP : ENOTDIR;
        return workspace_fail(call, p->path);
    }
    close(p->dir);
    p->dir = next;
    return 0;
}

/* Walks to the folder of the last part. 0, or -1 with p->dir still to be closed. */
static int walk(kiln_call *call, struct place *p, enum workspace_way way)
{
    const char *s = p->path;

    for (size_t n; *s; s += n) {
        n = strcspn(s, "/");
        if (n > NAME_MAX) {
            errno = ENAMETOOLONG;
            return workspace_fail(call, p->path);
        }
        if (n == 2 && !memcmp(s, "..", 2))
            return fail_escape(call, p->path);
        if (n && !(n == 1 && *s == '.')) {
            if (!p->missing && strcmp(p->name, ".") && enter(call, p, way) < 0)
                return -1;
            memcpy(p->name, s, n);
            p->name[n] = 0;
        }
        n += s[n] == '/';
    }
    return 0;
}

int workspace_input(kiln_call *call, const char *name, const char *field, int optional,
                    enum workspace_way way, struct place *ret)
{
    struct place p = { .name = ".", .path = "" };
    kiln_value path;

    if (optional ? input_text_or(call, name, field, "", &path) < 0
                 : input_text(call, name, field, &path) < 0)
        return -1;
    if ((!path.n && !optional) || memchr(path.u.s, 0, path.n))
        return input_fail(call, "FILE_BAD_PATH", "the path is empty or has a NUL byte");
    p.path = arena_dup(&kiln_call_heap(call)->arena, path.u.s, path.n);
    if (!p.path)
        return kiln_fail(call, "out of memory");
    if (*p.path == '/' && p.path[1])
        return fail_escape(call, p.path);
    if ((p.dir = open_workspace(call)) < 0)
        return -1;
    if (walk(call, &p, way) < 0) {
        close(p.dir);
        return -1;
    }
    *ret = p;
    return 0;
}

void workspace_close(struct place *p)
{
    close(p->dir);
}

int workspace_stat(kiln_call *call, const struct place *p, struct stat *ret)
{
    if (p->missing)
        return 0;
    if (fstatat(p->dir, p->name, ret, AT_SYMLINK_NOFOLLOW) == 0)
        return 1;
    return errno == ENOENT ? 0 : workspace_fail(call, p->path);
}

int workspace_find(kiln_call *call, const struct place *p, struct stat *ret)
{
    if (fstatat(p->dir, p->name, ret, AT_SYMLINK_NOFOLLOW) < 0)
        return workspace_fail(call, p->path);
    if (!S_ISLNK(ret->st_mode))
        return 0;
    errno = ELOOP;
    return workspace_fail(call, p->path);
}

int workspace_open(kiln_call *call, const struct place *p, int flags)
{
    int fd = openat(p->dir, p->name, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666);
    struct stat st = { 0 };

    if (fd < 0)
        return workspace_fail(call, p->path);
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
        return fd;
    errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
    workspace_fail(call, p->path);
    close(fd);
    return -1;
}
