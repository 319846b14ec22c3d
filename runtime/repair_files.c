/* repair_files.c: the files of a repair: what is written, copied and taken away (repair_writer.h).
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "folder.h"
#include "inbox.h"
#include "repair_writer.h"

int repair_fail(struct repair_writer *w, int code, const char *what, const char *name)
{
    if (code)
        text_printf(w->why, "cannot %s '%s': %s", what, name, strerror(-code));
    return code;
}

int repair_write_file(struct repair_writer *w, const char *name, const struct text *bytes)
{
    const struct kiln_io *io = w->survey->io;
    struct text path = { 0 };
    ssize_t put = 0;
    int fd, failed;

    text_printf(&path, "%s/%s", w->survey->path, name);
    fd = path.failed ? -ENOMEM : io->open(io->self, path.s, O_RDWR | O_CREAT, 0666);
    failed = fd < 0 ? fd : io->truncate(io->self, fd, 0);
    if (!failed && bytes->n)
        put = io->pwrite(io->self, fd, bytes->s, bytes->n, 0);
    if (!failed && put != (ssize_t)bytes->n)
        failed = put < 0 ? (int)put : -EIO;
    if (!failed)
        failed = io->sync(io->self, fd);
    if (fd >= 0)
        io->close(io->self, fd);
    text_fini(&path);
    return repair_fail(w, failed, "write", name);
}

int repair_sync_folder(struct repair_writer *w, const char *name)
{
    const struct kiln_io *io = w->survey->io;
    struct text path = { 0 };
    int failed;

    text_printf(&path, *name ? "%s/%s" : "%s", w->survey->path, name);
    failed = path.failed ? -ENOMEM : io->sync_dir(io->self, path.s);
    text_fini(&path);
    return repair_fail(w, failed, "sync", *name ? name : w->survey->path);
}

static int remove_file(struct repair_writer *w, const char *name)
{
    const struct kiln_io *io = w->survey->io;
    struct text path = { 0 };
    int failed;

    text_printf(&path, "%s/%s", w->survey->path, name);
    failed = path.failed ? -ENOMEM : io->remove(io->self, path.s);
    text_fini(&path);
    return repair_fail(w, failed, "remove", name);
}

/* ---- copies of what was ---- */

static void see(void *ctx, const char *name)
{
    struct repair_writer *w = ctx;

    if (!strcmp(name, text_cstr(&w->result->aside)))
        w->result->aside.n = 0;
}

/* A name that says when, and that nothing has yet. */
static int choose_aside(struct repair_writer *w)
{
    const struct kiln_io *io = w->survey->io;
    struct text *name = &w->result->aside;
    int failed = 0;

    for (long long ms = io->now_ms(io->self); !failed && !name->n; ms++) {
        text_clear(name);
        text_printf(name, "damaged-%lld", ms);
        failed = name->failed ? -ENOMEM : io->list_dir(io->self, w->survey->path, see, w);
    }
    return repair_fail(w, failed, "read", w->survey->path);
}

static int copy_file(struct repair_writer *w, unsigned file, struct text *bytes)
{
    struct text name = { 0 };
    unsigned long long size;
    int bad, failed;
    ssize_t got = survey_load(w->survey, file, 0, bytes, &size, &bad);

    text_printf(&name, "%s/journal-%08u", text_cstr(&w->result->aside), file);
    failed = got < 0 ? repair_fail(w, (int)got, "read", name.s)
                     : repair_write_file(w, text_cstr(&name), bytes);
    text_fini(&name);
    return failed;
}

int repair_copy_all(struct repair_writer *w)
{
    struct text path = { 0 }, bytes = { 0 };
    int failed = choose_aside(w);

    text_printf(&path, "%s/%s", w->survey->path, text_cstr(&w->result->aside));
    if (!failed)
        failed = repair_fail(w, folder_make(w->survey->io, text_cstr(&path)), "make", path.s);
    for (size_t i = 0; !failed && i < w->survey->files.n; i++)
        failed = copy_file(w, w->survey->files.at[i].file, &bytes);
    if (!failed)
        failed = repair_sync_folder(w, text_cstr(&w->result->aside));
    text_fini(&path);
    text_fini(&bytes);
    return failed;
}

static int remove_if(struct repair_writer *w, int is_aside)
{
    int failed = 0;

    for (size_t i = 0; !failed && i < w->survey->files.n; i++) {
        const struct survey_file *f = &w->survey->files.at[i];
        const char *name = survey_name(w->survey, f->file);

        if (f->is_aside == is_aside && (is_aside || f->is_strange))
            failed = name ? remove_file(w, name) : repair_fail(w, -ENOMEM, "remove", "a file");
    }
    return failed;
}

int repair_remove_strangers(struct repair_writer *w)
{
    return remove_if(w, 1);
}

int repair_remove_headless(struct repair_writer *w)
{
    return remove_if(w, 0);
}

/* ---- what is in the way ---- */

static void note_left(void *ctx, const char *name)
{
    struct repair_writer *w = ctx;
    char *copy;

    if (strncmp(name, REPAIR_PREFIX, sizeof REPAIR_PREFIX - 1))
        return;
    copy = arena_dup(&w->survey->arena, name, strlen(name));
    if (!copy || list_push(&w->left, copy) < 0)
        w->survey->failed = -ENOMEM;
}

int repair_remove_left(struct repair_writer *w)
{
    const struct kiln_io *io = w->survey->io;
    int failed = repair_fail(w, io->list_dir(io->self, w->survey->path, note_left, w), "read",
                             w->survey->path);

    for (size_t i = 0; !failed && i < w->left.n; i++)
        failed = remove_file(w, w->left.at[i]);
    return failed ? failed : repair_fail(w, w->survey->failed, "read", w->survey->path);
}

int repair_refuse_messages(struct repair_writer *w)
{
    const struct survey *v = w->survey;
    int failed = 0;

    for (size_t i = 0; !failed && i < v->findings.n; i++) {
        const char *name = v->findings.at[i].name;

        if (strncmp(name, "inbox/", 6))
            continue;
        failed = repair_fail(w, inbox_refuse(v->io, v->path, name + 6), "rename", name);
        w->result->refused += !failed;
    }
    return failed;
}
