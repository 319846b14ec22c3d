/* json_read.c: JSON text -> value, in one pass.
 *
 * The text is copied into the heap once, with zeros behind it that end every scan, and strings
 * point into that copy. Items of open containers wait on a stack and move into the heap in one
 * piece when their container closes.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "json_scalar.h"

static int read_value(struct json_reader *r, kiln_value *ret, unsigned depth);

int json_complain(struct json_reader *r, const char *sentence)
{
    r->sentence = r->at == r->end ? "the text ends too early" : sentence;
    return -1;
}

static int no_memory(struct json_reader *r)
{
    r->sentence = "out of memory";
    return -1;
}

/* ---- containers --------------------------------------------------------------------------- */

static int read_word(struct json_reader *r, kiln_value *ret, const char *word, kiln_value v)
{
    for (; *word; word++, r->at++)
        if (*r->at != *word)
            return json_complain(r, "an unknown word");
    *ret = v;
    return 0;
}

/* Behind an item: a comma goes on (1), `close` ends (0), all else is wrong. */
static int read_comma(struct json_reader *r, char close, const char *sentence)
{
    json_skip_blanks(r);
    if (*r->at != ',' && *r->at != close)
        return json_complain(r, sentence);
    return *r->at++ == ',';
}

static int read_item(struct json_reader *r, unsigned depth)
{
    kiln_value v;

    if (read_value(r, &v, depth) < 0)
        return -1;
    return list_push(&r->stack, v) < 0 ? no_memory(r) : 0;
}

static int close_array(struct json_reader *r, kiln_value *ret, size_t base)
{
    size_t n = r->stack.n - base;
    kiln_value *items = arena_alloc(&r->heap->arena, n * sizeof *items);

    r->stack.n = base;
    if (!items || n > UINT32_MAX)
        return no_memory(r);
    if (n)
        memcpy(items, r->stack.at + base, n * sizeof *items);
    return value_array(r->heap, ret, items, (unsigned)n) < 0 ? no_memory(r) : 0;
}

static int read_array(struct json_reader *r, kiln_value *ret, unsigned depth)
{
    size_t base = r->stack.n;
    int more;

    r->at++;
    json_skip_blanks(r);
    if (*r->at == ']') {
        r->at++;
        return close_array(r, ret, base);
    }
    do
        if (read_item(r, depth) < 0
            || (more = read_comma(r, ']', "a comma or ] is missing here")) < 0)
            return -1;
    while (more);
    return close_array(r, ret, base);
}

static int read_member(struct json_reader *r, unsigned depth)
{
    kiln_value key;

    json_skip_blanks(r);
    if (*r->at != '"')
        return json_complain(r, "a key in quotes is missing here");
    if (json_scalar_string(r, &key) < 0)
        return -1;
    if (list_push(&r->stack, key) < 0)
        return no_memory(r);
    json_skip_blanks(r);
    if (*r->at != ':')
        return json_complain(r, "a colon is missing here");
    r->at++;
    return read_item(r, depth);
}

/* Keys and values in turn on the stack are members as they stand. */
static int close_object(struct json_reader *r, kiln_value *ret, size_t base)
{
    size_t n = (r->stack.n - base) / 2;
    kiln_member *members = value_members(r->heap, n);

    r->stack.n = base;
    if (!members)
        return no_memory(r);
    if (n)
        memcpy(members, r->stack.at + base, n * sizeof *members);
    return value_object(r->heap, ret, members, (unsigned)n) < 0 ? no_memory(r) : 0;
}

static int read_object(struct json_reader *r, kiln_value *ret, unsigned depth)
{
    size_t base = r->stack.n;
    int more;

    r->at++;
    json_skip_blanks(r);
    if (*r->at == '}') {
        r->at++;
        return close_object(r, ret, base);
    }
    do
        if (read_member(r, depth) < 0
            || (more = read_comma(r, '}', "a comma or } is missing here")) < 0)
            return -1;
    while (more);
    return close_object(r, ret, base);
}

static int read_value(struct json_reader *r, kiln_value *ret, unsigned depth)
{
    json_skip_blanks(r);
    switch (*r->at) {
    case '"':
        return json_scalar_string(r, ret);
    case '[':
    case '{':
        if (depth == JSON_DEPTH)
            return json_complain(r, "nested too deep");
        return *r->at == '[' ? read_array(r, ret, depth + 1) : read_object(r, ret, depth + 1);
    case 't':
        return read_word(r, ret, "true", value_bool(1));
    case 'f':
        return read_word(r, ret, "false", value_bool(0));
    case 'n':
        return read_word(r, ret, "null", value_null());
    default:
        if (*r->at == '-' || json_is_digit(*r->at))
            return json_scalar_number(r, ret);
        return json_complain(r, "a value is missing here");
    }
}

static int read_document(struct json_reader *r, kiln_value *ret)
{
    if (read_value(r, ret, 0) < 0)
        return -1;
    json_skip_blanks(r);
    if (r->at < r->end)
        return json_complain(r, "something follows the value");
    return 0;
}

int json_read(kiln_heap *h, kiln_value *ret, const char *text, size_t n, struct json_error *error)
{
    char *copy = n <= UINT32_MAX ? arena_alloc(&h->arena, n + JSON_PADDING) : NULL;
    struct json_reader r = { .heap = h, .at = copy, .end = copy ? copy + n : NULL };
    kiln_value v;
    int rc;

    if (!copy) {
        *error = (struct json_error){ .sentence = "out of memory" };
        return -1;
    }
    if (n)
        memcpy(copy, text, n);
    memset(copy + n, 0, JSON_PADDING);
    if ((rc = read_document(&r, &v)) == 0)
        *ret = v;
    else
        *error = (struct json_error){ .at = (size_t)(r.at - copy), .sentence = r.sentence };
    free(r.stack.at);
    return rc;
}
