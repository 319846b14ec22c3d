/* test_ops_xlsx.c: workbooks made part by part, read as rows; and those that mean harm. */
#include <stdlib.h>

#include "base/base64.h"
#include "calls.h"
#include "ops/zip/zip_archive.h"
#include "suites.h"

extern const kiln_op kiln_op_xlsx_from_xlsx, kiln_op_xlsx_get_sheets;

#define ROWS &kiln_op_xlsx_from_xlsx
#define SHEETS &kiln_op_xlsx_get_sheets
#define REFUSED(code, message)                                                                     \
    "! {'category':'permanent','code':'" code "','message':'" message "','severity':'error'}"
#define DAMAGED(message) REFUSED("XLSX_PARSE_ERROR", "Failed to read workbook: " message)
#define BOOK(inside)                                                                               \
    "<workbook xmlns:r=\"urn:r\"><workbookPr " inside "/><sheets>"                                 \
    "<sheet name=\"Nails\" sheetId=\"1\" r:id=\"r1\"/><sheet name=\"#0\" sheetId=\"2\" "           \
    "r:id=\"r2\"/>"                                                                                \
    "</sheets></workbook>"
#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"

static const char relations[] =
    "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/one.xml\"/>"
    "<Relationship Id=\"r2\" Target=\"/xl/worksheets/two.xml\"/></Relationships>";
static const char styles[] =
    "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"0.0&quot;days&quot;\"/>"
    "<numFmt numFmtId=\"165\" formatCode=\"[Red]yyyy\\-mm\"/></numFmts>"
    "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>"
    "<xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>";
static const char texts[] =
    "<sst><si><t>name</t></si><si><r><t>ro</t></r><r><t>und</t></r><rPh><t>x</t></rPh></si></sst>";

struct fixture {
    struct zip_archive zip;
    struct text bytes, input;
};

static void add(struct fixture *f, const char *path, const char *content)
{
    struct text t = { 0 };

    text_puts(&t, content);
    ck_assert_int_eq(zip_archive_add(&f->zip, path, 6, &t), 0);
    text_fini(&t);
}

/* A workbook of two sheets. */
static struct fixture *make(const char *book, const char *one, const char *two)
{
    struct fixture *f = calloc(1, sizeof *f);

    ck_assert_ptr_nonnull(f);
    ck_assert_int_eq(zip_archive_begin(&f->zip, &f->bytes), 0);
    add(f, "xl/workbook.xml", book);
    add(f, "xl/_rels/workbook.xml.rels", relations);
    add(f, "xl/styles.xml", styles);
    add(f, "xl/sharedStrings.xml", texts);
    add(f, "xl/worksheets/one.xml", one);
    if (two)
        add(f, "xl/worksheets/two.xml", two);
    ck_assert_int_eq(zip_archive_end(&f->zip), 0);
    return f;
}

static void expect(struct fixture *f, const kiln_op *op, const char *rest, const char *output)
{
    text_clear(&f->input);
    text_puts(&f->input, "{'data':'");
    base64_write(&f->input, f->bytes.s, f->bytes.n);
    text_printf(&f->input, "'%s}", rest);
    calls_expect(op, text_cstr(&f->input), output);
}

static void end(struct fixture *f)
{
    text_fini(&f->bytes);
    text_fini(&f->input);
    free(f);
}

static const char one[] =
    SHEET("<row r=\"2\"><c r=\"B2\" t=\"s\"><v>0</v></c><c r=\"C2\"><v>7</v></c></row>"
          "<row r=\"3\"><c r=\"B3\" t=\"s\"><v>1</v></c><c r=\"D3\"><v>2.50</v></c></row>"
          "<row r=\"5\"><c r=\"C5\" t=\"b\"><v>1</v></c><c><f>A1</f><v>3e2</v></c></row>");

START_TEST(rows_are_objects_or_arrays)
{
    struct fixture *f = make(BOOK(""), one, SHEET(""));

    expect(f, ROWS, "",
           "[{'7':null,'Column 3':2.5,'name':'round'},{'7':true,'Column 3':300,'name':null}]");
    expect(f, ROWS, ",'has_headers':false,'skip_empty_rows':false,'sheet':'Nails'",
           "[['name',7,null],['round',null,2.5],[null,null,null],[null,true,300]]");
    expect(f, ROWS, ",'sheet':'#0'", "[]");
    expect(f, ROWS, ",'sheet':'#1'", "[]");
    expect(f, ROWS, ",'sheet':'#2'", REFUSED("XLSX_SHEET_NOT_FOUND", "Sheet not found: #2"));
    expect(f, ROWS, ",'sheet':'nails'", REFUSED("XLSX_SHEET_NOT_FOUND", "Sheet not found: nails"));
    expect(f, SHEETS, "",
           "[{'columns':3,'index':0,'name':'Nails','rows':4},{'columns':0,'index':1,'name':'#0',"
           "'rows':0}]");
    end(f);
}
END_TEST

static const char dates[] =
    SHEET("<row><c s=\"1\"><v>44413</v></c><c s=\"3\"><v>44413.58621527778</v></c>"
          "<c s=\"2\"><v>44413</v></c><c s=\"1\"><v>0.25</v></c><c s=\"1\"><v>1</v></c>"
          "<c s=\"1\"><v>61</v></c><c s=\"1\"><v>-1</v></c><c s=\"9\"><v>5</v></c></row>"
          "<row><c t=\"inlineStr\"><is><t> in</t><t>line</t></is></c><c t=\"e\"><v>#N/A</v></c>"
          "<c t=\"str\"><v>7</v></c><c t=\"d\"><v>2021-08-05</v></c><c><v>1e400</v></c></row>");

START_TEST(cells_have_types)
{
    struct fixture *f = make(BOOK(""), dates, SHEET(""));

    expect(f, ROWS, ",'has_headers':false",
           "[['2021-08-05','2021-08-05T14:04:09',44413,'06:00:00','1900-01-01','1900-03-01',-1,5],"
           "[' inline','#N/A','7','2021-08-05','1e400',null,null,null]]");
    end(f);
    f = make(BOOK("date1904=\"true\""), SHEET("<row><c s=\"1\"><v>42951</v></c></row>"), SHEET(""));
    expect(f, ROWS, ",'has_headers':false", "[['2021-08-05']]");
    end(f);
}
END_TEST

static const char *const damaged[][2] = {
    { SHEET("<row><c t=\"s\"><v>2</v></c></row>"),
      DAMAGED("a cell names a text that is not there") },
    { SHEET("<row><c t=\"s\"><v>-1</v></c></row>"),
      DAMAGED("a cell names a text that is not there") },
    { SHEET("<row><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>"),
      DAMAGED("the cells of a sheet are not in order") },
    { SHEET("<row><c r=\"XFE1\"><v>1</v></c></row>"), DAMAGED("a cell has no place") },
    { SHEET("<row><c r=\"A1048577\"><v>1</v></c></row>"), DAMAGED("a cell has no place") },
    { SHEET("<row><c r=\"7\"><v>1</v></c></row>"), DAMAGED("a cell has no place") },
    { SHEET("<row r=\"0\"/>"), DAMAGED("a row has no place") },
    { "<worksheet>", DAMAGED("a part is no XML") },
    { "<!DOCTYPE a [<!ENTITY b \"c\">]><worksheet>&b;</worksheet>", DAMAGED("a part has a DTD") },
};

START_TEST(damage_is_told)
{
    struct fixture *f = make(BOOK(""), damaged[_i][0], NULL);

    expect(f, ROWS, "", damaged[_i][1]);
    expect(f, ROWS, ",'sheet':'#0'", DAMAGED("the part of a sheet is missing"));
    end(f);
}
END_TEST

START_TEST(far_corners_are_cheap)
{
    struct fixture *f = make(BOOK(""),
                             SHEET("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"
                                   "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>"),
                             SHEET(""));

    expect(f, ROWS, ",'skip_empty_rows':false", DAMAGED("a sheet has more than 5,000,000 cells"));
    expect(f, SHEETS, "",
           "[{'columns':16384,'index':0,'name':'Nails','rows':1048576},{'columns':0,'index':1,"
           "'name':'#0','rows':0}]");
    end(f);
}
END_TEST

START_TEST(what_is_no_workbook)
{
    calls_expect(
        SHEETS, "{'data':'?'}",
        REFUSED("XLSX_DECODE_ERROR", "Failed to decode workbook: the text is not valid base64"));
    calls_expect(SHEETS, "{'data':[80,75]}", DAMAGED("the data is no ZIP archive"));
    calls_expect(SHEETS, "{'data':'UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA=='}",
                 DAMAGED("the archive is no workbook"));
    calls_expect(ROWS, "{}",
                 REFUSED("INPUT_DESERIALIZATION_ERROR",
                         "Invalid input for from-xlsx: missing field `data`"));
}
END_TEST

Suite *suite_ops_xlsx(void);

Suite *suite_ops_xlsx(void)
{
    Suite *s = suite_create("ops_xlsx");
    TCase *c = tcase_create("xlsx");

    tcase_add_test(c, rows_are_objects_or_arrays);
    tcase_add_test(c, cells_have_types);
    tcase_add_loop_test(c, damage_is_told, 0, sizeof damaged / sizeof *damaged);
    tcase_add_test(c, far_corners_are_cheap);
    tcase_add_test(c, what_is_no_workbook);
    suite_add_tcase(s, c);
    return s;
}
