/* diag_print.c: complaints as text for people and as JSON for machines.
 *
 *     order.json:12:17: error[E010]: step 'calc' reads the unknown step 'fech'
 *       at /steps/calc/inputMapping/value
 *        |
 *     12 |     "value": "steps.fech.outputs"
 *        |              ^^^^^^^^^^^^^^^^^^^^
 *       hint: did you mean 'fetch'?
 *
 * Everything goes through one buffer and one write, so that lines of two processes do not mix.
 */
#include "diag.h"

#include <stdlib.h>
#include <string.h>

#include "excerpt.h"
#include "source.h"

static int is_placed(const struct diag *x)
{
    return x->source && x->at != (size_t)-1;
}

/* By file and place; what has none comes first; equal places keep the order in which they were
 * found. Sources of several files stand in one array, in the order of the files. */
static int compare(const void *a, const void *b)
{
    const struct diag *x = *(const struct diag *const *)a, *y = *(const struct diag *const *)b;
    int placed = is_placed(x) - is_placed(y);

    if (placed)
        return placed;
    if (is_placed(x) && x->source != y->source)
        return x->source < y->source ? -1 : 1;
    if (is_placed(x) && x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return x < y ? -1 : x > y;
}

static const struct diag **sorted(const struct diags *d)
{
    const struct diag **list = diag_must_have(malloc((d->n + 1) * sizeof *list));

    for (size_t i = 0; i < d->n; i++)
        list[i] = &d->at[i];
    qsort(list, d->n, sizeof *list, compare);
    return list;
}

/* ---- text ---------------------------------------------------------------------------------- */

/* Escape sequences, all empty when there is no colour. */
struct paint {
    const char *bold, *error, *warning, *frame, *hint, *off;
};

static const struct paint plain = { "", "", "", "", "", "" };
static const struct paint colours = { "\033[1m",  "\033[1;31m", "\033[1;35m",
                                      "\033[36m", "\033[1;32m", "\033[0m" };

/* Text made safe for a terminal. It may have several lines (what a C compiler said); those behind
 * the first begin with `indent`, so that none looks like a complaint of its own. */
static void put_lines(struct text *t, const char *s, const char *indent)
{
    for (;;) {
        size_t n = strcspn(s, "\n");

        excerpt_put_safe(t, s, n);
        if (!s[n])
            return;
        text_printf(t, "\n%s", indent);
        s += n + 1;
    }
}

static void put_repeated(struct text *t, char c, unsigned n)
{
    while (n--)
        text_putc(t, c);
}

static void put_excerpt(struct text *t, const struct diag *x, unsigned line, const struct paint *p)
{
    const char *mark = x->severity == DIAG_ERROR ? p->error : p->warning;
    struct excerpt e = excerpt_make(x->source, x->at, x->end);
    struct text number = { 0 };
    unsigned gutter;

    text_printf(&number, "%u", line);
    gutter = number.n < 3 ? 3 : (unsigned)number.n;
    put_repeated(t, ' ', gutter);
    text_printf(t, " %s|%s\n%s%*u |%s ", p->frame, p->off, p->frame, (int)gutter, line, p->off);
    text_put(t, text_cstr(&e.line), e.line.n);
    text_putc(t, '\n');
    put_repeated(t, ' ', gutter);
    text_printf(t, " %s|%s ", p->frame, p->off);
    put_repeated(t, ' ', e.indent);
    text_puts(t, mark);
    put_repeated(t, '^', e.width);
    text_printf(t, "%s\n", p->off);
    text_fini(&number);
    text_fini(&e.line);
}

static void put_text(struct text *t, const struct diag *x, const struct paint *p)
{
    int is_error = x->severity == DIAG_ERROR;
    unsigned line = 0, column = 0;

    text_puts(t, p->bold);
    if (is_placed(x)) {
        source_position(x->source, x->at, &line, &column);
        excerpt_put_safe(t, x->source->path, strlen(x->source->path));
        text_printf(t, ":%u:%u: ", line, column);
    }
    text_printf(t, "%s%s[%s]%s: %s", is_error ? p->error : p->warning,
                is_error ? "error" : "warning", x->code, p->off, p->bold);
    put_lines(t, x->sentence, "    ");
    text_printf(t, "%s\n", p->off);
    if (x->pointer && *x->pointer) {
        text_puts(t, "  at ");
        excerpt_put_safe(t, x->pointer, strlen(x->pointer));
        text_putc(t, '\n');
    }
    if (is_placed(x))
        put_excerpt(t, x, line, p);
    if (x->hint) {
        text_printf(t, "  %shint:%s ", p->hint, p->off);
        put_lines(t, x->hint, "    ");
        text_putc(t, '\n');
    }
}

static void put_count(struct text *t, unsigned n, const char *what)
{
    text_printf(t, "%u %s%s", n, what, n == 1 ? "" : "s");
}

static void put_summary(struct text *t, const struct diags *d)
{
    if (d->n > DIAG_MOST)
        text_printf(t, "and %zu more\n", d->n - DIAG_MOST);
    if (d->errors)
        put_count(t, d->errors, "error");
    if (d->errors && d->warnings)
        text_puts(t, ", ");
    if (d->warnings)
        put_count(t, d->warnings, "warning");
    if (d->n)
        text_putc(t, '\n');
}

/* ---- JSON ---------------------------------------------------------------------------------- */

static void put_json_string(struct text *t, const char *s)
{
    kiln_value v = value_null();
    struct text safe = { 0 };

    if (s) {
        put_lines(&safe, s, "");
        v = value_static(text_cstr(&safe));
    }
    json_write(t, &v);
    text_fini(&safe);
}

static void put_member(struct text *t, const char *key, const char *value)
{
    text_printf(t, ",\"%s\":", key);
    put_json_string(t, value);
}

static void put_place(struct text *t, const char *line_key, const char *column_key,
                      const struct diag *x, size_t at)
{
    unsigned line, column;

    if (!is_placed(x)) {
        text_printf(t, ",\"%s\":null,\"%s\":null", line_key, column_key);
        return;
    }
    source_position(x->source, at, &line, &column);
    text_printf(t, ",\"%s\":%u,\"%s\":%u", line_key, line, column_key, column);
}

static void put_json(struct text *t, const struct diag *x)
{
    text_printf(t, "{\"severity\":\"%s\"", x->severity == DIAG_ERROR ? "error" : "warning");
    put_member(t, "code", x->code);
    put_member(t, "message", x->sentence);
    put_member(t, "hint", x->hint);
    put_member(t, "file", x->source ? x->source->path : NULL);
    put_place(t, "line", "column", x, x->at);
    put_place(t, "endLine", "endColumn", x, x->end);
    put_member(t, "pointer", x->pointer);
    text_putc(t, '}');
}

static void put_all_json(struct text *t, const struct diag **list, size_t n)
{
    text_putc(t, '[');
    for (size_t i = 0; i < n; i++) {
        text_puts(t, i ? ",\n " : "");
        put_json(t, list[i]);
    }
    text_puts(t, "]\n");
}

void diag_print(const struct diags *d, FILE *to, enum diag_format format, int colour)
{
    const struct diag **list = sorted(d);
    struct text t = { 0 };

    if (format == DIAG_JSON) {
        put_all_json(&t, list, d->n);
    } else {
        for (size_t i = 0; i < d->n && i < DIAG_MOST; i++)
            put_text(&t, list[i], colour ? &colours : &plain);
        put_summary(&t, d);
    }
    fwrite(text_cstr(&t), 1, t.n, to);
    fflush(to);
    text_fini(&t);
    free(list);
}
