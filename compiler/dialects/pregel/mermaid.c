/* mermaid.c: the drawing as Mermaid text, character for character the reference's (pregel 3.4). */
#include "dialects/pregel/pregel.h"

#include <ctype.h>
#include <string.h>

#include "base/utf8.h"

enum { WRAP = 9 }; /* words of a label on one line */

/* The character at s[*at], and moves *at past it. */
static unsigned character(const char *s, size_t n, size_t *at)
{
    static const unsigned char first[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
    size_t length = utf8_length(s + *at, n - *at);
    unsigned c = (unsigned char)s[*at] & first[length];

    for (size_t i = 1; i < length; i++)
        c = c << 6 | ((unsigned char)s[*at + i] & 0x3f);
    *at += length ? length : 1;
    return c;
}

/* Every other character becomes a backslash and its number. */
static void put_id(struct text *out, const char *name)
{
    size_t n = strlen(name), at = 0;

    while (at < n) {
        unsigned char c = (unsigned char)name[at];

        if (c < 0x80 && (isalnum(c) || c == '_' || c == '-')) {
            text_putc(out, name[at++]);
            continue;
        }
        text_printf(out, "\\%x", character(name, n, &at));
    }
}

static int is_mark(char c)
{
    return c == '*' || c == '_' || c == '`';
}

/* A name in markdown's marks would lose them. */
static void put_label(struct text *out, const char *name)
{
    size_t n = strlen(name);

    if (is_mark(name[0]) && is_mark(name[n - 1]))
        text_printf(out, "<p>%s</p>", name);
    else
        text_puts(out, name);
}

static void put_node(struct text *out, const char *name, const char *form)
{
    text_putc(out, '\t');
    put_id(out, name);
    text_puts(out, form[0] ? "([" : "(");
    put_label(out, name);
    text_puts(out, form[0] ? "])" : ")");
    text_printf(out, "%s\n", form);
}

/* The next word of text[*at..n): its length, with *at at its start; 0 when there is none. */
static size_t next_word(const char *text, size_t n, size_t *at)
{
    size_t space, end;

    while (*at < n && (space = utf8_space(text + *at, n - *at)) > 0)
        *at += space;
    for (end = *at; end < n && !utf8_space(text + end, n - end);)
        end++;
    return end - *at;
}

static unsigned count_words(const char *text, size_t n)
{
    unsigned words = 0;

    for (size_t at = 0, word; (word = next_word(text, n, &at)) > 0; at += word)
        words++;
    return words;
}

/* Nine words a line; a label that fits stays as it is. */
static void put_words(struct text *out, const char *label, size_t n)
{
    unsigned words = 0;

    if (count_words(label, n) <= WRAP) {
        text_put(out, label, n);
        return;
    }
    for (size_t at = 0, word; (word = next_word(label, n, &at)) > 0; at += word) {
        if (words)
            text_puts(out, words % WRAP ? " " : "&nbsp<br>&nbsp");
        text_put(out, label + at, word);
        words++;
    }
}

static void put_arrow(struct text *out, const struct pregel_arrow *a)
{
    text_putc(out, '\t');
    put_id(out, a->from->name);
    if (a->label) {
        text_puts(out, a->conditional ? " -. &nbsp;" : " -- &nbsp;");
        put_words(out, a->label, a->label_n);
        text_puts(out, a->conditional ? "&nbsp; .-> " : "&nbsp; --> ");
    } else {
        text_puts(out, a->conditional ? " -.-> " : " --> ");
    }
    put_id(out, a->to->name);
    text_puts(out, ";\n");
}

/* The one node no arrow comes to (or leaves from); NULL when there are several. */
static const struct pregel_node *only_end(const struct pregel_model *m,
                                          const struct pregel_drawing *g, unsigned char *touched,
                                          int first)
{
    const struct pregel_node *found = NULL;
    unsigned n = 0;

    memset(touched, 0, m->nodes.n + 2);
    for (unsigned i = 0; i < g->n; i++) {
        const struct pregel_node *end = first ? g->arrows[i].to : g->arrows[i].from;

        touched[end == m->end ? m->nodes.n : end->number] = 1;
    }
    for (unsigned i = 0; i < m->nodes.n + (g->has_end != 0); i++) {
        if (touched[i])
            continue;
        found = i < m->nodes.n ? m->nodes.at[i] : m->end;
        n++;
    }
    return n == 1 ? found : NULL;
}

static void put_nodes(struct text *out, const struct unit *u, const struct pregel_drawing *g)
{
    const struct pregel_model *m = u->model;
    unsigned char *touched = diag_must_have(arena_alloc(u->arena, m->nodes.n + 2));
    const struct pregel_node *first = only_end(m, g, touched, 1);
    const struct pregel_node *last = only_end(m, g, touched, 0);
    unsigned n = m->nodes.n;

    for (unsigned i = 0; i < n + (g->has_end != 0); i++) {
        unsigned at = m->raw && i < n ? (i + 1) % n : i; /* a bare graph has its start at the end */
        const struct pregel_node *node = i < n ? m->nodes.at[at] : m->end;
        const char *form = node == first ? ":::first" : node == last ? ":::last" : "";

        put_node(out, node->name, form);
    }
}

void pregel_mermaid(const struct unit *u, struct text *out)
{
    struct pregel_drawing g = pregel_draw(u);

    text_puts(out, "---\nconfig:\n  flowchart:\n    curve: linear\n---\ngraph TD;\n");
    put_nodes(out, u, &g);
    for (unsigned i = 0; i < g.n; i++)
        if (g.arrows[i].from != g.arrows[i].to)
            put_arrow(out, &g.arrows[i]);
    for (unsigned i = 0; i < g.n; i++) /* what leads to itself comes last */
        if (g.arrows[i].from == g.arrows[i].to)
            put_arrow(out, &g.arrows[i]);
    text_puts(out, "\tclassDef default fill:#f2f0ff,line-height:1.2\n"
                   "\tclassDef first fill-opacity:0\n"
                   "\tclassDef last fill:#bfb6fc\n");
}
