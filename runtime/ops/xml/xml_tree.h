/* xml_tree.h: an XML document as a value (scenario 4.6). */
#ifndef KILN_OPS_XML_TREE_H
#define KILN_OPS_XML_TREE_H

#include "base/text.h"
#include "value.h"

/* How elements become values. */
struct xml_style {
    int keep_text;  /* text is kept at all */
    int attributes; /* attributes are kept */
    int trim;       /* blanks around text go; text of blanks alone is none */
};

/* Elements within elements, and bytes of a document. What is beyond is refused. */
enum { XML_DEPTH = 500, XML_MOST = 100000000 };

/* Reads a document, UTF-8, as {root: ...}. An element is an object of its children by local name
 * (an array where a name repeats), "@attributes" and "@text"; with text alone it is the text. A
 * DTD is refused, and so are entities. 0, or -1 with a sentence in `ret_why`. */
int xml_tree_read(kiln_heap *h, kiln_value *ret, const struct text *document,
                  const struct xml_style *style, struct text *ret_why);

#endif
