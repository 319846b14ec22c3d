/* io_sim.c: the simulated world (io_sim.h): the table of calls, and their faults. */
#include "sim_disk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

/* ---- faults ---- */

/* Counts a call that may change the disk: 0 when it may go on, else its answer. */
static int count_call(struct io_sim *sim)
{
    if (sim->crashed)
        return -EIO;
    sim->calls++;
    if (sim->calls == sim->crash_at) {
        sim->crashed = 1;
        return -EIO;
    }
    return sim->calls == sim->fail_at ? sim->fail_code : 0;
}

/* ---- the calls ---- */

static struct io_sim_file *file_of(struct io_sim *sim, int fd)
{
    if (fd < 0 || fd >= 64 || sim->descriptors[fd] < 0)
        return NULL;
    return sim->files[sim->descriptors[fd]];
}

static int describe(struct io_sim *sim, const struct io_sim_file *f)
{
    for (int fd = 3; fd < 64; fd++)
        if (sim->descriptors[fd] < 0) {
            for (size_t i = 0; i < sim->n_files; i++)
                if (sim->files[i] == f)
                    sim->descriptors[fd] = (int)i;
            return fd;
        }
    return -EMFILE;
}

static int sim_open(void *self, const char *path, int flags, int mode)
{
    struct io_sim *sim = self;
    struct io_sim_file *f = sim_disk_find(sim, path);
    int failed;

    (void)mode;
    if (!f && !(flags & O_CREAT))
        return -ENOENT;
    if (!f) {
        if (!sim_disk_has_folder(sim, path))
            return -ENOENT;
        if ((failed = count_call(sim)))
            return failed;
        f = sim_disk_add(sim, path, 0);
    }
    if (f->is_dir)
        return -EISDIR;
    return sim->crashed ? -EIO : describe(sim, f);
}

static int sim_close(void *self, int fd)
{
    struct io_sim *sim = self;
    struct io_sim_file *f = file_of(sim, fd);

    if (!f)
        return -EBADF;
    if (f->locked == fd)
        f->locked = 0;
    sim->descriptors[fd] = -1;
    return 0;
}

static ssize_t sim_pread(void *self, int fd, void *buf, size_t n, off_t at)
{
    struct io_sim_file *f = file_of(self, fd);

    if (!f)
        return -EBADF;
    if ((size_t)at >= f->live.n)
        return 0;
    if (n > f->live.n - (size_t)at)
        n = f->live.n - (size_t)at;
    memcpy(buf, f->live.s + at, n);
    return (ssize_t)n;
}

static ssize_t sim_pwrite(void *self, int fd, const void *buf, size_t n, off_t at)
{
    struct io_sim *sim = self;
    struct io_sim_file *f = file_of(sim, fd);
    int was_up = !sim->crashed, failed = count_call(sim);

    if (!f)
        return -EBADF;
    if (failed && was_up && sim->crashed) {
        sim->last_write = n;
        n = sim->tear < n ? sim->tear : n;
    } else if (failed) {
        return failed;
    }
    sim_disk_change(f, (size_t)at, buf, n);
    return failed ? failed : (ssize_t)n;
}

static int sim_sync(void *self, int fd)
{
    struct io_sim_file *f = file_of(self, fd);
    int failed = count_call(self);

    if (!f)
        return -EBADF;
    if (!((struct io_sim *)self)->crashed)
        sim_disk_sync(f, failed);
    return failed;
}

static int sim_sync_dir(void *self, const char *path)
{
    int failed = count_call(self);

    if (!failed)
        sim_disk_sync_names(self, path);
    return failed;
}

static int sim_truncate(void *self, int fd, off_t size)
{
    struct io_sim_file *f = file_of(self, fd);
    int failed = count_call(self);

    if (failed || !f)
        return failed ? failed : -EBADF;
    sim_disk_change(f, 0, NULL, (size_t)size);
    return 0;
}

static off_t sim_size(void *self, int fd)
{
    struct io_sim_file *f = file_of(self, fd);

    return f ? (off_t)f->live.n : -EBADF;
}

static int sim_make_dir(void *self, const char *path)
{
    int failed;

    if (sim_disk_find(self, path))
        return 0;
    if ((failed = count_call(self)))
        return failed;
    sim_disk_add(self, path, 1);
    return 0;
}

static int sim_lock(void *self, int fd)
{
    struct io_sim_file *f = file_of(self, fd);

    if (f->locked)
        return -EWOULDBLOCK;
    f->locked = fd;
    return 0;
}

static int sim_list_dir(void *self, const char *path, void (*each)(void *ctx, const char *name),
                        void *ctx)
{
    struct io_sim *sim = self;
    struct io_sim_file *dir = sim_disk_find(sim, path);

    if (!dir)
        return -ENOENT;
    if (!dir->is_dir)
        return -ENOTDIR;
    for (size_t i = 0; i < sim->n_files; i++)
        if (!sim->files[i]->is_gone && !sim->files[i]->is_removed
            && sim_disk_is_in(sim->files[i]->path, path))
            each(ctx, sim->files[i]->path + strlen(path) + 1);
    return 0;
}

static int sim_rename(void *self, const char *from, const char *to)
{
    struct io_sim_file *f = sim_disk_find(self, from);
    int failed = f ? count_call(self) : -ENOENT;

    if (!failed)
        sim_disk_rename(f, to);
    return failed;
}

static int sim_remove(void *self, const char *path)
{
    struct io_sim_file *f = sim_disk_find(self, path);
    int failed = f ? count_call(self) : -ENOENT;

    if (!failed)
        sim_disk_remove(f);
    return failed;
}

static long long sim_now_ms(void *self)
{
    return ((struct io_sim *)self)->now;
}

static void sim_sleep_ms(void *self, unsigned long long ms)
{
    ((struct io_sim *)self)->now += (long long)ms;
}

static unsigned long long sim_random(void *self)
{
    struct io_sim *sim = self;
    unsigned long long z = sim->seed += 0x9e3779b97f4a7c15;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

static ssize_t sim_read(void *self, int fd, void *buf, size_t n)
{
    struct io_sim *sim = self;
    struct io_sim_file *f = file_of(sim, fd);
    const struct text *t = f ? &f->live : &sim->in;

    if (fd && !f)
        return -EBADF;
    if (n > t->n - sim->in_at)
        n = t->n - sim->in_at;
    if (n)
        memcpy(buf, t->s + sim->in_at, n);
    sim->in_at += n;
    if (!n)
        sim->in_at = 0; /* one stream at a time is read, and to its end */
    return (ssize_t)n;
}

static ssize_t sim_write(void *self, int fd, const void *buf, size_t n)
{
    struct io_sim *sim = self;

    if (fd == 1 && sim->out_code)
        return sim->out_code;
    text_put(fd == 1 ? &sim->out : &sim->err, buf, n);
    return (ssize_t)n;
}

/* ---- the machine ---- */

struct io_sim *io_sim_new(unsigned long long seed)
{
    struct io_sim *sim = calloc(1, sizeof *sim);

    if (!sim)
        abort();
    *sim = (struct io_sim){
        .io = { sim, sim_open, sim_close, sim_pread, sim_pwrite, sim_sync, sim_sync_dir,
                sim_truncate, sim_size, sim_make_dir, sim_lock, sim_list_dir, sim_rename,
                sim_remove, sim_now_ms, sim_sleep_ms, sim_random, sim_read, sim_write },
        .now = 1700000000000,
        .seed = seed,
    };
    memset(sim->descriptors, -1, sizeof sim->descriptors);
    return sim;
}

void io_sim_free(struct io_sim *sim)
{
    sim_disk_free(sim);
    text_fini(&sim->in);
    text_fini(&sim->out);
    text_fini(&sim->err);
    free(sim);
}

unsigned long long io_sim_below(struct io_sim *sim, unsigned long long n)
{
    return sim_random(sim) % n;
}

void io_sim_restart(struct io_sim *sim, enum io_sim_loss loss)
{
    sim_disk_settle(sim, loss);
    memset(sim->descriptors, -1, sizeof sim->descriptors);
    sim->calls = sim->crash_at = sim->fail_at = 0;
    sim->crashed = 0;
}

struct text *io_sim_bytes(struct io_sim *sim, const char *path)
{
    struct io_sim_file *f = sim_disk_find(sim, path);

    return f && !f->is_dir ? &f->live : NULL;
}

void io_sim_damaged(struct io_sim *sim, const char *path)
{
    struct io_sim_file *f = sim_disk_find(sim, path);

    sim_disk_sync(f, 1);
    text_clear(&f->disk);
    text_put(&f->disk, text_cstr(&f->live), f->live.n);
}

void io_sim_put(struct io_sim *sim, const char *path, const char *bytes, size_t n)
{
    struct io_sim_file *f = sim_disk_find(sim, path);

    if (!f)
        f = sim_disk_add(sim, path, 0);
    f->is_named = 1;
    text_clear(&f->live);
    text_put(&f->live, bytes, n);
    io_sim_damaged(sim, path);
}
