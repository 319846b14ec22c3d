/* cases.c: utf8proc knows the other form of a letter where it is one letter; the few that have
 * several, and the sigma that depends on its place, stand here (Unicode, SpecialCasing). */
#include "ops/text/cases.h"

#include <utf8proc.h>

#include "base/utf8.h"

/* The capitals of letters that have no single capital. */
static const struct {
    int letter;
    const char *capitals;
} several[] = {
    { 0xdf, "SS" },
    { 0x149, "\xca\xbcN" },
    { 0x1f0, "J\xcc\x8c" },
    { 0x587, "ԵՒ" },
    { 0x1e96, "H\xcc\xb1" },
    { 0x1e97, "T\xcc\x88" },
    { 0x1e98, "W\xcc\x8a" },
    { 0x1e99, "Y\xcc\x8a" },
    { 0x1e9a, "A\xca\xbe" },
    { 0x390, "\xce\x99\xcc\x88\xcc\x81" },
    { 0x3b0, "\xce\xa5\xcc\x88\xcc\x81" },
    { 0xfb00, "FF" },
    { 0xfb01, "FI" },
    { 0xfb02, "FL" },
    { 0xfb03, "FFI" },
    { 0xfb04, "FFL" },
    { 0xfb05, "ST" },
    { 0xfb06, "ST" },
    { 0xfb13, "ՄՆ" },
    { 0xfb14, "ՄԵ" },
    { 0xfb15, "ՄԻ" },
    { 0xfb16, "ՎՆ" },
    { 0xfb17, "ՄԽ" },
};

enum { SIGMA = 0x3a3, SMALL_SIGMA = 0x3c3, FINAL_SIGMA = 0x3c2, DOTTED_I = 0x130 };

static size_t read_letter(const char *s, size_t n, utf8proc_int32_t *ret)
{
    utf8proc_ssize_t length =
        utf8proc_iterate((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n, ret);

    return length > 0 ? (size_t)length : 1;
}

static void put_letter(struct text *t, utf8proc_int32_t c)
{
    char bytes[4];

    text_put(t, bytes, utf8_write((unsigned)c, bytes));
}

static int is_letter(utf8proc_int32_t c)
{
    utf8proc_category_t k = utf8proc_category(c);

    return k == UTF8PROC_CATEGORY_LU || k == UTF8PROC_CATEGORY_LL || k == UTF8PROC_CATEGORY_LT;
}

/* Behind a letter and in front of none. */
static int ends_word(utf8proc_int32_t before, const char *s, size_t n)
{
    utf8proc_int32_t next = 0;

    if (n)
        read_letter(s, n, &next);
    return is_letter(before) && !is_letter(next);
}

void cases_put_lower(struct text *t, const char *s, size_t n)
{
    utf8proc_int32_t c = 0, before = 0;

    for (size_t i = 0; i < n; before = c) {
        i += read_letter(s + i, n - i, &c);
        if (c == SIGMA)
            put_letter(t, ends_word(before, s + i, n - i) ? FINAL_SIGMA : SMALL_SIGMA);
        else if (c == DOTTED_I)
            text_puts(t, "i\xcc\x87");
        else
            put_letter(t, utf8proc_tolower(c));
    }
}

static const char *several_of(utf8proc_int32_t c)
{
    for (size_t i = 0; c > 127 && i < sizeof several / sizeof *several; i++)
        if (several[i].letter == c)
            return several[i].capitals;
    return NULL;
}

void cases_put_upper(struct text *t, const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        utf8proc_int32_t c = 0;
        const char *capitals;

        i += read_letter(s + i, n - i, &c);
        if ((capitals = several_of(c)))
            text_puts(t, capitals);
        else
            put_letter(t, utf8proc_toupper(c));
    }
}
