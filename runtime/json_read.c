/* json_read.c: JSON text -> value, in one pass.
 *
 * The text is copied into the heap once, with zeros behind it that end every scan, and strings
 * point into that copy: an escape only ever gets shorter, so it is decoded in place. Items of open
 * containers wait on a stack and move into the heap in one piece when their container closes.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/list.h"
#include "base/number.h"
#include "base/utf8.h"
#include "container.h"

enum { PADDING = 8 }; /* a scan looks at eight bytes at a time */

struct reader {
    kiln_heap *heap;
    char *at, *end;
    LIST(kiln_value) stack; /* items, or keys and values in turn, of open containers */
    const char *sentence;   /* what is wrong at `at` */
};

static int read_value(struct reader *r, kiln_value *ret, unsigned depth);

static int complain(struct reader *r, const char *sentence)
{
    r->sentence = r->at == r->end ? "the text ends too early" : sentence;
    return -1;
}

static int no_memory(struct reader *r)
{
    r->sentence = "out of memory";
    return -1;
}

static void skip_blanks(struct reader *r)
{
    while (*r->at == ' ' || *r->at == '\n' || *r->at == '\t' || *r->at == '\r')
        r->at++;
}

/* ---- strings ------------------------------------------------------------------------------ */

/* True when none of eight bytes ends a run of plain ASCII: a quote, a backslash, a control
 * character, anything above ASCII. */
static int is_plain(uint64_t w)
{
    const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    uint64_t quote = w ^ (ones * '"'), slash = w ^ (ones * '\\');

    return !(((w - ones * ' ') | (quote - ones) | (slash - ones) | w) & tops);
}

static char *skip_plain(char *p)
{
    while (is_plain(bytes_word(p)))
        p += 8;
    while ((unsigned char)*p >= ' ' && (unsigned char)*p < 0x80 && *p != '"' && *p != '\\')
        p++;
    return p;
}

static int is_digit(char c)
{
    return '0' <= c && c <= '9';
}

/* The four hexadecimal digits at p, or -1. */
static int read_hex(const char *p)
{
    int code = 0;

    for (int i = 0; i < 4; i++) {
        int letter = p[i] | 0x20;

        if (!is_digit(p[i]) && (letter < 'a' || letter > 'f'))
            return -1;
        code = code * 16 + (is_digit(p[i]) ? p[i] - '0' : letter - 'a' + 10);
    }
    return code;
}

/* The code point of the escape whose `u` is at r->at, moving past it; -1 when malformed. */
static int read_code_point(struct reader *r)
{
    int high = read_hex(r->at + 1), low;

    if (high < 0)
        return complain(r, "an escape needs four hexadecimal digits");
    if (high < 0xd800 || high > 0xdfff) {
        r->at += 5;
        return high;
    }
    low = high < 0xdc00 && r->at[5] == '\\' && r->at[6] == 'u' ? read_hex(r->at + 7) : -1;
    if (low < 0xdc00 || low > 0xdfff)
        return complain(r, "half of a surrogate pair");
    r->at += 11;
    return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

/* Decodes the escape behind a backslash to *to and moves both on. */
static int read_escape(struct reader *r, char **to)
{
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    const char *letter = *r->at ? strchr(letters, *r->at) : NULL;
    int code;

    if (letter) {
        *(*to)++ = meanings[letter - letters];
        r->at++;
        return 0;
    }
    if (*r->at != 'u')
        return complain(r, "an unknown escape");
    if ((code = read_code_point(r)) < 0)
        return -1;
    *to += utf8_write((unsigned)code, *to);
    return 0;
}

/* Moves one run of plain text, or a character above ASCII, down to *to. */
static int move_run(struct reader *r, char **to)
{
    char *from = r->at;
    size_t n;

    r->at = skip_plain(from);
    while ((unsigned char)*r->at >= 0x80) {
        if (!(n = utf8_length(r->at, (size_t)(r->end - r->at))))
            return complain(r, "not UTF-8");
        r->at += n;
    }
    if (*to != from)
        memmove(*to, from, (size_t)(r->at - from));
    *to += r->at - from;
    return 0;
}

/* A string whose opening quote is at r->at. */
static int read_string(struct reader *r, kiln_value *ret)
{
    char *start = ++r->at, *to = start;

    for (;;) {
        if (move_run(r, &to) < 0)
            return -1;
        if (*r->at == '"')
            break;
        if (*r->at == '\\') {
            r->at++;
            if (read_escape(r, &to) < 0)
                return -1;
        } else if ((unsigned char)*r->at < ' ') {
            return complain(r, "a control character in a string");
        }
    }
    r->at++;
    *ret = (kiln_value){ .tag = KILN_STRING, .n = (unsigned)(to - start), .u.s = start };
    return 0;
}

/* ---- numbers ------------------------------------------------------------------------------ */

/* At least one digit. */
static int skip_digits(struct reader *r)
{
    if (!is_digit(*r->at))
        return complain(r, "a number needs a digit here");
    while (is_digit(*r->at))
        r->at++;
    return 0;
}

static int read_double(struct reader *r, kiln_value *ret, const char *start)
{
    double d;

    if (*r->at == '.') {
        r->at++;
        if (skip_digits(r) < 0)
            return -1;
    }
    if (*r->at == 'e' || *r->at == 'E') {
        r->at++;
        r->at += *r->at == '+' || *r->at == '-';
        if (skip_digits(r) < 0)
            return -1;
    }
    d = number_read(start, (size_t)(r->at - start));
    if (isinf(d)) {
        r->at = (char *)(uintptr_t)start;
        r->sentence = "a number out of range";
        return -1;
    }
    *ret = value_double(d);
    return 0;
}

/* The integer in digits[0..n), n <= 20; -1 when it does not fit (or is -0, which is a double). */
static int read_integer(const char *digits, size_t n, int minus, kiln_value *ret)
{
    unsigned long long w = 0;

    for (size_t i = 0; i < n; i++)
        if (__builtin_mul_overflow(w, 10u, &w)
            || __builtin_add_overflow(w, (unsigned)(digits[i] - '0'), &w))
            return -1;
    if (minus && (!w || w > (unsigned long long)INT64_MAX + 1))
        return -1;
    *ret = minus ? value_int((long long)(0 - w)) : value_uint(w);
    return 0;
}

static int read_number(struct reader *r, kiln_value *ret)
{
    const char *start = r->at, *digits;
    size_t n;

    r->at += *r->at == '-';
    digits = r->at;
    if (skip_digits(r) < 0)
        return -1;
    n = (size_t)(r->at - digits);
    if (*digits == '0' && n > 1) {
        r->at = (char *)(uintptr_t)digits;
        return complain(r, "a number with a leading zero");
    }
    if (*r->at != '.' && (*r->at | 0x20) != 'e' && n <= 20
        && read_integer(digits, n, digits > start, ret) == 0)
        return 0;
    return read_double(r, ret, start);
}

/* ---- containers --------------------------------------------------------------------------- */

static int read_word(struct reader *r, kiln_value *ret, const char *word, kiln_value v)
{
    for (; *word; word++, r->at++)
        if (*r->at != *word)
            return complain(r, "an unknown word");
    *ret = v;
    return 0;
}

/* Behind an item: a comma goes on (1), `close` ends (0), all else is wrong. */
static int read_comma(struct reader *r, char close, const char *sentence)
{
    skip_blanks(r);
    if (*r->at != ',' && *r->at != close)
        return complain(r, sentence);
    return *r->at++ == ',';
}

static int read_item(struct reader *r, unsigned depth)
{
    kiln_value v;

    if (read_value(r, &v, depth) < 0)
        return -1;
    return list_push(&r->stack, v) < 0 ? no_memory(r) : 0;
}

static int close_array(struct reader *r, kiln_value *ret, size_t base)
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

static int read_array(struct reader *r, kiln_value *ret, unsigned depth)
{
    size_t base = r->stack.n;
    int more;

    r->at++;
    skip_blanks(r);
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

static int read_member(struct reader *r, unsigned depth)
{
    kiln_value key;

    skip_blanks(r);
    if (*r->at != '"')
        return complain(r, "a key in quotes is missing here");
    if (read_string(r, &key) < 0)
        return -1;
    if (list_push(&r->stack, key) < 0)
        return no_memory(r);
    skip_blanks(r);
    if (*r->at != ':')
        return complain(r, "a colon is missing here");
    r->at++;
    return read_item(r, depth);
}

/* Keys and values in turn on the stack are members as they stand. */
static int close_object(struct reader *r, kiln_value *ret, size_t base)
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

static int read_object(struct reader *r, kiln_value *ret, unsigned depth)
{
    size_t base = r->stack.n;
    int more;

    r->at++;
    skip_blanks(r);
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

static int read_value(struct reader *r, kiln_value *ret, unsigned depth)
{
    skip_blanks(r);
    switch (*r->at) {
    case '"':
        return read_string(r, ret);
    case '[':
    case '{':
        if (depth == JSON_DEPTH)
            return complain(r, "nested too deep");
        return *r->at == '[' ? read_array(r, ret, depth + 1) : read_object(r, ret, depth + 1);
    case 't':
        return read_word(r, ret, "true", value_bool(1));
    case 'f':
        return read_word(r, ret, "false", value_bool(0));
    case 'n':
        return read_word(r, ret, "null", value_null());
    default:
        if (*r->at == '-' || is_digit(*r->at))
            return read_number(r, ret);
        return complain(r, "a value is missing here");
    }
}

static int read_document(struct reader *r, kiln_value *ret)
{
    if (read_value(r, ret, 0) < 0)
        return -1;
    skip_blanks(r);
    if (r->at < r->end)
        return complain(r, "something follows the value");
    return 0;
}

int json_read(kiln_heap *h, kiln_value *ret, const char *text, size_t n, struct json_error *error)
{
    char *copy = n <= UINT32_MAX ? arena_alloc(&h->arena, n + PADDING) : NULL;
    struct reader r = { .heap = h, .at = copy, .end = copy ? copy + n : NULL };
    kiln_value v;
    int rc;

    if (!copy) {
        *error = (struct json_error){ .sentence = "out of memory" };
        return -1;
    }
    if (n)
        memcpy(copy, text, n);
    memset(copy + n, 0, PADDING);
    if ((rc = read_document(&r, &v)) == 0)
        *ret = v;
    else
        *error = (struct json_error){ .at = (size_t)(r.at - copy), .sentence = r.sentence };
    free(r.stack.at);
    return rc;
}
