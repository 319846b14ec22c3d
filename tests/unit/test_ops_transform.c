/* test_ops_transform.c: the transform operations. */
#include <stdio.h>
#include <string.h>

#include "calls.h"
#include "suites.h"

extern const kiln_op kiln_op_transform_extract, kiln_op_transform_get_value_by_path,
    kiln_op_transform_map_fields, kiln_op_transform_append, kiln_op_transform_array_length,
    kiln_op_transform_set_value_by_path, kiln_op_transform_ensure_array, kiln_op_transform_flat_map,
    kiln_op_transform_filter_non_values, kiln_op_transform_select_first, kiln_op_transform_coalesce,
    kiln_op_transform_filter, kiln_op_transform_sort, kiln_op_transform_group_by,
    kiln_op_transform_from_json_string, kiln_op_transform_to_json_string;

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

/* Puts 7 at the path. */
static void expect_set(const char *target, const char *path, const char *output)
{
    char input[256];

    snprintf(input, sizeof input, "{'target':%s,'property_path':'%s','value':7}", target, path);
    calls_expect(&kiln_op_transform_set_value_by_path, input, output);
}

START_TEST(setting_by_path)
{
    const kiln_op *op = &kiln_op_transform_set_value_by_path;
    char deep[3 * 1024], input[4 * 1024];

    expect_set("{'a':{'b':1},'c':2}", "a.b", "{'a':{'b':7},'c':2}");
    expect_set("{}", "$.x.y.z", "{'x':{'y':{'z':7}}}");
    expect_set("{'a':[1]}", "a.0", "{'a':[1]}");
    expect_set("{'a':null}", "a.b", "{'a':null}");
    expect_set("{'a':1}", "", "{'a':1}");
    expect_set("{'a':1}", "$", "{'$':7,'a':1}");
    expect_set("[1]", "0", "[1]");
    expect_set("null", "a", "null");
    calls_expect(op, "{'target':{'a':1},'property_path':'a'}", "{'a':null}");
    calls_expect(op, "{'target':{'a':1},'value':2}", "{'a':1}");
    calls_expect(op, "{}", "null");
    memset(deep, '.', 2000);
    deep[2000] = 0;
    snprintf(input, sizeof input, "{'target':{},'property_path':'%s','value':1}", deep);
    calls_expect(op, input, "! 'the path has more than 1024 parts'");
}
END_TEST

START_TEST(arrays_out_of_others)
{
    calls_expect(&kiln_op_transform_ensure_array, "{'value':[1]}",
                 "{'count':1,'items':[1],'was_array':true}");
    calls_expect(&kiln_op_transform_ensure_array, "{'value':{'a':1}}",
                 "{'count':1,'items':[{'a':1}],'was_array':false}");
    calls_expect(&kiln_op_transform_ensure_array, "{'value':null}",
                 "{'count':0,'items':[],'was_array':false}");
    calls_expect(&kiln_op_transform_ensure_array, "{}",
                 INVALID("ensure-array", "missing field `value`"));
    calls_expect(&kiln_op_transform_flat_map,
                 "{'value':[{'a':{'b':[1,[2]]}},{'a':{'b':3}},4,{'a':{'b':[]}}],"
                 "'property_path':'a.b'}",
                 "{'count':2,'items':[1,[2]]}");
    calls_expect(&kiln_op_transform_flat_map, "{'value':[[1]],'property_path':''}",
                 "{'count':0,'items':[]}");
}
END_TEST

START_TEST(leaving_out_what_is_no_value)
{
    const kiln_op *op = &kiln_op_transform_filter_non_values;

#define VALUES "'value':[null,'','\u2003 ',0,'0',-0.0,false,[]]"
    calls_expect(op, "{" VALUES "}",
                 "{'count':8,'items':[null,'','\xe2\x80\x83 ',0,'0',-0.0,false,[]],"
                 "'removed_count':0}");
    calls_expect(op, "{" VALUES ",'filter_blank_strings':'yes','filter_null_values':1}",
                 "{'count':5,'items':[0,'0',-0.0,false,[]],'removed_count':3}");
    calls_expect(op, "{" VALUES ",'filter_zero_values':true,'filter_empty_strings':true}",
                 "{'count':4,'items':[null,'\xe2\x80\x83 ',false,[]],'removed_count':4}");
    calls_expect(op,
                 "{'value':[{'a':[0]},{'a':[1]}],'property_path':'a.0','filter_zero_values':true}",
                 "{'count':1,'items':[{'a':[1]}],'removed_count':1}");
    calls_expect(&kiln_op_transform_select_first, "{" VALUES "}", "'0'");
    calls_expect(&kiln_op_transform_select_first, "{'value':[false,0,' \\t']}", "null");
    calls_expect(&kiln_op_transform_select_first, "{}", "null");
    calls_expect(&kiln_op_transform_coalesce, "{'values':[null,0,'x']}", "0");
    calls_expect(&kiln_op_transform_coalesce,
                 "{'values':[null,'',0.0,false],'treat_zero_as_null':true,"
                 "'treat_empty_string_as_null':true}",
                 "false");
    calls_expect(&kiln_op_transform_coalesce, "{'values':7}",
                 INVALID("coalesce", "invalid type: integer `7`, expected a sequence"));
}
END_TEST

/* Filters five items by their `p`. */
static void expect_kept(const char *condition, const char *match, const char *kept)
{
    char input[512], output[512];

    snprintf(input, sizeof input,
             "{'value':['oak',['ash','oak'],null,5,'oaken'],'property_path':'$',"
             "'match_values':%s,'match_condition':'%s'}",
             match, condition);
    snprintf(output, sizeof output, "{%s}", kept);
    calls_expect(&kiln_op_transform_filter, input, output);
}

START_TEST(filtering)
{
    expect_kept("INCLUDES", "['oak',5]",
                "'count':3,'items':['oak',['ash','oak'],5],'removed_count':2");
    expect_kept("INCLUDES", "5.0", "'count':0,'items':[],'removed_count':5");
    expect_kept("INCLUDES", "null", "'count':0,'items':[],'removed_count':5");
    expect_kept("EXCLUDES", "'oak'", "'count':3,'items':[null,5,'oaken'],'removed_count':2");
    expect_kept("STARTS_WITH", "'oak'", "'count':2,'items':['oak','oaken'],'removed_count':3");
    expect_kept("ENDS_WITH", "['en',5]", "'count':1,'items':['oaken'],'removed_count':4");
    expect_kept("CONTAINS", "['ake','']", "'count':2,'items':['oak','oaken'],'removed_count':3");
    calls_expect(&kiln_op_transform_filter,
                 "{'value':[{'a':1},{'a':2}],'property_path':'a','match_values':[2],"
                 "'match_condition':'INCLUDES'}",
                 "{'count':1,'items':[{'a':2}],'removed_count':1}");
    calls_expect(&kiln_op_transform_filter,
                 "{'property_path':'a','match_values':2,'match_condition':'INCLUDES'}",
                 "{'count':0,'items':[],'removed_count':0}");
    calls_expect(&kiln_op_transform_filter,
                 "{'value':[],'property_path':'a','match_values':2,'match_condition':'LIKE'}",
                 INVALID("filter", "unknown variant `LIKE`, expected one of `INCLUDES`, "
                                   "`EXCLUDES`, `STARTS_WITH`, `ENDS_WITH`, `CONTAINS`"));
    calls_expect(&kiln_op_transform_filter,
                 "{'value':[],'property_path':'a','match_condition':'INCLUDES'}",
                 INVALID("filter", "missing field `match_values`"));
}
END_TEST

START_TEST(sorting)
{
    const kiln_op *op = &kiln_op_transform_sort;

    calls_expect(op, "{'value':[true,{'b':1},[2],null,'b','B',10,9.5,[10],false,{'a':1}]}",
                 "{'count':11,'items':['B','b',9.5,10,[10],[2],false,true,{'a':1},{'b':1},null]}");
    calls_expect(op, "{'value':[1,null,2],'ascending':false}", "{'count':3,'items':[null,2,1]}");
    calls_expect(op,
                 "{'value':[{'i':0,'k':1},{'i':1,'k':1},{'i':2}],'property_path':'k',"
                 "'ascending':'no'}",
                 "{'count':3,'items':[{'i':2},{'i':0,'k':1},{'i':1,'k':1}]}");
    calls_expect(op, "{'value':[]}", "{'count':0,'items':[]}");
}
END_TEST

START_TEST(grouping)
{
    const kiln_op *op = &kiln_op_transform_group_by;

#define ITEMS "'value':[{'k':'b'},{'k':5},{'k':null},{},{'k':'5','n':2},{'k':[1]}],'key':'k'"
    calls_expect(op, "{" ITEMS "}",
                 "{'group_count':3,'groups':[[{'k':'b'}],[{'k':5},{'k':'5','n':2}],[{'k':[1]}]]}");
    calls_expect(op, "{" ITEMS ",'as_map':true}",
                 "{'group_count':3,'groups':{'5':[{'k':5},{'k':'5','n':2}],'[1]':[{'k':[1]}],"
                 "'b':[{'k':'b'}]}}");
    calls_expect(op, "{'value':'x','key':'k'}",
                 "! {'attributes':{'received_type':'string'},'category':'permanent','code':"
                 "'TRANSFORM_INVALID_INPUT','message':'Unsupported value. Expected array or "
                 "collection.','severity':'error'}");
}
END_TEST

#define NO_JSON(why)                                                                               \
    "! {'attributes':{'parse_error':'" why "'},'category':'permanent','code':"                     \
    "'TRANSFORM_JSON_PARSE_ERROR','message':'Failed to parse JSON: " why "','severity':'error'}"

START_TEST(json_text)
{
    calls_expect(&kiln_op_transform_from_json_string, "{'value':' [1,2.50] '}", "[1,2.5]");
    calls_expect(&kiln_op_transform_from_json_string, "{'value':''}", "null");
    calls_expect(&kiln_op_transform_from_json_string, "{}", "null");
    calls_expect(&kiln_op_transform_from_json_string, "{'value':true}", "true");
    calls_expect(&kiln_op_transform_from_json_string, "{'value':'[1,\\n'}",
                 NO_JSON("EOF while parsing a value at line 2 column 0"));
    calls_expect(&kiln_op_transform_to_json_string, "{'value':{'a':[1.0,'\u00e9']}}",
                 "{'json':'{\\'a\\':[1.0,\\'\xc3\xa9\\']}','length':16}");
    calls_expect(&kiln_op_transform_to_json_string, "{'value':null}", "{'json':'null','length':4}");
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
    tcase_add_test(c, setting_by_path);
    tcase_add_test(c, arrays_out_of_others);
    tcase_add_test(c, leaving_out_what_is_no_value);
    tcase_add_test(c, filtering);
    tcase_add_test(c, sorting);
    tcase_add_test(c, grouping);
    tcase_add_test(c, json_text);
    suite_add_tcase(s, c);
    return s;
}
