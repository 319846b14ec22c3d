/* lines.c: two plain `file` operations: lines at the end of a file, and all lines of one.
 *
 * An append is the plainest effect there is: it can be seen from outside, and doing it twice shows.
 * It is flushed to the disk before it counts as done, so a crash test can trust what it reads.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "ops/input.h"
#include "value.h"

/* The path as a C string, or NULL when the call has been failed. */
static const char *file_path(kiln_call *call, const char *name)
{
    kiln_value path;

    if (input_text(call, name, "path", &path) < 0)
        return NULL;
    if (!path.n || memchr(path.u.s, 0, path.n)) {
        input_fail(call, "FILE_BAD_PATH", "the path is empty or has a NUL byte");
        return NULL;
    }
    return kiln_in_text(call, "path");
}

static int fail_errno(kiln_call *call, const char *code, const char *path)
{
    return input_fail(call, code, "%s: %s", path, strerror(errno));
}

/* Writes all bytes and waits for the disk. 0 or -1 with errno. */
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

KILN_OP(file_append_line, "file.append-line", KILN_EFFECTFUL,
        "Adds a line to the end of a file, which is made when it is not there.",
        KILN_INPUTS({ "path", "string", "The file.", KILN_REQUIRED },
                    { "line", "string", "The line, without its newline.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "bytes", "integer", "How many bytes were written.", 0 }))
{
    const char *path = file_path(call, "append-line");
    struct text t = { 0 };
    kiln_value line;
    int fd, failed;

    if (!path || input_text(call, "append-line", "line", &line) < 0)
        return -1;
    fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0)
        return fail_errno(call, "FILE_OPEN_FAILED", path);
    text_put(&t, line.u.s, line.n);
    text_putc(&t, '\n');
    failed = t.failed || write_through(fd, t.s, t.n) < 0;
    if (failed)
        fail_errno(call, "FILE_WRITE_FAILED", path);
    else
        kiln_out(call, "bytes", kiln_int((long long)t.n));
    text_fini(&t);
    close(fd);
    return failed ? -1 : 0;
}

/* All bytes of a regular file. 0 or -1 with errno. */
static int read_all(const char *path, struct text *t)
{
    char buf[8192];
    struct stat st;
    ssize_t got;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return -1;
    if (fstat(fd, &st) == 0 && !S_ISREG(st.st_mode)) {
        close(fd);
        errno = EINVAL;
        return -1;
    }
    while ((got = read(fd, buf, sizeof buf)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            break;
        text_put(t, buf, (size_t)got);
    }
    close(fd);
    return got < 0 ? -1 : 0;
}

static int push_lines(kiln_heap *h, kiln_value *lines, const struct text *t)
{
    const char *s = text_cstr(t), *end = s + t->n;

    while (s < end) {
        const char *stop = memchr(s, '\n', (size_t)(end - s));
        kiln_value line;

        if (!stop)
            stop = end;
        if (value_string(h, &line, s, (size_t)(stop - s)) < 0 || kiln_push(h, lines, &line) < 0)
            return -1;
        s = stop + 1;
    }
    return 0;
}

KILN_OP(file_read_lines, "file.read-lines", KILN_IDEMPOTENT, "All lines of a file.",
        KILN_INPUTS({ "path", "string", "The file.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "lines", "array of string", "The lines, without newlines.", 0 },
                     { "count", "integer", "How many.", 0 }))
{
    const char *path = file_path(call, "read-lines");
    struct text t = { 0 };
    kiln_value lines;
    int failed;

    if (!path)
        return -1;
    if (read_all(path, &t) < 0) {
        text_fini(&t);
        return fail_errno(call, "FILE_READ_FAILED", path);
    }
    failed = t.failed || kiln_array(kiln_call_heap(call), &lines, NULL, 0) < 0
             || push_lines(kiln_call_heap(call), &lines, &t) < 0;
    text_fini(&t);
    if (failed)
        return kiln_fail(call, "out of memory");
    kiln_out(call, "count", kiln_int(lines.n));
    return kiln_out(call, "lines", lines);
}
