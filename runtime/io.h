/* io.h: the only way to disk, clock, random and sleep.
 *
 * The runtime reaches the world through this table; io_posix.c is the real one, tests own others
 * (a disk that loses what was not synced, a clock that jumps, ids that repeat).
 */
#ifndef KILN_IO_H
#define KILN_IO_H

#include <stddef.h>
#include <sys/types.h>

struct kiln_io {
    void *self;
    /* Files. All return 0 or a byte count, or -errno. Nothing is done by halves: pwrite writes all
     * of it, pread stops early only at the end of the file, a signal is not seen. */
    int (*open)(void *self, const char *path, int flags, int mode); /* a descriptor */
    int (*close)(void *self, int fd);
    ssize_t (*pread)(void *self, int fd, void *buf, size_t n, off_t at);
    ssize_t (*pwrite)(void *self, int fd, const void *buf, size_t n, off_t at);
    int (*sync)(void *self, int fd);               /* fdatasync */
    int (*sync_dir)(void *self, const char *path); /* fsync of a directory */
    int (*truncate)(void *self, int fd, off_t size);
    off_t (*size)(void *self, int fd);
    int (*make_dir)(void *self, const char *path); /* 0 also when it is there */
    int (*lock)(void *self, int fd);               /* exclusive, without waiting: -EWOULDBLOCK */
    int (*list_dir)(void *self, const char *path, void (*each)(void *ctx, const char *name),
                    void *ctx);
    int (*rename)(void *self, const char *from, const char *to); /* within a folder */
    int (*remove)(void *self, const char *path);                 /* a file */
    /* Time and chance. */
    long long (*now_ms)(void *self); /* wall clock, milliseconds since 1970 */
    void (*sleep_ms)(void *self, unsigned long long ms);
    unsigned long long (*random)(void *self);
    /* Streams: the standard ones, pipes, files read from their beginning. A byte count (read: 0 at
     * the end; write: always all of it), or -errno. */
    ssize_t (*read)(void *self, int fd, void *buf, size_t n);
    ssize_t (*write)(void *self, int fd, const void *buf, size_t n);
};

/* The real world. */
extern const struct kiln_io kiln_io_posix;

#endif
