/* syntax.c: jansson's refusals in our words.
 *
 * jansson tells what it expected and how far it read; the token that ends there is what was wrong.
 * Habits of other notations (a last comma, single quotes, comments, True) get a hint of their own.
 */
#include "syntax.h"

#include <jansson.h>
#include <string.h>

#include "tokens.h"

enum { SHOWN = 24 }; /* bytes of a token in a sentence */

static struct token first_key(const struct source *s, size_t object, const char *key, size_t n);

int syntax_refuse_size(const struct source *s, struct diags *d)
{
    struct diag *x =
        diag_error_plain(d, "S006", "%s is larger than %d MiB", s->path, SOURCE_LARGEST >> 20);

    diag_hint(d, x, "data belongs in the input of a run, not in the workflow");
    return -1;
}

/* ---- what stands there instead ------------------------------------------------------------- */

static const char *found(struct diags *d, const struct source *s, struct token t)
{
    int n = t.end - t.at > SHOWN ? SHOWN : (int)(t.end - t.at);

    if (t.kind == TOKEN_END)
        return "the end of the file";
    while (n > 0 && n < (int)(t.end - t.at) && (s->text[t.at + (size_t)n] & 0xc0) == 0x80)
        n--; /* not in the middle of a character */
    return diag_must_have(
        arena_printf(d->arena, t.kind == TOKEN_STRING ? "%.*s" : "'%.*s'", n, s->text + t.at));
}

static int begins(const struct source *s, struct token t, const char *with)
{
    size_t n = strlen(with);

    return t.end - t.at >= n && !memcmp(s->text + t.at, with, n);
}

/* The hint for a token that stands where it may not. */
static const char *token_hint(const struct source *s, struct token t, struct token before)
{
    static const struct {
        const char *begin, *hint;
    } hints[] = {
        { "'", "JSON strings stand in double quotes" },
        { "//", "JSON has no comments" },
        { "/*", "JSON has no comments" },
        { "#", "JSON has no comments" },
        { "T", "write true and false in small letters" },
        { "F", "write true and false in small letters" },
        { "None", "write null" },
        { "undefined", "write null" },
        { "N", "JSON has no such number; write null or text" },
        { "I", "JSON has no such number; write null or text" },
        { "+", "a number begins with a digit or a minus" },
        { ".", "a number begins with a digit or a minus" },
        { "0", "a number other than 0 does not begin with 0" },
    };

    if ((t.kind == '}' || t.kind == ']') && before.kind == ',')
        return "remove the comma before it";
    for (size_t i = 0; t.kind == TOKEN_WORD && i < sizeof hints / sizeof *hints; i++)
        if (begins(s, t, hints[i].begin))
            return hints[i].hint;
    return NULL;
}

/* ---- the complaints ------------------------------------------------------------------------ */

/* What jansson expected (the words before " near ") and how we say it. */
static const struct {
    const char *theirs, *ours;
} expectations[] = {
    { "string or '}' expected", "a key in double quotes or '}'" },
    { "'}' expected", "',' or '}'" },
    { "']' expected", "',' or ']'" },
    { "':' expected", "':'" },
    { "unexpected token", "a value" },
    { "invalid token", "a value" },
};

static const char *sentence(struct diags *d, const char *text, const char *what)
{
    const char *near = strstr(text, " near ");
    int n = near ? (int)(near - text) : (int)strlen(text);

    for (size_t i = 0; i < sizeof expectations / sizeof *expectations; i++)
        if (!strncmp(text, expectations[i].theirs, strlen(expectations[i].theirs)))
            return diag_must_have(
                arena_printf(d->arena, "expected %s, found %s", expectations[i].ours, what));
    return diag_must_have(arena_printf(d->arena, "%.*s %s", n, text, what));
}

static void refuse_end(const struct source *s, struct diags *d)
{
    struct tokens tokens = { s->text, s->n, 0 };
    size_t open = tokens_open_bracket(s->text, s->n, s->n);
    struct diag *x;
    unsigned line, column;

    if (tokens_next(&tokens).kind == TOKEN_END) {
        diag_error_at(d, 0, 0, "S002", "the file is empty");
        return;
    }
    x = diag_error_at(d, s->n, s->n, "S002", "the text ends too early");
    if (open == s->n)
        return;
    source_position(s, open, &line, &column);
    diag_hint(d, x, "the '%c' at line %u, column %u is never closed", s->text[open], line, column);
}

static void refuse_duplicate(const struct source *s, struct token t, struct diags *d)
{
    size_t object = tokens_open_bracket(s->text, s->n, t.at);
    struct token first = first_key(s, object, s->text + t.at, t.end - t.at);
    unsigned line, column;
    struct diag *x;

    source_position(s, first.at, &line, &column);
    x = diag_error_at(d, t.at, t.end, "S003", "the key %s stands twice in one object",
                      found(d, s, t));
    diag_hint(d, x, "it was first given at line %u, column %u", line, column);
}

/* The token before `t`: a comma there explains a bracket here. */
static struct token token_before(const struct source *s, struct token t)
{
    size_t at = t.at;

    while (at && memchr(" \t\r\n", s->text[at - 1], 4))
        at--;
    return at ? tokens_before(s->text, s->n, at) : (struct token){ TOKEN_END, 0, 0 };
}

static void refuse_token(const struct source *s, struct token t, const char *text, struct diags *d)
{
    const char *say = sentence(d, text, found(d, s, t));
    struct diag *x = diag_error_at(d, t.at, t.end, "S002", "%s", say);
    const char *hint = token_hint(s, t, token_before(s, t));

    if (hint)
        diag_hint(d, x, "%s", hint);
}

/* A mistake inside a string, from its quote to where jansson stopped. */
static void refuse_string(const struct source *s, struct token t, const char *text, size_t read_to,
                          struct diags *d)
{
    struct diag *x;

    if (s->text[t.end - 1] == '"' && t.end - t.at > 1 && !strstr(text, "newline")) {
        diag_error_at(d, t.at, read_to, "S002", "%s", sentence(d, text, "in this string"));
        return;
    }
    x = diag_error_at(d, t.at, t.end, "S002", "this string is not closed in its line");
    diag_hint(d, x, "a line break inside a string is written \\n");
}

/* Words jansson uses only about what is inside a string. */
static int is_about_string(const char *text)
{
    return strstr(text, "escape") || strstr(text, "Unicode") || strstr(text, "control character")
           || strstr(text, "unexpected newline");
}

static void refuse_number(const struct source *s, struct token t, struct diags *d)
{
    struct diag *x =
        diag_error_at(d, t.at, t.end, "S007", "the number %s is out of range", found(d, s, t));

    diag_hint(d, x, "write it as text, or with a decimal point if it need not be exact");
}

static void refuse(const struct source *s, const json_error_t *error, struct diags *d)
{
    size_t at = error->position > 0 ? (size_t)error->position : 0;
    struct token t = tokens_before(s->text, s->n, at);

    switch (json_error_code(error)) {
    case json_error_duplicate_key:
        refuse_duplicate(s, t, d);
        break;
    case json_error_numeric_overflow:
        refuse_number(s, t, d);
        break;
    case json_error_null_byte_in_key:
        diag_error_at(d, t.at, t.end, "S002", "a key may not hold the character \\u0000");
        break;
    case json_error_end_of_input_expected:
        diag_error_at(d, t.at, t.end, "S002", "expected the end of the file, found %s",
                      found(d, s, t));
        break;
    case json_error_premature_end_of_input:
        if (t.kind == TOKEN_STRING)
            refuse_string(s, t, "unexpected newline", at, d);
        else
            refuse_end(s, d);
        break;
    case json_error_out_of_memory:
        diag_must_have(NULL);
        break;
    default:
        if (t.kind == TOKEN_STRING && is_about_string(error->text))
            refuse_string(s, t, error->text, at, d);
        else
            refuse_token(s, t, error->text, d);
    }
}

/* Whether a word is a whole number that 64 bits, signed or unsigned, cannot hold. */
static int is_too_large(const char *word, size_t n)
{
    unsigned long long x = 0;
    size_t i = *word == '-';

    for (; i < n; i++) {
        if (word[i] < '0' || word[i] > '9')
            return 0;
        if (__builtin_mul_overflow(x, 10, &x)
            || __builtin_add_overflow(x, (unsigned)(word[i] - '0'), &x))
            return 1;
    }
    return *word == '-' && x > 1ULL << 63;
}

/* The first word that is one, or the end. */
static struct token too_large(const struct source *s)
{
    struct tokens tokens = { s->text, s->n, 0 };
    struct token t = tokens_next(&tokens);

    while (t.kind != TOKEN_END
           && (t.kind != TOKEN_WORD || !is_too_large(s->text + t.at, t.end - t.at)))
        t = tokens_next(&tokens);
    return t;
}

void syntax_refuse(const struct source *s, struct diags *d)
{
    const size_t flags =
        JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL;
    json_error_t error;
    json_t *j = json_loadb(s->text, s->n, flags, &error);
    struct token t = j ? too_large(s) : (struct token){ TOKEN_END, 0, 0 };

    if (!j)
        refuse(s, &error, d);
    else if (t.kind == TOKEN_WORD)
        refuse_number(s, t, d);
    else
        diag_error_plain(d, "K001", "this is a fault of Kiln: the document is as it must be");
    json_decref(j);
}

/* ---- the first of two equal keys ------------------------------------------------------------ */

/* Two keys may be written differently and be the same: compared as what they say. */
static int same_key(json_t *key, const char *text, size_t n)
{
    json_t *other = json_loadb(text, n, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    int same = other && json_equal(key, other);

    json_decref(other);
    return same;
}

static struct token first_key(const struct source *s, size_t object, const char *key, size_t n)
{
    struct tokens tokens = { s->text, s->n, object + 1 };
    json_t *wanted = json_loadb(key, n, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    struct token t = tokens_next(&tokens), last = t;
    unsigned depth = 0;

    for (; t.kind != TOKEN_END; last = t, t = tokens_next(&tokens)) {
        if (t.kind == '{' || t.kind == '[')
            depth++;
        else if (t.kind == '}' || t.kind == ']')
            depth--;
        else if (t.kind == ':' && !depth && same_key(wanted, s->text + last.at, last.end - last.at))
            break;
    }
    json_decref(wanted);
    return last;
}
