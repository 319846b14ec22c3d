/* folder.c: one open folder a level, so a walk holds at most FOLDER_DEPTH descriptors. */
#include "ops/file/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

struct walk {
    int deep;
    folder_visit *visit;
    void *ctx;
    struct text path; /* from the folder walked */
};

static int walk_folder(struct walk *w, int dir, const char *name, int depth);

/* One entry of an open folder; first what is in it. */
static int visit_entry(struct walk *w, int dir, const char *name, int depth)
{
    size_t before = w->path.n;
    struct stat st;
    int failed;

    if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
        return -1;
    text_printf(&w->path, "%s%s", before ? "/" : "", name);
    failed = (w->deep && S_ISDIR(st.st_mode) && walk_folder(w, dir, name, depth + 1) < 0)
             || w->visit(w->ctx, dir, name, text_cstr(&w->path), &st) < 0;
    w->path.n = before;
    if (w->path.s)
        w->path.s[before] = 0;
    return failed ? -1 : 0;
}

static int walk_folder(struct walk *w, int dir, const char *name, int depth)
{
    int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *entries = fd < 0 ? NULL : fdopendir(fd);
    struct dirent *e;
    int failed = 0, error;

    if (!entries) {
        if (fd >= 0)
            close(fd);
        return -1;
    }
    while (!failed && (e = readdir(entries))) {
        if (depth > FOLDER_DEPTH) {
            errno = ELOOP;
            failed = 1;
        } else if (strcmp(e->d_name, ".") && strcmp(e->d_name, "..")) {
            failed = visit_entry(w, fd, e->d_name, depth) < 0;
        }
    }
    error = errno;
    closedir(entries);
    errno = error;
    return failed ? -1 : 0;
}

int folder_walk(const struct place *p, int deep, folder_visit *visit, void *ctx)
{
    struct walk w = { .deep = deep, .visit = visit, .ctx = ctx };
    int failed = walk_folder(&w, p->dir, p->name, 1) < 0;
    int error = errno;

    text_fini(&w.path);
    errno = error;
    return failed ? -1 : 0;
}
