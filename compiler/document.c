/* document.c: JSON text -> nodes that know their places, in one pass.
 *
 * The runtime's scanner reads strings and numbers, from a copy of the text in which strings stay
 * where they are. Nobody waits for the refusal of a document, so here it is only yes or no; why is
 * asked afterwards (syntax.c).
 */
#include "document.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "json_scalar.h"

struct document {
    struct json_reader reader;
    const char *begin; /* of the copy */
    struct arena *arena;
    unsigned depth;
};

static int read_content(struct document *d, struct node *n);

static size_t place(const struct document *d)
{
    return (size_t)(d->reader.at - d->begin);
}

static struct node *add_node(struct document *d, const struct node *parent)
{
    struct node *n = diag_must_have(arena_zalloc(d->arena, sizeof *n));

    n->parent = parent;
    return n;
}

/* ---- scalars ------------------------------------------------------------------------------- */

/* The string at the reader, a NUL put where its last quote was. 0 or -1. */
static int read_string(struct document *d, const char **ret, size_t *ret_n)
{
    kiln_value v;

    if (json_scalar_string(&d->reader, &v) < 0)
        return -1;
    ((char *)v.u.s)[v.n] = '\0';
    *ret = v.u.s;
    *ret_n = v.n;
    return 0;
}

static int read_text(struct document *d, struct node *n)
{
    size_t length;

    n->kind = NODE_STRING;
    if (read_string(d, &n->u.s, &length) < 0)
        return -1;
    n->n = (unsigned)length;
    return 0;
}

static int is_whole(const char *number, size_t n)
{
    return !memchr(number, '.', n) && !memchr(number, 'e', n) && !memchr(number, 'E', n);
}

/* An integer is never read as something less exact: a whole number must fit. */
static int read_number(struct document *d, struct node *n)
{
    const char *from = d->reader.at;
    kiln_value v;

    if (json_scalar_number(&d->reader, &v) < 0)
        return -1;
    n->kind = v.tag == KILN_UINT ? NODE_UINT : NODE_INT;
    if (v.tag != KILN_DOUBLE) {
        n->u.w = v.u.w;
        return 0;
    }
    if (is_whole(from, (size_t)(d->reader.at - from)))
        return v.u.d < 0 || v.u.d > 0 ? -1 : 0; /* -0 is 0 */
    n->kind = NODE_DOUBLE;
    n->u.d = v.u.d;
    return 0;
}

static int read_word(struct document *d, struct node *n, const char *word)
{
    size_t length = strlen(word);

    if (strncmp(d->reader.at, word, length) != 0)
        return -1;
    d->reader.at += length;
    n->kind = *word == 'n' ? NODE_NULL : NODE_BOOL;
    n->u.truth = *word == 't';
    return 0;
}

/* ---- containers ---------------------------------------------------------------------------- */

/* The key and the colon behind it. */
static int read_key(struct document *d, struct node *c)
{
    json_skip_blanks(&d->reader);
    c->key_at = place(d);
    if (*d->reader.at != '"' || read_string(d, &c->key, &c->key_n) < 0
        || memchr(c->key, '\0', c->key_n))
        return -1;
    c->key_end = place(d);
    json_skip_blanks(&d->reader);
    return *d->reader.at++ == ':' ? 0 : -1;
}

/* Behind a child: 1 when another follows, 0 when `close` does, -1 for all else. */
static int read_comma(struct document *d, char close)
{
    json_skip_blanks(&d->reader);
    if (*d->reader.at != ',' && *d->reader.at != close)
        return -1;
    return *d->reader.at++ == ',';
}

static int read_children(struct document *d, struct node *n, char close)
{
    const struct node **last = &n->child;
    int more;

    do {
        struct node *c = add_node(d, n);

        c->index = n->n++;
        *last = c;
        last = &c->next;
        if ((close == '}' && read_key(d, c) < 0) || read_content(d, c) < 0)
            return -1;
        more = read_comma(d, close);
    } while (more > 0);
    return more;
}

static int read_container(struct document *d, struct node *n, char close)
{
    if (++d->depth > SOURCE_DEEPEST)
        return -1;
    n->kind = close == '}' ? NODE_OBJECT : NODE_ARRAY;
    d->reader.at++;
    json_skip_blanks(&d->reader);
    if (*d->reader.at == close)
        d->reader.at++;
    else if (read_children(d, n, close) < 0)
        return -1;
    d->depth--;
    return close == '}' ? node_tie_members(n, d->arena) : 0;
}

static int read_kind(struct document *d, struct node *n)
{
    switch (*d->reader.at) {
    case '"':
        return read_text(d, n);
    case '{':
        return read_container(d, n, '}');
    case '[':
        return read_container(d, n, ']');
    case 't':
        return read_word(d, n, "true");
    case 'f':
        return read_word(d, n, "false");
    case 'n':
        return read_word(d, n, "null");
    default:
        return read_number(d, n);
    }
}

static int read_content(struct document *d, struct node *n)
{
    json_skip_blanks(&d->reader);
    n->at = place(d);
    if (read_kind(d, n) < 0)
        return -1;
    n->end = place(d);
    return 0;
}

const struct node *document_read(const struct source *s)
{
    char *copy = diag_must_have(arena_alloc(s->arena, s->n + JSON_PADDING));
    struct document d = { .reader = { .at = copy, .end = copy + s->n },
                          .begin = copy,
                          .arena = s->arena };
    struct node *root = add_node(&d, NULL);

    if (s->n)
        memcpy(copy, s->text, s->n);
    memset(copy + s->n, 0, JSON_PADDING);
    if (read_content(&d, root) < 0)
        return NULL;
    json_skip_blanks(&d.reader);
    return d.reader.at == d.reader.end ? root : NULL;
}
