/* zip_write.c: making an archive. Its entries bear the first day ZIP knows, so the same files make
 * the same bytes. */
#include <minizip/zip.h>

#include "ops/zip/zip_file.h"

/* 1980-01-01 as DOS writes it; names are UTF-8; made and to be read by version 2.0. */
enum { FIRST_DAY = 0x00210000, UTF8_NAMES = 1 << 11, VERSION = 20 };

int zip_archive_begin(struct zip_archive *z, struct text *bytes)
{
    zlib_filefunc64_def functions;

    z->file = (struct zip_file){ .bytes = bytes };
    zip_file_functions(&z->file, &functions);
    z->zip = zipOpen2_64("", APPEND_STATUS_CREATE, NULL, &functions);
    return z->zip ? 0 : -1;
}

int zip_archive_add(struct zip_archive *z, const char *path, int level, const struct text *content)
{
    const zip_fileinfo info = { .dosDate = FIRST_DAY };
    int code = zipOpenNewFileInZip4_64(z->zip, path, &info, NULL, 0, NULL, 0, NULL,
                                       level ? Z_DEFLATED : 0, level, 0, -MAX_WBITS, DEF_MEM_LEVEL,
                                       Z_DEFAULT_STRATEGY, NULL, 0, VERSION, UTF8_NAMES, 0);

    if (code != ZIP_OK)
        return -1;
    code = content->n ? zipWriteInFileInZip(z->zip, content->s, (unsigned)content->n) : ZIP_OK;
    return zipCloseFileInZip(z->zip) == ZIP_OK && code == ZIP_OK ? 0 : -1;
}

int zip_archive_end(struct zip_archive *z)
{
    int code = zipClose(z->zip, NULL);

    z->zip = NULL;
    return code == ZIP_OK && !z->file.bytes->failed ? 0 : -1;
}
