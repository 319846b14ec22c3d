/* test_ops_regex.c: the text operations with a pattern: the syntax of workflows is read as it is
 * meant there and not as PCRE2 would, and no pattern is too wicked. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"
#include "suites.h"

extern const kiln_op kiln_op_text_regex_test, kiln_op_text_regex_match, kiln_op_text_regex_split,
    kiln_op_text_regex_replace, kiln_op_text_count_occurrences;

/* All that a pattern finds in a text. JSON is written with ' for "; \\\\ is one backslash. */
static const struct {
    const char *pattern, *text, *found;
} finds[] = {
    /* Plain */
    { "a|ab", "ab", "['a']" },
    { "a*", "aab", "['aa','']" },
    { "", "né", "['','','']" },
    { "x*", "", "[]" },
    { "a.c", "a\\nc añc", "['añc']" },
    { "(?s)a.c", "a\\nc", "['a\\nc']" },
    { "b$", "ab\\n", "[]" },
    { "(?m)^", "a\\n", "['','']" },
    { "(?m)\\\\w$", "ab\\ncd", "['b','d']" },
    { "(?i)straSSe|K", "STRASSE k \\u212a", "['STRASSE','k','\u212a']" },
    { "(?U)a+", "aaa", "['a','a','a']" },
    { "(?U)a+?", "aaa", "['aaa']" },
    { "(?x) a b # rest\\n c | [ x y ]", "abc x y ", "['abc','x','y']" },
    { "((?x) a b)c d", "abc d", "['abc d']" },
    { "(?i:A)b", "ab aB", "['ab']" },
    { "a(?i)b|c", "aB C", "['aB','C']" },
    /* Repetitions: one behind another repeats it, and is nothing special */
    { "a++b", "aab", "['aab']" },
    { "a*+a", "aa", "['aa']" },
    { "(?:ab){2}", "ababab", "['abab']" },
    { "a{,2}", "aaa", "['aa','a']" },
    { "a{2,}", "aaa", "['aaa']" },
    { "a{1,2}{2}", "aaaaa", "['aaaa']" },
    { "a+?", "aa", "['a','a']" },
    { "^*b", "b", "['b']" },
    /* Escapes */
    { "\\\\d\\\\s\\\\w", "1 é \u0663\u3000\u00aa", "['1 é','\u0663\u3000\u00aa']" },
    { "\\\\w+", "e\u0301\u0301x हिन्दी", "['e\u0301\u0301x','हिन्दी']" },
    { "[^\\\\W\\\\d]+", "ab1_é", "['ab','_é']" },
    { "\\\\v\\\\x41\\\\x{e9}\\\\u00e9\\\\U000000e9", "\\u000bAééé", "['\\u000bAééé']" },
    { "\\\\.\\\\-\\\\#\\\\ \\\\_", ".-# _", "['.-# _']" },
    { "\\\\bn\\\\w+\\\\b", "né ané", "['né']" },
    { "\\\\b{start}a|a\\\\b{end}|\\\\<b|b\\\\>", "aba bab", "['a','a','b','b']" },
    { "\\\\Aa|a\\\\z", "aaa", "['a','a']" },
    { "\\\\pL\\\\p{Nd}\\\\p{Greek}\\\\p{Letter}\\\\P{Uppercase_Letter}", "x3αyz", "['x3αyz']" },
    { "\\\\p{gc=Lu}\\\\p{script=Latin}\\\\p{gc!=Lu}", "ABc", "['ABc']" },
    /* Classes */
    { "[]a]+", "a]b", "['a]']" },
    { "[^]]+", "a]b", "['a','b']" },
    { "[-a]+|[b-]+", "-a-b-", "['-a-','b-']" },
    { "[a-c[x-z]]+", "abxd", "['abx']" },
    { "[a-z&&[^aeiou]]+", "hello", "['h','ll']" },
    { "[a-z--[aeiou]]+", "hello", "['h','ll']" },
    { "[a-c~~b-d]+", "abcd", "['a','d']" },
    { "[^a-z&&[^aeiou]]+", "heLlo", "['eL','o']" },
    { "[[:alpha:]]+|[[:^alpha:]]+", "abé1", "['ab','é1']" },
    { "[\\\\d[:punct:]]+", "a1,2b", "['1,2']" },
    { "[\\\\]\\\\[^]+", "[^]", "['[^]']" },
    { "[&~]+", "&~&", "['&~&']" },
    { "[a&&b]", "ab", "[]" },
    /* What PCRE2 would take for its own */
    { "a}b]", "a}b]", "['a}b]']" },
    { "#a b", "#a b", "['#a b']" },
};

START_TEST(found)
{
    char input[512];

    snprintf(input, sizeof input, "{'pattern':'%s','text':'%s','all_matches':true}",
             finds[_i].pattern, finds[_i].text);
    calls_expect(&kiln_op_text_regex_match, input, finds[_i].found);
}
END_TEST

#define REFUSED(pattern, marks, why)                                                               \
    "! {'attributes':{'pattern':'" pattern "','regex_error':'regex parse error:\\n    " pattern    \
    "\\n    " marks "\\nerror: " why "'},'category':'permanent','code':'TEXT_INVALID_REGEX',"      \
    "'message':'Invalid regex pattern: regex parse error:\\n    " pattern "\\n    " marks          \
    "\\nerror: " why "','severity':'error'}"
#define LOOK_AROUND "look-around, including look-ahead and look-behind, is not supported"

static const struct {
    const char *pattern, *error;
} refusals[] = {
    { "a(b", REFUSED("a(b", " ^", "unclosed group") },
    { "é)", REFUSED("é)", " ^", "unopened group") },
    { "a[b", REFUSED("a[b", " ^", "unclosed character class") },
    { "[]", REFUSED("[]", "^", "unclosed character class") },
    { "[z-a]",
      REFUSED("[z-a]", " ^^^", "invalid character class range, the start must be <= the end") },
    { "*a", REFUSED("*a", "^", "repetition operator missing expression") },
    { "a|{2}", REFUSED("a|{2}", "  ^", "repetition operator missing expression") },
    { "a{x}", REFUSED("a{x}", " ^^", "repetition quantifier expects a valid decimal") },
    { "a{2", REFUSED("a{2", " ^^", "unclosed counted repetition") },
    { "a{3,2}",
      REFUSED("a{3,2}", " ^^^^^", "invalid repetition count range, the start must be <= the end") },
    { "(*VERB)", REFUSED("(*VERB)", " ^", "repetition operator missing expression") },
    { "(?!a)", REFUSED("(?!a)", "^^^", LOOK_AROUND) },
    { "(?<=a)", REFUSED("(?<=a)", "^^^^", LOOK_AROUND) },
    { "(?>a)", REFUSED("(?>a)", "  ^", "unrecognized flag") },
    { "(?R)", REFUSED("(?R)", "  ^", "CRLF mode is not supported here") },
    { "(?1)", REFUSED("(?1)", "  ^", "unrecognized flag") },
    { "(?-u:a)", REFUSED("(?-u:a)", "   ^", "Unicode mode cannot be turned off here") },
    { "(?<n>a)(?<n>b)", REFUSED("(?<n>a)(?<n>b)", "          ^", "duplicate capture group name") },
    { "(?<1>a)", REFUSED("(?<1>a)", "   ^", "invalid capture group character") },
};

START_TEST(refused)
{
    char input[128];

    snprintf(input, sizeof input, "{'pattern':'%s','text':'a'}", refusals[_i].pattern);
    calls_expect(&kiln_op_text_regex_test, input, refusals[_i].error);
}
END_TEST

/* Escapes of PCRE2 that are none here. */
START_TEST(refused_escapes)
{
    static const char letters[] = "CEGHKLNQRVXZceghijklmoqy";
    char input[64], error[512];

    for (const char *c = letters; *c; c++) {
        snprintf(input, sizeof input, "{'pattern':'\\\\%c','text':'a'}", *c);
        snprintf(error, sizeof error, REFUSED("\\\\%c", "^^", "unrecognized escape sequence"), *c,
                 *c, *c);
        calls_expect(&kiln_op_text_regex_test, input, error);
    }
    calls_expect(&kiln_op_text_regex_test, "{'pattern':'(a)\\\\1','text':'a'}",
                 REFUSED("(a)\\\\1", "   ^^", "backreferences are not supported"));
}
END_TEST

static const struct {
    const kiln_op *op;
    const char *input, *output;
} calls[] = {
    { &kiln_op_text_regex_match, "{'pattern':'(a)|(b)','text':'ba','capture_group':1}", "null" },
    { &kiln_op_text_regex_match,
      "{'pattern':'(a)|(b)','text':'ba','capture_group':1,'all_matches':true}", "['a']" },
    { &kiln_op_text_regex_match, "{'pattern':'a','text':'a','capture_group':18446744073709551615}",
      "null" },
    { &kiln_op_text_regex_split, "{'pattern':'','text':'né'}", "['','n','é','']" },
    { &kiln_op_text_regex_split, "{'pattern':',','text':',','limit':1}", "[',']" },
    { &kiln_op_text_regex_replace,
      "{'pattern':'(?P<y>\\\\d+)-(?<m>\\\\d+)','text':'2024-05','replacement':'$m/${y}$$$9$ ${'}",
      "'05/2024$$ ${'" },
    { &kiln_op_text_regex_replace, "{'pattern':'x*','text':'né','replacement':'-'}", "'-n-é-'" },
    { &kiln_op_text_regex_replace, "{'pattern':'b','text':'abb','global':false}", "'ab'" },
    { &kiln_op_text_count_occurrences, "{'pattern':'aa','text':'aaaaa'}", "2" },
    { &kiln_op_text_count_occurrences, "{'pattern':'É','text':'éÉ','case_insensitive':1}", "2" },
    { &kiln_op_text_count_occurrences, "{'pattern':'.','text':'a.b'}", "1" },
    { &kiln_op_text_count_occurrences, "{'pattern':'x*','text':'ab','use_regex':'yes'}", "3" },
};

START_TEST(called)
{
    calls_expect(calls[_i].op, calls[_i].input, calls[_i].output);
}
END_TEST

/* ---- hostile ------------------------------------------------------------------------------- */

/* The pattern against `n` times the letter a: an answer or an error, within the test's time. */
static void survive(const char *pattern, unsigned n)
{
    char *input = malloc(n + strlen(pattern) + 64), *s = input;

    ck_assert_ptr_nonnull(input);
    s += sprintf(s, "{'all_matches':true,'pattern':'%s','text':'", pattern);
    memset(s, 'a', n);
    strcpy(s + n, "'}");
    calls_survive(&kiln_op_text_regex_match, input);
    free(input);
}

#define FOUR "(a|a)(a|a)(a|a)(a|a)"

START_TEST(wicked_patterns)
{
    static const char *const patterns[] = {
        "(a*)*[bc]",
        "(a|aa)+[bc]",
        FOUR FOUR FOUR FOUR FOUR FOUR "[bc]",
        "[a-z]+[0-9]",
        "a.*[bc].*[bc]",
        "(?:a?){60}[bc]",
        "(?:.*.*.*)*[^a]",
        "((((a{9}){9}){9}){9}){9}",
        "(?:a{1000}){1000}",
        "a*?a*?a*?a*?[bc]",
    };

    survive(patterns[_i], 1000);
    survive(patterns[_i], 1 << 20);
}
END_TEST

START_TEST(the_limit_is_told)
{
    char text[4096] = "";

    memset(text, 'a', 2000);
    strcpy(text + 2000, "','pattern':'(a*)*[bc]'}");
    memmove(text + 9, text, 2100);
    memcpy(text, "{'text':'", 9);
    calls_expect(&kiln_op_text_regex_test, text,
                 "! {'category':'permanent','code':'TEXT_REGEX_LIMIT','message':'The pattern goes "
                 "back too often in this text; make it more definite','severity':'error'}");
}
END_TEST

static void repeat(const char *unit, unsigned times, const char *end)
{
    size_t n = strlen(unit);
    char *pattern = malloc(n * times + strlen(end) + 1);

    ck_assert_ptr_nonnull(pattern);
    for (unsigned i = 0; i < times; i++)
        memcpy(pattern + i * n, unit, n);
    strcpy(pattern + times * n, end);
    survive(pattern, 9);
    free(pattern);
}

START_TEST(deep_patterns)
{
    repeat("(", 100000, "");
    repeat("[", 100000, "");
    repeat("(?:", 150, "a");
    repeat("[a~~", 150, "b");
    repeat("a~~", 60, "");
    repeat("[a&&", 1000, "");
    repeat("a|", 100000, "b");
    repeat("(?<n>", 300, "");
    repeat("\\\\p{", 30, "");
    repeat("a*", 20000, "");
}
END_TEST

/* Every short text over the bytes that mean something is read, refused or not. */
START_TEST(short_patterns)
{
    static const char bytes[] = "a(){}[]?*+|^$.-<>:&~#1,Px";
    unsigned n = sizeof bytes - 1;
    char pattern[5] = "";

    for (unsigned i = 0; i < n * n * n; i++) {
        pattern[0] = bytes[i % n];
        pattern[1] = bytes[i / n % n];
        pattern[2] = bytes[i / n / n];
        pattern[3] = bytes[(i + _i * 7u) % n];
        survive(pattern, 3);
    }
}
END_TEST

Suite *suite_ops_regex(void);

Suite *suite_ops_regex(void)
{
    Suite *s = suite_create("ops_regex");
    TCase *c = tcase_create("regex"), *hostile = tcase_create("hostile");

    tcase_add_loop_test(c, found, 0, sizeof finds / sizeof *finds);
    tcase_add_loop_test(c, refused, 0, sizeof refusals / sizeof *refusals);
    tcase_add_test(c, refused_escapes);
    tcase_add_loop_test(c, called, 0, sizeof calls / sizeof *calls);
    suite_add_tcase(s, c);
    tcase_set_timeout(hostile, 120);
    tcase_add_loop_test(hostile, wicked_patterns, 0, 10);
    tcase_add_test(hostile, the_limit_is_told);
    tcase_add_test(hostile, deep_patterns);
    tcase_add_loop_test(hostile, short_patterns, 0, 4);
    suite_add_tcase(s, hostile);
    return s;
}
