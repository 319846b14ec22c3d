/* zip_file.h: a text as the file minizip works on. */
#ifndef KILN_OPS_ZIP_FILE_H
#define KILN_OPS_ZIP_FILE_H

#include <minizip/ioapi.h>

#include "ops/zip/zip_archive.h"

/* The functions by which minizip gets at `file`, which must outlive them. */
void zip_file_functions(struct zip_file *file, zlib_filefunc64_def *ret);

#endif
