/* path.c: reference paths (scenario 1.6.3).
 *
 * Dots separate parts; brackets hold one part, which quotes around it protect from nothing but
 * being taken for a position. Whatever is odd (an unclosed bracket, an empty part) is taken the
 * reference's way, never refused here: the checks complain.
 */
#include "dialects/scenario/model.h"

#include <string.h>

static void add_part(struct path *p, const char *s, const char *end)
{
    if (s < end)
        p->at[p->n++] = (struct part){ s, (unsigned)(end - s) };
}

/* What stands in a bracket, without blanks and then quotes around it. */
static void add_bracket(struct path *p, const char *s, const char *end)
{
    while (s < end && *s == ' ')
        s++;
    while (s < end && end[-1] == ' ')
        end--;
    if (end - s >= 2 && (*s == '\'' || *s == '"') && end[-1] == *s) {
        s++;
        end--;
    }
    add_part(p, s, end);
}

static struct path path_new(struct arena *a, const char *text)
{
    struct path p = { .text = text };
    size_t most = 1;

    for (const char *s = text; *s; s++)
        most += *s == '.' || *s == '[' || *s == ']';
    p.at = diag_must_have(arena_alloc(a, most * sizeof *p.at));
    return p;
}

struct path path_split(struct arena *a, const char *text)
{
    struct path p = path_new(a, text);
    const char *s = text, *start = text;

    while (*s) {
        if (*s == '.') {
            add_part(&p, start, s);
            start = ++s;
        } else if (*s == '[') {
            const char *close = s + strcspn(s, "]");

            add_part(&p, start, s);
            add_bracket(&p, s + 1, close);
            start = s = close + (*close == ']');
        } else {
            s++;
        }
    }
    add_part(&p, start, s);
    return p;
}

struct path path_split_dots(struct arena *a, const char *text)
{
    struct path p = path_new(a, text);
    const char *s = text;

    for (;;) {
        const char *end = s + strcspn(s, ".");

        p.at[p.n++] = (struct part){ s, (unsigned)(end - s) };
        if (!*end)
            return p;
        s = end + 1;
    }
}

const char *path_text(struct arena *a, const struct path *p, unsigned n)
{
    struct text t = { 0 };
    char *s;

    for (unsigned i = 0; i < n; i++) {
        if (i)
            text_putc(&t, '.');
        text_put(&t, p->at[i].s, p->at[i].n);
    }
    s = diag_must_have(arena_dup(a, text_cstr(&t), t.n));
    text_fini(&t);
    return s;
}
