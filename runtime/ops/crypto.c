/* crypto.c: the `crypto` operations (scenario 4.8): digests, with a key and without.
 *
 * Text is taken as its bytes and not as base64; a file {content} is decoded first.
 */
#include "base/base64.h"
#include "ops/bytes.h"
#include "ops/digest.h"
#include "ops/input.h"
#include "value.h"

/* The words stand in the order of enum digest_kind. */
static const char *const hash_words[] = { "sha256", "sha512", "sha1", "md5", NULL };
static const char *const hmac_words[] = { "hmac-sha256", "hmac-sha512", NULL };
static const char *const format_words[] = { "hex", "base64", NULL };

/* The bytes to digest. 0, or -1 when the call has been failed. */
static int read_data(kiln_call *call, const char *name, struct text *ret)
{
    kiln_value v;
    const char *why;

    if (input_any(call, name, "data", &v) < 0)
        return -1;
    if (v.tag == KILN_STRING) {
        text_put(ret, v.u.s, v.n);
        return ret->failed ? kiln_fail(call, "out of memory") : 0;
    }
    if (value_member(&v, "content").tag != KILN_STRING)
        return input_refuse(call, name, "type", &v, "a string or a file");
    why = bytes_read(ret, &v, 0);
    return why ? input_fail(call, "CRYPTO_DECODE_ERROR", "Cannot decode the file: %s", why) : 0;
}

static int give(kiln_call *call, const unsigned char *digest, size_t n, const char *algorithm,
                int format)
{
    struct text t = { 0 };
    kiln_value letters;
    int failed;

    if (format)
        base64_write(&t, digest, n);
    else
        digest_put_hex(&t, digest, n);
    failed = value_string(kiln_call_heap(call), &letters, text_cstr(&t), t.n) < 0;
    text_fini(&t);
    if (failed)
        return kiln_fail(call, "out of memory");
    kiln_out(call, "algorithm", value_static(algorithm));
    kiln_out(call, "format", value_static(format_words[format]));
    return kiln_out(call, "hash", letters);
}

KILN_OP(crypto_hash, "crypto.hash", KILN_PURE, "The digest of a text or a file.",
        KILN_INPUTS({ "data", "any", "Text, or a file {content}.", KILN_REQUIRED },
                    { "algorithm", "string", "sha256 (the default), sha512, sha1, md5.", 0 },
                    { "output_format", "string", "hex (the default) or base64.", 0 }),
        KILN_OUTPUTS({ "hash", "string", "The digest.", 0 },
                     { "algorithm", "string", "The algorithm.", 0 },
                     { "format", "string", "How it is written.", 0 }),
        KILN_WORDS({ "algorithm", hash_words }, { "output_format", format_words }),
        KILN_FLAGS(KILN_OP_CHECKS), KILN_NEEDS("nettle"))
{
    unsigned char digest[DIGEST_LARGEST];
    struct text data = { 0 };
    int algorithm, format, failed = -1;

    if (read_data(call, "hash", &data) == 0
        && input_choice(call, "hash", "algorithm", hash_words, DIGEST_SHA256, &algorithm) == 0
        && input_choice(call, "hash", "output_format", format_words, 0, &format) == 0) {
        size_t n = digest_make((enum digest_kind)algorithm, data.s, data.n, digest);

        failed = give(call, digest, n, hash_words[algorithm], format);
    }
    text_fini(&data);
    return failed;
}

KILN_OP(crypto_hmac, "crypto.hmac", KILN_PURE, "The digest of a text or a file with a secret.",
        KILN_INPUTS({ "data", "any", "Text, or a file {content}.", KILN_REQUIRED },
                    { "secret", "string", "The key.", KILN_REQUIRED },
                    { "algorithm", "string", "hmac-sha256 (the default) or hmac-sha512.", 0 },
                    { "output_format", "string", "hex (the default) or base64.", 0 }),
        KILN_OUTPUTS({ "hash", "string", "The digest.", 0 },
                     { "algorithm", "string", "The algorithm.", 0 },
                     { "format", "string", "How it is written.", 0 }),
        KILN_WORDS({ "algorithm", hmac_words }, { "output_format", format_words }),
        KILN_FLAGS(KILN_OP_CHECKS), KILN_NEEDS("nettle"))
{
    unsigned char digest[DIGEST_LARGEST];
    struct text data = { 0 };
    kiln_value secret;
    int algorithm, format, failed = -1;

    if (read_data(call, "hmac", &data) == 0 && input_text(call, "hmac", "secret", &secret) == 0
        && input_choice(call, "hmac", "algorithm", hmac_words, DIGEST_SHA256, &algorithm) == 0
        && input_choice(call, "hmac", "output_format", format_words, 0, &format) == 0) {
        size_t n = digest_make_keyed((enum digest_kind)algorithm, secret.u.s, secret.n, data.s,
                                     data.n, digest);

        failed = give(call, digest, n, hmac_words[algorithm], format);
    }
    text_fini(&data);
    return failed;
}
