/* sim_disk.c: files that forget what was not synced (sim_disk.h). */
#include "sim_disk.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 64 };

/* One write, or one change of size (bytes NULL), that is not synced. */
struct sim_change {
    size_t at, n;
    char *bytes;
};

/* ---- memory that does not fail ---- */

static void *grow(void *at, size_t n, size_t *cap, size_t size)
{
    if (n < *cap)
        return at;
    *cap = *cap ? 2 * *cap : 8;
    at = realloc(at, *cap * size);
    if (!at)
        abort();
    return at;
}

static void resize(struct text *t, size_t n)
{
    if (n > t->n) {
        text_reserve(t, n - t->n);
        memset(t->s + t->n, 0, n - t->n);
    }
    t->n = n;
}

static void write_at(struct text *t, const struct sim_change *c)
{
    if (!c->bytes)
        resize(t, c->n);
    if (!c->bytes || !c->n)
        return;
    if (c->at + c->n > t->n)
        resize(t, c->at + c->n);
    memcpy(t->s + c->at, c->bytes, c->n);
}

/* ---- files ---- */

struct io_sim_file *sim_disk_find(struct io_sim *sim, const char *path)
{
    for (size_t i = 0; i < sim->n_files; i++)
        if (!sim->files[i]->is_gone && !sim->files[i]->is_removed
            && !strcmp(sim->files[i]->path, path))
            return sim->files[i];
    return NULL;
}

int sim_disk_is_in(const char *path, const char *folder)
{
    size_t n = strlen(folder);

    if (!strcmp(folder, "."))
        return !strchr(path, '/');
    return !strncmp(path, folder, n) && path[n] == '/' && !strchr(path + n + 1, '/');
}

struct io_sim_file *sim_disk_add(struct io_sim *sim, const char *path, int is_dir)
{
    struct io_sim_file *f = calloc(1, sizeof *f);

    if (!f || !(f->path = strdup(path)))
        abort();
    f->is_dir = is_dir;
    sim->files = grow(sim->files, sim->n_files, &sim->cap_files, sizeof *sim->files);
    sim->files[sim->n_files++] = f;
    return f;
}

static void forget_changes(struct io_sim_file *f)
{
    for (size_t i = 0; i < f->n_changes; i++)
        free(f->changes[i].bytes);
    f->n_changes = 0;
}

static void free_file(struct io_sim_file *f)
{
    forget_changes(f);
    free(f->changes);
    text_fini(&f->live);
    text_fini(&f->disk);
    free(f->path);
    free(f->old);
    free(f);
}

void sim_disk_change(struct io_sim_file *f, size_t at, const void *bytes, size_t n)
{
    struct sim_change c = { at, n, NULL };

    if (bytes) {
        c.bytes = malloc(n ? n : 1);
        if (!c.bytes)
            abort();
        memcpy(c.bytes, bytes, n);
    }
    write_at(&f->live, &c);
    f->changes = grow(f->changes, f->n_changes, &f->cap_changes, sizeof *f->changes);
    f->changes[f->n_changes++] = c;
}

void sim_disk_sync(struct io_sim_file *f, int failed)
{
    for (size_t i = 0; i < f->n_changes && !failed; i++)
        write_at(&f->disk, &f->changes[i]);
    forget_changes(f);
}

/* ---- names ---- */

void sim_disk_rename(struct io_sim_file *f, const char *path)
{
    char *copy = strdup(path);

    if (!copy)
        abort();
    if (f->is_named) {
        f->old = f->path;
        f->is_named = 0;
    } else {
        free(f->path);
    }
    f->path = copy;
}

void sim_disk_remove(struct io_sim_file *f)
{
    f->is_removed = 1;
}

void sim_disk_sync_names(struct io_sim *sim, const char *folder)
{
    for (size_t i = 0; i < sim->n_files; i++) {
        struct io_sim_file *f = sim->files[i];

        if (!sim_disk_is_in(f->path, folder))
            continue;
        free(f->old);
        f->old = NULL;
        f->is_named = 1;
        f->is_gone |= f->is_removed;
    }
}

int sim_disk_has_folder(struct io_sim *sim, const char *path)
{
    for (size_t i = 0; i < sim->n_files; i++)
        if (sim->files[i]->is_dir && !sim->files[i]->is_gone
            && sim_disk_is_in(path, sim->files[i]->path))
            return 1;
    return !strchr(path, '/');
}

/* ---- crashes ---- */

static void shuffle(struct io_sim *sim, struct io_sim_file *f, const struct sim_change *c)
{
    if (!c->bytes) {
        if (io_sim_below(sim, 2))
            write_at(&f->disk, c);
        return;
    }
    for (size_t at = 0; at < c->n; at += BLOCK) {
        struct sim_change block = { c->at + at, c->n - at < BLOCK ? c->n - at : BLOCK,
                                    c->bytes + at };

        if (io_sim_below(sim, 2))
            write_at(&f->disk, &block);
    }
}

/* What one file is after the crash. A killed process leaves its unsynced writes to the kernel,
 * where a later loss of power can still meet them. */
static void settle(struct io_sim *sim, struct io_sim_file *f, enum io_sim_loss loss)
{
    f->locked = 0;
    if (loss == IO_SIM_KEEP)
        return;
    for (size_t i = 0; i < f->n_changes && loss == IO_SIM_SHUFFLE; i++)
        shuffle(sim, f, &f->changes[i]);
    forget_changes(f);
    text_clear(&f->live);
    text_put(&f->live, text_cstr(&f->disk), f->disk.n);
}

/* A name that was taken away, or changed, may be what it was before. */
static void forget_names(struct io_sim *sim, struct io_sim_file *f, enum io_sim_loss loss)
{
    if (loss == IO_SIM_KEEP || (loss == IO_SIM_SHUFFLE && io_sim_below(sim, 2)))
        return;
    f->is_removed = 0;
    if (!f->old)
        return;
    free(f->path);
    f->path = f->old;
    f->old = NULL;
    f->is_named = 1;
}

static int is_lost(struct io_sim *sim, const struct io_sim_file *f, enum io_sim_loss loss)
{
    if (f->is_gone || f->is_removed || !sim_disk_has_folder(sim, f->path))
        return 1;
    return !f->is_named
           && (loss == IO_SIM_LOSE || (loss == IO_SIM_SHUFFLE && io_sim_below(sim, 2)));
}

void sim_disk_settle(struct io_sim *sim, enum io_sim_loss loss)
{
    size_t kept = 0;

    for (size_t i = 0; i < sim->n_files; i++) { /* a folder stands before what is in it */
        forget_names(sim, sim->files[i], loss);
        sim->files[i]->is_gone = is_lost(sim, sim->files[i], loss);
    }
    for (size_t i = 0; i < sim->n_files; i++) {
        if (sim->files[i]->is_gone) {
            free_file(sim->files[i]);
            continue;
        }
        settle(sim, sim->files[i], loss);
        sim->files[kept++] = sim->files[i];
    }
    sim->n_files = kept;
}

void sim_disk_free(struct io_sim *sim)
{
    for (size_t i = 0; i < sim->n_files; i++)
        free_file(sim->files[i]);
    free(sim->files);
}
