/* whole.c: `file` operations on the content of one file (scenario 4.8). */
#include <fcntl.h>
#include <string.h>

#include "ops/bytes.h"
#include "ops/file/content.h"
#include "ops/input.h"
#include "ops/mime.h"
#include "value.h"

#define PATH(what)                                                                                 \
    {                                                                                              \
        "path", "string", what " in the workspace.", KILN_REQUIRED | KILN_PLACE                    \
    }
#define DATA                                                                                       \
    {                                                                                              \
        "data", "any", "Its content: base64 or plain text, an array of bytes, or a file.",         \
            KILN_REQUIRED                                                                          \
    }

enum format { AS_FILE, AS_TEXT };

static const char *const formats[] = { "file", "text", NULL };

/* The bytes as text or as a file value. 0 or -1. */
static int content_value(kiln_heap *h, enum format format, const struct place *p,
                         const struct text *t, kiln_value *ret)
{
    kiln_value name, type = value_static(mime_type(p->name, strlen(p->name)));

    if (format == AS_TEXT)
        return value_string(h, ret, text_cstr(t), t->n);
    return value_string(h, &name, p->name, strlen(p->name)) < 0
                   || bytes_file(h, ret, t, name, type) < 0
               ? -1
               : 0;
}

KILN_OP(file_file_read_file, "file.file-read-file", KILN_IDEMPOTENT, "The content of a file.",
        KILN_INPUTS(PATH("The file"),
                    { "response_format", "string", "file: with name and type; text (file).", 0 }),
        KILN_OUTPUTS({ "value", "any", "{content, filename, mimeType}, or the text.", 0 }),
        KILN_WORDS({ "response_format", formats }), KILN_FLAGS(KILN_OP_BARE | KILN_OP_CHECKS))
{
    struct text t = { 0 };
    struct place p;
    kiln_value v;
    int format, failed;

    if (input_choice(call, "file-read-file", "response_format", formats, AS_FILE, &format) < 0
        || workspace_input(call, "file-read-file", "path", 0, WORKSPACE_AS_IS, &p) < 0)
        return -1;
    failed = content_read(call, &p, &t) < 0;
    if (!failed && content_value(kiln_call_heap(call), (enum format)format, &p, &t, &v) < 0)
        failed = kiln_fail(call, "out of memory");
    text_fini(&t);
    workspace_close(&p);
    return failed ? -1 : kiln_out_value(call, v);
}

static int write_file(kiln_call *call, const struct text *t, int make_dirs, int overwrite)
{
    long long size;
    struct place p;
    int failed;

    if (workspace_input(call, "file-write-file", "path", 0,
                        make_dirs ? WORKSPACE_MAKE_DIRS : WORKSPACE_AS_IS, &p)
        < 0)
        return -1;
    failed = content_write(call, &p, O_CREAT | (overwrite ? O_TRUNC : O_EXCL), t, &size) < 0
             || kiln_out_text(call, "path", "%s", p.path) < 0
             || kiln_out(call, "bytes_written", kiln_int(size)) < 0
             || kiln_out(call, "created_dirs", kiln_bool(p.made_dirs)) < 0;
    workspace_close(&p);
    return failed ? -1 : 0;
}

KILN_OP(file_file_write_file, "file.file-write-file", KILN_EFFECTFUL,
        "Makes a file of some content, and waits for the disk.",
        KILN_INPUTS(PATH("The file"), DATA,
                    { "create_dirs", "boolean", "Make the folders it needs (true).", 0 },
                    { "overwrite", "boolean", "Replace a file that is there (true).", 0 }),
        KILN_OUTPUTS({ "path", "string", "The path.", 0 },
                     { "bytes_written", "integer", "How many bytes.", 0 },
                     { "created_dirs", "boolean", "Whether folders were made.", 0 }),
        KILN_FLAGS(KILN_OP_CHECKS))
{
    struct text t = { 0 };
    int make_dirs, overwrite, result;

    if (input_flag_or(call, "file-write-file", "create_dirs", 1, &make_dirs) < 0
        || input_flag_or(call, "file-write-file", "overwrite", 1, &overwrite) < 0)
        return -1;
    result = content_input(call, "file-write-file", &t);
    if (result == 0)
        result = write_file(call, &t, make_dirs, overwrite);
    text_fini(&t);
    return result;
}

static int append_file(kiln_call *call, const struct place *p, const struct text *t, int create)
{
    struct stat st;
    long long size;
    int found = workspace_stat(call, p, &st);

    if (found < 0 || content_write(call, p, O_APPEND | (create ? O_CREAT : 0), t, &size) < 0)
        return -1;
    kiln_out(call, "bytes_appended", kiln_int((long long)t->n));
    kiln_out(call, "total_size", kiln_int(size));
    kiln_out(call, "created", kiln_bool(!found));
    return kiln_out_text(call, "path", "%s", p->path);
}

KILN_OP(file_file_append_file, "file.file-append-file", KILN_EFFECTFUL,
        "Puts some content at the end of a file, and waits for the disk.",
        KILN_INPUTS(PATH("The file"), DATA,
                    { "create_if_missing", "boolean", "Make a file that is not there (true).", 0 },
                    { "newline", "boolean", "Put a newline before the content (false).", 0 }),
        KILN_OUTPUTS({ "path", "string", "The path.", 0 },
                     { "bytes_appended", "integer", "How many bytes.", 0 },
                     { "total_size", "integer", "How many the file has now.", 0 },
                     { "created", "boolean", "Whether it was not there.", 0 }),
        KILN_FLAGS(KILN_OP_CHECKS))
{
    struct text t = { 0 };
    struct place p;
    int create, newline, result;

    if (input_flag_or(call, "file-append-file", "create_if_missing", 1, &create) < 0
        || input_flag_or(call, "file-append-file", "newline", 0, &newline) < 0
        || workspace_input(call, "file-append-file", "path", 0, WORKSPACE_AS_IS, &p) < 0)
        return -1;
    if (newline)
        text_putc(&t, '\n');
    result = content_input(call, "file-append-file", &t);
    if (result == 0)
        result = append_file(call, &p, &t, create);
    text_fini(&t);
    workspace_close(&p);
    return result;
}
