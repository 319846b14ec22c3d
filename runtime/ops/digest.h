/* digest.h: digests of bytes and their letters, for the operations that make them. */
#ifndef KILN_OPS_DIGEST_H
#define KILN_OPS_DIGEST_H

#include "base/text.h"

enum digest_kind { DIGEST_SHA256, DIGEST_SHA512, DIGEST_SHA1, DIGEST_MD5, DIGEST_KINDS };

enum { DIGEST_LARGEST = 64 }; /* bytes */

/* Writes the digest of n bytes and returns how many bytes it has. */
size_t digest_make(enum digest_kind kind, const void *bytes, size_t n,
                   unsigned char ret[DIGEST_LARGEST]);
/* The same for the keyed digest (HMAC). */
size_t digest_make_keyed(enum digest_kind kind, const void *key, size_t key_n, const void *bytes,
                         size_t n, unsigned char ret[DIGEST_LARGEST]);
/* Appends the bytes as lower-case hexadecimal. */
void digest_put_hex(struct text *t, const unsigned char *bytes, size_t n);

#endif
