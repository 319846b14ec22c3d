/* source.c: a workflow file read, checked by jansson and made into nodes that know their places.
 *
 * jansson keeps members in the order of the file, so walking its tree and the tokens of the text
 * together gives each value its bytes. Cheap refusals (size, encoding, depth) come before it.
 */
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/utf8.h"
#include "tokens.h"
#include "syntax.h"

/* ---- nodes --------------------------------------------------------------------------------- */

struct build {
    struct arena *arena;
    struct tokens tokens;
};

static struct node *build_node(struct build *b, json_t *j, const struct node *parent);

static int compare_keys(const void *a, const void *b)
{
    const struct node *x = *(const struct node *const *)a, *y = *(const struct node *const *)b;

    return bytes_compare(x->key, x->key_n, y->key, y->key_n);
}

static void sort_members(struct build *b, struct node *n)
{
    size_t i = 0;

    n->by_key = diag_must_have(arena_alloc(b->arena, (n->n + 1) * sizeof *n->by_key));
    node_each(c, n) n->by_key[i++] = c;
    qsort(n->by_key, n->n, sizeof *n->by_key, compare_keys);
}

static void build_object(struct build *b, struct node *n, json_t *j)
{
    const struct node **last = &n->child;
    const char *key;
    json_t *member;

    json_object_foreach(j, key, member)
    {
        struct token t = tokens_next(&b->tokens);
        struct node *c;

        tokens_next(&b->tokens); /* the colon */
        c = build_node(b, member, n);
        c->key_at = t.at;
        c->key_end = t.end;
        c->key_n = strlen(key);
        c->key = diag_must_have(arena_dup(b->arena, key, c->key_n));
        c->index = n->n++;
        *last = c;
        last = (const struct node **)&c->next;
        n->end = tokens_next(&b->tokens).end; /* a comma or the bracket */
    }
    if (!n->n)
        n->end = tokens_next(&b->tokens).end;
    sort_members(b, n);
}

static void build_array(struct build *b, struct node *n, json_t *j)
{
    const struct node **last = &n->child;

    for (size_t i = 0; i < json_array_size(j); i++) {
        struct node *c = build_node(b, json_array_get(j, i), n);

        c->index = n->n++;
        *last = c;
        last = (const struct node **)&c->next;
        n->end = tokens_next(&b->tokens).end;
    }
    if (!n->n)
        n->end = tokens_next(&b->tokens).end;
}

/* Everything that holds nothing else. */
static void build_scalar(struct build *b, struct node *n, json_t *j)
{
    switch (json_typeof(j)) {
    case JSON_STRING:
        n->kind = NODE_STRING;
        n->n = (unsigned)json_string_length(j);
        n->u.s = diag_must_have(arena_dup(b->arena, json_string_value(j), n->n));
        break;
    case JSON_INTEGER:
        n->kind = NODE_INT;
        n->u.i = json_integer_value(j);
        break;
    case JSON_REAL:
        n->kind = NODE_DOUBLE;
        n->u.d = json_real_value(j);
        break;
    case JSON_NULL:
        n->kind = NODE_NULL;
        break;
    default:
        n->kind = NODE_BOOL;
        n->u.truth = json_is_true(j);
    }
}

static struct node *build_node(struct build *b, json_t *j, const struct node *parent)
{
    struct node *n = diag_must_have(arena_zalloc(b->arena, sizeof *n));
    struct token t = tokens_next(&b->tokens);

    n->parent = parent;
    n->at = t.at;
    n->end = t.end;
    if (json_is_object(j)) {
        n->kind = NODE_OBJECT;
        build_object(b, n, j);
    } else if (json_is_array(j)) {
        n->kind = NODE_ARRAY;
        build_array(b, n, j);
    } else {
        build_scalar(b, n, j);
    }
    return n;
}

/* ---- places -------------------------------------------------------------------------------- */

enum { MARK_EVERY = 512 }; /* bytes, in lines longer than that */

/* Goes one character on; a byte that is part of none counts as one. */
static void step_over(const struct source *s, struct source_mark *m)
{
    size_t length =
        (unsigned char)s->text[m->at] < 0x80 ? 1 : utf8_length(s->text + m->at, s->n - m->at);

    m->at += length ? length : 1;
    m->column++;
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
    size_t most = count_lines(s) + s->n / MARK_EVERY;
    struct source_mark m = { 0, 1, 1 };
    struct source_mark *marks = diag_must_have(arena_alloc(s->arena, most * sizeof *marks));

    marks[0] = m;
    for (s->n_marks = 1; m.at < s->n;) {
        int newline = s->text[m.at] == '\n';

        step_over(s, &m);
        if (newline)
            m = (struct source_mark){ m.at, m.line + 1, 1 };
        if (newline || m.at - marks[s->n_marks - 1].at >= MARK_EVERY)
            marks[s->n_marks++] = m;
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
    while (m.at < at)
        step_over(s, &m);
    *ret_line = m.line;
    *ret_column = m.column;
}

/* ---- reading ------------------------------------------------------------------------------- */

/* What is refused before the text is read as JSON. 0 or -1. */
static int check_text(const struct source *s, struct diags *d)
{
    size_t good = utf8_prefix(s->text, s->n);
    size_t deep;

    if (s->n > SOURCE_LARGEST)
        return syntax_refuse_size(s, d);
    if (good < s->n) {
        diag_error_at(d, good, good + 1, "S004", "byte 0x%02x is not UTF-8 text here",
                      (unsigned char)s->text[good]);
        return -1;
    }
    if (s->n >= 3 && !memcmp(s->text, "\xef\xbb\xbf", 3)) {
        struct diag *x = diag_error_at(d, 0, 3, "S004", "the file begins with a byte order mark");

        diag_hint(d, x, "save it as UTF-8 without one");
        return -1;
    }
    deep = tokens_too_deep(s->text, s->n, SOURCE_DEEPEST);
    if (deep < s->n) {
        diag_error_at(d, deep, deep + 1, "S005", "nested deeper than %d levels", SOURCE_DEEPEST);
        return -1;
    }
    return 0;
}

int source_parse(struct source *ret, const char *path, const char *text, size_t n,
                 struct arena *arena, struct diags *diags)
{
    const size_t flags = JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL;
    struct build b = { .arena = arena, .tokens = { text, n, 0 } };
    json_error_t error;
    json_t *j;

    *ret = (struct source){ .path = path, .text = text, .n = n, .arena = arena };
    diags->arena = arena;
    diags->source = ret;
    if (n <= SOURCE_LARGEST)
        set_marks(ret);
    if (check_text(ret, diags) < 0)
        return -1;
    j = json_loadb(text, n, flags, &error);
    if (!j)
        return syntax_refuse(ret, &error, diags);
    ret->root = build_node(&b, j, NULL);
    json_decref(j);
    return 0;
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
