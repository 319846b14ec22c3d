/* archive_call.c: opening the archive of a call, and an entry of it as a file. */
#include "ops/compression/archive_call.h"

#include <stdlib.h>
#include <string.h>

#include "ops/bytes.h"
#include "ops/input.h"
#include "ops/mime.h"
#include "value.h"

struct archive_call *archive_call_open(kiln_call *call, const char *name)
{
    struct archive_call *a;
    kiln_value data;
    const char *why;

    if (input_any(call, name, "archive", &data) < 0)
        return NULL;
    a = calloc(1, sizeof *a);
    if (!a) {
        kiln_fail(call, "out of memory");
        return NULL;
    }
    why = bytes_read(&a->bytes, &data, 0);
    if (why)
        input_fail(call, "ARCHIVE_DECODE_ERROR", "Failed to decode archive: %s", why);
    else if (zip_archive_open(&a->zip, &a->bytes) < 0)
        archive_call_fail(call, a);
    else
        return a;
    archive_call_close(a);
    return NULL;
}

void archive_call_close(struct archive_call *a)
{
    if (!a)
        return;
    zip_archive_close(&a->zip);
    text_fini(&a->bytes);
    free(a);
}

int archive_call_fail(kiln_call *call, const struct archive_call *a)
{
    return input_fail(call, "ARCHIVE_READ_ERROR", "Failed to read archive: %s", a->zip.why);
}

/* The last part of the current entry's path, without the slash of a directory. */
static int entry_name(kiln_call *call, const struct zip_archive *z, kiln_value *ret)
{
    size_t n = z->n_path - (z->is_directory ? 1 : 0);
    const char *slash = memrchr(z->path, '/', n), *name = slash ? slash + 1 : z->path;

    return value_string(kiln_call_heap(call), ret, name, n - (size_t)(name - z->path));
}

int archive_call_file(kiln_call *call, struct archive_call *a, kiln_value *ret)
{
    struct text content = { 0 };
    kiln_value name;
    int failed;

    if (!zip_archive_is_inside(a->zip.path, a->zip.n_path))
        return input_fail(call, "ARCHIVE_READ_ERROR",
                          "Failed to read archive: the path '%.*s' leads out of it",
                          (int)a->zip.n_path, a->zip.path);
    failed = !a->zip.is_directory && zip_archive_unpack(&a->zip, &content) < 0;
    if (failed)
        archive_call_fail(call, a);
    else if (entry_name(call, &a->zip, &name) < 0
             || bytes_file(kiln_call_heap(call), ret, &content, name,
                           value_static(mime_type(a->zip.path, a->zip.n_path)))
                    < 0)
        failed = 1;
    text_fini(&content);
    return failed ? -1 : 0;
}
