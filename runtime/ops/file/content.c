/* content.c: whole files in and out, within limits. */
#include "ops/file/content.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "ops/bytes.h"
#include "ops/input.h"

enum { MIB = 1 << 20, MOST_READ = 50 * MIB, MOST_WRITTEN = 100 * MIB };

/* A limit in bytes, as the environment has it. */
static long long limit(const char *variable, long long otherwise)
{
    const char *text = getenv(variable);
    char *end;
    long long bytes;

    if (!text || !*text)
        return otherwise;
    bytes = strtoll(text, &end, 10);
    return *end || bytes < 0 ? otherwise : bytes;
}

int content_input(kiln_call *call, const char *name, struct text *ret)
{
    const char *why;
    kiln_value data;

    if (input_any(call, name, "data", &data) < 0)
        return -1;
    why = bytes_read(ret, &data, 1);
    if (!why)
        return 0;
    return input_fail(call, "FILE_INVALID_DATA", "Invalid input for %s: %s", name, why);
}

static int read_all(int fd, long long most, struct text *t)
{
    ssize_t got;
    char *room;

    while ((room = text_reserve(t, MIB / 16)) && (got = read(fd, room, MIB / 16)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        t->n += (size_t)got;
        if ((long long)t->n > most) {
            errno = EFBIG;
            return -1;
        }
    }
    if (!room)
        errno = ENOMEM;
    return room ? 0 : -1;
}

int content_read(kiln_call *call, const struct place *p, struct text *ret)
{
    int fd = workspace_open(call, p, O_RDONLY);
    int failed;

    if (fd < 0)
        return -1;
    failed = read_all(fd, limit("KILN_MAX_READ_SIZE", MOST_READ), ret) < 0;
    if (failed)
        workspace_fail(call, p->path);
    close(fd);
    return failed ? -1 : 0;
}

/* All bytes, and the disk has them. 0 or -1 with errno. */
static int write_through(int fd, const char *s, size_t n)
{
    while (n) {
        ssize_t wrote = write(fd, s, n);

        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return -1;
        s += wrote;
        n -= (size_t)wrote;
    }
    return fsync(fd);
}

int content_write(kiln_call *call, const struct place *p, int flags, const struct text *t,
                  long long *ret_size)
{
    int fd = workspace_open(call, p, O_WRONLY | flags);
    struct stat st = { 0 };
    int failed;

    if (fd < 0)
        return -1;
    failed = fstat(fd, &st) < 0;
    if (!failed && st.st_size + (long long)t->n > limit("KILN_MAX_FILE_SIZE", MOST_WRITTEN)) {
        errno = EFBIG;
        failed = 1;
    }
    failed = failed || write_through(fd, text_cstr(t), t->n) < 0 || fsync(p->dir) < 0;
    if (failed)
        workspace_fail(call, p->path);
    close(fd);
    *ret_size = st.st_size + (long long)t->n;
    return failed ? -1 : 0;
}
