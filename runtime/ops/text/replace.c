/* replace.c: text.regex-replace (scenario 4.5). */
#include <string.h>

#include "numeral.h"
#include "ops/input.h"
#include "ops/text/regex.h"
#include "ops/text/text_call.h"
#include "value.h"

static int is_name_byte(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

/* The group of this name or number; one that is not there is empty. */
static void put_group(struct text *t, const struct regex *r, const kiln_value *text,
                      const char *name, size_t n)
{
    long long group;
    size_t from, to;

    if (*name == '+' || *name == '-' || numeral_integer(name, n, &group) < 0)
        group = regex_named(r, name, n);
    if (group >= 0 && regex_group(r, (unsigned long long)group, &from, &to))
        text_put(t, text->u.s + from, to - from);
}

/* What a "$" at s begins; how many bytes of the replacement it takes. */
static size_t put_reference(struct text *t, const struct regex *r, const kiln_value *text,
                            const char *s, size_t n)
{
    const char *close = n > 1 && s[1] == '{' ? memchr(s, '}', n) : NULL;
    size_t end = 1;

    if (close) {
        put_group(t, r, text, s + 2, (size_t)(close - s) - 2);
        return (size_t)(close - s) + 1;
    }
    while (end < n && is_name_byte(s[end]))
        end++;
    if (end > 1) {
        put_group(t, r, text, s + 1, end - 1);
        return end;
    }
    text_putc(t, '$');
    return n > 1 && s[1] == '$' ? 2 : 1;
}

static void put_replacement(struct text *t, const struct regex *r, const kiln_value *text,
                            const kiln_value *replacement)
{
    const char *s = replacement->u.s, *end = s + replacement->n;

    while (s < end && !text_call_is_full(t)) {
        const char *dollar = memchr(s, '$', (size_t)(end - s));

        text_put(t, s, (size_t)((dollar ? dollar : end) - s));
        s = dollar ? dollar + put_reference(t, r, text, dollar, (size_t)(end - dollar)) : end;
    }
}

static int give_replaced(kiln_call *call, struct regex *r, const kiln_value *text,
                         const kiln_value *replacement, int global)
{
    struct text t = { 0 };
    size_t last = 0, from, to;
    int found = 0;

    while (text->n && !text_call_is_full(&t) && (found = regex_next(r)) > 0) {
        regex_group(r, 0, &from, &to);
        text_put(&t, text->u.s + last, from - last);
        put_replacement(&t, r, text, replacement);
        last = to;
        if (!global)
            break;
    }
    if (found < 0) {
        text_fini(&t);
        return -1;
    }
    text_put(&t, text->u.s + last, text->n - last);
    return text_call_give(call, &t);
}

KILN_OP(text_regex_replace, "text.regex-replace", KILN_PURE,
        "Puts a text in the place of what a pattern finds.",
        KILN_INPUTS({ "text", "string", "The text.", 0 },
                    { "pattern", "string",
                      "A regular expression in the syntax of Rust's regex library.", 0 },
                    { "replacement", "string", "$1, $name and ${name} are groups, $$ is $.", 0 },
                    { "global", "boolean", "Everywhere (when left out), or only once.", 0 },
                    { "case_insensitive", "boolean", "Capitals and small letters are alike.", 0 }),
        KILN_OUTPUTS({ "result", "string", "The new text.", 0 }), KILN_FLAGS(KILN_OP_BARE),
        KILN_NEEDS("pcre2-8"))
{
    struct regex *r;
    kiln_value text, replacement;
    int global, failed;

    if (text_call_input(call, "regex-replace", &text) < 0
        || input_text_or(call, "regex-replace", "replacement", "", &replacement) < 0
        || input_flag_or(call, "regex-replace", "global", 1, &global) < 0
        || !(r = regex_new(call, "regex-replace", &text)))
        return -1;
    failed = give_replaced(call, r, &text, &replacement, global);
    regex_free(r);
    return failed;
}
