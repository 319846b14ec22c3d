/* xml.c: the `xml` operation (scenario 4.6): a document as a value. */
#include "base/utf8.h"
#include "ops/bytes.h"
#include "ops/charset.h"
#include "ops/input.h"
#include "ops/xml/xml_tree.h"
#include "value.h"

/* Appends the bytes, which are written in an encoding, as UTF-8. NULL, or why not. */
static const char *decode(struct text *t, const struct charset *charset, const struct text *bytes)
{
    struct charset_reader reader;
    size_t mark = charset_mark(charset, text_cstr(bytes), bytes->n);

    if (charset_open(&reader, charset) < 0)
        return "this machine does not know the encoding";
    charset_read(&reader, t, text_cstr(bytes) + mark, bytes->n - mark, 1);
    charset_close(&reader);
    return t->failed ? "out of memory" : NULL;
}

/* What is not UTF-8 in a text becomes U+FFFD. 0 or -1. */
static int mend(kiln_heap *h, struct text *t)
{
    kiln_value whole;

    if (utf8_prefix(text_cstr(t), t->n) == t->n)
        return 0;
    if (value_string(h, &whole, t->s, t->n) < 0)
        return -1;
    text_clear(t);
    text_put(t, whole.u.s, whole.n);
    return t->failed ? -1 : 0;
}

/* The document's text. 0, or -1 when the call has been failed. */
static int read_document(kiln_call *call, struct text *ret)
{
    const struct charset *charset;
    struct text bytes = { 0 };
    kiln_value data;
    const char *why;

    if (input_any(call, "from-xml", "data", &data) < 0
        || charset_input(call, "from-xml", "encoding", "UTF-8", &charset) < 0)
        return -1;
    why = bytes_read(&bytes, &data, 1);
    if (!why) {
        if (!charset)
            charset = charset_guess(text_cstr(&bytes), bytes.n);
        why = decode(ret, charset, &bytes);
    }
    text_fini(&bytes);
    if (why)
        return input_fail(call, "XML_DECODE_ERROR", "Failed to decode XML data: %s", why);
    return mend(kiln_call_heap(call), ret) < 0 ? kiln_fail(call, "out of memory") : 0;
}

static int give_tree(kiln_call *call, const struct text *document, const struct xml_style *style)
{
    struct text why = { 0 };
    kiln_value tree;
    int failed = xml_tree_read(kiln_call_heap(call), &tree, document, style, &why) < 0;

    if (failed)
        input_fail(call, "XML_PARSE_ERROR", "Failed to parse XML: %s", text_cstr(&why));
    text_fini(&why);
    return failed ? -1 : kiln_out_value(call, tree);
}

KILN_OP(xml_from_xml, "xml.from-xml", KILN_PURE,
        "Reads an XML document: elements become objects, repeated ones arrays.",
        KILN_INPUTS({ "data", "any", "The document: base64, bytes, a file, or text.",
                      KILN_REQUIRED },
                    { "encoding", "string", "How its bytes are written; UTF-8 if none.", 0 },
                    { "include_attributes", "boolean", "Keep attributes; true if none.", 0 },
                    { "preserve_text", "boolean", "Keep text; true if none.", 0 },
                    { "trim_text", "boolean", "Drop blanks around text; true if none.", 0 }),
        KILN_OUTPUTS({ "value", "object", "{root: ...}.", 0 }),
        KILN_FLAGS(KILN_OP_BARE | KILN_OP_CHECKS), KILN_NEEDS("expat"))
{
    struct text document = { 0 };
    struct xml_style style;
    int failed;

    if (input_flag_or(call, "from-xml", "preserve_text", 1, &style.keep_text) < 0
        || input_flag_or(call, "from-xml", "include_attributes", 1, &style.attributes) < 0
        || input_flag_or(call, "from-xml", "trim_text", 1, &style.trim) < 0)
        return -1;
    failed = read_document(call, &document) < 0 || give_tree(call, &document, &style) < 0;
    text_fini(&document);
    return failed ? -1 : 0;
}
