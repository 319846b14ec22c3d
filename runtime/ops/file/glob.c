/* glob.c: only the last star is ever tried again: what the stars before took was enough. */
#include "ops/file/glob.h"

#include <stddef.h>

/* Is c in the set behind `[`? Returns what follows the set, or NULL when it is never closed. */
static const char *match_set(const char *s, char c, int *ret_in)
{
    int negated = *s == '!', in = 0;
    const char *first = s += negated;

    for (; *s && (*s != ']' || s == first); s++) {
        if (s[1] == '-' && s[2] && s[2] != ']') {
            in |= c >= s[0] && c <= s[2];
            s += 2;
        } else {
            in |= c == *s;
        }
    }
    *ret_in = in != negated;
    return *s ? s + 1 : NULL;
}

/* One part of the pattern that is no star, against one byte: what follows it, or NULL. */
static const char *match_one(const char *pattern, char c)
{
    const char *behind;
    int in;

    if (*pattern == '[' && (behind = match_set(pattern + 1, c, &in)))
        return in ? behind : NULL;
    return *pattern && (*pattern == '?' || *pattern == c) ? pattern + 1 : NULL;
}

int glob_matches(const char *pattern, const char *name)
{
    const char *star = NULL, *taken = NULL, *next;

    while (*name) {
        if (*pattern == '*') {
            star = ++pattern;
            taken = name;
        } else if ((next = match_one(pattern, *name))) {
            pattern = next;
            name++;
        } else if (star) {
            pattern = star;
            name = ++taken;
        } else {
            return 0;
        }
    }
    while (*pattern == '*')
        pattern++;
    return !*pattern;
}
