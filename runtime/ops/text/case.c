/* case.c: text.case-conversion (scenario 4.5). */
#include "base/utf8.h"
#include "ops/input.h"
#include "ops/text/cases.h"
#include "ops/text/text_call.h"

/* Each word with a capital in front, one blank between them. */
static void put_title(struct text *t, const char *s, size_t n)
{
    int inside = 0;

    for (size_t i = 0, from; i < n;) {
        size_t space = utf8_space(s + i, n - i), first;

        if (space) {
            i += space;
            continue;
        }
        for (from = i; i < n && !utf8_space(s + i, n - i);)
            i += utf8_length(s + i, n - i);
        first = utf8_length(s + from, n - from);
        if (inside++)
            text_putc(t, ' ');
        cases_put_upper(t, s + from, first);
        cases_put_lower(t, s + from + first, i - from - first);
    }
}

static const char *const case_formats[] = { "lowercase", "uppercase", "title-case", NULL };

KILN_OP(text_case_conversion, "text.case-conversion", KILN_PURE,
        "A text in capitals, in small letters, or with a capital in front of every word.",
        KILN_INPUTS({ "text", "string", "The text.", 0 },
                    { "format", "string", "lowercase (when left out), uppercase, title-case.", 0 }),
        KILN_OUTPUTS({ "result", "string", "The new text.", 0 }),
        KILN_WORDS({ "format", case_formats }), KILN_FLAGS(KILN_OP_BARE), KILN_NEEDS("utf8proc"))
{
    static void (*const put[])(struct text *, const char *,
                               size_t) = { cases_put_lower, cases_put_upper, put_title };
    struct text t = { 0 };
    kiln_value v;
    int format;

    if (text_call_input(call, "case-conversion", &v) < 0
        || input_choice(call, "case-conversion", "format", case_formats, 0, &format) < 0)
        return -1;
    put[format](&t, v.u.s, v.n);
    return text_call_give(call, &t);
}
