/* io_posix.c: the real world behind io.h.
 *
 * The one file of the runtime that calls the system. What the system may do by halves (a signal in
 * the middle, a short write) is finished here, so that nobody else has to think of it.
 */
#include "io.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* The value of a system call, tried again as long as a signal cuts it off. */
#define RETRY(ret, call)                                                                           \
    do                                                                                             \
        (ret) = (call);                                                                            \
    while ((ret) < 0 && errno == EINTR)

static int real_open(void *self, const char *path, int flags, int mode)
{
    int fd;

    (void)self;
    RETRY(fd, open(path, flags | O_CLOEXEC, mode));
    return fd < 0 ? -errno : fd;
}

/* Not tried again: on Linux the descriptor is gone even when a signal came. */
static int real_close(void *self, int fd)
{
    (void)self;
    return close(fd) < 0 && errno != EINTR ? -errno : 0;
}

static ssize_t real_pread(void *self, int fd, void *buf, size_t n, off_t at)
{
    size_t done = 0;
    ssize_t got;

    (void)self;
    while (done < n) {
        RETRY(got, pread(fd, (char *)buf + done, n - done, at + (off_t)done));
        if (got < 0)
            return -errno;
        if (!got)
            break;
        done += (size_t)got;
    }
    return (ssize_t)done;
}

static ssize_t real_pwrite(void *self, int fd, const void *buf, size_t n, off_t at)
{
    size_t done = 0;
    ssize_t put;

    (void)self;
    while (done < n) {
        RETRY(put, pwrite(fd, (const char *)buf + done, n - done, at + (off_t)done));
        if (put <= 0)
            return put < 0 ? -errno : -EIO;
        done += (size_t)put;
    }
    return (ssize_t)done;
}

static int real_sync(void *self, int fd)
{
    int failed;

    (void)self;
    RETRY(failed, fdatasync(fd));
    return failed < 0 ? -errno : 0;
}

static int real_sync_dir(void *self, const char *path)
{
    int fd = real_open(self, path, O_RDONLY | O_DIRECTORY, 0), failed, code;

    if (fd < 0)
        return fd;
    RETRY(failed, fsync(fd));
    code = failed < 0 ? -errno : 0;
    real_close(self, fd);
    return code;
}

static int real_truncate(void *self, int fd, off_t size)
{
    int failed;

    (void)self;
    RETRY(failed, ftruncate(fd, size));
    return failed < 0 ? -errno : 0;
}

static off_t real_size(void *self, int fd)
{
    off_t size = lseek(fd, 0, SEEK_END); /* of files that are read and written at places */

    (void)self;
    return size < 0 ? -errno : size;
}

static int real_make_dir(void *self, const char *path)
{
    (void)self;
    return mkdir(path, 0777) < 0 && errno != EEXIST ? -errno : 0;
}

static int real_lock(void *self, int fd)
{
    int failed;

    (void)self;
    RETRY(failed, flock(fd, LOCK_EX | LOCK_NB));
    return failed < 0 ? -errno : 0;
}

static int real_list_dir(void *self, const char *path, void (*each)(void *ctx, const char *name),
                         void *ctx)
{
    DIR *dir = opendir(path);
    struct dirent *e;
    int code;

    (void)self;
    if (!dir)
        return -errno;
    while ((void)(errno = 0), (e = readdir(dir)))
        each(ctx, e->d_name);
    code = -errno;
    closedir(dir);
    return code;
}

static int real_rename(void *self, const char *from, const char *to)
{
    (void)self;
    return rename(from, to) < 0 ? -errno : 0;
}

static int real_remove(void *self, const char *path)
{
    (void)self;
    return unlink(path) < 0 ? -errno : 0;
}

static long long real_now_ms(void *self)
{
    struct timespec ts;

    (void)self;
    clock_gettime(CLOCK_REALTIME, &ts);
    return ts.tv_sec * 1000LL + ts.tv_nsec / 1000000;
}

static void real_sleep_ms(void *self, unsigned long long ms)
{
    struct timespec left = { (time_t)(ms / 1000), (long)(ms % 1000 * 1000000) };

    (void)self;
    while (nanosleep(&left, &left) < 0 && errno == EINTR)
        ;
}

static unsigned long long real_random(void *self)
{
    unsigned long long w = 0;
    ssize_t got;

    (void)self;
    RETRY(got, getrandom(&w, sizeof w, 0));
    (void)got; /* up to 256 bytes come whole once the kernel's pool is ready, for which it waits */
    return w;
}

static ssize_t real_read(void *self, int fd, void *buf, size_t n)
{
    ssize_t got;

    (void)self;
    RETRY(got, read(fd, buf, n));
    return got < 0 ? -errno : got;
}

static ssize_t real_write(void *self, int fd, const void *buf, size_t n)
{
    size_t done = 0;
    ssize_t put;

    (void)self;
    while (done < n) {
        RETRY(put, write(fd, (const char *)buf + done, n - done));
        if (put <= 0)
            return put < 0 ? -errno : -EIO;
        done += (size_t)put;
    }
    return (ssize_t)done;
}

const struct kiln_io kiln_io_posix = {
    .open = real_open,
    .close = real_close,
    .pread = real_pread,
    .pwrite = real_pwrite,
    .sync = real_sync,
    .sync_dir = real_sync_dir,
    .truncate = real_truncate,
    .size = real_size,
    .make_dir = real_make_dir,
    .lock = real_lock,
    .list_dir = real_list_dir,
    .rename = real_rename,
    .remove = real_remove,
    .now_ms = real_now_ms,
    .sleep_ms = real_sleep_ms,
    .random = real_random,
    .read = real_read,
    .write = real_write,
};
