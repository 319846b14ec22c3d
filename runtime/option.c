/* option.c: parsing by table, and help from the same table (option.h). */
#include "option.h"

#include "base/list.h"

#include <limits.h>
#include <string.h>

/* ---- did you mean ---- */

/* Levenshtein distance; words longer than this are never near anything. */
enum { WORD_MAX = 32, TOO_FAR = 99 };

static unsigned distance(const char *a, const char *b)
{
    unsigned char row[WORD_MAX + 1];
    size_t n = strlen(a), m = strlen(b);

    if (n > WORD_MAX || m > WORD_MAX)
        return TOO_FAR;
    for (size_t j = 0; j <= m; j++)
        row[j] = (unsigned char)j;
    for (size_t i = 1; i <= n; i++) {
        unsigned char diagonal = row[0];

        row[0] = (unsigned char)i;
        for (size_t j = 1; j <= m; j++) {
            unsigned best = diagonal + (a[i - 1] != b[j - 1]);

            diagonal = row[j];
            if (best > row[j] + 1u)
                best = row[j] + 1u;
            if (best > row[j - 1] + 1u)
                best = row[j - 1] + 1u;
            row[j] = (unsigned char)best;
        }
    }
    return row[m];
}

/* Keeps the nearer of two names; one in three letters may be wrong. */
static void consider(const char *word, const char *name, const char **best, unsigned *least)
{
    unsigned far = distance(word, name);

    if (far < *least && far <= (strlen(name) + 2) / 3) {
        *least = far;
        *best = name;
    }
}

static void complain(struct text *why, const char *what, const char *word, const char *dashes,
                     const char *best)
{
    text_printf(why, "unknown %s '%s'", what, word);
    if (best)
        text_printf(why, "; did you mean '%s%s'?", dashes, best);
}

/* ---- parsing ---- */

static const struct option *find_name(const struct option *table, const char *name, size_t n)
{
    for (const struct option *o = table; o->name; o++)
        if (strlen(o->name) == n && !memcmp(o->name, name, n))
            return o;
    return NULL;
}

static const struct option *find_letter(const struct option *table, const char *word)
{
    for (const struct option *o = table; o->name; o++)
        if (o->letter && o->letter == word[1] && (!word[2] || o->type != OPTION_FLAG))
            return o;
    return NULL;
}

static int unknown(const struct option *table, const char *word, struct text *why)
{
    const char *best = NULL, *name = word + strspn(word, "-");
    char bare[WORD_MAX + 2] = ""; /* without its value; one longer than what can be near */
    size_t n = strcspn(name, "=");
    unsigned least = TOO_FAR;

    memcpy(bare, name, n < sizeof bare ? n : sizeof bare - 1);
    for (const struct option *o = table; o->name; o++)
        consider(bare, o->name, &best, &least);
    complain(why, "option", word, "--", best);
    return -1;
}

static int set_uint(const char *text, unsigned *ret)
{
    unsigned long long w = 0;

    if (!*text)
        return -1;
    for (; *text; text++) {
        if (*text < '0' || *text > '9')
            return -1;
        w = 10 * w + (unsigned)(*text - '0');
        if (w > UINT_MAX)
            return -1;
    }
    *ret = (unsigned)w;
    return 0;
}

static int set(const struct option *o, void *target, const char *value, struct text *why)
{
    void *at = (char *)target + o->offset;

    switch (o->type) {
    case OPTION_FLAG:
        *(int *)at = 1;
        return 0;
    case OPTION_TEXT:
    case OPTION_MAYBE:
        *(const char **)at = value;
        return 0;
    case OPTION_UINT:
        if (set_uint(value, at) == 0)
            return 0;
        text_printf(why, "option '--%s' wants a number, not '%s'", o->name, value);
        return -1;
    default:
        if (list_push((struct option_list *)at, value) == 0)
            return 0;
        text_puts(why, "out of memory");
        return -1;
    }
}

/* The value written in the same word (--name=value, -Lvalue), or NULL. */
static const char *attached_value(const char *word)
{
    const char *equals = strchr(word, '=');

    if (word[1] == '-')
        return equals ? equals + 1 : NULL;
    return word[2] ? word + 2 + (word[2] == '=') : NULL;
}

static const struct option *find_option(const struct option *table, const char *word)
{
    if (word[1] == '-')
        return find_name(table, word + 2, strcspn(word + 2, "="));
    return find_letter(table, word);
}

/* One word that begins with '-'. Returns how many words it took, or -1. */
static int parse_option(const struct option *table, char **argv, int left, void *target,
                        struct text *why)
{
    const char *value = attached_value(argv[0]);
    const struct option *o = find_option(table, argv[0]);

    if (!o)
        return unknown(table, argv[0], why);
    if (o->type == OPTION_FLAG) {
        if (value) {
            text_printf(why, "option '--%s' takes no value", o->name);
            return -1;
        }
        return set(o, target, NULL, why) < 0 ? -1 : 1;
    }
    if (!value && o->type == OPTION_MAYBE)
        value = "";
    if (value)
        return set(o, target, value, why) < 0 ? -1 : 1;
    if (left < 2) {
        text_printf(why, "option '--%s' wants a value: %s", o->name, o->argument);
        return -1;
    }
    return set(o, target, argv[1], why) < 0 ? -1 : 2;
}

int option_parse(const struct option *table, int argc, char **argv, void *target,
                 struct option_list *rest, struct text *why)
{
    int only_words = 0, took;

    for (int i = 0; i < argc; i += took) {
        took = 1;
        if (!only_words && !strcmp(argv[i], "--")) {
            only_words = 1;
        } else if (only_words || argv[i][0] != '-' || !argv[i][1]) {
            if (list_push(rest, (const char *)argv[i]) < 0) {
                text_puts(why, "out of memory");
                return -1;
            }
        } else {
            took = parse_option(table, argv + i, argc - i, target, why);
            if (took < 0)
                return -1;
        }
    }
    return 0;
}

const struct option_verb *option_find_verb(const struct option_verb *verbs, const char *name,
                                           struct text *why)
{
    const char *best = NULL;
    unsigned least = TOO_FAR;

    for (const struct option_verb *v = verbs; v->name; v++) {
        if (!strcmp(v->name, name))
            return v;
        consider(name, v->name, &best, &least);
    }
    complain(why, *name == '-' ? "option" : "verb", name, "", best);
    return NULL;
}

/* ---- help ---- */

enum { HELP_COLUMN = 30 };

static void pad(struct text *t, size_t from)
{
    do
        text_putc(t, ' ');
    while (t->n - from < HELP_COLUMN && !t->failed);
}

void option_put_help(struct text *t, const struct option *table)
{
    for (const struct option *o = table; o->name; o++) {
        size_t from = t->n;

        text_printf(t, "  --%s", o->name);
        if (o->letter)
            text_printf(t, ", -%c", o->letter);
        if (o->argument)
            text_printf(t, o->type == OPTION_MAYBE ? "[=%s]" : " %s", o->argument);
        pad(t, from);
        text_printf(t, "%s\n", o->help);
    }
}

void option_put_verb_help(struct text *t, const char *program, const struct option_verb *verb)
{
    text_printf(t, "usage: %s %s%s%s [OPTION]...\n\n%s\n\n", program, verb->name,
                *verb->arguments ? " " : "", verb->arguments, verb->sentence);
    option_put_help(t, verb->options);
    text_printf(t, "\nexample:\n  %s %s\n", program, verb->example);
}

void option_put_command_help(struct text *t, const char *program, const struct option_verb *verbs)
{
    text_printf(t, "usage: %s VERB [OPTION]...\n\n", program);
    for (const struct option_verb *v = verbs; v->name; v++) {
        size_t from = t->n;

        text_printf(t, "  %s", v->name);
        if (*v->arguments)
            text_printf(t, " %s", v->arguments);
        pad(t, from);
        text_printf(t, "%s\n", v->sentence);
    }
    text_printf(t, "\n'%s VERB --help' tells more; '--version' tells what this is.\n", program);
}
