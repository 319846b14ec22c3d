/* create.c: compression.create-archive (scenario 4.8): files into one ZIP archive. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/map.h"
#include "ops/bytes.h"
#include "ops/input.h"
#include "ops/zip/zip_archive.h"
#include "value.h"

/* One file of the input: what it contains, and its path: its own, else the file's name, else its
 * number. 0, or -1 when the call has been failed. */
static int read_file(kiln_call *call, const kiln_value *item, unsigned number, struct text *content,
                     kiln_value *ret_path)
{
    kiln_value file = value_member(item, "file"), path = value_member(item, "path");
    const char *why = bytes_read(content, &file, 0);

    if (why)
        return input_fail(call, "ARCHIVE_DECODE_ERROR", "Failed to decode file %u: %s", number,
                          why);
    if (path.tag != KILN_STRING)
        path = value_member(&file, "filename");
    if (path.tag != KILN_STRING && value_textf(kiln_call_heap(call), &path, "file_%u", number) < 0)
        return -1;
    if (!zip_archive_is_inside(path.u.s, path.n) || path.n >= ZIP_PATH)
        return input_fail(call, "ARCHIVE_WRITE_ERROR",
                          "Failed to write archive: '%.*s' is no path within one", (int)path.n,
                          path.u.s);
    *ret_path = path;
    return 0;
}

/* Adds one file under a path that is not in `paths` yet. 0, or -1 when the call has been failed. */
static int add_file(kiln_call *call, struct zip_archive *z, struct map *paths,
                    const kiln_value *path, int level, const struct text *content)
{
    char *name = arena_dup(&kiln_call_heap(call)->arena, path->u.s, path->n);

    if (map_get(paths, path->u.s, path->n))
        return input_fail(call, "ARCHIVE_WRITE_ERROR",
                          "Failed to write archive: two files are '%.*s'", (int)path->n, path->u.s);
    if (!name || map_put(paths, name, path->n, name) < 0
        || zip_archive_add(z, name, level, content) < 0)
        return input_fail(call, "ARCHIVE_WRITE_ERROR", "Failed to write archive");
    return 0;
}

static int add_files(kiln_call *call, struct zip_archive *z, const kiln_value *files, int level)
{
    struct map paths = { 0 };
    int failed = 0;

    for (unsigned i = 0; i < files->n && !failed; i++) {
        struct text content = { 0 };
        kiln_value path = value_null();

        failed = read_file(call, &files->u.items[i], i + 1, &content, &path) < 0
                 || add_file(call, z, &paths, &path, level, &content) < 0;
        text_fini(&content);
    }
    map_fini(&paths);
    return failed ? -1 : 0;
}

static int give_archive(kiln_call *call, const struct text *bytes)
{
    kiln_value name, file;

    if (input_text_or(call, "create-archive", "archiveName", "archive.zip", &name) < 0
        || bytes_file(kiln_call_heap(call), &file, bytes, name, value_static("application/zip"))
               < 0)
        return -1;
    return kiln_out_value(call, file);
}

static int create(kiln_call *call, const kiln_value *files, int level)
{
    struct zip_archive *z = malloc(sizeof *z);
    struct text bytes = { 0 };
    int failed = !z || zip_archive_begin(z, &bytes) < 0;

    if (failed)
        kiln_fail(call, "out of memory");
    else {
        failed = add_files(call, z, files, level) < 0;
        if (zip_archive_end(z) < 0 && !failed)
            failed = input_fail(call, "ARCHIVE_WRITE_ERROR", "Failed to write archive");
        failed = failed || give_archive(call, &bytes) < 0;
    }
    text_fini(&bytes);
    free(z);
    return failed ? -1 : 0;
}

KILN_OP(compression_create_archive, "compression.create-archive", KILN_PURE,
        "A ZIP archive of some files.",
        KILN_INPUTS({ "files", "array of object",
                      "file (a file, base64 or bytes) and path, which the file's name stands for.",
                      KILN_REQUIRED },
                    { "compressionLevel", "integer", "0 (stored) to 9; 6 if none.", 0 },
                    { "archiveName", "string", "Its file's name; archive.zip if none.", 0 }),
        KILN_OUTPUTS({ "content", "string", "The archive's bytes, base64.", 0 },
                     { "filename", "string", "Its name.", 0 },
                     { "mimeType", "string", "application/zip.", 0 }),
        KILN_FLAGS(KILN_OP_CHECKS), KILN_NEEDS("minizip z"))
{
    long long level = 6;
    kiln_value files;

    if (input_array(call, "create-archive", "files", &files) < 0
        || (!input_is_missing(call, "compressionLevel")
            && input_integer(call, "create-archive", "compressionLevel", "u32", 0, UINT_MAX, &level)
                   < 0))
        return -1;
    if (!files.n)
        return input_fail(call, "ARCHIVE_NO_FILES", "At least one file is required");
    return create(call, &files, level > 9 ? 9 : (int)level);
}
