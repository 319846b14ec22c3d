/* digest.c: digests, by nettle: small, and only the algorithms asked for end up in a program. */
#include "ops/digest.h"

#include <nettle/hmac.h>
#include <nettle/md5.h>
#include <nettle/nettle-meta.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>

/* Room for the state of any of them. */
union state {
    struct sha256_ctx sha256;
    struct sha512_ctx sha512;
    struct sha1_ctx sha1;
    struct md5_ctx md5;
};

static const struct nettle_hash *const hashes[DIGEST_KINDS] = {
    [DIGEST_SHA256] = &nettle_sha256,
    [DIGEST_SHA512] = &nettle_sha512,
    [DIGEST_SHA1] = &nettle_sha1,
    [DIGEST_MD5] = &nettle_md5,
};

size_t digest_make(enum digest_kind kind, const void *bytes, size_t n,
                   unsigned char ret[DIGEST_LARGEST])
{
    const struct nettle_hash *hash = hashes[kind];
    union state state;

    hash->init(&state);
    hash->update(&state, n, bytes);
    hash->digest(&state, hash->digest_size, ret);
    return hash->digest_size;
}

size_t digest_make_keyed(enum digest_kind kind, const void *key, size_t key_n, const void *bytes,
                         size_t n, unsigned char ret[DIGEST_LARGEST])
{
    const struct nettle_hash *hash = hashes[kind];
    union state outer, inner, state;

    hmac_set_key(&outer, &inner, &state, hash, key_n, key);
    hmac_update(&state, hash, n, bytes);
    hmac_digest(&outer, &inner, &state, hash, hash->digest_size, ret);
    return hash->digest_size;
}

void digest_put_hex(struct text *t, const unsigned char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        text_putc(t, "0123456789abcdef"[bytes[i] >> 4]);
        text_putc(t, "0123456789abcdef"[bytes[i] & 15]);
    }
}
