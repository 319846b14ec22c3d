/* test_ops_transform.c: the transform operations, and the file operations. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "calls.h"
#include "suites.h"

extern const kiln_op kiln_op_transform_extract, kiln_op_transform_get_value_by_path,
    kiln_op_transform_map_fields, kiln_op_transform_append, kiln_op_transform_array_length,
    kiln_op_file_append_line, kiln_op_file_read_lines;

#define INVALID(name, what)                                                                        \
    "! {'category':'permanent','code':'INPUT_DESERIALIZATION_ERROR','message':'Invalid input "     \
    "for " name ": " what "','severity':'error'}"

START_TEST(extracting)
{
    const kiln_op *op = &kiln_op_transform_extract;

    calls_expect(op, "{'value':[{'a':1},{'b':2},3,null],'property_path':'a'}",
                 "{'count':4,'values':[1,null,null,null]}");
    calls_expect(op, "{'value':[{'a':[5,6]}],'property_path':'$.a.1'}", "{'count':1,'values':[6]}");
    calls_expect(op, "{'value':[1,2],'property_path':''}", "{'count':2,'values':[1,2]}");
    calls_expect(op, "{'value':7,'property_path':''}",
                 INVALID("extract", "invalid type: integer `7`, expected a sequence"));
}
END_TEST

static void expect_path(const char *path, const char *output)
{
    char input[256];

    snprintf(input, sizeof input,
             "{'value':{'a':{'b':[10,{'c':5}]},'n':null,'':1},'property_path':'%s'}", path);
    calls_expect(&kiln_op_transform_get_value_by_path, input, output);
}

START_TEST(paths)
{
    expect_path("a.b.0", "10");
    expect_path("$.a.b.1.c", "5");
    expect_path("a.b.-1", "null");
    expect_path("a.b[0]", "null");
    expect_path("n.x", "null");
    expect_path(".a", "null");
    expect_path("", "null");
    expect_path("$", "null");
    calls_expect(&kiln_op_transform_get_value_by_path, "{}", "null");
}
END_TEST

START_TEST(mapping_fields)
{
    const kiln_op *op = &kiln_op_transform_map_fields;

    calls_expect(op,
                 "{'source_data':{'a':{'b':1},'c':null},'mappings':{'a.b':'x','c':'y','d':'z','':"
                 "'all'}}",
                 "{'field_count':2,'result':{'all':{'a':{'b':1},'c':null},'x':1}}");
    calls_expect(op, "{'source_data':[1,2],'mappings':{'1':'second'}}",
                 "{'field_count':1,'result':{'second':2}}");
    calls_expect(op, "{'source_data':1,'mappings':{'a':2}}",
                 INVALID("map-fields", "the name for `a` is no string"));
}
END_TEST

START_TEST(arrays)
{
    calls_expect(&kiln_op_transform_append, "{'array':[1],'item':[2]}",
                 "{'array':[1,[2]],'length':2}");
    calls_expect(&kiln_op_transform_append, "{'array':[],'item':null}",
                 "{'array':[null],'length':1}");
    calls_expect(&kiln_op_transform_append, "{'array':'x','item':1}",
                 "! {'category':'permanent','code':'INPUT_DESERIALIZATION_ERROR','message':"
                 "'Invalid input for append: invalid type: string \\'x\\', expected a sequence',"
                 "'severity':'error'}");
    calls_expect(&kiln_op_transform_array_length, "{'value':[1,2]}",
                 "{'is_array':true,'length':2}");
    calls_expect(&kiln_op_transform_array_length, "{'value':'né'}",
                 "{'is_array':false,'length':3}");
    calls_expect(&kiln_op_transform_array_length, "{'value':5}", "{'is_array':false,'length':0}");
}
END_TEST

static void expect_file(const kiln_op *op, const char *path, const char *rest, const char *output)
{
    char input[512];

    snprintf(input, sizeof input, "{'path':'%s'%s}", path, rest);
    calls_expect(op, input, output);
}

START_TEST(lines_of_a_file)
{
    char folder[] = "/tmp/kiln-ops-XXXXXX", path[64], words[256];

    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/lines", folder);
    snprintf(words, sizeof words,
             "! {'category':'permanent','code':'FILE_READ_FAILED','message':'%s: No such file or "
             "directory','severity':'error'}",
             path);
    expect_file(&kiln_op_file_read_lines, path, "", words);
    expect_file(&kiln_op_file_append_line, path, ",'line':'one'", "{'bytes':4}");
    expect_file(&kiln_op_file_append_line, path, ",'line':2", "{'bytes':2}");
    expect_file(&kiln_op_file_append_line, path, ",'line':''", "{'bytes':1}");
    expect_file(&kiln_op_file_read_lines, path, "", "{'count':3,'lines':['one','2','']}");
    snprintf(words, sizeof words,
             "! {'category':'permanent','code':'FILE_READ_FAILED','message':'%s: Invalid "
             "argument','severity':'error'}",
             folder);
    expect_file(&kiln_op_file_read_lines, folder, "", words);
    expect_file(&kiln_op_file_read_lines, "", "",
                "! {'category':'permanent','code':'FILE_BAD_PATH','message':'the path is empty or "
                "has a NUL byte','severity':'error'}");
    unlink(path);
    rmdir(folder);
}
END_TEST

Suite *suite_ops_transform(void);

Suite *suite_ops_transform(void)
{
    Suite *s = suite_create("ops_transform");
    TCase *c = tcase_create("transform");

    tcase_add_test(c, extracting);
    tcase_add_test(c, paths);
    tcase_add_test(c, mapping_fields);
    tcase_add_test(c, arrays);
    tcase_add_test(c, lines_of_a_file);
    suite_add_tcase(s, c);
    return s;
}
