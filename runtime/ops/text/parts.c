/* parts.c: the `text` operations that look for a literal text and cut there (scenario 4.5). */
#include <string.h>

#include "base/utf8.h"
#include "ops/input.h"
#include "ops/text/text_call.h"
#include "value.h"

#define TEXT                                                                                       \
    {                                                                                              \
        "text", "string", "The text.", 0                                                           \
    }
#define RESULT KILN_OUTPUTS({ "result", "string", "The new text.", 0 })

KILN_OP(text_find_replace, "text.find-replace", KILN_PURE,
        "Puts one text in the place of another, wherever it stands.",
        KILN_INPUTS(TEXT, { "pattern", "string", "What is looked for.", 0 },
                    { "replacement", "string", "What comes instead.", 0 }),
        RESULT, KILN_FLAGS(KILN_OP_BARE))
{
    struct text t = { 0 };
    kiln_value v, pattern, replacement;
    size_t at = 0, found;

    if (text_call_input(call, "find-replace", &v) < 0
        || input_optional_text(call, "find-replace", "pattern", &pattern) < 0
        || input_optional_text(call, "find-replace", "replacement", &replacement) < 0)
        return -1;
    if (pattern.tag != KILN_STRING || replacement.tag != KILN_STRING)
        return kiln_out_value(call, v);
    while ((found = text_call_find(&v, at, &pattern)) < v.n && !text_call_is_full(&t)) {
        text_put(&t, v.u.s + at, found - at);
        text_put(&t, replacement.u.s, replacement.n);
        at = found + pattern.n;
        if (pattern.n) /* else: before every character, and at the end */
            continue;
        text_put(&t, v.u.s + at, utf8_length(v.u.s + at, v.n - at));
        at += utf8_length(v.u.s + at, v.n - at);
    }
    text_put(&t, v.u.s + at, v.n - at);
    if (!pattern.n)
        text_put(&t, replacement.u.s, replacement.n);
    return text_call_give(call, &t);
}

KILN_OP(text_substring_extraction, "text.substring-extraction", KILN_PURE,
        "What stands between two texts.",
        KILN_INPUTS(TEXT, { "start_delimiter", "string", "What stands before it.", 0 },
                    { "end_delimiter", "string", "What stands behind it.", 0 }),
        RESULT, KILN_FLAGS(KILN_OP_BARE))
{
    kiln_value v, start, end;
    size_t from, to;

    if (text_call_input(call, "substring-extraction", &v) < 0
        || input_optional_text(call, "substring-extraction", "start_delimiter", &start) < 0
        || input_optional_text(call, "substring-extraction", "end_delimiter", &end) < 0)
        return -1;
    if (start.tag != KILN_STRING || end.tag != KILN_STRING)
        return kiln_out_value(call, v);
    from = text_call_find(&v, 0, &start);
    if (from == v.n && start.n)
        return kiln_out_value(call, value_static(""));
    from += start.n;
    to = text_call_find(&v, from, &end);
    if (to == v.n && end.n)
        to = from;
    return kiln_out_value(call, text_call_part(&v, from, to));
}

/* ---- splitting ----------------------------------------------------------------------------- */

/* A walk over the parts of a text. An empty delimiter stands before each character and at the end,
 * so the first and the last part are empty. */
struct walk {
    kiln_value text, delimiter;
    size_t at;
    int begun, done;
};

static int next_part(struct walk *w, kiln_value *ret)
{
    size_t found = w->at;

    if (w->done)
        return 0;
    if (w->delimiter.n)
        found = text_call_find(&w->text, w->at, &w->delimiter);
    else if (w->begun && w->at < w->text.n)
        found += utf8_length(w->text.u.s + w->at, w->text.n - w->at);
    w->done = w->delimiter.n ? found == w->text.n : w->begun && w->at == w->text.n;
    w->begun = 1;
    *ret = text_call_part(&w->text, w->at, found);
    w->at = found + (w->done ? 0 : w->delimiter.n);
    return 1;
}

KILN_OP(text_split, "text.split", KILN_PURE, "The parts of a text between delimiters.",
        KILN_INPUTS(TEXT, { "delimiter", "string", "What separates; a comma when left out.", 0 }),
        KILN_OUTPUTS({ "parts", "array of string", "The parts; none of an empty text.", 0 }),
        KILN_FLAGS(KILN_OP_BARE))
{
    struct walk w = { 0 };
    kiln_value part, list;

    if (text_call_input(call, "split", &w.text) < 0
        || input_text_or(call, "split", "delimiter", ",", &w.delimiter) < 0
        || kiln_array(kiln_call_heap(call), &list, NULL, 0) < 0)
        return -1;
    while (w.text.n && next_part(&w, &part))
        if (text_call_push(call, &list, part.u.s, part.n) < 0)
            return -1;
    return kiln_out_value(call, list);
}

/* The parts, trimmed, with `between` between them. */
static int join(kiln_call *call, struct walk *w, const kiln_value *between)
{
    struct text t = { 0 };
    kiln_value part;

    for (int first = 1; next_part(w, &part) && !text_call_is_full(&t); first = 0) {
        size_t n = part.n;

        if (!first)
            text_put(&t, between->u.s, between->n);
        utf8_trim(&part.u.s, &n);
        text_put(&t, part.u.s, n);
    }
    return text_call_give(call, &t);
}

KILN_OP(text_split_join, "text.split-join", KILN_PURE,
        "The trimmed parts of a text with another delimiter between them.",
        KILN_INPUTS(TEXT, { "delimiter", "string", "What separates; a comma when left out.", 0 },
                    { "join_delimiter", "string", "What joins; a blank when left out.", 0 }),
        RESULT, KILN_FLAGS(KILN_OP_BARE))
{
    struct walk w = { 0 };
    kiln_value between;

    if (text_call_input(call, "split-join", &w.text) < 0
        || input_text_or(call, "split-join", "delimiter", ",", &w.delimiter) < 0
        || input_text_or(call, "split-join", "join_delimiter", " ", &between) < 0)
        return -1;
    return join(call, &w, &between);
}

KILN_OP(text_collapse_expand_lines, "text.collapse-expand-lines", KILN_PURE,
        "Makes one line of many, or with a delimiter many of one.",
        KILN_INPUTS(TEXT, { "delimiter", "string", "What separates the lines to be.", 0 }), RESULT,
        KILN_FLAGS(KILN_OP_BARE))
{
    struct walk w = { 0 };
    kiln_value delimiter, blank = value_static(" "), newline = value_static("\n");

    if (text_call_input(call, "collapse-expand-lines", &w.text) < 0
        || input_optional_text(call, "collapse-expand-lines", "delimiter", &delimiter) < 0)
        return -1;
    if (delimiter.tag == KILN_STRING) {
        w.delimiter = delimiter;
        return join(call, &w, &newline);
    }
    if (w.text.n && w.text.u.s[w.text.n - 1] == '\n') /* ends the last line, begins none */
        w.text.n--;
    w.delimiter = newline;
    return join(call, &w, &blank);
}
