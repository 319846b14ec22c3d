/* lines.c: two plain `file` operations: a line at the end of a file, and all lines of one.
 *
 * An append is the plainest effect there is: it can be seen from outside, and doing it twice shows.
 * It is on the disk before it counts as done, so a crash test can trust what it reads.
 */
#include <fcntl.h>
#include <string.h>

#include "ops/file/content.h"
#include "ops/input.h"
#include "value.h"

KILN_OP(file_append_line, "file.append-line", KILN_EFFECTFUL,
        "Adds a line to the end of a file, which is made when it is not there.",
        KILN_INPUTS({ "path", "string", "The file in the workspace.", KILN_REQUIRED | KILN_PLACE },
                    { "line", "string", "The line, without its newline.", KILN_REQUIRED }),
        KILN_OUTPUTS({ "bytes", "integer", "How many bytes were written.", 0 }))
{
    struct text t = { 0 };
    struct place p;
    kiln_value line;
    long long size;
    int failed;

    if (input_text(call, "append-line", "line", &line) < 0
        || workspace_input(call, "append-line", "path", 0, WORKSPACE_AS_IS, &p) < 0)
        return -1;
    text_put(&t, line.u.s, line.n);
    text_putc(&t, '\n');
    failed = t.failed ? kiln_fail(call, "out of memory")
                      : content_write(call, &p, O_CREAT | O_APPEND, &t, &size);
    if (!failed)
        kiln_out(call, "bytes", kiln_int((long long)t.n));
    text_fini(&t);
    workspace_close(&p);
    return failed ? -1 : 0;
}

static int push_lines(kiln_heap *h, kiln_value *lines, const struct text *t)
{
    const char *s = text_cstr(t), *end = s + t->n;

    while (s < end) {
        const char *stop = memchr(s, '\n', (size_t)(end - s));
        kiln_value line;

        if (!stop)
            stop = end;
        if (value_string(h, &line, s, (size_t)(stop - s)) < 0 || kiln_push(h, lines, &line) < 0)
            return -1;
        s = stop + 1;
    }
    return 0;
}

KILN_OP(file_read_lines, "file.read-lines", KILN_IDEMPOTENT, "All lines of a file.",
        KILN_INPUTS({ "path", "string", "The file in the workspace.", KILN_REQUIRED | KILN_PLACE }),
        KILN_OUTPUTS({ "lines", "array of string", "The lines, without newlines.", 0 },
                     { "count", "integer", "How many.", 0 }))
{
    kiln_heap *h = kiln_call_heap(call);
    struct text t = { 0 };
    struct place p;
    kiln_value lines;
    int failed;

    if (workspace_input(call, "read-lines", "path", 0, WORKSPACE_AS_IS, &p) < 0)
        return -1;
    failed = content_read(call, &p, &t) < 0;
    if (!failed && (kiln_array(h, &lines, NULL, 0) < 0 || push_lines(h, &lines, &t) < 0))
        failed = kiln_fail(call, "out of memory");
    text_fini(&t);
    workspace_close(&p);
    if (failed)
        return -1;
    kiln_out(call, "count", kiln_int(lines.n));
    return kiln_out(call, "lines", lines);
}
