/* zip.c: any bytes as a ZIP archive: walked to its end, everything in it unpacked. */
#include <stdint.h>
#include <stdlib.h>

#include "ops/zip/zip_archive.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct zip_archive *z = malloc(sizeof *z);
    struct text bytes = { 0 }, content = { 0 };
    int more = 1;

    if (!z)
        return 0;
    text_put(&bytes, data, size);
    if (zip_archive_open(z, &bytes) == 0)
        while ((more = zip_archive_next(z)) > 0) {
            text_clear(&content);
            if (zip_archive_unpack(z, &content) < 0 && !z->why)
                abort();
            zip_archive_is_inside(z->path, z->n_path);
        }
    zip_archive_close(z);
    free(z);
    text_fini(&bytes);
    text_fini(&content);
    return 0;
}
