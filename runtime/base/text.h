/* text.h: a growing buffer of bytes, always NUL-terminated. */
#ifndef KILN_TEXT_H
#define KILN_TEXT_H

#include <stdarg.h>
#include <stddef.h>

/* Zero-initialised it is empty. `failed` is set when memory ran out: writers go on harmlessly and
 * the owner looks once, at the end. */
struct text {
    char *s; /* NULL until the first write */
    size_t n, cap;
    int failed;
};

void text_put(struct text *t, const void *bytes, size_t n);
void text_puts(struct text *t, const char *s);
void text_putc(struct text *t, char c);
/* A number in decimal digits: what large texts have most of. */
void text_put_uint(struct text *t, unsigned long long number);
void text_put_int(struct text *t, long long number);
/* printf, but for %a, %n, %p, long doubles, wide characters and the flag #; '.' is always the
 * decimal point. What is behind a conversion that is none of the others is written as it stands. */
void text_printf(struct text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same into room for `size` bytes, its NUL included; what does not fit is cut off. */
void text_fit(char *to, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));
void text_vprintf(struct text *t, const char *format, va_list ap);
/* Makes room for `n` more bytes and returns where they go, or NULL; the caller adds to t->n. */
char *text_reserve(struct text *t, size_t n);
/* The text as a C string, "" when empty. Valid until the next write. */
const char *text_cstr(const struct text *t);
/* Forgets the content, keeps the memory. */
void text_clear(struct text *t);
void text_fini(struct text *t);

#endif
