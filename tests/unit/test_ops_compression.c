/* test_ops_compression.c: ZIP archives made, listed and unpacked; and those that mean harm. */
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "calls.h"
#include "ops/zip/zip_archive.h"
#include "suites.h"

extern const kiln_op kiln_op_compression_create_archive, kiln_op_compression_extract_archive,
    kiln_op_compression_extract_file, kiln_op_compression_list_archive;

#define CREATE &kiln_op_compression_create_archive
#define EXTRACT &kiln_op_compression_extract_archive
#define EXTRACT_FILE &kiln_op_compression_extract_file
#define LIST_ARCHIVE &kiln_op_compression_list_archive
#define REFUSED(code, message)                                                                     \
    "! {'category':'permanent','code':'" code "','message':'" message "','severity':'error'}"
#define DAMAGED(message) REFUSED("ARCHIVE_READ_ERROR", "Failed to read archive: " message)

/* Adds a file, or a folder when the content is NULL. */
static void add(struct zip_archive *z, const char *path, const char *content, int level)
{
    struct text t = { 0 };

    text_puts(&t, content ? content : "");
    ck_assert_int_eq(zip_archive_add(z, path, level, &t), 0);
    text_fini(&t);
}

/* {'archive':'<base64>'<rest>} */
static void put_input(struct text *t, const struct text *bytes, const char *rest)
{
    text_clear(t);
    text_puts(t, "{'archive':'");
    base64_write(t, bytes->s, bytes->n);
    text_printf(t, "'%s}", rest);
}

struct fixture {
    struct zip_archive zip;
    struct text bytes, input;
};

static struct fixture *begin(void)
{
    struct fixture *f = calloc(1, sizeof *f);

    ck_assert_ptr_nonnull(f);
    ck_assert_int_eq(zip_archive_begin(&f->zip, &f->bytes), 0);
    return f;
}

static void expect(struct fixture *f, const kiln_op *op, const char *rest, const char *output)
{
    put_input(&f->input, &f->bytes, rest);
    calls_expect(op, text_cstr(&f->input), output);
}

static void end(struct fixture *f)
{
    text_fini(&f->bytes);
    text_fini(&f->input);
    free(f);
}

START_TEST(what_goes_in_comes_out)
{
    struct fixture *f = begin();

    add(&f->zip, "a.txt", "hello hello hello hello", 9);
    add(&f->zip, "d/", NULL, 0);
    add(&f->zip, "d/b.JSON", "[]", 0);
    ck_assert_int_eq(zip_archive_end(&f->zip), 0);
    expect(f, LIST_ARCHIVE, "",
           "{'entries':[{'compressedSize':10,'isDirectory':false,'path':'a.txt','size':23},"
           "{'compressedSize':0,'isDirectory':true,'path':'d/','size':0},"
           "{'compressedSize':2,'isDirectory':false,'path':'d/b.JSON','size':2}],"
           "'format':'zip','totalCount':3,'totalSize':25}");
    expect(f, EXTRACT, "",
           "{'count':3,'files':[{'file':{'content':'aGVsbG8gaGVsbG8gaGVsbG8gaGVsbG8=',"
           "'filename':'a.txt','mimeType':'text/plain'},'isDirectory':false,'path':'a.txt',"
           "'size':23},{'file':{'content':'','filename':'d','mimeType':"
           "'application/octet-stream'},'isDirectory':true,'path':'d/','size':0},"
           "{'file':{'content':'W10=','filename':'b.JSON','mimeType':'application/json'},"
           "'isDirectory':false,'path':'d/b.JSON','size':2}]}");
    expect(f, EXTRACT_FILE, ",'filePath':'/d\\\\b.JSON'",
           "{'content':'W10=','filename':'b.JSON','mimeType':'application/json'}");
    expect(f, EXTRACT_FILE, ",'filePath':'b.JSON'",
           REFUSED("ARCHIVE_FILE_NOT_FOUND", "File not found in archive: b.JSON"));
    expect(f, EXTRACT_FILE, ",'filePath':'d/'",
           REFUSED("ARCHIVE_IS_DIRECTORY", "Path is a directory: d/"));
    end(f);
}
END_TEST

START_TEST(an_archive_may_be_empty)
{
    struct fixture *f = begin();

    ck_assert_int_eq(zip_archive_end(&f->zip), 0);
    expect(f, LIST_ARCHIVE, "", "{'entries':[],'format':'zip','totalCount':0,'totalSize':0}");
    expect(f, EXTRACT, "", "{'count':0,'files':[]}");
    end(f);
}
END_TEST

/* The same files make the same bytes: the operation is pure. */
START_TEST(archives_are_made)
{
    calls_expect(
        CREATE,
        "{'files':[{'file':{'content':'aGk=','filename':'x.txt'}}],'compressionLevel':0,"
        "'archiveName':'x.zip'}",
        "{'content':'UEsDBBQAAAgAAAAAIQCsKpPYAgAAAAIAAAAFAAAAeC50eHRoaVBLAQIUABQAAAgAAAAAIQ"
        "CsKpPYAgAAAAIAAAAFAAAAAAAAAAAAAAAAAAAAAAB4LnR4dFBLBQYAAAAAAQABADMAAAAlAAAAAAA=',"
        "'filename':'x.zip','mimeType':'application/zip'}");
    calls_expect(CREATE, "{'files':[]}",
                 REFUSED("ARCHIVE_NO_FILES", "At least one file is required"));
    calls_expect(
        CREATE, "{'files':[{'file':'?'}]}",
        REFUSED("ARCHIVE_DECODE_ERROR", "Failed to decode file 1: the text is not valid base64"));
    calls_expect(CREATE, "{'files':[{'file':'','path':'a/../../b'}]}",
                 REFUSED("ARCHIVE_WRITE_ERROR",
                         "Failed to write archive: 'a/../../b' is no path within one"));
    calls_expect(CREATE, "{'files':[{'file':'','path':'a'},{'file':'','path':'a'}]}",
                 REFUSED("ARCHIVE_WRITE_ERROR", "Failed to write archive: two files are 'a'"));
}
END_TEST

static const char *const outside[] = {
    "../a", "a/../b", "/a", "\\a", "c:\\a", "a\\..\\b", "..", ""
};

START_TEST(paths_stay_inside)
{
    ck_assert(!zip_archive_is_inside(outside[_i], strlen(outside[_i])));
    ck_assert(zip_archive_is_inside("a/..b/c..", 9));
    ck_assert(!zip_archive_is_inside("a\0b", 3));
}
END_TEST

START_TEST(no_entry_leads_out)
{
    struct fixture *f = begin();

    add(&f->zip, "../etc/passwd", "x", 0);
    ck_assert_int_eq(zip_archive_end(&f->zip), 0);
    expect(f, EXTRACT, "", DAMAGED("the path '../etc/passwd' leads out of it"));
    expect(f, EXTRACT_FILE, ",'filePath':'../etc/passwd'",
           DAMAGED("the path '../etc/passwd' leads out of it"));
    end(f);
}
END_TEST

START_TEST(a_bomb_does_not_go_off)
{
    struct fixture *f = begin();
    struct text zeros = { 0 };

    memset(text_reserve(&zeros, 8 << 20), 0, 8 << 20);
    zeros.n = 8 << 20;
    ck_assert_int_eq(zip_archive_add(&f->zip, "zeros", 9, &zeros), 0);
    ck_assert_int_eq(zip_archive_end(&f->zip), 0);
    expect(f, EXTRACT, "", DAMAGED("an entry unpacks to more than 200 times its size"));
    text_fini(&zeros);
    end(f);
}
END_TEST

START_TEST(all_entries_together_have_a_limit)
{
    struct fixture *f = begin();
    struct text noise = { 0 };
    unsigned x = 1;

    for (int i = 0; i < 2 << 20; i++, x = x * 1103515245 + 12345)
        text_putc(&noise, (char)(x >> 16 & 15));
    for (int i = 0; i < 65; i++) {
        char path[2] = { (char)('0' + i), 0 };

        ck_assert_int_eq(zip_archive_add(&f->zip, path, 1, &noise), 0);
    }
    ck_assert_int_eq(zip_archive_end(&f->zip), 0);
    ck_assert_int_eq(zip_archive_open(&f->zip, &f->bytes), 0);
    for (int i = 0; i < 65; i++) {
        text_clear(&noise);
        ck_assert_int_eq(zip_archive_next(&f->zip), 1);
        ck_assert_int_eq(zip_archive_unpack(&f->zip, &noise), i < 64 ? 0 : -1);
    }
    ck_assert_str_eq(f->zip.why, "the archive unpacks to more than 128 MiB");
    zip_archive_close(&f->zip);
    text_fini(&noise);
    end(f);
}
END_TEST

/* Every byte in turn is turned over: an answer or a refusal, never more. */
START_TEST(damage_is_told)
{
    struct fixture *f = begin();
    struct text got = { 0 };

    add(&f->zip, "a", "some content that is packed, content that is packed", 6);
    ck_assert_int_eq(zip_archive_end(&f->zip), 0);
    for (size_t i = 0; i < f->bytes.n; i++) {
        f->bytes.s[i] = (char)~f->bytes.s[i];
        if (zip_archive_open(&f->zip, &f->bytes) == 0 && zip_archive_next(&f->zip) > 0) {
            text_clear(&got);
            if (zip_archive_unpack(&f->zip, &got) == 0)
                ck_assert_str_eq(text_cstr(&got),
                                 "some content that is packed, content that is packed");
        }
        zip_archive_close(&f->zip);
        f->bytes.s[i] = (char)~f->bytes.s[i];
    }
    f->bytes.n -= 30;
    expect(f, LIST_ARCHIVE, "", DAMAGED("the data is no ZIP archive"));
    calls_expect(
        LIST_ARCHIVE, "{'archive':'%'}",
        REFUSED("ARCHIVE_DECODE_ERROR", "Failed to decode archive: the text is not valid base64"));
    text_fini(&got);
    end(f);
}
END_TEST

Suite *suite_ops_compression(void);

Suite *suite_ops_compression(void)
{
    Suite *s = suite_create("ops_compression");
    TCase *c = tcase_create("zip");

    tcase_add_test(c, what_goes_in_comes_out);
    tcase_add_test(c, an_archive_may_be_empty);
    tcase_add_test(c, archives_are_made);
    tcase_add_loop_test(c, paths_stay_inside, 0, sizeof outside / sizeof *outside);
    tcase_add_test(c, no_entry_leads_out);
    tcase_add_test(c, a_bomb_does_not_go_off);
    tcase_add_test(c, all_entries_together_have_a_limit);
    tcase_add_test(c, damage_is_told);
    suite_add_tcase(s, c);
    return s;
}
