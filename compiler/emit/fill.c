/* fill.c: marks, forms and holes.
 *
 * A mark opens or closes a named part of a template: two brackets and the name in a comment that
 * has its line to itself. A hole of a form is a word of capitals, alone or as a part of an
 * identifier between underscores (`leaf_NAME`); identifiers that begin with KILN_ are the
 * contract's and hold no holes. What fills a hole is never read again, so an author's text cannot
 * make holes.
 */
#include "emit/fill.h"

#include <stdlib.h>
#include <string.h>

#include "emit/layout.h"

enum { MAX_HOLES = 8 };

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

/* A copy of the body with the indentation of its first line taken off every line. */
static char *dedent(struct arena *a, const char *body, const char *close)
{
    char *copy = arena_alloc(a, (size_t)(close - body) + 1), *to = copy;
    size_t base = strspn(body, " ");

    if (!copy)
        return NULL;
    while (body < close) {
        const char *end = line_end(body);
        size_t blanks = strspn(body, " ");

        body += blanks < base ? blanks : base;
        memcpy(to, body, (size_t)(end - body));
        to += end - body;
        body = end;
    }
    *to = '\0';
    return copy;
}

int fill_read_forms(struct forms *forms, struct arena *a, const char *text, const char **ret_wrong)
{
    const char *open, *body, *close;
    struct mark m;
    int found;

    *forms = (struct forms){ .arena = a };
    while ((found = next_part(&text, &m, &open, &body, &close)) > 0) {
        const char *name = arena_dup(a, m.name, m.n);
        char *form = dedent(a, body, close);

        if (!name || !form || map_get(&forms->at, name, m.n)
            || map_put(&forms->at, name, m.n, form) < 0) {
            *ret_wrong = arena_printf(a, "form '%s' twice, or memory is out", name);
            return -1;
        }
    }
    if (found < 0)
        *ret_wrong = arena_printf(a, "mark '%.*s' is not closed by its own", (int)m.n, m.name);
    return found;
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

/* The hole among `n` that is the word at s, or -1 when the word is no hole, -2 when it is unknown.
 */
static int find_hole(const char *s, size_t length, const struct fill *values, size_t n)
{
    for (size_t i = 0; i < length; i++)
        if (!is_capital(s[i]))
            return -1;
    for (size_t i = 0; i < n; i++)
        if (strlen(values[i].name) == length && memcmp(values[i].name, s, length) == 0)
            return (int)i;
    return -2;
}

/* Fills the parts of one identifier. 0, or the length of the part that has no text. */
static size_t fill_word(struct text *out, const char *s, size_t n, const struct fill *values,
                        size_t n_values, unsigned *used)
{
    size_t at = 0;

    while (at < n) {
        size_t length = 0;
        int hole;

        while (at + length < n && s[at + length] != '_')
            length++;
        hole = length ? find_hole(s + at, length, values, n_values) : -1;
        if (hole == -2)
            return length;
        if (hole >= 0) {
            text_puts(out, values[hole].text);
            *used |= 1u << hole;
        } else {
            text_put(out, s + at, length);
        }
        at += length;
        if (at < n)
            text_putc(out, s[at++]);
    }
    return 0;
}

/* What no text fills, or no hole takes. */
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

static int fill_holes(struct arena *a, struct text *out, const char *form,
                      const struct fill *values, size_t n, const char **ret_wrong)
{
    unsigned used = 0;

    while (*form) {
        size_t between = 0, length = 0;

        while (form[between] && !is_word(form[between]))
            between++;
        text_put(out, form, between);
        form += between;
        while (is_word(form[length]))
            length++;
        if (strncmp(form, "KILN_", 5) == 0) {
            text_put(out, form, length);
        } else if (fill_word(out, form, length, values, n, &used)) {
            *ret_wrong = arena_printf(a, "nothing fills '%.*s'", (int)length, form);
            return -1;
        }
        form += length;
    }
    return check_used(a, values, n, used, ret_wrong);
}

int fill_form(struct forms *forms, struct text *out, unsigned depth, const char *name,
              const struct fill *values, size_t n, const char **ret_wrong)
{
    const char *form = map_get(&forms->at, name, strlen(name));
    struct text *filled = &forms->filled;
    int ok;

    if (!form || n > MAX_HOLES) {
        *ret_wrong = arena_printf(forms->arena, "no form '%s'", name);
        return -1;
    }
    text_clear(filled);
    ok = fill_holes(forms->arena, filled, form, values, n, ret_wrong) == 0;
    if (ok)
        layout_lines(out, depth, text_cstr(filled), filled->n);
    out->failed |= filled->failed;
    return ok ? 0 : -1;
}

void fill_fini(struct forms *forms)
{
    map_fini(&forms->at);
    text_fini(&forms->filled);
}

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
