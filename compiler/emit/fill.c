/* fill.c: marks, forms and holes.
 *
 * A mark opens or closes a named part of a template: two brackets and the name in a comment that
 * has its line to itself. A hole of a form is a word of capitals, alone or as a part of an
 * identifier between underscores (`leaf_NAME`); identifiers that begin with KILN_ are the
 * contract's and hold no holes. Forms are cut into pieces when they are read; filling puts the
 * pieces one behind the other. What fills a hole is never read again, so an author's text cannot
 * make holes.
 */
#include "emit/fill.h"

#include <stdlib.h>
#include <string.h>

#include "emit/layout.h"

enum { MAX_HOLES = 8 };

/* ---- marks --------------------------------------------------------------------------------- */

struct mark {
    int opens;
    const char *name; /* not terminated */
    size_t n;
};

static const char *line_end(const char *line)
{
    const char *newline = strchr(line, '\n');

    return newline ? newline + 1 : line + strlen(line);
}

static int is_mark(const char *line, const char *end, struct mark *ret)
{
    static const char tail[] = " */\n";
    size_t n;

    while (*line == ' ')
        line++;
    if (strncmp(line, "/*[[ ", 5) != 0 && strncmp(line, "/*]] ", 5) != 0)
        return 0;
    n = (size_t)(end - line);
    if (n < 5 + sizeof tail - 1 || memcmp(end - (sizeof tail - 1), tail, sizeof tail - 1) != 0)
        return 0;
    *ret = (struct mark){ line[2] == '[', line + 5, n - 5 - (sizeof tail - 1) };
    return 1;
}

/* The first mark from `line` on, with the end of its line. The line, or NULL when there is none. */
static const char *find_mark(const char *line, struct mark *ret, const char **ret_end)
{
    for (; *line; line = *ret_end) {
        *ret_end = line_end(line);
        if (is_mark(line, *ret_end, ret))
            return line;
    }
    return NULL;
}

/* The next marked part from *at on. 1, 0 at the end of the text, -1 when marks do not pair. */
static int next_part(const char **at, struct mark *ret, const char **ret_open,
                     const char **ret_body, const char **ret_close)
{
    struct mark m = { 0 };

    if (!(*ret_open = find_mark(*at, ret, ret_body)))
        return 0;
    if (!(*ret_close = find_mark(*ret_body, &m, at)))
        return -1;
    return ret->opens && !m.opens && m.n == ret->n && memcmp(m.name, ret->name, m.n) == 0 ? 1 : -1;
}

/* ---- reading forms ------------------------------------------------------------------------- */

/* The pieces of one form among those of all. */
struct form {
    size_t first, n;
};

static void add_piece(struct forms *forms, enum fill_kind kind, const char *text, size_t n)
{
    struct fill_piece piece = { kind, text, n };

    if (list_push(&forms->pieces, piece) < 0)
        forms->filled.failed = 1;
}

/* Of the templates' own ASCII text, so no locale is asked. */
static int is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static int is_word(char c)
{
    return is_capital(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* The bytes of the hole at s, 0 when what stands there is none. */
static size_t hole_length(const char *s)
{
    size_t n = 0;

    while (is_capital(s[n]))
        n++;
    return is_word(s[n]) && s[n] != '_' ? 0 : n;
}

/* Does a word, or a part of one behind an underscore, begin at s? */
static int begins_part(const char *line, const char *s)
{
    return s == line || !is_word(s[-1]) || s[-1] == '_';
}

/* Splits line[0 .. end) into text and holes. */
static void read_line(struct forms *forms, const char *line, const char *end)
{
    const char *from = line, *s = line;

    while (s < end) {
        size_t hole = 0;

        if (strncmp(s, "KILN_", 5) == 0)
            while (is_word(*s))
                s++;
        else if (begins_part(line, s))
            hole = hole_length(s);
        if (hole) {
            add_piece(forms, FILL_TEXT, from, (size_t)(s - from));
            add_piece(forms, FILL_HOLE, s, hole);
            from = s + hole;
        }
        s += hole ? hole : s < end;
    }
    add_piece(forms, FILL_TEXT, from, (size_t)(end - from));
}

/* The lines of a body, the indentation of the first taken off each. NULL when memory is out. */
static struct form *read_form(struct forms *forms, const char *body, const char *close)
{
    struct form *form = arena_zalloc(forms->arena, sizeof *form);
    size_t base = strspn(body, " ");

    if (!form)
        return NULL;
    form->first = forms->pieces.n;
    for (const char *end; body < close; body = end) {
        size_t blanks = strspn(body, " ");

        end = line_end(body);
        add_piece(forms, FILL_LINE, body, (blanks > base ? blanks - base : 0) / LAYOUT_INDENT);
        read_line(forms, body + blanks, end - 1);
    }
    form->n = forms->pieces.n - form->first;
    return forms->filled.failed ? NULL : form;
}

int fill_read_forms(struct forms *forms, struct arena *a, const char *text, const char **ret_wrong)
{
    const char *open, *body, *close;
    struct mark m;
    int found;

    *forms = (struct forms){ .arena = a };
    while ((found = next_part(&text, &m, &open, &body, &close)) > 0) {
        struct form *form = read_form(forms, body, close);

        if (!form || map_get(&forms->at, m.name, m.n)
            || map_put(&forms->at, m.name, m.n, form) < 0) {
            *ret_wrong = arena_printf(a, "form '%.*s' twice, or memory is out", (int)m.n, m.name);
            return -1;
        }
    }
    if (found < 0)
        *ret_wrong = arena_printf(a, "mark '%.*s' is not closed by its own", (int)m.n, m.name);
    return found;
}

/* ---- filling forms ------------------------------------------------------------------------- */

/* A line is written where it belongs; only one that came out too long is taken back. */
static void end_line(struct forms *forms, struct text *out, size_t start, unsigned depth)
{
    struct text *line = &forms->filled;
    size_t indent = depth * LAYOUT_INDENT, n = out->n - start;

    if (n <= LAYOUT_WIDTH || out->failed) {
        text_putc(out, '\n');
        return;
    }
    text_clear(line);
    text_put(line, out->s + start + indent, n - indent);
    out->n = start;
    layout_line(out, depth, text_cstr(line), line->n);
    out->failed |= line->failed;
}

/* The number of the text for a hole, or -1. */
static int find_text(const struct fill_piece *hole, const struct fill *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strncmp(values[i].name, hole->text, hole->n) && !values[i].name[hole->n])
            return (int)i;
    return -1;
}

/* What no hole takes is a mistake. */
static int check_used(struct arena *a, const struct fill *values, size_t n, unsigned used,
                      const char **ret_wrong)
{
    for (size_t i = 0; i < n; i++)
        if (!(used & 1u << i)) {
            *ret_wrong = arena_printf(a, "no hole '%s'", values[i].name);
            return -1;
        }
    return 0;
}

static int fill_hole(struct forms *forms, struct text *out, const struct fill_piece *hole,
                     const struct fill *values, size_t n, unsigned *used, const char **ret_wrong)
{
    int i = find_text(hole, values, n);

    if (i < 0) {
        *ret_wrong = arena_printf(forms->arena, "nothing fills '%.*s'", (int)hole->n, hole->text);
        return -1;
    }
    text_puts(out, values[i].text);
    *used |= 1u << i;
    return 0;
}

static int fill_pieces(struct forms *forms, struct text *out, unsigned depth,
                       const struct form *form, const struct fill *values, size_t n,
                       const char **ret_wrong)
{
    const struct fill_piece *piece = forms->pieces.at + form->first, *end = piece + form->n;
    unsigned used = 0;

    while (piece < end) {
        unsigned deep = depth + (unsigned)piece++->n;
        size_t start = out->n;

        layout_indent(out, deep * LAYOUT_INDENT);
        for (; piece < end && piece->kind != FILL_LINE; piece++)
            if (piece->kind == FILL_TEXT)
                text_put(out, piece->text, piece->n);
            else if (fill_hole(forms, out, piece, values, n, &used, ret_wrong) < 0)
                return -1;
        end_line(forms, out, start, deep);
    }
    return check_used(forms->arena, values, n, used, ret_wrong);
}

int fill_form(struct forms *forms, struct text *out, unsigned depth, const char *name,
              const struct fill *values, size_t n, const char **ret_wrong)
{
    const struct form *form = map_get(&forms->at, name, strlen(name));
    size_t before = out->n;

    if (!form || n > MAX_HOLES) {
        *ret_wrong = arena_printf(forms->arena, "no form '%s'", name);
        return -1;
    }
    if (fill_pieces(forms, out, depth, form, values, n, ret_wrong) == 0)
        return 0;
    out->n = before;
    return -1;
}

void fill_fini(struct forms *forms)
{
    map_fini(&forms->at);
    list_fini(&forms->pieces);
    text_fini(&forms->filled);
}

/* ---- templates ----------------------------------------------------------------------------- */

static const char *find_value(const struct mark *m, const struct fill *values, size_t n,
                              unsigned *used)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(values[i].name) == m->n && memcmp(values[i].name, m->name, m->n) == 0) {
            *used |= 1u << i;
            return values[i].text;
        }
    return NULL;
}

int fill_template(struct text *out, struct arena *a, const char *text, const struct fill *values,
                  size_t n, const char **ret_wrong)
{
    const char *at = text, *open, *body, *close, *kept = NULL, *value;
    unsigned used = 0;
    struct mark m;
    int found;

    while ((found = next_part(&at, &m, &open, &body, &close)) > 0) {
        if (kept)
            text_put(out, kept, (size_t)(open - kept));
        kept = at;
        if (!(value = find_value(&m, values, n, &used))) {
            *ret_wrong = arena_printf(a, "nothing fills '%.*s'", (int)m.n, m.name);
            return -1;
        }
        text_puts(out, value);
    }
    if (found < 0 || used != (1u << n) - 1) {
        *ret_wrong = "marks do not pair, or a text has no place";
        return -1;
    }
    text_puts(out, kept ? kept : "");
    return 0;
}
