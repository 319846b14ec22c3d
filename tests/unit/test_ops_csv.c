/* test_ops_csv.c: the csv operations, and their reader fed with pieces of any size. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "calls.h"
#include "ops/csv/csv_reader.h"
#include "suites.h"

extern const kiln_op kiln_op_csv_from_csv, kiln_op_csv_get_header, kiln_op_csv_to_csv,
    kiln_op_csv_read_rows;

#define FAILED(code, message)                                                                      \
    "! {'category':'permanent','code':'" code "','message':'" message "','severity':'error'}"
#define INVALID(what) FAILED("INPUT_DESERIALIZATION_ERROR", "Invalid input for from-csv: " what)

/* ---- the reader -------------------------------------------------------------------------------
 */

static int put_record(void *ctx, const struct csv_record *record)
{
    struct text *t = ctx;
    size_t start = 0;

    text_printf(t, "%zu:%zu:%zu", record->number, record->line, record->byte);
    for (size_t i = 0; i < record->n; i++) {
        text_putc(t, '[');
        text_put(t, record->bytes + start, record->ends[i] - start);
        text_putc(t, ']');
        start = record->ends[i];
    }
    text_putc(t, ' ');
    return 0;
}

static void expect_records(const char *csv, const char *expected)
{
    const struct csv_rules rules = { ',', '"', '\\' };
    size_t n = strlen(csv);

    for (size_t step = 1; step <= n; step++) {
        struct csv_reader r;
        struct text t = { 0 };

        csv_reader_init(&r, &rules, put_record, &t);
        for (size_t i = 0; i < n; i += step)
            ck_assert_int_eq(csv_reader_feed(&r, csv + i, n - i < step ? n - i : step), 0);
        ck_assert_int_eq(csv_reader_end(&r), 0);
        ck_assert_msg(!strcmp(text_cstr(&t), expected), "%s by %zu: %s, not %s", csv, step,
                      text_cstr(&t), expected);
        csv_reader_fini(&r);
        text_fini(&t);
    }
}

START_TEST(records)
{
    expect_records("a,b\n1,2\n", "0:1:0[a][b] 1:2:4[1][2] ");
    expect_records("a,,\n,", "0:1:0[a][][] 1:2:4[][] ");
    expect_records("\n\r\n\na\r\n\r\nb\rc", "0:1:0[a] 1:4:6[b] 2:6:11[c] ");
    expect_records("\"a\"\"b\",\"c\nd\"\"\"\n", "0:1:0[a\"b][c\nd\"] ");
    expect_records("a\"b,\"c\"d\"e\n", "0:1:0[a\"b][cd\"e] ");
    expect_records("\"a\\\"b\\\\\",\\c", "0:1:0[a\"b\\][\\c] ");
    expect_records("\"\"\n", "0:1:0[] ");
    expect_records("\"never closed,\n", "0:1:0[never closed,\n] ");
    expect_records("\"ends in an escape\\", "0:1:0[ends in an escape] ");
    expect_records(" ", "0:1:0[ ] ");
}
END_TEST

static int stop_at_two(void *ctx, const struct csv_record *record)
{
    *(size_t *)ctx = record->number + 1;
    return record->number == 1 ? 7 : 0;
}

START_TEST(a_reader_may_be_stopped)
{
    const struct csv_rules rules = { ';', '\'', -1 };
    struct csv_reader r;
    size_t seen = 0;

    csv_reader_init(&r, &rules, stop_at_two, &seen);
    ck_assert_int_eq(csv_reader_feed(&r, "1\n2\n3\n", 6), 7);
    ck_assert_uint_eq(seen, 2);
    csv_reader_fini(&r);
}
END_TEST

/* ---- the operations ---------------------------------------------------------------------------
 */

static void expect(const kiln_op *op, const char *data, const char *more, const char *output)
{
    char input[1024];

    snprintf(input, sizeof input, "{'data':%s%s}", data, more);
    calls_expect(op, input, output);
}

START_TEST(objects_and_arrays)
{
    const kiln_op *op = &kiln_op_csv_from_csv;

    expect(op, "'b,a\\n1,2\\n'", "", "[{'a':'2','b':'1'}]");
    expect(op, "'b,a\\n1,2\\n'", ",'use_header':false", "[['b','a'],['1','2']]");
    expect(op, "'a,,a,b\\n1,2,3,4'", "", "[{'a':'3','b':'4'}]");
    expect(op, "',\\n1,2'", "", "[{}]");
    expect(op, "' a ; b\\n 1 ;\\u00a02'", ",'delimiter':';','trim_whitespace':'yes'",
           "[{'a':'1','b':'2'}]");
    expect(op, "'a\\n \\nx'", "", "[{'a':'x'}]");
    expect(op, "'a\\n \\nx'", ",'skip_empty_lines':false", "[{'a':' '},{'a':'x'}]");
    expect(op, "'a;b\\n|x;y|;|z||'", ",'delimiter':';','quote_char':'|'", "[{'a':'x;y','b':'z|'}]");
    expect(op, "''", "", "[]");
}
END_TEST

START_TEST(bytes_of_any_kind)
{
    const kiln_op *op = &kiln_op_csv_from_csv;

    expect(op, "'YQp4'", "", "[{'a':'x'}]");
    expect(op, "{'content':'YQp4','filename':'a.csv'}", "", "[{'a':'x'}]");
    expect(op, "[239,187,191,97,10,255]", "", "[{'a':'\xef\xbf\xbd'}]");
    expect(op, "[97,10,128]", ",'encoding':'latin1'", "[{'a':'\xe2\x82\xac'}]");
    expect(op, "[97,10,128]", ",'encoding':'AUTO'", "[{'a':'\xe2\x82\xac'}]");
    expect(op, "[255,254,97,0,10,0,98,0]", ",'encoding':'utf-16'", "[{'a':'b'}]");
    expect(op, "'a'", ",'encoding':'runes'",
           INVALID("unknown character encoding label: `runes` (expected a WHATWG encoding name "
                   "such as UTF-8, windows-1252, Shift_JIS, or `Auto`)"));
    expect(op, "[256]", "", INVALID("an array of bytes may hold whole numbers from 0 to 255 only"));
    expect(op, "7", "", INVALID("bytes are written as base64 text, an array of numbers or a file"));
    expect(op, "{'content':'?'}", "",
           FAILED("CSV_DECODE_ERROR",
                  "Failed to decode base64 content: the text is not valid base64"));
    calls_expect(op, "{}", INVALID("missing field `data`"));
}
END_TEST

START_TEST(what_cannot_be)
{
    const kiln_op *op = &kiln_op_csv_from_csv;
    const char *one = " must be one ASCII character, and no end of a line";
    char words[512];

    expect(op, "'a,b\\n\\n1\\n'", "",
           FAILED("CSV_PARSE_ERROR",
                  "Failed to read CSV record: CSV error: record 1 (line: 2, byte: 4): found record "
                  "with 1 fields, but the previous record has 2 fields"));
    snprintf(words, sizeof words, INVALID("`delimiter`%s"), one);
    expect(op, "'a'", ",'delimiter':''", words);
    expect(op, "'a'", ",'delimiter':'\\u20ac'", words);
    expect(op, "'a'", ",'delimiter':'\\n'", words);
    snprintf(words, sizeof words, INVALID("`quote_char`%s"), one);
    expect(op, "'a'", ",'quote_char':'--'", words);
    expect(op, "'a'", ",'quote_char':','",
           INVALID("the delimiter must be another character than the quote and the escape"));
}
END_TEST

START_TEST(pieces_do_not_show)
{
    enum { ROWS = 20000 };
    struct text csv = { 0 }, input = { 0 }, output = { 0 };

    for (unsigned i = 0; i < ROWS; i++) {
        text_printf(&csv, "\\u00e9%u\\n", i);
        text_printf(&output, "%s['\xc3\xa9%u']", i ? "," : "[", i);
    }
    text_puts(&output, "]");
    text_printf(&input, "{'data':'%s','use_header':false}", text_cstr(&csv));
    calls_expect(&kiln_op_csv_from_csv, text_cstr(&input), text_cstr(&output));
    text_fini(&csv);
    text_fini(&input);
    text_fini(&output);
}
END_TEST

START_TEST(headers)
{
    const kiln_op *op = &kiln_op_csv_get_header;

    expect(op, "'i,d,b,s,\\n 1,1e3,false,null,2\\nx,x,x,x,x,x'", "",
           "{'4':'Integer','b':'Boolean','d':'Double','i':'Integer','s':'String'}");
    expect(op, "'a,a'", "", "{'a':'String'}");
    expect(op, "'7,8\\n9,x'", ",'use_header':false", "{'Column 1':'Integer','Column 2':'String'}");
    expect(op, "''", "", "{}");
    expect(op, "''", ",'use_header':false", FAILED("CSV_EMPTY_FILE", "CSV file is empty"));
    expect(op, "'a,b\\n1'", "",
           FAILED("CSV_PARSE_ERROR",
                  "Failed to read data row: CSV error: record 1 (line: 2, byte: 4): found record "
                  "with 1 fields, but the previous record has 2 fields"));
}
END_TEST

/* The rows written are these characters. */
static void expect_written(const char *value, const char *more, const char *csv)
{
    struct text input = { 0 }, bytes = { 0 };

    text_printf(&input, "{'value':%s%s}", value, more);
    text_putc(&bytes, '[');
    for (const char *s = csv; *s; s++)
        text_printf(&bytes, "%s%d", s == csv ? "" : ",", (unsigned char)*s);
    text_putc(&bytes, ']');
    calls_expect(&kiln_op_csv_to_csv, text_cstr(&input), text_cstr(&bytes));
    text_fini(&input);
    text_fini(&bytes);
}

START_TEST(writing)
{
    expect_written("[{'b':1,'a':null},{'a':2.0,'b':'x,y'}]", "", "a,b\n,1\n2.0,\"x,y\"\n");
    expect_written("[[true,[1]]]", ",'use_header':false,'delimiter':'|'", "true|[1]\n");
    expect_written("[]", "", "");
    expect_written("null", "", "value\n\"\"\n");
    expect_written("[[]]", ",'use_header':false", "\"\"\n");
    expect_written("['a;b','|c']", ",'use_header':false,'quote_char':'|','delimiter':';'",
                   "|a;b|\n|||c|\n");
    expect_written("['a^b|']", ",'use_header':false,'quote_char':'|','escape_char':'^'",
                   "|a^^b^||\n");
    expect_written("['\\u20ac']", ",'use_header':false,'encoding':'cp1252'", "\x80\n");
    calls_expect(&kiln_op_csv_to_csv, "{'value':[[1],[2,3]]}",
                 FAILED("CSV_WRITE_ERROR", "Failed to write CSV row: CSV error: found record with "
                                           "2 fields, but the previous record has 1 fields"));
}
END_TEST

/* A workspace with one file, "t.csv". */
static char folder[] = "/tmp/kiln-csv-XXXXXX";

static void make_file(const char *text, size_t n)
{
    FILE *f;

    ck_assert_ptr_nonnull(mkdtemp(folder));
    setenv("KILN_WORKSPACE_DIR", folder, 1);
    ck_assert_int_eq(chdir(folder), 0);
    f = fopen("t.csv", "wb");
    ck_assert_uint_eq(fwrite(text, 1, n, f), n);
    ck_assert_int_eq(fclose(f), 0);
}

static void drop_file(void)
{
    ck_assert_int_eq(unlink("t.csv"), 0);
    ck_assert_int_eq(rmdir(folder), 0);
}

static void expect_page(const char *more, const char *rows, unsigned count, unsigned next, int done)
{
    char input[256], output[512];

    snprintf(input, sizeof input, "{'path':'t.csv'%s}", more);
    snprintf(output, sizeof output, "{'count':%u,'done':%s,'next_offset':%u,'rows':[%s]}", count,
             done ? "true" : "false", next, rows);
    calls_expect(&kiln_op_csv_read_rows, input, output);
}

START_TEST(pages_of_a_file)
{
    const char text[] = "\xef\xbb\xbf"
                        "a,b\r\n1,2\r\n\"x\ny\",\xff\n\n5,6";

    make_file(text, sizeof text - 1);
    expect_page("", "{'a':'1','b':'2'},{'a':'x\\ny','b':'\xef\xbf\xbd'},{'a':'5','b':'6'}", 3, 25,
                1);
    expect_page(",'max_rows':1", "{'a':'1','b':'2'}", 1, 12, 0);
    expect_page(",'max_rows':1,'offset':12", "{'a':'x\\ny','b':'\xef\xbf\xbd'}", 1, 21, 0);
    expect_page(",'max_rows':1,'offset':21", "{'a':'5','b':'6'}", 1, 25, 1);
    expect_page(",'offset':25", "", 0, 25, 1);
    expect_page(",'offset':1000", "", 0, 1000, 1);
    expect_page(",'use_header':false,'max_rows':1", "['a','b']", 1, 7, 0);
    expect_page(",'use_header':false,'max_rows':1,'offset':7", "['1','2']", 1, 12, 0);
    drop_file();
}
END_TEST

START_TEST(pages_that_cannot_be)
{
    make_file("a,b\n1\n", 6);
    calls_expect(&kiln_op_csv_read_rows, "{'path':'t.csv'}",
                 FAILED("CSV_PARSE_ERROR",
                        "Failed to read CSV record: CSV error: record at byte 4: found record with "
                        "1 fields, but the first record has 2 fields"));
    calls_expect(
        &kiln_op_csv_read_rows, "{'path':'t.csv','max_rows':0}",
        "! {'category':'permanent','code':'INPUT_DESERIALIZATION_ERROR','message':'Invalid "
        "input for read-rows: invalid value: integer `0`, expected "
        "i64','severity':'error'}");
    calls_expect(&kiln_op_csv_read_rows, "{'path':'u.csv'}",
                 "! {'attributes':{'path':'u.csv'},'category':'permanent','code':'FILE_NOT_FOUND',"
                 "'message':'u.csv: No such file or directory','severity':'error'}");
    drop_file();
}
END_TEST

START_TEST(pages_are_long_or_short)
{
    struct text csv = { 0 }, input = { 0 }, rows = { 0 };

    text_puts(&csv, "n\n");
    for (unsigned i = 0; i < 20000; i++)
        text_printf(&csv, "%u\n", 10000 + i);
    make_file(text_cstr(&csv), csv.n);
    expect_page(",'max_rows':1,'offset':60002", "{'n':'20000'}", 1, 60008, 0);
    for (unsigned i = 0; i < 20000; i++)
        text_printf(&rows, "%s{'n':'%u'}", i ? "," : "", 10000 + i);
    text_printf(&input, "{'count':20000,'done':true,'next_offset':120002,'rows':[%s]}",
                text_cstr(&rows));
    calls_expect(&kiln_op_csv_read_rows, "{'path':'t.csv','max_rows':100000}", text_cstr(&input));
    drop_file();
    text_fini(&csv);
    text_fini(&input);
    text_fini(&rows);
}
END_TEST

Suite *suite_ops_csv(void);

Suite *suite_ops_csv(void)
{
    Suite *s = suite_create("ops_csv");
    TCase *c = tcase_create("csv");

    tcase_add_test(c, records);
    tcase_add_test(c, a_reader_may_be_stopped);
    tcase_add_test(c, objects_and_arrays);
    tcase_add_test(c, bytes_of_any_kind);
    tcase_add_test(c, what_cannot_be);
    tcase_add_test(c, pieces_do_not_show);
    tcase_add_test(c, headers);
    tcase_add_test(c, writing);
    tcase_add_test(c, pages_of_a_file);
    tcase_add_test(c, pages_that_cannot_be);
    tcase_add_test(c, pages_are_long_or_short);
    suite_add_tcase(s, c);
    return s;
}
