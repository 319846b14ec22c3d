/* scan.c: words, numbers and JSON values of one line (scan.h). */
#include "plan/scan.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "plan/plan.h"

void scan_init(struct scan *s, struct arena *a, const char *text, size_t n)
{
    *s = (struct scan){ .arena = a, .at = text, .next = text, .end = text + n };
}

int scan_fail(struct scan *s, const char *format, ...)
{
    struct text words = { 0 };
    va_list ap;

    if (s->message)
        return -1;
    text_printf(&words, "line %u: ", s->line);
    va_start(ap, format);
    text_vprintf(&words, format, ap);
    va_end(ap);
    s->message = words.failed ? NULL : arena_dup(s->arena, words.s, words.n);
    text_fini(&words);
    if (!s->message)
        plan_memory_out();
    return -1;
}

/* Stands on something, or on the end of the line; a comment is the end. */
static char skip_blanks(struct scan *s)
{
    while (*s->at == ' ' || *s->at == '\t' || *s->at == '\r')
        s->at++;
    if (*s->at == '#')
        s->at += strcspn(s->at, "\n");
    return *s->at;
}

int scan_line(struct scan *s)
{
    while (s->next < s->end) {
        const char *newline = memchr(s->next, '\n', (size_t)(s->end - s->next));

        s->at = s->next;
        s->next = newline ? newline + 1 : s->end;
        s->line++;
        if (s->at < s->end && skip_blanks(s) != '\n' && s->at < s->end)
            return 1;
    }
    return 0;
}

static int is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
           || c == '.' || c == '-';
}

int scan_mark(struct scan *s, const char *mark)
{
    size_t n = strlen(mark);

    skip_blanks(s);
    if (strncmp(s->at, mark, n) != 0)
        return 0;
    s->at += n;
    return 1;
}

int scan_word(struct scan *s, const char *word)
{
    const char *before = s->at;

    if (scan_mark(s, word) && !is_word(*s->at))
        return 1;
    s->at = before;
    return 0;
}

int scan_choice(struct scan *s, const char *const *words, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        if (words[i] && scan_word(s, words[i]))
            return (int)i;
    return -1;
}

int scan_sees(struct scan *s, char c)
{
    return skip_blanks(s) == c;
}

int scan_name(struct scan *s, const char **ret)
{
    const char *from;
    char *name;

    skip_blanks(s);
    from = s->at;
    while (is_word(*s->at))
        s->at++;
    if (s->at == from)
        return scan_fail(s, "a word is missing");
    name = arena_dup(s->arena, from, (size_t)(s->at - from));
    if (!name)
        plan_memory_out();
    *ret = name;
    return 0;
}

/* Behind the JSON string that begins at `p`; the end of the line when it does not close. */
static const char *behind_string(const char *p)
{
    for (p++; *p && *p != '\n'; p++) {
        if (*p == '"')
            return p + 1;
        if (*p == '\\' && p[1] && p[1] != '\n')
            p++;
    }
    return p;
}

/* Behind the JSON value that begins at `p`, as far as brackets and quotes tell; json_read judges.
 */
static const char *behind_value(const char *p)
{
    size_t depth = 0;

    for (; *p && *p != '\n'; p++) {
        if (*p == '"')
            p = behind_string(p) - 1;
        else if (*p == '[' || *p == '{')
            depth++;
        else if ((*p == ']' || *p == '}') && depth)
            depth--;
        else if (!depth && (*p == ' ' || *p == '\t' || *p == '\r'))
            return p;
        if (!depth && (*p == '"' || *p == ']' || *p == '}'))
            return p + 1;
    }
    return p;
}

int scan_value(struct scan *s, kiln_heap *h, kiln_value *ret)
{
    struct json_error error = { 0 };
    const char *from, *to;

    skip_blanks(s);
    from = s->at;
    to = behind_value(from);
    if (from == to)
        return scan_fail(s, "a value is missing");
    if (json_read(h, ret, from, (size_t)(to - from), &error) < 0)
        return scan_fail(s, "not a value: %s", error.sentence ? error.sentence : "memory is out");
    s->at = to;
    return 0;
}

int scan_text(struct scan *s, const char **ret)
{
    kiln_heap heap;
    kiln_value v;
    char *copy;

    if (!scan_sees(s, '"'))
        return scan_fail(s, "a quoted text is missing");
    heap_init(&heap, 0);
    if (scan_value(s, &heap, &v) < 0) {
        heap_fini(&heap);
        return -1;
    }
    if (memchr(v.u.s, 0, v.n)) {
        heap_fini(&heap);
        return scan_fail(s, "a name may not hold a NUL");
    }
    copy = arena_dup(s->arena, v.u.s, v.n);
    heap_fini(&heap);
    if (!copy)
        plan_memory_out();
    *ret = copy;
    return 0;
}

int scan_integer(struct scan *s, long long *ret)
{
    char *end;
    long long i;

    if (skip_blanks(s) != '-' && (*s->at < '0' || *s->at > '9'))
        return scan_fail(s, "a number is missing");
    errno = 0;
    i = strtoll(s->at, &end, 10);
    if (errno || end == s->at || is_word(*end))
        return scan_fail(s, "not a whole number in range");
    s->at = end;
    *ret = i;
    return 0;
}

int scan_number(struct scan *s, const char *prefix, unsigned *ret)
{
    char *end;
    unsigned long long i;

    if (!scan_mark(s, prefix) || *s->at < '0' || *s->at > '9')
        return scan_fail(s, "'%sN' is missing", prefix);
    errno = 0;
    i = strtoull(s->at, &end, 10);
    if (errno || i > 0xffffffffu)
        return scan_fail(s, "the number is too large");
    s->at = end;
    *ret = (unsigned)i;
    return 0;
}

int scan_stop(struct scan *s)
{
    char c = skip_blanks(s);

    if (s->at >= s->next || c == '\n' || c == 0)
        return c == 0 && s->at < s->end ? scan_fail(s, "a NUL byte") : 0;
    return scan_fail(s, "unexpected '%.*s'", (int)strcspn(s->at, " \n"), s->at);
}
