/* template_place.c: where the bytes of a template stand in the document. The text of a JSON string
 * with escapes is shorter than its spelling, so where every so many bytes come from is noted once,
 * and any place is then found in a few steps however long the text is.
 */
#include "dialects/scenario/template.h"

/* Bytes of text between two places that are noted. */
enum { STRIDE = 64 };

/* How many bytes of JSON make how many of text, at a backslash. */
static size_t escape_size(const char *s, size_t *ret_made)
{
    unsigned c = 0;

    *ret_made = 1;
    if (s[1] != 'u')
        return 2;
    for (int i = 2; i < 6; i++)
        c = 16 * c + (unsigned)(s[i] <= '9' ? s[i] - '0' : (s[i] | 0x20) - 'a' + 10);
    if (c >= 0xd800 && c < 0xdc00 && s[6] == '\\' && s[7] == 'u') {
        *ret_made = 4;
        return 12;
    }
    *ret_made = c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
    return 6;
}

static size_t next_byte(const struct unit *u, size_t from, size_t *ret_made)
{
    *ret_made = 1;
    return from
           + (u->source->text[from] == '\\' ? escape_size(u->source->text + from, ret_made) : 1);
}

void template_place_note(struct unit *u, struct value_template *t)
{
    const struct node *text = t->text;
    size_t from = text->at + 1, made, n = 0;

    if (text->end - text->at == (size_t)text->n + 2)
        return;
    t->places = diag_must_have(arena_alloc(u->arena, (text->n / STRIDE + 1) * sizeof *t->places));
    for (size_t i = 0; i <= text->n; i += made) {
        for (; n * STRIDE <= i; n++)
            t->places[n] = (struct template_mark){ i, from };
        if (i == text->n)
            break;
        from = next_byte(u, from, &made);
    }
}

/* The byte of the document that byte `at` of the text comes from. */
static size_t locate(const struct unit *u, const struct value_template *t, size_t at)
{
    struct template_mark mark = { 0, t->text->at + 1 };
    size_t made;

    if (!t->places)
        return mark.from + at;
    mark = t->places[(at < t->text->n ? at : t->text->n) / STRIDE];
    for (; mark.at < at && mark.from + 1 < t->text->end; mark.at += made)
        mark.from = next_byte(u, mark.from, &made);
    return mark.from;
}

const struct node *template_place(struct unit *u, const struct value_template *t, size_t at,
                                  size_t end)
{
    struct node *n = diag_must_have(arena_dup(u->arena, t->text, sizeof *t->text));

    n->at = locate(u, t, at);
    n->end = locate(u, t, end > at ? end : at + 1);
    return n;
}
