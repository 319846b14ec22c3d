/* test_ops_xml.c: documents as values, and documents that mean harm. */

#include "base/text.h"
#include "calls.h"
#include "suites.h"

extern const kiln_op kiln_op_xml_from_xml;

#define XML &kiln_op_xml_from_xml
#define REFUSED(code, message)                                                                     \
    "! {'category':'permanent','code':'" code "','message':'" message "','severity':'error'}"
#define FAILS(message) REFUSED("XML_PARSE_ERROR", "Failed to parse XML: " message)

static const char *const documents[][2] = {
    { "{'data':'<a><b>1</b><c/><b x=\\'y\\'>2</b></a>'}",
      "{'a':{'b':['1',{'@attributes':{'x':'y'},'@text':'2'}],'c':{}}}" },
    { "{'data':'<a> one <!-- --> two <?p?>three<b/></a>'}",
      "{'a':{'@text':'one two three','b':{}}}" },
    { "{'data':'<a> one <!-- -->two</a>','trim_text':false}", "{'a':' one  two'}" },
    { "{'data':'<a>one<b> </b><![CDATA[ & two]]></a>','preserve_text':'no'}", "{'a':{'b':{}}}" },
    { "{'data':'<a>x<![CDATA[<y>]]>z</a>'}", "{'a':'x<y>z'}" },
    { "{'data':'<n:a xmlns:n=\\'urn:x\\' n:b=\\'1\\' c=\\'2\\'><n:d/></n:a>'}",
      "{'a':{'@attributes':{'b':'1','c':'2'},'d':{}}}" },
    { "{'data':'<a b=\\'1\\'/>','include_attributes':false}", "{'a':{}}" },
    { "{'data':'<a>\\u00e4&#x20ac;</a>'}", "{'a':'\xc3\xa4\xe2\x82\xac'}" },
    { "{'data':[60,97,62,255,60,47,97,62]}", "{'a':'\xef\xbf\xbd'}" },
    { "{'data':[60,97,62,128,60,47,97,62],'encoding':'latin1'}", "{'a':'\xe2\x82\xac'}" },
    { "{'data':{'content':'PGEvPg==','filename':'a.xml'}}", "{'a':{}}" },
    { "{'data':'<?xml version=\\'1.0\\' encoding=\\'UTF-16\\'?><a/>'}", "{'a':{}}" },
    { "{'data':'<a><z/><m/><z/><b/></a>'}", "{'a':{'b':{},'m':{},'z':[{},{}]}}" },
    { "{'data':'no xml'}", FAILS("syntax error at 1:1") },
    { "{'data':'  '}", FAILS("the document does not have a root node") },
    { "{'data':'<a><b></a>'}", FAILS("expected 'b' tag, not 'a' at 1:7") },
    { "{'data':'<a>\\n <b>'}", FAILS("the root node was opened but never closed") },
    { "{'data':'<a/><b/>'}", FAILS("junk after document element at 1:5") },
    { "{'data':'<a>&nothing;</a>'}", FAILS("undefined entity at 1:4") },
    { "{'data':'<n:a/>'}", FAILS("unbound prefix at 1:1") },
    { "{'data':'<!DOCTYPE a [<!ENTITY x SYSTEM \\'file:///etc/passwd\\'>]><a>&x;</a>'}",
      FAILS("XML with DTD detected") },
    { "{'data':'<!DOCTYPE a [<!ENTITY x \\'ha\\'><!ENTITY y \\'&x;&x;&x;\\'>]><a>&y;</a>'}",
      FAILS("XML with DTD detected") },
    { "{'data':[256]}", REFUSED("XML_DECODE_ERROR", "Failed to decode XML data: an array of bytes "
                                                    "may hold whole numbers from 0 to 255 only") },
    { "{'data':{'content':'?'}}",
      REFUSED("XML_DECODE_ERROR", "Failed to decode XML data: the text is not valid base64") },
    { "{}",
      REFUSED("INPUT_DESERIALIZATION_ERROR", "Invalid input for from-xml: missing field `data`") },
};

/* The texts quote with ', and so do the documents in them: there it is \\', which JSON has not. */
START_TEST(documents_are_values)
{
    struct text t = { 0 };

    for (const char *s = documents[_i][0]; *s; s++)
        if (s[0] == '\\' && s[1] == '\'') {
            text_puts(&t, "\\\"");
            s++;
        } else
            text_putc(&t, *s);
    calls_expect(XML, text_cstr(&t), documents[_i][1]);
    text_fini(&t);
}
END_TEST

/* `depth` elements in each other. */
static void nest(struct text *t, unsigned depth)
{
    text_puts(t, "{'data':'");
    for (unsigned i = 0; i < depth; i++)
        text_puts(t, "<a>");
    for (unsigned i = 0; i < depth; i++)
        text_puts(t, "</a>");
    text_puts(t, "'}");
}

START_TEST(depth_has_an_end)
{
    struct text t = { 0 }, want = { 0 };

    nest(&t, 500);
    for (unsigned i = 0; i < 500; i++)
        text_puts(&want, "{'a':");
    text_puts(&want, "{}");
    for (unsigned i = 0; i < 500; i++)
        text_puts(&want, "}");
    calls_expect(XML, text_cstr(&t), text_cstr(&want));
    text_clear(&t);
    nest(&t, 501);
    calls_expect(XML, text_cstr(&t), FAILS("elements are nested more than 500 deep"));
    text_clear(&t);
    nest(&t, 100000);
    calls_expect(XML, text_cstr(&t), FAILS("elements are nested more than 500 deep"));
    text_fini(&t);
    text_fini(&want);
}
END_TEST

/* Names without number cost no more than one name does. */
START_TEST(many_names_take_no_long)
{
    struct text t = { 0 }, want = { 0 };

    text_puts(&t, "{'data':'<a>");
    text_puts(&want, "{'a':{");
    for (unsigned i = 100000; i < 200000; i++) {
        text_printf(&t, "<n%u/>", i);
        text_printf(&want, "%s'n%u':{}", i == 100000 ? "" : ",", i);
    }
    text_puts(&t, "</a>'}");
    text_puts(&want, "}}");
    calls_expect(XML, text_cstr(&t), text_cstr(&want));
    text_fini(&t);
    text_fini(&want);
}
END_TEST

Suite *suite_ops_xml(void);

Suite *suite_ops_xml(void)
{
    Suite *s = suite_create("ops_xml");
    TCase *c = tcase_create("xml");

    tcase_add_loop_test(c, documents_are_values, 0, sizeof documents / sizeof *documents);
    tcase_add_test(c, depth_has_an_end);
    tcase_add_test(c, many_names_take_no_long);
    suite_add_tcase(s, c);
    return s;
}
