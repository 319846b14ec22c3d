/* fields.c: members of an object, by type. */
#include "dialects/scenario/parse.h"

#include <string.h>

static size_t count_words(const char *const *words)
{
    size_t n = 0;

    while (words[n])
        n++;
    return n;
}

static void suggest_field(struct unit *u, struct diag *d, const char *name,
                          const struct grammar_field *known)
{
    const char **names;
    size_t n = 0;

    while (known[n].name)
        n++;
    names = diag_must_have(arena_alloc(u->arena, (n + 1) * sizeof *names));
    for (size_t i = 0; i < n; i++)
        names[i] = known[i].name;
    diag_suggest(u->diags, d, name, "its fields", names, n);
}

static void complain_unknown(struct unit *u, const struct node *object, const char *code,
                             const char *what, const struct grammar_field *known)
{
    node_each(c, object)
    {
        if (!grammar_find(known, c->key))
            suggest_field(u, diag_warning(u->diags, c, code, "%s has no field '%s'", what, c->key),
                          c->key, known);
    }
}

void field_known(struct unit *u, const struct node *object, const char *what,
                 const struct grammar_field *known)
{
    complain_unknown(u, object, u->legacy ? "W200" : "E203", what, known);
}

void field_known_loosely(struct unit *u, const struct node *object, const char *what,
                         const struct grammar_field *known)
{
    complain_unknown(u, object, "W200", what, known);
}

void field_refuse_unknown(struct unit *u)
{
    for (size_t i = 0; i < u->diags->n; i++) {
        struct diag *d = &u->diags->at[i];

        if (d->severity != DIAG_WARNING || strcmp(d->code, "E203"))
            continue;
        d->severity = DIAG_ERROR;
        u->diags->warnings--;
        u->diags->errors++;
    }
}

void field_bad_type(struct unit *u, const struct node *at, const char *what, const char *wanted)
{
    diag_error(u->diags, at, "E202", "%s must be %s, this is %s", what, wanted,
               node_kind_name(at->kind));
}

static int is_left_out(const struct node *n)
{
    return !n || n->kind == NODE_NULL;
}

/* The member when it has the kind; else NULL, with a complaint unless it may be left out. */
static const struct node *member(struct unit *u, const struct node *object, const char *what,
                                 const char *key, enum node_kind kind, int required)
{
    const struct node *n = node_get(object, key);

    if (n && n->kind == kind)
        return n;
    if (!n && required)
        diag_error(u->diags, object, "E201", "%s needs '%s'", what, key);
    else if (n && (required || n->kind != NODE_NULL))
        field_bad_type(u, n, arena_printf(u->arena, "'%s'", key), node_kind_name(kind));
    return NULL;
}

const char *field_text(struct unit *u, const struct node *object, const char *what, const char *key,
                       int required)
{
    return node_text(member(u, object, what, key, NODE_STRING, required));
}

const struct node *field_object(struct unit *u, const struct node *object, const char *what,
                                const char *key, int required)
{
    return member(u, object, what, key, NODE_OBJECT, required);
}

const struct node *field_array(struct unit *u, const struct node *object, const char *what,
                               const char *key)
{
    return member(u, object, what, key, NODE_ARRAY, 0);
}

long long field_integer(struct unit *u, const struct node *object, const char *what,
                        const char *key, long long least, long long otherwise)
{
    const struct node *n = node_get(object, key);

    if (is_left_out(n))
        return otherwise;
    n = member(u, object, what, key, NODE_INT, 0);
    if (!n)
        return otherwise;
    if (n->u.i < least)
        diag_error(u->diags, n, "E202", "'%s' must be at least %lld", key, least);
    return n->u.i;
}

int field_flag(struct unit *u, const struct node *object, const char *what, const char *key)
{
    const struct node *n = member(u, object, what, key, NODE_BOOL, 0);

    return n && n->u.truth;
}

void field_bad_word(struct unit *u, const struct node *at, const char *what, const char *word,
                    const char *const *words)
{
    diag_suggest(u->diags, diag_error(u->diags, at, "E205", "there is no %s '%s'", what, word),
                 word, "there are", words, count_words(words));
}

const char *field_word(struct unit *u, const struct node *object, const char *what, const char *key,
                       const struct grammar_field *fields, const char *otherwise)
{
    const char *const *words = grammar_find(fields, key)->words;
    const char *word = field_text(u, object, what, key, 0);

    if (!word)
        return otherwise;
    for (size_t i = 0; words[i]; i++)
        if (!strcmp(words[i], word))
            return word;
    field_bad_word(u, node_get(object, key), key, word, words);
    return otherwise;
}
