/* test_ops_crypto.c: the crypto operations, against the vectors of FIPS 180, RFC 1321 and RFC 4231.
 */
#include "calls.h"
#include "suites.h"

extern const kiln_op kiln_op_crypto_hash, kiln_op_crypto_hmac;

#define REFUSED(code, message)                                                                     \
    "! {'category':'permanent','code':'" code "','message':'" message "','severity':'error'}"

static const struct {
    const kiln_op *op;
    const char *input, *output;
} cases[] = {
    { &kiln_op_crypto_hash, "{'data':'abc'}",
      "{'algorithm':'sha256','format':'hex','hash':"
      "'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'}" },
    { &kiln_op_crypto_hash, "{'data':'','algorithm':'sha1'}",
      "{'algorithm':'sha1','format':'hex','hash':'da39a3ee5e6b4b0d3255bfef95601890afd80709'}" },
    { &kiln_op_crypto_hash, "{'data':'abc','algorithm':'md5'}",
      "{'algorithm':'md5','format':'hex','hash':'900150983cd24fb0d6963f7d28e17f72'}" },
    { &kiln_op_crypto_hash, "{'data':'abc','algorithm':'md5','output_format':'base64'}",
      "{'algorithm':'md5','format':'base64','hash':'kAFQmDzST7DWlj99KOF/cg=='}" },
    { &kiln_op_crypto_hash, "{'data':'abc','algorithm':'sha512'}",
      "{'algorithm':'sha512','format':'hex','hash':"
      "'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
      "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f'}" },
    /* A file is decoded, base64 in a text is not. */
    { &kiln_op_crypto_hash, "{'data':{'content':'YWJj'},'algorithm':'md5'}",
      "{'algorithm':'md5','format':'hex','hash':'900150983cd24fb0d6963f7d28e17f72'}" },
    { &kiln_op_crypto_hash, "{'data':'YWJj','algorithm':'md5'}",
      "{'algorithm':'md5','format':'hex','hash':'f4c0128178a6a21b7a3dd76729725d91'}" },
    { &kiln_op_crypto_hash, "{'data':{'content':'YW'}}",
      REFUSED("CRYPTO_DECODE_ERROR", "Cannot decode the file: the text is not valid base64") },
    { &kiln_op_crypto_hash, "{}",
      REFUSED("INPUT_DESERIALIZATION_ERROR", "Invalid input for hash: missing field `data`") },
    { &kiln_op_crypto_hash, "{'data':7}",
      REFUSED("INPUT_DESERIALIZATION_ERROR",
              "Invalid input for hash: invalid type: integer `7`, expected a string or a file") },
    { &kiln_op_crypto_hash, "{'data':'x','algorithm':'crc32'}",
      REFUSED("INPUT_DESERIALIZATION_ERROR",
              "Invalid input for hash: unknown variant `crc32`, expected one of `sha256`, "
              "`sha512`, `sha1`, `md5`") },
    { &kiln_op_crypto_hmac, "{'data':'what do ya want for nothing?','secret':'Jefe'}",
      "{'algorithm':'hmac-sha256','format':'hex','hash':"
      "'5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'}" },
    { &kiln_op_crypto_hmac,
      "{'data':'what do ya want for nothing?','secret':'Jefe','algorithm':'hmac-sha512'}",
      "{'algorithm':'hmac-sha512','format':'hex','hash':"
      "'164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
      "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737'}" },
    { &kiln_op_crypto_hmac, "{'data':'x'}",
      REFUSED("INPUT_DESERIALIZATION_ERROR", "Invalid input for hmac: missing field `secret`") },
};

START_TEST(digests)
{
    calls_expect(cases[_i].op, cases[_i].input, cases[_i].output);
}
END_TEST

Suite *suite_ops_crypto(void);

Suite *suite_ops_crypto(void)
{
    Suite *s = suite_create("ops_crypto");
    TCase *c = tcase_create("crypto");

    tcase_add_loop_test(c, digests, 0, sizeof cases / sizeof *cases);
    suite_add_tcase(s, c);
    return s;
}
