/* test_ops_text.c: the text operations that need no regex: a row is a call and its answer. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"
#include "suites.h"

#define REFUSED(code, message)                                                                     \
    "! {'category':'permanent','code':'" code "','message':'" message "','severity':'error'}"
#define REFUSED_ABOUT(attributes, code, message)                                                   \
    "! {'attributes':" attributes ",'category':'permanent','code':'" code "','message':'" message  \
    "','severity':'error'}"

#define OPS(X)                                                                                     \
    X(trim_normalize)                                                                              \
    X(extract_first_word)                                                                          \
    X(extract_first_line)                                                                          \
    X(remove_characters)                                                                           \
    X(slugify)                                                                                     \
    X(find_replace)                                                                                \
    X(substring_extraction)                                                                        \
    X(split)                                                                                       \
    X(split_join)                                                                                  \
    X(collapse_expand_lines)                                                                       \
    X(case_conversion)                                                                             \
    X(hash_text)                                                                                   \
    X(pad_text)                                                                                    \
    X(truncate_text)                                                                               \
    X(wrap_text)                                                                                   \
    X(extract_numbers)                                                                             \
    X(extract_emails)                                                                              \
    X(extract_urls)                                                                                \
    X(compare_text)                                                                                \
    X(as_byte_array)                                                                               \
    X(from_base64)                                                                                 \
    X(to_base64)                                                                                   \
    X(detect_encoding)

#define DECLARED(name) extern const kiln_op kiln_op_text_##name;
OPS(DECLARED)
#define LISTED(name) &kiln_op_text_##name,
static const kiln_op *const ops[] = { OPS(LISTED) };

extern const kiln_op kiln_op_text_regex_replace;

#define TOO_LONG REFUSED("TEXT_TOO_LONG", "The text would have more than 268435456 bytes")
#define CASE(op, input, output)                                                                    \
    {                                                                                              \
        &kiln_op_text_##op, input, output                                                          \
    }

static const struct {
    const kiln_op *op;
    const char *input, *output;
} cases[] = {
    CASE(trim_normalize, "{'text':'\\u00a0 a\\u2003\\u3000b\\u200b '}", "'a b\u200b'"),
    CASE(trim_normalize, "{'text':[1]}",
         REFUSED("INPUT_DESERIALIZATION_ERROR", "Invalid input for trim-normalize: invalid type: "
                                                "sequence, expected a string")),
    CASE(trim_normalize, "{'text':12.5}", "'12.5'"),
    CASE(extract_first_word, "{'text':' \\t '}", "''"),
    CASE(extract_first_line, "{'text':'\\r\\nx'}", "''"),
    CASE(extract_first_line, "{'text':'a\\rb'}", "'a\\rb'"),
    CASE(remove_characters, "{'text':'añb\\u0001','pattern':'ñ\\u0001'}", "'ab'"),
    CASE(slugify, "{'text':' --Über  \\u0130stanbul & Söhne!-- '}", "'uber-istanbul-sohne'"),
    CASE(slugify, "{'text':'ÆØÿŸ ß\\u212a'}", "'yy-k'"),
    CASE(find_replace, "{'text':'aaa','pattern':'aa','replacement':'b'}", "'ba'"),
    CASE(find_replace, "{'text':'né','pattern':'','replacement':'-'}", "'-n-é-'"),
    CASE(find_replace, "{'text':'','pattern':'','replacement':'-'}", "'-'"),
    CASE(substring_extraction, "{'text':'a[b[c]]','start_delimiter':'[','end_delimiter':']'}",
         "'b[c'"),
    CASE(substring_extraction, "{'text':'a[b','start_delimiter':'['}", "'a[b'"),
    CASE(substring_extraction, "{'text':'a[b','start_delimiter':'[','end_delimiter':']'}", "''"),
    CASE(substring_extraction, "{'text':'a[b','start_delimiter':'[','end_delimiter':''}", "''"),
    CASE(substring_extraction, "{'text':'ab]','start_delimiter':'','end_delimiter':']'}", "'ab'"),
    CASE(split, "{'text':'a,,b,'}", "['a','','b','']"),
    CASE(split, "{'text':'né','delimiter':''}", "['','n','é','']"),
    CASE(split, "{'text':'a--b','delimiter':'--'}", "['a','b']"),
    CASE(split_join, "{'text':' a ; b','delimiter':';','join_delimiter':''}", "'ab'"),
    CASE(collapse_expand_lines, "{'text':' a\\n b\\r\\n'}", "'a b'"),
    CASE(collapse_expand_lines, "{'text':'a|b','delimiter':'|'}", "'a\\nb'"),
    CASE(case_conversion, "{'text':'\\ufb01n Straße ŉ','format':'uppercase'}",
         "'FIN STRASSE \u02bcN'"),
    CASE(case_conversion, "{'text':'ΟΔΟΣ ΣΑΣ Σ','format':'lowercase'}", "'οδος σας σ'"),
    CASE(case_conversion, "{'text':'ßa  ǆB','format':'title-case'}", "'SSa Ǆb'"),
    CASE(case_conversion, "{'text':'x','format':'camel'}",
         REFUSED("INPUT_DESERIALIZATION_ERROR",
                 "Invalid input for case-conversion: unknown variant `camel`, expected one of "
                 "`lowercase`, `uppercase`, `title-case`")),
    CASE(hash_text, "{'text':'abc'}",
         "'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'"),
    CASE(pad_text, "{'text':'é','length':5,'pad_char':'ñ','direction':'both'}", "'ñéññ'"),
    CASE(pad_text, "{'text':'a','length':'3','pad_char':''}", "'a  '"),
    CASE(pad_text, "{'text':'a'}",
         REFUSED("INPUT_DESERIALIZATION_ERROR",
                 "Invalid input for pad-text: missing field `length`")),
    CASE(pad_text, "{'text':'a','length':18446744073709551615}", TOO_LONG),
    CASE(truncate_text, "{'text':'é€a','max_length':5}", "'é€a'"),
    CASE(truncate_text, "{'text':'abc def  ghi','max_length':11,'word_boundary':true}",
         "'abc def'"),
    CASE(truncate_text, "{'text':'abcdef','max_length':3,'word_boundary':true}", "'abc'"),
    CASE(truncate_text, "{'text':'abc','max_length':0,'suffix':'...'}", "''"),
    CASE(truncate_text, "{'text':'abc','max_length':-1}",
         REFUSED("INPUT_DESERIALIZATION_ERROR",
                 "Invalid input for truncate-text: invalid value: integer `-1`, expected u64")),
    CASE(wrap_text, "{'text':'ééé','width':1}", "'é\\né\\né'"),
    CASE(wrap_text, "{'text':'a b','width':0}", "'a b'"),
    CASE(wrap_text, "{'text':'one two\\n\\nthree four','width':6,'preserve_newlines':false}",
         "'one\\ntwo\\nthree\\nfour'"),
    CASE(extract_numbers, "{'text':'1.2.3 -4 5. -.6','include_negative':true}",
         "[1.2,3.0,-4.0,5.0,6.0]"),
    CASE(extract_numbers, "{'text':'1.5','include_decimals':'no'}", "[1.0,5.0]"),
    CASE(extract_emails, "{'text':'@a.bc x@y a@b.c@d.ee, a@-.x1.yyz9 q@r..st'}",
         "['b.c@d.ee','a@-.x1.yyz','q@r..st']"),
    CASE(extract_urls, "{'text':'(FTP://h/é) http:// https://x\\u3000y <http://b>'}",
         "['FTP://h/é)','https://x','http://b']"),
    CASE(compare_text, "{'text_a':'ÀÉ','text_b':'àé','mode':'case-insensitive'}", "true"),
    CASE(compare_text, "{'text_a':'né','text_b':'ne','mode':'levenshtein-distance'}", "1"),
    CASE(compare_text, "{'text_a':'ab','text_b':'ba','mode':'ngram-overlap'}", "0.0"),
    CASE(compare_text, "{'text_a':'AB','text_b':'ab','mode':'ngram-overlap'}", "1.0"),
    CASE(compare_text, "{'text_a':'a','mode':'jaro-similarity'}", "0.0"),
    CASE(compare_text, "{}", "true"),
    CASE(as_byte_array, "{'text':'é','encoding':'utf8'}", "[195,169]"),
    CASE(as_byte_array, "{'text':'é','encoding':'latin1'}",
         REFUSED("TEXT_UNSUPPORTED_ENCODING", "Unsupported encoding: windows-1252")),
    CASE(from_base64, "{'data':{'content':'4oKs'}}", "'€'"),
    CASE(from_base64, "{'data':'77u/YQ=='}", "'a'"),
    CASE(from_base64, "{'data':[145,102,130,160],'encoding':'shift_jis'}", "'素あ'"),
    CASE(from_base64, "{'data':[255,254,172,32],'encoding':'auto'}", "'€'"),
    CASE(from_base64, "{'data':[195,40]}", "'\ufffd('"),
    CASE(from_base64, "{'data':'QQ=A'}",
         REFUSED_ABOUT("{'decode_error':'Invalid symbol 61, offset 2.'}",
                       "FILE_BASE64_DECODE_ERROR",
                       "Failed to decode base64 file content: Invalid symbol 61, offset 2.")),
    CASE(from_base64, "{'data':'QUJDR'}",
         REFUSED_ABOUT("{'decode_error':'Invalid input length: 5'}", "FILE_BASE64_DECODE_ERROR",
                       "Failed to decode base64 file content: Invalid input length: 5")),
    CASE(from_base64, "{'data':'QR=='}",
         REFUSED_ABOUT("{'decode_error':'Invalid last symbol 82, offset 1.'}",
                       "FILE_BASE64_DECODE_ERROR",
                       "Failed to decode base64 file content: Invalid last symbol 82, offset 1.")),
    CASE(from_base64, "{'data':{'content':5}}",
         REFUSED_ABOUT("{'parse_error':'invalid type: number, expected a string'}",
                       "FILE_INVALID_STRUCTURE",
                       "Invalid file data structure: invalid type: number, expected a string")),
    CASE(from_base64, "{}",
         REFUSED("INPUT_DESERIALIZATION_ERROR", "Invalid input for from-base64: missing field "
                                                "`data`")),
    CASE(to_base64, "{'data':{'content':'?','filename':null,'more':1},'mimeType':'a/b'}",
         "{'content':'?','mimeType':'a/b'}"),
    CASE(to_base64, "{'data':[1,256]}",
         REFUSED_ABOUT("{'index':'1','value':'256'}", "TEXT_BYTE_OUT_OF_RANGE",
                       "Byte value 256 at index 1 must be in the range 0-255")),
    CASE(to_base64, "{'data':[1.0]}",
         REFUSED_ABOUT("{'index':'0'}", "TEXT_INVALID_BYTE_ARRAY",
                       "Byte array must contain only numbers")),
    CASE(detect_encoding, "{'data':[239,187,191,65]}",
         "{'bom':true,'confident':true,'encoding':'UTF-8'}"),
    CASE(detect_encoding, "{'data':[200,232],'tld_hint':'RU'}",
         "{'bom':false,'confident':false,'encoding':'windows-1251'}"),
    CASE(detect_encoding, "{'data':[65],'allow_utf8':false}",
         "{'bom':false,'confident':false,'encoding':'windows-1252'}"),
    CASE(detect_encoding, "{'data':[65]}", "{'bom':false,'confident':true,'encoding':'UTF-8'}"),
};

START_TEST(answers)
{
    calls_expect(cases[_i].op, cases[_i].input, cases[_i].output);
}
END_TEST

/* Whatever stands in a text or in its place: an answer or an error, never a crash. */
START_TEST(hostile)
{
    static const char *const values[] = {
        "null",      "true", "-1", "1e400",  "'\\u0000'",       "'\\u0000a,@.'",
        "'\\udbff'", "[]",   "{}", "[[[]]]", "{'content':'='}", "'%s%n'"
    };
    static const char *const fields[] = { "text",  "data",   "pattern", "replacement", "delimiter",
                                          "width", "text_a", "text_b",  "pad_char",    "suffix" };
    const kiln_op *op = ops[_i];

    for (size_t v = 0; v < sizeof values / sizeof *values; v++)
        for (size_t f = 0; f < sizeof fields / sizeof *fields; f++) {
            char input[256];

            snprintf(input, sizeof input,
                     "{'length':3,'max_length':2,'data':'','text':'a b','mode':'ngram-overlap',"
                     "'%s':%s}",
                     fields[f], values[v]);
            calls_survive(op, input);
        }
}
END_TEST

/* Long texts take time in proportion: each of these is a second's fraction, not an hour. */
START_TEST(long_texts)
{
    enum { LONG = 512 << 10 };
    static const char head[] =
        "{'width':3,'max_length':2000000,'delimiter':'a','pattern':'aa',"
        "'length':9,'replacement':'b','word_boundary':true,'data':'','text':'";
    char *input = malloc(LONG + sizeof head + 3);

    ck_assert_ptr_nonnull(input);
    strcpy(input, head);
    memset(input + sizeof head - 1, 'a', LONG);
    strcpy(input + sizeof head - 1 + LONG, "'}");
    calls_survive(ops[_i], input);
    free(input);
}
END_TEST

/* Two lengths are multiplied: refused before memory is out. */
START_TEST(growing_texts)
{
    enum { LONG = 1 << 20 };
    char *input = malloc(3 * LONG), *s = input;

    ck_assert_ptr_nonnull(input);
    s += sprintf(s, "{'pattern':'a','delimiter':'a','join_delimiter':'");
    memset(s, 'b', LONG);
    s += LONG;
    s += sprintf(s, "','text':'");
    memset(s, 'a', LONG / 64);
    strcpy(s + LONG / 64, "'}");
    calls_expect(&kiln_op_text_split_join, input, TOO_LONG);
    memcpy(strstr(input, "'join_delimiter'"), "'replacement'   ", 16);
    calls_expect(&kiln_op_text_find_replace, input, TOO_LONG);
    calls_expect(&kiln_op_text_regex_replace, input, TOO_LONG);
    free(input);
}
END_TEST

Suite *suite_ops_text(void);

Suite *suite_ops_text(void)
{
    Suite *s = suite_create("ops_text");
    TCase *c = tcase_create("text");

    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, answers, 0, sizeof cases / sizeof *cases);
    tcase_add_loop_test(c, hostile, 0, sizeof ops / sizeof *ops);
    tcase_add_test(c, growing_texts);
    tcase_add_loop_test(c, long_texts, 0, sizeof ops / sizeof *ops);
    suite_add_tcase(s, c);
    return s;
}
