/* layout.c: a line too long is broken between the arguments of its outermost call, each further
 * line set under the first argument; what follows the call then stands on a line of its own. A
 * declaration is broken between its names. This is what clang-format makes of such lines, so
 * generated C passes the formatter unchanged.
 */
#include "emit/layout.h"

#include <string.h>

void layout_indent(struct text *out, size_t columns)
{
    static const char blanks[] = "                                ";

    for (; columns >= sizeof blanks; columns -= sizeof blanks - 1)
        text_put(out, blanks, sizeof blanks - 1);
    text_put(out, blanks, columns);
}

/* The byte behind the argument or name that begins at `at`: past a top-level comma, or the end. */
static size_t piece_end(const char *line, size_t at, size_t end)
{
    int nested = 0;

    for (; at < end; at++) {
        if (strchr("([{", line[at]))
            nested++;
        else if (strchr(")]}", line[at]))
            nested--;
        else if (line[at] == ',' && !nested)
            return at + 1;
    }
    return end;
}

/* Puts line[at..end), as many pieces a line as fit before column `width`. `column` is where the
 * first begins, `hang` where the others do. */
static void put_pieces(struct text *out, const char *line, size_t at, size_t end, size_t column,
                       size_t hang)
{
    int first = 1;

    while (at < end) {
        size_t next = piece_end(line, at, end), n = next - at;

        if (!first && column + 1 + n > LAYOUT_WIDTH) {
            text_putc(out, '\n');
            layout_indent(out, hang);
            column = hang;
        } else if (!first) {
            text_putc(out, ' ');
            column++;
        }
        text_put(out, line + at, n);
        column += n;
        first = 0;
        for (at = next; at < end && line[at] == ' ';)
            at++;
    }
}

/* The outermost call of a line: its arguments are line[*ret_open + 1 .. *ret_close). */
static int find_call(const char *line, size_t n, size_t *ret_open, size_t *ret_close)
{
    size_t open = n > 4 && memcmp(line, "if (", 4) == 0 ? 4 : 0;
    int nested = 0;

    while (open < n && line[open] != '(')
        open++;
    for (size_t i = open; i < n; i++) {
        nested += line[i] == '(';
        nested -= line[i] == ')';
        if (nested == 0) {
            *ret_open = open;
            *ret_close = i;
            return i > open + 1;
        }
    }
    return 0;
}

static void wrap_call(struct text *out, size_t indent, const char *line, size_t n, size_t open,
                      size_t close)
{
    size_t hang = indent + open + 1;
    const char *tail = line + close + 1;
    size_t rest = n - close - 1;

    layout_indent(out, indent);
    text_put(out, line, open + 1);
    put_pieces(out, line, open + 1, close + 1 + (rest && *tail != ' '), hang, hang);
    if (rest && *tail == ' ') {
        text_putc(out, '\n');
        layout_indent(out, indent + LAYOUT_INDENT);
        text_put(out, tail + 1, rest - 1);
    }
}

void layout_line(struct text *out, unsigned depth, const char *line, size_t n)
{
    size_t indent = (size_t)depth * LAYOUT_INDENT, open, close;

    if (!n || indent + n <= LAYOUT_WIDTH) {
        layout_indent(out, n ? indent : 0);
        text_put(out, line, n);
    } else if (find_call(line, n, &open, &close)) {
        wrap_call(out, indent, line, n, open, close);
    } else {
        layout_indent(out, indent);
        put_pieces(out, line, 0, n, indent, indent + LAYOUT_INDENT);
    }
    text_putc(out, '\n');
}
