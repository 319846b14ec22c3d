/* charset.h: text in other encodings, by the names of the WHATWG Encoding Standard.
 *
 * Inside, text is UTF-8. UTF-8 itself and windows-1252 (which the standard means by latin1) are
 * done here; the rest by the C library's iconv.
 */
#ifndef KILN_OPS_CHARSET_H
#define KILN_OPS_CHARSET_H

#include "base/text.h"
#include "kiln_op.h"

struct charset;

/* The encoding with this label, whatever its case and the blanks around it; NULL when unknown. */
const struct charset *charset_find(const char *label, size_t n);
/* Its name, as the standard writes it. Static. */
const char *charset_name(const struct charset *c);
/* What bytes without a label are: what a byte order mark says, else UTF-8 if they are that, else
 * windows-1252. */
const struct charset *charset_guess(const char *s, size_t n);
/* The length of the mark of this encoding at the beginning of s[0..n), or 0. */
size_t charset_mark(const struct charset *c, const char *s, size_t n);

/* Reads a stream of bytes piece by piece; a character may be cut between two pieces. */
struct charset_reader {
    const struct charset *charset;
    void *iconv;
    char held[16]; /* a character that is not complete */
    size_t n_held;
};

/* 0, or -1 when the C library does not know the encoding. */
int charset_open(struct charset_reader *r, const struct charset *c);
/* Appends s[0..n) in UTF-8; what is malformed becomes U+FFFD - but in UTF-8, which is appended as
 * it is. `last` says that no more will come. */
void charset_read(struct charset_reader *r, struct text *t, const char *s, size_t n, int last);
void charset_close(struct charset_reader *r);

/* Appends UTF-8 text in an encoding; characters it lacks become &#NUMBER;, and UTF-16 is written as
 * UTF-8, both as the standard wants it. 0, or -1 when the C library does not know the encoding. */
int charset_write(const struct charset *c, struct text *t, const char *s, size_t n);

/* The encoding an input names, `otherwise` when it is absent or null. 0 or -1; `name` as in
 * input.h. *ret is NULL for "auto": it is for charset_guess. */
int charset_input(kiln_call *call, const char *name, const char *field, const char *otherwise,
                  const struct charset **ret);

#endif
