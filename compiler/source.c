/* source.c: a workflow file read, and where its bytes stand.
 *
 * A document that is as it must be goes straight into nodes (document.c). One that is not is looked
 * at again for what to say: size, encoding and depth here, all else by jansson (syntax.c).
 */
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/utf8.h"
#include "document.h"
#include "syntax.h"
#include "tokens.h"

/* ---- places -------------------------------------------------------------------------------- */

enum { MARK_EVERY = 512 }; /* bytes, in lines longer than that */

/* Goes on to the first character at or behind `to`, in the same line; a byte that is part of no
 * character counts as one. */
static void step_to(const struct source *s, struct source_mark *m, size_t to)
{
    const uint64_t tops = 0x8080808080808080u;

    while (m->at < to) {
        if (to - m->at >= 8 && !(bytes_word(s->text + m->at) & tops)) {
            m->at += 8;
            m->column += 8;
        } else {
            size_t length = utf8_length(s->text + m->at, s->n - m->at);

            m->at += length ? length : 1;
            m->column++;
        }
    }
}

static size_t count_lines(const struct source *s)
{
    const char *at = s->text, *end = s->text + s->n;
    size_t lines = 1;

    while (at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        lines++;
        at++;
    }
    return lines;
}

/* Puts a mark at every line's first byte and, so that a minified file of one line is no slower,
 * every MARK_EVERY bytes within a line. */
static void set_marks(struct source *s)
{
    size_t most = count_lines(s) + s->n / MARK_EVERY + 1; /* the last at the end */
    struct source_mark m = { 0, 1, 1 };
    struct source_mark *marks = diag_must_have(arena_alloc(s->arena, most * sizeof *marks));

    marks[0] = m;
    for (s->n_marks = 1; m.at < s->n; marks[s->n_marks++] = m) {
        size_t room = s->n - m.at < MARK_EVERY ? s->n - m.at : MARK_EVERY;
        const char *newline = memchr(s->text + m.at, '\n', room);

        if (newline)
            m = (struct source_mark){ (size_t)(newline - s->text) + 1, m.line + 1, 1 };
        else
            step_to(s, &m, m.at + room);
    }
    s->marks = marks;
}

void source_position(const struct source *s, size_t at, unsigned *ret_line, unsigned *ret_column)
{
    size_t low = 0, high = s->n_marks;
    struct source_mark m;

    if (at > s->n)
        at = s->n;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (s->marks[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    m = s->marks[low];
    step_to(s, &m, at);
    *ret_line = m.line;
    *ret_column = m.column;
}

/* ---- reading ------------------------------------------------------------------------------- */

/* Says what is wrong with a text that did not become nodes. -1. */
static int refuse(const struct source *s, struct diags *d)
{
    size_t good = utf8_prefix(s->text, s->n);
    size_t deep = tokens_too_deep(s->text, s->n, SOURCE_DEEPEST);

    if (good < s->n) {
        diag_error_at(d, good, good + 1, "S004", "byte 0x%02x is not UTF-8 text here",
                      (unsigned char)s->text[good]);
    } else if (s->n >= 3 && !memcmp(s->text, "\xef\xbb\xbf", 3)) {
        struct diag *x = diag_error_at(d, 0, 3, "S004", "the file begins with a byte order mark");

        diag_hint(d, x, "save it as UTF-8 without one");
    } else if (deep < s->n) {
        diag_error_at(d, deep, deep + 1, "S005", "nested deeper than %d levels", SOURCE_DEEPEST);
    } else {
        syntax_refuse(s, d);
    }
    return -1;
}

int source_parse(struct source *ret, const char *path, const char *text, size_t n,
                 struct arena *arena, struct diags *diags)
{
    *ret = (struct source){ .path = path, .text = text, .n = n, .arena = arena };
    diags->arena = arena;
    diags->source = ret;
    if (n > SOURCE_LARGEST)
        return syntax_refuse_size(ret, diags);
    set_marks(ret);
    ret->root = document_read(ret);
    return ret->root ? 0 : refuse(ret, diags);
}

/* Reads all of `fd`, but not more than one byte too many. 0, or -1 with errno set. */
static int read_all(int fd, struct text *t)
{
    while (t->n <= SOURCE_LARGEST) {
        size_t room = SOURCE_LARGEST + 1 - t->n < 65536 ? SOURCE_LARGEST + 1 - t->n : 65536;
        char *to = diag_must_have(text_reserve(t, room));
        ssize_t got = read(fd, to, room);

        if (got < 0 && errno != EINTR)
            return -1;
        if (got == 0)
            break;
        if (got > 0)
            t->n += (size_t)got;
    }
    return 0;
}

static int read_file(const char *path, struct text *t)
{
    int fd = !strcmp(path, "-") ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    int failed;

    if (fd < 0)
        return -1;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > SOURCE_LARGEST) {
        t->n = (size_t)st.st_size; /* refused by its size, not read */
        failed = 0;
    } else {
        failed = read_all(fd, t);
    }
    if (fd != STDIN_FILENO) {
        int why = errno;

        close(fd);
        errno = why;
    }
    return failed;
}

int source_load(struct source *ret, const char *path, struct arena *arena, struct diags *diags)
{
    const char *name =
        !strcmp(path, "-") ? "<stdin>" : diag_must_have(arena_dup(arena, path, strlen(path)));
    struct text t = { 0 };
    char *text;
    int failed;

    diags->arena = arena;
    if (read_file(path, &t) < 0) {
        diag_error_plain(diags, "S001", "cannot read %s: %s", name, strerror(errno));
        text_fini(&t);
        return -1;
    }
    *ret = (struct source){ .path = name, .n = t.n, .arena = arena };
    if (t.n > SOURCE_LARGEST) {
        failed = syntax_refuse_size(ret, diags);
    } else {
        text = diag_must_have(arena_dup(arena, text_cstr(&t), t.n));
        failed = source_parse(ret, name, text, t.n, arena, diags);
    }
    text_fini(&t);
    return failed;
}
