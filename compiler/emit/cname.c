/* cname.c: mangling.
 *
 * Two different names may mangle to one identifier, so identifiers are counted: the second asker
 * gets `_2`. The count of each stays in the map, so ten thousand steps of one name cost ten
 * thousand look-ups and not fifty million.
 */
#include "emit/cname.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* ASCII only, whatever the locale: the same workflow gives the same bytes everywhere. */
static int is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static size_t mangle(char *to, const char *text, size_t n, int upper)
{
    size_t length = 0;

    for (size_t i = 0; i < n && length < CNAME_LIMIT; i++) {
        if (is_plain(text[i]))
            to[length++] = (char)(upper ? toupper((unsigned char)text[i]) : text[i]);
        else if (length && to[length - 1] != '_')
            to[length++] = '_';
    }
    while (length && to[length - 1] == '_')
        length--;
    if (!length)
        to[length++] = upper ? 'X' : 'x';
    return length;
}

static const char *take(struct cnames *names, const char *name, size_t n)
{
    unsigned *count = map_get(&names->taken, name, n);

    if (!count) {
        char *kept = arena_dup(names->arena, name, n);

        count = arena_zalloc(names->arena, sizeof *count);
        map_put(&names->taken, kept, n, count);
        *count = 1;
        return kept;
    }
    for (;;) {
        char other[2 * CNAME_LIMIT + 16];
        int length = snprintf(other, sizeof other, "%.*s_%u", (int)n, name, ++*count);

        if (!map_get(&names->taken, other, (size_t)length))
            return take(names, other, (size_t)length);
    }
}

const char *cname_make(struct cnames *names, const char *prefix, const char *text, size_t n,
                       int upper)
{
    char name[2 * CNAME_LIMIT];
    size_t length = strlen(prefix);

    memcpy(name, prefix, length);
    length += mangle(name + length, text, n, upper);
    return take(names, name, length);
}

const char *cname_suffix(struct cnames *names, const char *name, const char *suffix)
{
    char longer[4 * CNAME_LIMIT];
    int n = snprintf(longer, sizeof longer, "%s_%s", name, suffix);

    return take(names, longer, (size_t)n);
}

const char *cname_plain(struct arena *a, const char *text, size_t n)
{
    char name[CNAME_LIMIT + 2] = "x_";
    size_t length = mangle(name + 2, text, n, 0);
    int digit = name[2] >= '0' && name[2] <= '9';

    return digit ? arena_dup(a, name, length + 2) : arena_dup(a, name + 2, length);
}

void cname_fini(struct cnames *names)
{
    map_fini(&names->taken);
}
