/* csv_file.c: csv.read-rows: a CSV file of the workspace, page by page (scenario 4.6).
 *
 * Nothing is kept between calls: a page says at which byte the next one begins. So a While that
 * hands that on reads a file of any size in the memory of one page, and a resumed run goes on at
 * the page it was at.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include "ops/csv/csv_rows.h"
#include "ops/file/workspace.h"
#include "ops/input.h"
#include "value.h"

enum { PIECE = 1 << 16, MOST_RECORD = 50 << 20, MOST_ROWS = 1000000 };

/* A part of the file on its way to the rows. */
struct page {
    kiln_call *call;
    const char *path;
    int fd;
    struct csv_rows rows;
    struct csv_reader reader;
    long long base; /* the byte of the file the reader began at */
    size_t columns; /* of the file's first record; 0 before it */
    long long most; /* rows */
    int at_end;     /* the file has no more bytes than were read */
};

static int fail_at(struct page *p, const struct csv_record *record)
{
    input_fail(p->call, "CSV_PARSE_ERROR",
               "Failed to read CSV record: CSV error: record at byte %lld: found record with %zu "
               "fields, but the first record has %zu fields",
               p->base + (long long)record->byte, record->n, p->columns);
    return CSV_FAILED;
}

/* The first record of the file: the header, or how long all others are. */
static int take_first(void *ctx, const struct csv_record *record)
{
    struct page *p = ctx;

    p->columns = record->n;
    if (p->rows.options->use_header && csv_rows_take(&p->rows, record) < 0)
        return -1;
    return CSV_ENOUGH;
}

static int take_row(void *ctx, const struct csv_record *record)
{
    struct page *p = ctx;
    int failed;

    if (record->n != p->columns)
        return fail_at(p, record);
    failed = csv_rows_take(&p->rows, record);
    return failed || p->rows.rows.n < p->most ? failed : CSV_ENOUGH;
}

/* How many bytes stand before the text: those of a byte order mark. */
static long long mark_size(int fd)
{
    unsigned char mark[3];

    return pread(fd, mark, 3, 0) == 3 && mark[0] == 0xef && mark[1] == 0xbb && mark[2] == 0xbf ? 3
                                                                                               : 0;
}

/* Feeds the reader with one piece of the file. 0, or what it stopped with. */
static int feed_piece(struct page *p, char *piece, long long at, ssize_t *ret_n)
{
    ssize_t n = pread(p->fd, piece, PIECE, at);

    *ret_n = n < 0 ? 0 : n;
    if (n < 0 && errno != EINTR) {
        workspace_fail(p->call, p->path);
        return CSV_FAILED;
    }
    p->at_end = n == 0;
    if (n <= 0)
        return n ? 0 : csv_reader_end(&p->reader);
    if (p->reader.fields.n <= MOST_RECORD)
        return csv_reader_feed(&p->reader, piece, (size_t)n);
    input_fail(p->call, "CSV_PARSE_ERROR", "a CSV record is longer than %d bytes", MOST_RECORD);
    return CSV_FAILED;
}

/* Reads from p->base on until `take` has enough or the file ends. 0, or -1 when the call has been
 * failed; then *ret_next is where the next record begins. */
static int read_records(struct page *p, csv_take *take, long long *ret_next)
{
    struct text piece = { 0 };
    char *room = text_reserve(&piece, PIECE);
    long long at = p->base;
    int stop = room ? 0 : -1;
    ssize_t n;

    csv_reader_init(&p->reader, &p->rows.options->rules, take, p);
    for (p->at_end = 0; !stop && !p->at_end; at += n)
        stop = feed_piece(p, room, at, &n);
    *ret_next = p->base + (long long)p->reader.byte;
    csv_reader_fini(&p->reader);
    text_fini(&piece);
    if (stop == -1)
        return kiln_fail(p->call, "out of memory");
    return stop == CSV_FAILED ? -1 : 0;
}

/* The first record, and then the page that begins at `offset`. */
static int read_page(struct page *p, long long offset, long long *ret_next)
{
    long long behind;

    p->base = mark_size(p->fd);
    if (read_records(p, take_first, &behind) < 0)
        return -1;
    if (p->rows.options->use_header || offset > p->base)
        p->base = offset > behind ? offset : behind;
    return read_records(p, take_row, ret_next);
}

static int input_page(kiln_call *call, struct csv_options *options, struct page *ret,
                      long long *ret_offset)
{
    *ret = (struct page){ .call = call, .most = 1000 };
    *ret_offset = 0;
    if (csv_call_options(call, "read-rows", options) < 0
        || (!input_is_missing(call, "offset")
            && input_integer(call, "read-rows", "offset", "i64", 0, LLONG_MAX / 2, ret_offset) < 0)
        || (!input_is_missing(call, "max_rows")
            && input_integer(call, "read-rows", "max_rows", "i64", 1, MOST_ROWS, &ret->most) < 0))
        return -1;
    return csv_rows_begin(&ret->rows, kiln_call_heap(call), options) < 0
               ? kiln_fail(call, "out of memory")
               : 0;
}

KILN_OP(csv_read_rows, "csv.read-rows", KILN_IDEMPOTENT,
        "Some records of a CSV file, and where the next ones begin.",
        KILN_INPUTS({ "path", "string", "The file in the workspace, in UTF-8.",
                      KILN_REQUIRED | KILN_PLACE },
                    { "offset", "integer", "The next_offset of the page before (0).", 0 },
                    { "max_rows", "integer", "How many records (1000).", 0 }, CSV_RULES,
                    CSV_BLANKS),
        KILN_OUTPUTS({ "rows", "array", "The records, as csv.from-csv gives them.", 0 },
                     { "count", "integer", "How many.", 0 },
                     { "next_offset", "integer", "At which byte the next page begins.", 0 },
                     { "done", "boolean", "Whether the file ends here.", 0 }),
        KILN_FLAGS(KILN_OP_CHECKS))
{
    long long offset, next;
    struct csv_options options;
    struct place place;
    struct page p;
    int failed;

    if (input_page(call, &options, &p, &offset) < 0
        || workspace_input(call, "read-rows", "path", 0, WORKSPACE_AS_IS, &place) < 0)
        return -1;
    p.path = place.path;
    p.fd = workspace_open(call, &place, O_RDONLY);
    failed = p.fd < 0 || read_page(&p, offset, &next) < 0;
    if (p.fd >= 0)
        close(p.fd);
    workspace_close(&place);
    if (failed)
        return -1;
    kiln_out(call, "rows", p.rows.rows);
    kiln_out(call, "count", kiln_int(p.rows.rows.n));
    kiln_out(call, "next_offset", kiln_int(next));
    return kiln_out(call, "done", kiln_bool(p.at_end));
}
