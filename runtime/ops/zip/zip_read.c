/* zip_read.c: walking and unpacking an archive. Sizes in its directory are claims: what counts is
 * what comes out, and it is counted as it comes. */
#include <minizip/unzip.h>
#include <string.h>

#include "ops/zip/zip_file.h"

enum { CHUNK = 1 << 14, ENCRYPTED = 1, END_SIZE = 22 };

static int fail(struct zip_archive *z, const char *why)
{
    z->why = why;
    return -1;
}

int zip_archive_open(struct zip_archive *z, struct text *bytes)
{
    zlib_filefunc64_def functions;
    unz_global_info64 info = { 0 };

    z->file = (struct zip_file){ .bytes = bytes, .reads_only = 1 };
    z->unpacked = z->n_entries = 0;
    z->begun = 0;
    zip_file_functions(&z->file, &functions);
    z->zip = NULL;
    if (bytes->n == END_SIZE && !memcmp(bytes->s, "PK\5\6", 4))
        return 0; /* an archive of nothing, which minizip does not know */
    z->zip = unzOpen2_64("", &functions);
    if (!z->zip || unzGetGlobalInfo64(z->zip, &info) != UNZ_OK)
        return fail(z, "the data is no ZIP archive");
    z->n_entries = info.number_entry;
    return 0;
}

void zip_archive_close(struct zip_archive *z)
{
    if (z->zip)
        unzClose(z->zip);
}

static int read_entry(struct zip_archive *z)
{
    unz_file_info64 info;

    if (unzGetCurrentFileInfo64(z->zip, &info, z->path, ZIP_PATH - 1, NULL, 0, NULL, 0) != UNZ_OK
        || info.size_filename >= ZIP_PATH)
        return fail(z, "the archive's directory is damaged");
    z->n_path = info.size_filename;
    z->size = info.uncompressed_size;
    z->packed = info.compressed_size;
    z->is_encrypted = (info.flag & ENCRYPTED) != 0;
    z->is_directory = z->n_path && z->path[z->n_path - 1] == '/';
    return 1;
}

int zip_archive_next(struct zip_archive *z)
{
    int code;

    if (!z->n_entries)
        return 0;
    code = z->begun ? unzGoToNextFile(z->zip) : unzGoToFirstFile(z->zip);
    z->begun = 1;
    if (code == UNZ_END_OF_LIST_OF_FILE)
        return 0;
    return code == UNZ_OK ? read_entry(z) : fail(z, "the archive's directory is damaged");
}

int zip_archive_find(struct zip_archive *z, const char *path, size_t n)
{
    int more;

    z->begun = 0;
    while ((more = zip_archive_next(z)) > 0)
        if (z->n_path == n && !memcmp(z->path, path, n))
            break;
    return more;
}

/* The content, up to what the archive may still unpack to. */
static int unpack(struct zip_archive *z, struct text *t)
{
    unsigned long long size = 0;

    for (;;) {
        char *to = text_reserve(t, CHUNK);
        int got = to ? unzReadCurrentFile(z->zip, to, CHUNK) : 0;

        if (!to)
            return fail(z, "out of memory");
        if (got < 0)
            return fail(z, "an entry is damaged");
        if (!got) /* its checksum is looked at only when all of it came */
            return size == z->size ? 0 : fail(z, "an entry is damaged");
        t->n += (size_t)got;
        size += (unsigned)got;
        z->unpacked += (unsigned)got;
        if (z->unpacked > ZIP_MOST)
            return fail(z, "the archive unpacks to more than 128 MiB");
        if (size > ZIP_SMALL && size / ZIP_RATIO > z->packed)
            return fail(z, "an entry unpacks to more than 200 times its size");
    }
}

int zip_archive_unpack(struct zip_archive *z, struct text *t)
{
    int failed;

    if (z->is_encrypted)
        return fail(z, "an entry is encrypted");
    if (unzOpenCurrentFile(z->zip) != UNZ_OK)
        return fail(z, "an entry is damaged, or packed in an unknown way");
    failed = unpack(z, t) < 0;
    if (unzCloseCurrentFile(z->zip) != UNZ_OK && !failed)
        return fail(z, "an entry is damaged: its checksum is wrong");
    return failed ? -1 : 0;
}

int zip_archive_is_inside(const char *path, size_t n)
{
    if (!n || *path == '/' || *path == '\\' || memchr(path, 0, n) || (n > 1 && path[1] == ':'))
        return 0;
    for (size_t i = 0, part; i < n; i += part + 1) {
        for (part = 0; i + part < n && path[i + part] != '/' && path[i + part] != '\\';)
            part++;
        if (part == 2 && path[i] == '.' && path[i + 1] == '.')
            return 0;
    }
    return 1;
}
