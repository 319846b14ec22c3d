/* zip_archive.h: ZIP archives in memory, by minizip; their content is not trusted.
 *
 * An archive is walked from its first entry to its last, one entry being the current one. What it
 * unpacks to is bounded, altogether and against its packed size, so a small file cannot fill the
 * memory; entries whose paths lead out of the archive are told apart.
 */
#ifndef KILN_OPS_ZIP_ARCHIVE_H
#define KILN_OPS_ZIP_ARCHIVE_H

#include "base/text.h"

/* Bytes that all of an archive may unpack to; the largest ratio of an entry beyond ZIP_SMALL. */
enum { ZIP_MOST = 1 << 27, ZIP_SMALL = 1 << 20, ZIP_RATIO = 200, ZIP_PATH = 1 << 16 };

/* Bytes as minizip's file: read from, or written to. */
struct zip_file {
    struct text *bytes;
    size_t at;
    int reads_only;
};

struct zip_archive {
    struct zip_file file;
    void *zip;                    /* minizip's */
    const char *why;              /* after -1: what is wrong, static text */
    unsigned long long n_entries; /* as the archive says */
    unsigned long long unpacked;  /* so far */
    int begun;
    /* The current entry. */
    size_t n_path;
    unsigned long long size, packed;
    int is_directory, is_encrypted;
    char path[ZIP_PATH];
};

/* Opens an archive; the bytes must stay. 0, or -1 with z->why; close it in both cases. */
int zip_archive_open(struct zip_archive *z, struct text *bytes);
void zip_archive_close(struct zip_archive *z);
/* Goes to the next entry. 1, 0 at the end, -1 with z->why. */
int zip_archive_next(struct zip_archive *z);
/* Goes to the entry with this path. 1, 0 when there is none, -1 with z->why. */
int zip_archive_find(struct zip_archive *z, const char *path, size_t n);
/* Appends the content of the current entry. 0, or -1 with z->why. */
int zip_archive_unpack(struct zip_archive *z, struct text *t);
/* Does a path stay where it is unpacked? Not with "..", from the root, a drive, or with NUL. */
int zip_archive_is_inside(const char *path, size_t n);

/* Makes an archive: begin, add, end. What is made depends on what goes in alone. 0 or -1. */
int zip_archive_begin(struct zip_archive *z, struct text *bytes);
int zip_archive_add(struct zip_archive *z, const char *path, int level, const struct text *content);
int zip_archive_end(struct zip_archive *z);

#endif
