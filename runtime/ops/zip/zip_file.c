/* zip_file.c: minizip's seven file functions over bytes in memory. */
#include "ops/zip/zip_file.h"

#include <string.h>

static void *open_file(void *self, const void *name, int mode)
{
    (void)name;
    (void)mode;
    return self;
}

static uLong read_file(void *self, void *stream, void *to, uLong n)
{
    struct zip_file *f = self;
    size_t left = f->bytes->n - f->at;

    (void)stream;
    if (n > left)
        n = left;
    if (n)
        memcpy(to, f->bytes->s + f->at, n);
    f->at += n;
    return n;
}

/* What is written behind the end goes to the end; headers are written over when their sizes are
 * known. */
static uLong write_file(void *self, void *stream, const void *from, uLong n)
{
    struct zip_file *f = self;
    size_t over = f->bytes->n - f->at < n ? f->bytes->n - f->at : n;

    (void)stream;
    if (f->reads_only)
        return 0;
    if (over)
        memcpy(f->bytes->s + f->at, from, over);
    text_put(f->bytes, (const char *)from + over, n - over);
    if (f->bytes->failed)
        return 0;
    f->at += n;
    return n;
}

static ZPOS64_T tell_file(void *self, void *stream)
{
    (void)stream;
    return ((struct zip_file *)self)->at;
}

static long seek_file(void *self, void *stream, ZPOS64_T offset, int origin)
{
    struct zip_file *f = self;
    size_t base = origin == ZLIB_FILEFUNC_SEEK_END   ? f->bytes->n
                  : origin == ZLIB_FILEFUNC_SEEK_CUR ? f->at
                                                     : 0;

    (void)stream;
    if (offset > f->bytes->n - base)
        return -1;
    f->at = base + (size_t)offset;
    return 0;
}

static int close_file(void *self, void *stream)
{
    (void)self;
    (void)stream;
    return 0;
}

static int error_of_file(void *self, void *stream)
{
    (void)stream;
    return ((struct zip_file *)self)->bytes->failed;
}

void zip_file_functions(struct zip_file *file, zlib_filefunc64_def *ret)
{
    *ret = (zlib_filefunc64_def){ .zopen64_file = open_file,
                                  .zread_file = read_file,
                                  .zwrite_file = write_file,
                                  .ztell64_file = tell_file,
                                  .zseek64_file = seek_file,
                                  .zclose_file = close_file,
                                  .zerror_file = error_of_file,
                                  .opaque = file };
}
