/* compression.c: the `compression` operations that look into ZIP archives (scenario 4.8). Nothing
 * is written to any disk: what is extracted is a value. */
#include <string.h>

#include "ops/compression/archive_call.h"
#include "ops/input.h"
#include "value.h"

#define ARCHIVE                                                                                    \
    {                                                                                              \
        "archive", "any", "The ZIP archive: a file, base64 or bytes.", KILN_REQUIRED               \
    }

static int path_value(kiln_call *call, const struct zip_archive *z, kiln_value *ret)
{
    return value_string(kiln_call_heap(call), ret, z->path, z->n_path);
}

/* ---- list ------------------------------------------------------------------------------------ */

static int list_entry(kiln_call *call, const struct zip_archive *z, kiln_value *entries)
{
    kiln_heap *h = kiln_call_heap(call);
    kiln_value pairs[8] = {
        value_static("path"),           value_null(),
        value_static("size"),           value_uint(z->size),
        value_static("compressedSize"), value_uint(z->packed),
        value_static("isDirectory"),    value_bool(z->is_directory),
    };
    kiln_value entry;

    return path_value(call, z, &pairs[1]) < 0 || kiln_object(h, &entry, pairs, 4) < 0
                   || kiln_push(h, entries, &entry) < 0
               ? -1
               : 0;
}

KILN_OP(compression_list_archive, "compression.list-archive", KILN_PURE,
        "What is in a ZIP archive.", KILN_INPUTS(ARCHIVE),
        KILN_OUTPUTS({ "entries", "array of object", "path, size, compressedSize, isDirectory.",
                       0 },
                     { "totalCount", "integer", "How many.", 0 },
                     { "totalSize", "integer", "Bytes they say they unpack to.", 0 },
                     { "format", "string", "zip.", 0 }),
        KILN_FLAGS(KILN_OP_CHECKS), KILN_NEEDS("minizip z"))
{
    struct archive_call *a = archive_call_open(call, "list-archive");
    unsigned long long total = 0;
    kiln_value entries;
    int more = -1;

    if (!a)
        return -1;
    if (kiln_array(kiln_call_heap(call), &entries, NULL, 0) == 0)
        while ((more = zip_archive_next(&a->zip)) > 0) {
            total += a->zip.size;
            if (list_entry(call, &a->zip, &entries) < 0)
                break;
        }
    if (more < 0)
        archive_call_fail(call, a);
    archive_call_close(a);
    if (more)
        return -1;
    kiln_out(call, "entries", entries);
    kiln_out(call, "totalCount", kiln_int(entries.n));
    kiln_out(call, "totalSize", value_uint(total));
    return kiln_out(call, "format", value_static("zip"));
}

/* ---- extract --------------------------------------------------------------------------------- */

/* Appends the current entry with its content. 0 or -1. */
static int extract_entry(kiln_call *call, struct archive_call *a, kiln_value *files)
{
    kiln_heap *h = kiln_call_heap(call);
    kiln_value pairs[8] = {
        value_static("file"),        value_null(),
        value_static("path"),        value_null(),
        value_static("size"),        value_uint(a->zip.size),
        value_static("isDirectory"), value_bool(a->zip.is_directory),
    };
    kiln_value entry;

    return archive_call_file(call, a, &pairs[1]) < 0 || path_value(call, &a->zip, &pairs[3]) < 0
                   || kiln_object(h, &entry, pairs, 4) < 0 || kiln_push(h, files, &entry) < 0
               ? -1
               : 0;
}

KILN_OP(compression_extract_archive, "compression.extract-archive", KILN_PURE,
        "All files of a ZIP archive.", KILN_INPUTS(ARCHIVE),
        KILN_OUTPUTS({ "files", "array of object", "file, path, size, isDirectory.", 0 },
                     { "count", "integer", "How many.", 0 }),
        KILN_FLAGS(KILN_OP_CHECKS), KILN_NEEDS("minizip z"))
{
    struct archive_call *a = archive_call_open(call, "extract-archive");
    kiln_value files;
    int more = -1, failed;

    if (!a)
        return -1;
    failed = kiln_array(kiln_call_heap(call), &files, NULL, 0) < 0;
    while (!failed && (more = zip_archive_next(&a->zip)) > 0)
        failed = extract_entry(call, a, &files) < 0;
    if (!failed && more < 0)
        failed = archive_call_fail(call, a) < 0;
    archive_call_close(a);
    if (failed)
        return -1;
    kiln_out(call, "count", kiln_int(files.n));
    return kiln_out(call, "files", files);
}

/* Finds an entry by its path as it is, with / for \, and without the first /. As zip_archive_find.
 */
static int find(kiln_call *call, struct zip_archive *z, const kiln_value *path)
{
    char *slashed = arena_dup(&kiln_call_heap(call)->arena, path->u.s, path->n);
    int found = zip_archive_find(z, path->u.s, path->n);

    for (unsigned i = 0; slashed && i < path->n; i++)
        if (slashed[i] == '\\')
            slashed[i] = '/';
    if (!found && slashed)
        found = zip_archive_find(z, slashed, path->n);
    if (!found && slashed && *slashed == '/')
        found = zip_archive_find(z, slashed + 1, path->n - 1);
    return found;
}

static int extract_file(kiln_call *call, struct archive_call *a, const kiln_value *path,
                        kiln_value *ret)
{
    int found = find(call, &a->zip, path);

    if (found < 0)
        return archive_call_fail(call, a);
    if (!found)
        return input_fail(call, "ARCHIVE_FILE_NOT_FOUND", "File not found in archive: %.*s",
                          (int)path->n, path->u.s);
    if (a->zip.is_directory)
        return input_fail(call, "ARCHIVE_IS_DIRECTORY", "Path is a directory: %.*s", (int)path->n,
                          path->u.s);
    return archive_call_file(call, a, ret);
}

KILN_OP(compression_extract_file, "compression.extract-file", KILN_PURE,
        "One file of a ZIP archive.",
        KILN_INPUTS(ARCHIVE, { "filePath", "string", "Its path in the archive.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "content", "string", "Its bytes, base64.", 0 },
                     { "filename", "string", "The last part of its path.", 0 },
                     { "mimeType", "string", "What its extension says it is.", 0 }),
        KILN_FLAGS(KILN_OP_CHECKS), KILN_NEEDS("minizip z"))
{
    struct archive_call *a;
    kiln_value path, file;
    int failed;

    if (input_text(call, "extract-file", "filePath", &path) < 0)
        return -1;
    a = archive_call_open(call, "extract-file");
    failed = !a || extract_file(call, a, &path, &file) < 0;
    archive_call_close(a);
    return failed ? -1 : kiln_out_value(call, file);
}
