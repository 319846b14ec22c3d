/* until_scan.c: the words of a loop's condition.
 */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "dialects/operonx/until.h"

static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
static const char digits[] = "0123456789";
static const char *const words[] = { "and", "or", "not", "in", "is" };
static const char *const signs[] = { "==", "!=", ">=", "<=", "//", "**", ">", "<", "+", "-",
                                     "*",  "/",  "%",  "(",  ")",  "[",  "]", ",", "." };

void until_scan_fail(struct until_scan *s, const char *sentence)
{
    if (!s->failed)
        diag_error(s->unit->diags, s->node, "O011", "%s, at character %zu of the condition",
                   sentence, s->begin + 1);
    s->failed = 1;
    s->token = TOKEN_BAD;
}

int until_scan_is(const struct until_scan *s, const char *word)
{
    return s->token == TOKEN_SIGN && !strcmp(s->word, word);
}

static void scan_word(struct until_scan *s)
{
    const char *from = s->text + s->at;
    size_t n = strspn(from, letters);

    while (from[n] && (strchr(letters, from[n]) || strchr(digits, from[n])))
        n++;
    if (n >= sizeof s->word) {
        until_scan_fail(s, "a name is too long");
        return;
    }
    memcpy(s->word, from, n);
    s->word[n] = 0;
    s->at += n;
    s->token = TOKEN_NAME;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i], s->word))
            s->token = TOKEN_SIGN;
}

static void scan_number(struct until_scan *s)
{
    const char *from = s->text + s->at;
    size_t n = strspn(from, digits);
    int whole = from[n] != '.' && from[n] != 'e' && from[n] != 'E';

    if (from[n] == '.')
        n += 1 + strspn(from + n + 1, digits);
    if (from[n] == 'e' || from[n] == 'E') {
        n += 1 + (from[n + 1] == '+' || from[n + 1] == '-');
        n += strspn(from + n, digits);
    }
    s->token = TOKEN_NUMBER;
    s->at += n;
    if (!strchr(digits, from[n - 1]) || (whole && n > 1 && *from == '0')) {
        until_scan_fail(s, "a number is not written as it must be");
        return;
    }
    errno = 0;
    s->literal = whole ? value_uint(strtoull(from, NULL, 10)) : value_double(number_read(from, n));
    if (errno == ERANGE || !isfinite(value_number(&s->literal)))
        until_scan_fail(s, "a number is not one Kiln can hold");
}

/* The character an escape stands for, or 0. */
static char unescape(char c)
{
    static const char from[] = "\\'\"nrt", to[] = "\\'\"\n\r\t";
    const char *at = c ? strchr(from, c) : NULL;

    return at ? to[at - from] : 0;
}

static void scan_string(struct until_scan *s)
{
    char quote = s->text[s->at++];
    char *made = operonx_alloc(s->unit, strlen(s->text + s->at) + 1, 1);
    size_t n = 0;

    for (; s->text[s->at] != quote; s->at++) {
        char c = s->text[s->at];

        if (c == '\\')
            c = unescape(s->text[++s->at]);
        if (!c) {
            until_scan_fail(s, s->text[s->at] ? "an escape is not known" : "a string has no end");
            return;
        }
        made[n++] = c;
    }
    s->at++;
    s->token = TOKEN_STRING;
    s->literal = value_static(made);
}

static void scan_sign(struct until_scan *s)
{
    s->token = TOKEN_SIGN;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t n = strlen(signs[i]);

        if (strncmp(s->text + s->at, signs[i], n))
            continue;
        memcpy(s->word, signs[i], n + 1);
        s->at += n;
        return;
    }
    until_scan_fail(s, "a character has no meaning here");
}

void until_scan_next(struct until_scan *s)
{
    char c;

    if (s->failed)
        return;
    s->at += strspn(s->text + s->at, " \t\r\n");
    s->begin = s->at;
    c = s->text[s->at];
    if (!c)
        s->token = TOKEN_END;
    else if (strchr(letters, c))
        scan_word(s);
    else if (strchr(digits, c))
        scan_number(s);
    else if (c == '\'' || c == '"')
        scan_string(s);
    else
        scan_sign(s);
}
