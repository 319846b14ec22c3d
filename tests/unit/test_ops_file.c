/* test_ops_file.c: the file operations: what they do in the workspace, and that nothing leads out
 * of it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "calls.h"
#include "ops/file/glob.h"
#include "shell.h"
#include "suites.h"

extern const kiln_op kiln_op_file_append_line, kiln_op_file_read_lines, kiln_op_file_file_read_file,
    kiln_op_file_file_write_file, kiln_op_file_file_append_file, kiln_op_file_file_list_files,
    kiln_op_file_file_delete_file, kiln_op_file_file_file_exists, kiln_op_file_file_copy_file,
    kiln_op_file_file_move_file, kiln_op_file_file_create_directory,
    kiln_op_file_file_get_file_info;

#define FAILED(code, path, why)                                                                    \
    "! {'attributes':{'path':'" path "'},'category':'permanent','code':'" code                     \
    "','message':'" path ": " why "','severity':'error'}"
#define REFUSED(code, message)                                                                     \
    "! {'category':'permanent','code':'" code "','message':'" message "','severity':'error'}"

/* Every test has a workspace of its own, and a file beside it. */
static char outside[] = "/tmp/kiln-file-XXXXXX";

static void set_up(void)
{
    struct shell s;

    ck_assert_ptr_nonnull(mkdtemp(outside));
    s = shell_run(NULL, "mkdir %s/w && echo secret >%s/secret", outside, outside);
    shell_fini(&s);
    {
        char folder[64];

        snprintf(folder, sizeof folder, "%s/w", outside);
        setenv("KILN_WORKSPACE_DIR", folder, 1);
    }
}

static void tear_down(void)
{
    struct shell s = shell_run(NULL, "rm -rf %s", outside);

    shell_fini(&s);
}

/* Does something in the workspace. */
static void in_workspace(const char *command)
{
    struct shell s = shell_run(NULL, "cd %s/w && { %s; }", outside, command);

    ck_assert_msg(s.code == 0, "%s: %s", command, text_cstr(&s.err));
    shell_fini(&s);
}

START_TEST(writing_and_reading)
{
    const kiln_op *write = &kiln_op_file_file_write_file, *read = &kiln_op_file_file_read_file;

    calls_expect(write, "{'path':'a/b/c.txt','data':'plain words'}",
                 "{'bytes_written':11,'created_dirs':true,'path':'a/b/c.txt'}");
    calls_expect(read, "{'path':'./a//b/c.txt','response_format':'text'}", "'plain words'");
    calls_expect(read, "{'path':'a/b/c.txt'}",
                 "{'content':'cGxhaW4gd29yZHM=','filename':'c.txt','mimeType':'text/plain'}");
    calls_expect(write, "{'path':'a/b/c.txt','data':'aGk='}",
                 "{'bytes_written':2,'created_dirs':false,'path':'a/b/c.txt'}");
    calls_expect(read, "{'path':'a/b/c.txt','response_format':'text'}", "'hi'");
    calls_expect(write, "{'path':'a/b/c.txt','data':[104],'overwrite':false}",
                 FAILED("FILE_ALREADY_EXISTS", "a/b/c.txt", "File exists"));
    calls_expect(write, "{'path':'x/y','data':'','create_dirs':false}",
                 FAILED("FILE_NOT_FOUND", "x/y", "No such file or directory"));
    calls_expect(write, "{'path':'a','data':'z'}",
                 FAILED("FILE_IS_DIRECTORY", "a", "Is a directory"));
    calls_expect(read, "{'path':'a'}", FAILED("FILE_IS_DIRECTORY", "a", "Is a directory"));
    calls_expect(read, "{'path':'none'}",
                 FAILED("FILE_NOT_FOUND", "none", "No such file or directory"));
    calls_expect(write, "{'path':'n','data':[1.5]}",
                 REFUSED("FILE_INVALID_DATA",
                         "Invalid input for file-write-file: an array of bytes may hold whole "
                         "numbers from 0 to 255 only"));
}
END_TEST

START_TEST(appending)
{
    const kiln_op *op = &kiln_op_file_file_append_file;

    calls_expect(op, "{'path':'log','data':'one!'}",
                 "{'bytes_appended':4,'created':true,'path':'log','total_size':4}");
    calls_expect(op, "{'path':'log','data':'two.','newline':true}",
                 "{'bytes_appended':5,'created':false,'path':'log','total_size':9}");
    calls_expect(op, "{'path':'none','data':'x','create_if_missing':false}",
                 FAILED("FILE_NOT_FOUND", "none", "No such file or directory"));
}
END_TEST

START_TEST(limits)
{
    setenv("KILN_MAX_FILE_SIZE", "4", 1);
    calls_expect(&kiln_op_file_file_write_file, "{'path':'a','data':'12345'}",
                 FAILED("FILE_TOO_LARGE", "a", "File too large"));
    calls_expect(&kiln_op_file_file_write_file, "{'path':'a','data':'1 23'}",
                 "{'bytes_written':4,'created_dirs':false,'path':'a'}");
    calls_expect(&kiln_op_file_file_append_file, "{'path':'a','data':'5'}",
                 FAILED("FILE_TOO_LARGE", "a", "File too large"));
    setenv("KILN_MAX_READ_SIZE", "3", 1);
    calls_expect(&kiln_op_file_file_read_file, "{'path':'a'}",
                 FAILED("FILE_TOO_LARGE", "a", "File too large"));
}
END_TEST

START_TEST(looking)
{
    in_workspace("mkdir -p d/e && printf 12 >d/e/x.CSV && printf 1 >d/y && ln -s y d/link");
    in_workspace("find . -exec touch -h -d @1000 {} +");
#define ENTRY(dir, ext, mime, name, path, size)                                                    \
    "{'created_time':null,'extension':" ext ",'is_directory':" dir ",'mime_type':" mime            \
    ",'modified_time':1000,'name':'" name "','path':'" path "','size':" size "}"
#define X ENTRY("false", "'CSV'", "'text/csv'", "x.CSV", "d/e/x.CSV", "2")
#define Y ENTRY("false", "null", "'application/octet-stream'", "y", "d/y", "1")
    calls_expect(&kiln_op_file_file_get_file_info, "{'path':'d/e/x.CSV'}", X);
    calls_expect(&kiln_op_file_file_list_files, "{'path':'d/','recursive':true,'pattern':'[xy]*'}",
                 "[" X "," Y "]");
    calls_expect(&kiln_op_file_file_list_files, "{'pattern':'*.csv'}", "[]");
    calls_expect(&kiln_op_file_file_list_files, "{'path':'d/y'}",
                 FAILED("FILE_NOT_DIRECTORY", "d/y", "Not a directory"));
    calls_expect(&kiln_op_file_file_file_exists, "{'path':'d/y'}",
                 "{'exists':true,'is_directory':false,'size':1}");
    calls_expect(&kiln_op_file_file_file_exists, "{'path':'none/none/none'}",
                 "{'exists':false,'is_directory':false,'size':null}");
    calls_expect(&kiln_op_file_file_get_file_info, "{'path':'none'}",
                 FAILED("FILE_NOT_FOUND", "none", "No such file or directory"));
}
END_TEST

START_TEST(moving_about)
{
    in_workspace("printf 12 >a && printf 3 >b");
    calls_expect(&kiln_op_file_file_copy_file, "{'source':'a','destination':'n/c'}",
                 "{'bytes_copied':2,'destination':'n/c','source':'a'}");
    calls_expect(&kiln_op_file_file_copy_file, "{'source':'a','destination':'b'}",
                 FAILED("FILE_ALREADY_EXISTS", "b", "File exists"));
    calls_expect(&kiln_op_file_file_move_file, "{'source':'a','destination':'b'}",
                 FAILED("FILE_ALREADY_EXISTS", "b", "File exists"));
    calls_expect(&kiln_op_file_file_move_file, "{'source':'a','destination':'b','overwrite':true}",
                 "{'destination':'b','source':'a'}");
    calls_expect(&kiln_op_file_file_move_file, "{'source':'a','destination':'m'}",
                 FAILED("FILE_NOT_FOUND", "a", "No such file or directory"));
    calls_expect(&kiln_op_file_file_create_directory, "{'path':'p/q'}",
                 "{'created':true,'path':'p/q'}");
    calls_expect(&kiln_op_file_file_create_directory, "{'path':'p/q'}",
                 "{'created':false,'path':'p/q'}");
    calls_expect(&kiln_op_file_file_create_directory, "{'path':'r/s','recursive':false}",
                 FAILED("FILE_NOT_FOUND", "r/s", "No such file or directory"));
    in_workspace("test $(cat b n/c) = 1212");
}
END_TEST

START_TEST(deleting)
{
    const kiln_op *op = &kiln_op_file_file_delete_file;

    in_workspace("mkdir -p d/e && touch d/e/x d/y && ln -s ../../secret d/link");
    calls_expect(op, "{'path':'d'}", FAILED("FILE_IO_ERROR", "d", "Directory not empty"));
    calls_expect(op, "{'path':'d/y'}", "{'items_deleted':1,'path':'d/y','success':true}");
    calls_expect(op, "{'path':'d','recursive':true}",
                 "{'items_deleted':4,'path':'d','success':true}");
    calls_expect(op, "{'path':'d'}", FAILED("FILE_NOT_FOUND", "d", "No such file or directory"));
    in_workspace("touch stays");
    calls_expect(op, "{'path':'/','recursive':true}",
                 FAILED("FILE_IO_ERROR", "/", "Device or resource busy"));
    in_workspace("test -e stays -a -e ../secret");
}
END_TEST

/* Every operation that takes a path refuses this one. */
static void expect_refused(const char *path, const char *output)
{
    static const kiln_op *const ops[] = {
        &kiln_op_file_file_read_file,        &kiln_op_file_file_write_file,
        &kiln_op_file_file_append_file,      &kiln_op_file_file_list_files,
        &kiln_op_file_file_delete_file,      &kiln_op_file_file_file_exists,
        &kiln_op_file_file_copy_file,        &kiln_op_file_file_move_file,
        &kiln_op_file_file_create_directory, &kiln_op_file_file_get_file_info
    };
    char input[256];

    snprintf(input, sizeof input,
             "{'path':'%s','source':'%s','destination':'x','data':'y','recursive':true}", path,
             path);
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++)
        calls_expect(ops[i], input, output);
}

START_TEST(nothing_leads_out)
{
    const char *link = FAILED("FILE_PATH_ESCAPE", "out/secret", "it goes through a symbolic link");

    in_workspace("ln -s .. out && ln -s ../secret direct && mkdir d");
    expect_refused("../secret",
                   FAILED("FILE_PATH_ESCAPE", "../secret", "the path leads out of the workspace"));
    expect_refused("d/../x",
                   FAILED("FILE_PATH_ESCAPE", "d/../x", "the path leads out of the workspace"));
    expect_refused("/etc/passwd", FAILED("FILE_PATH_ESCAPE", "/etc/passwd",
                                         "the path leads out of the workspace"));
    expect_refused("out/secret", link);
    expect_refused("x\\u0000y", REFUSED("FILE_BAD_PATH", "the path is empty or has a NUL byte"));
#define DIRECT FAILED("FILE_PATH_ESCAPE", "direct", "it goes through a symbolic link")
    calls_expect(&kiln_op_file_file_read_file, "{'path':'direct'}", DIRECT);
    calls_expect(&kiln_op_file_file_write_file, "{'path':'direct','data':'x'}", DIRECT);
    calls_expect(&kiln_op_file_file_copy_file, "{'source':'direct','destination':'y'}", DIRECT);
    calls_expect(&kiln_op_file_file_move_file, "{'source':'direct','destination':'y'}", DIRECT);
    calls_expect(&kiln_op_file_file_get_file_info, "{'path':'direct'}", DIRECT);
    calls_expect(&kiln_op_file_file_list_files, "{'path':'out'}",
                 FAILED("FILE_NOT_DIRECTORY", "out", "Not a directory"));
    in_workspace("test \"$(cat ../secret)\" = secret");
}
END_TEST

START_TEST(without_a_workspace)
{
    unsetenv("KILN_WORKSPACE_DIR");
    expect_refused(
        "a", REFUSED("FILE_NO_WORKSPACE", "KILN_WORKSPACE_DIR does not name the folder for files"));
}
END_TEST

START_TEST(patterns)
{
    char stars[512], name[256];

    ck_assert(glob_matches("*.c", "a.c"));
    ck_assert(!glob_matches("*.c", "a.cc"));
    ck_assert(glob_matches("a?c*", "abcd"));
    ck_assert(glob_matches("[a-c][!x]", "bz"));
    ck_assert(!glob_matches("[a-c][!x]", "bx"));
    ck_assert(glob_matches("[]]", "]"));
    ck_assert(glob_matches("[open", "[open"));
    ck_assert(glob_matches("**", ""));
    ck_assert(!glob_matches("", "a"));
    memset(name, 'a', sizeof name - 1);
    name[sizeof name - 1] = 0;
    for (size_t i = 0; i + 2 < sizeof stars; i += 2)
        memcpy(stars + i, "*a", 2);
    memcpy(stars + sizeof stars - 2, "b", 2);
    ck_assert(!glob_matches(stars, name));
}
END_TEST

START_TEST(lines_of_a_file)
{
    const kiln_op *read = &kiln_op_file_read_lines, *append = &kiln_op_file_append_line;

    calls_expect(read, "{'path':'lines'}",
                 FAILED("FILE_NOT_FOUND", "lines", "No such file or directory"));
    calls_expect(append, "{'path':'lines','line':'one'}", "{'bytes':4}");
    calls_expect(append, "{'path':'lines','line':2}", "{'bytes':2}");
    calls_expect(append, "{'path':'lines','line':''}", "{'bytes':1}");
    calls_expect(read, "{'path':'lines'}", "{'count':3,'lines':['one','2','']}");
    calls_expect(append, "{'path':'../out','line':'x'}",
                 FAILED("FILE_PATH_ESCAPE", "../out", "the path leads out of the workspace"));
}
END_TEST

static const struct {
    const kiln_op *op;
    unsigned effect;
} effects[] = { { &kiln_op_file_file_read_file, KILN_IDEMPOTENT },
                { &kiln_op_file_file_list_files, KILN_IDEMPOTENT },
                { &kiln_op_file_file_write_file, KILN_EFFECTFUL },
                { &kiln_op_file_file_append_file, KILN_EFFECTFUL },
                { &kiln_op_file_file_copy_file, KILN_EFFECTFUL },
                { &kiln_op_file_file_move_file, KILN_EFFECTFUL },
                { &kiln_op_file_file_delete_file, KILN_EFFECTFUL },
                { &kiln_op_file_file_create_directory, KILN_EFFECTFUL } };

START_TEST(what_changes_files_is_effectful)
{
    for (size_t i = 0; i < sizeof effects / sizeof *effects; i++)
        ck_assert_uint_eq(effects[i].op->effect, effects[i].effect);
}
END_TEST

Suite *suite_ops_file(void);

Suite *suite_ops_file(void)
{
    Suite *s = suite_create("ops_file");
    TCase *c = tcase_create("file");

    tcase_add_checked_fixture(c, set_up, tear_down);
    tcase_add_test(c, writing_and_reading);
    tcase_add_test(c, appending);
    tcase_add_test(c, limits);
    tcase_add_test(c, looking);
    tcase_add_test(c, moving_about);
    tcase_add_test(c, deleting);
    tcase_add_test(c, nothing_leads_out);
    tcase_add_test(c, without_a_workspace);
    tcase_add_test(c, patterns);
    tcase_add_test(c, lines_of_a_file);
    tcase_add_test(c, what_changes_files_is_effectful);
    suite_add_tcase(s, c);
    return s;
}
