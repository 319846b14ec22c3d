/* xml_tree.c: an XML document as a value, by expat.
 *
 * Expat tells of tags and text as it goes; here is a stack of the elements that are open. Finished
 * children wait in one list until their parent ends and gathers those above its mark: the tree is
 * built from its leaves, without a tree in between.
 */
#include "ops/xml/xml_tree.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"

/* What expat puts between a namespace and a name: no name has it. */
enum { BETWEEN = '\n' };

struct child {
    kiln_value name, value;
    size_t order; /* among all that wait */
};

struct element {
    kiln_value name, attributes;
    size_t first;     /* its first child in the list */
    struct text text; /* its text nodes, joined by a blank */
    int has_text;
};

struct tree {
    kiln_heap *heap;
    const struct xml_style *style;
    XML_Parser parser;
    struct element open[XML_DEPTH];
    unsigned depth;
    LIST(struct child) waiting;
    struct text node;    /* the text node under way */
    const char *refused; /* why we stopped; NULL: we did not */
    int has_root;
};

static void refuse(struct tree *t, const char *why)
{
    if (!t->refused)
        t->refused = why;
    XML_StopParser(t->parser, XML_FALSE);
}

static int local_name(struct tree *t, const char *name, kiln_value *ret)
{
    const char *local = strrchr(name, BETWEEN);

    local = local ? local + 1 : name;
    return value_string(t->heap, ret, local, strlen(local));
}

/* ---- text ------------------------------------------------------------------------------------ */

static int is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Ends the text node under way: it joins the others of the innermost element. */
static void end_node(struct tree *t)
{
    struct element *e = t->depth ? &t->open[t->depth - 1] : NULL;
    const char *s = text_cstr(&t->node), *end = s + t->node.n;

    if (t->style->trim) {
        while (s < end && is_blank(*s))
            s++;
        while (s < end && is_blank(end[-1]))
            end--;
    }
    if (e && s < end) {
        if (e->has_text)
            text_putc(&e->text, ' ');
        text_put(&e->text, s, (size_t)(end - s));
        e->has_text = 1;
    }
    text_clear(&t->node);
}

static void on_text(void *data, const char *s, int n)
{
    struct tree *t = data;

    if (t->style->keep_text)
        text_put(&t->node, s, (size_t)n);
}

static void on_comment(void *data, const char *s)
{
    (void)s;
    end_node(data);
}

static void on_instruction(void *data, const char *target, const char *s)
{
    (void)target;
    (void)s;
    end_node(data);
}

/* ---- elements -------------------------------------------------------------------------------- */

static int read_attributes(struct tree *t, const char **attributes, kiln_value *ret)
{
    unsigned n = 0;
    kiln_member *m;

    while (attributes[2 * n])
        n++;
    *ret = (kiln_value){ .tag = KILN_ABSENT };
    if (!n || !t->style->attributes)
        return 0;
    m = value_members(t->heap, n);
    for (unsigned i = 0; m && i < n; i++) {
        const char *value = attributes[2 * i + 1];

        if (local_name(t, attributes[2 * i], &m[i].key) < 0
            || value_string(t->heap, &m[i].value, value, strlen(value)) < 0)
            return -1;
    }
    return m ? value_object(t->heap, ret, m, n) : -1;
}

static void on_start(void *data, const char *name, const char **attributes)
{
    struct tree *t = data;
    struct element *e = &t->open[t->depth];

    if (t->refused)
        return;
    end_node(t);
    t->has_root = 1;
    if (t->depth == XML_DEPTH) {
        refuse(t, "elements are nested more than 500 deep");
        return;
    }
    *e = (struct element){ .first = t->waiting.n };
    t->depth++;
    if (local_name(t, name, &e->name) < 0 || read_attributes(t, attributes, &e->attributes) < 0)
        refuse(t, "out of memory");
}

static int by_name(const void *a, const void *b)
{
    const struct child *x = a, *y = b;
    int order = value_compare_text(&x->name, &y->name);

    return order ? order : x->order < y->order ? -1 : 1;
}

/* One child as it is, several of a name as an array. */
static int gather(kiln_heap *h, const struct child *c, unsigned n, kiln_value *ret)
{
    kiln_value *items;

    if (n == 1) {
        *ret = c->value;
        return 0;
    }
    items = arena_alloc(&h->arena, n * sizeof *items);
    for (unsigned i = 0; items && i < n; i++)
        items[i] = c[i].value;
    return items ? value_array(h, ret, items, n) : -1;
}

/* The members of an element: its children by name, then what begins with '@'. */
static int element_object(struct tree *t, const struct element *e, kiln_value *text,
                          kiln_value *ret)
{
    unsigned n = (unsigned)(t->waiting.n - e->first), n_members = 0, same;
    struct child *c = n ? t->waiting.at + e->first : NULL;
    kiln_member *m = value_members(t->heap, (size_t)n + 2);

    if (!m)
        return -1;
    if (n)
        qsort(c, n, sizeof *c, by_name);
    for (unsigned i = 0; i < n; i += same) {
        for (same = 1; i + same < n && !value_compare_text(&c[i].name, &c[i + same].name);)
            same++;
        m[n_members].key = c[i].name;
        if (gather(t->heap, c + i, same, &m[n_members++].value) < 0)
            return -1;
    }
    m[n_members++] = (kiln_member){ value_static("@attributes"), e->attributes };
    m[n_members++] = (kiln_member){ value_static("@text"), *text };
    return value_object(t->heap, ret, m, n_members);
}

/* The value of the innermost element, which ends. */
static int end_element(struct tree *t, struct child *ret)
{
    struct element *e = &t->open[t->depth - 1];
    kiln_value text = { .tag = KILN_ABSENT };

    if (e->text.failed
        || (e->has_text && value_string(t->heap, &text, text_cstr(&e->text), e->text.n) < 0))
        return -1;
    ret->name = e->name;
    ret->value = text;
    if (!e->has_text || e->attributes.tag != KILN_ABSENT || t->waiting.n > e->first)
        return element_object(t, e, &text, &ret->value);
    return 0;
}

static void on_end(void *data, const char *name)
{
    struct tree *t = data;
    struct child c = { .order = t->waiting.n };

    (void)name;
    if (t->refused)
        return;
    end_node(t);
    if (t->node.failed || end_element(t, &c) < 0) {
        refuse(t, "out of memory");
        return;
    }
    t->depth--;
    text_fini(&t->open[t->depth].text);
    t->waiting.n = t->open[t->depth].first;
    c.order = t->waiting.n;
    if (list_push(&t->waiting, c) < 0)
        refuse(t, "out of memory");
}

static void on_dtd(void *data, const char *name, const char *system, const char *public, int inside)
{
    (void)name;
    (void)system;
    (void)public;
    (void)inside;
    refuse(data, "XML with DTD detected");
}

/* ---- the document ---------------------------------------------------------------------------- */

/* Writes why the parser stopped, in the words of the reference where it has some. */
static void explain(struct tree *t, const struct text *document, struct text *ret_why)
{
    enum XML_Error error = XML_GetErrorCode(t->parser);
    unsigned long line = XML_GetCurrentLineNumber(t->parser),
                  column = XML_GetCurrentColumnNumber(t->parser) + 1;
    long at = XML_GetCurrentByteIndex(t->parser);

    if (t->refused)
        text_puts(ret_why, t->refused);
    else if (error == XML_ERROR_NO_ELEMENTS || (error == XML_ERROR_UNCLOSED_TOKEN && !t->has_root))
        text_puts(ret_why, t->has_root ? "the root node was opened but never closed"
                                       : "the document does not have a root node");
    else if (error == XML_ERROR_TAG_MISMATCH && t->depth && at > 1 && (size_t)at < document->n) {
        const kiln_value *name = &t->open[t->depth - 1].name; /* expat points behind the "</" */
        const char *s = document->s + at;

        text_printf(ret_why, "expected '%.*s' tag, not '%.*s' at %lu:%lu", (int)name->n, name->u.s,
                    (int)strcspn(s, "> \t\r\n"), s, line, column - 2);
    } else
        text_printf(ret_why, "%s at %lu:%lu", XML_ErrorString(error), line, column);
}

static int parse(struct tree *t, const struct text *document)
{
    XML_SetUserData(t->parser, t);
    XML_SetElementHandler(t->parser, on_start, on_end);
    XML_SetCharacterDataHandler(t->parser, on_text);
    XML_SetCommentHandler(t->parser, on_comment);
    XML_SetProcessingInstructionHandler(t->parser, on_instruction);
    XML_SetStartDoctypeDeclHandler(t->parser, on_dtd);
    if (document->n > XML_MOST) {
        t->refused = "the document has more than 100 MB";
        return -1;
    }
    if (XML_Parse(t->parser, text_cstr(document), (int)document->n, 1) == XML_STATUS_ERROR)
        return -1;
    return t->refused ? -1 : 0;
}

static void fini(struct tree *t)
{
    while (t->depth)
        text_fini(&t->open[--t->depth].text);
    list_fini(&t->waiting);
    text_fini(&t->node);
    if (t->parser)
        XML_ParserFree(t->parser);
    free(t);
}

int xml_tree_read(kiln_heap *h, kiln_value *ret, const struct text *document,
                  const struct xml_style *style, struct text *ret_why)
{
    struct tree *t = calloc(1, sizeof *t);
    int failed = 1;

    if (t) {
        t->heap = h;
        t->style = style;
        t->parser = XML_ParserCreateNS("UTF-8", BETWEEN);
    }
    if (!t || !t->parser)
        text_puts(ret_why, "out of memory");
    else if (parse(t, document) < 0)
        explain(t, document, ret_why);
    else
        failed =
            kiln_object(h, ret, (kiln_value[]){ t->waiting.at[0].name, t->waiting.at[0].value }, 1)
            < 0;
    if (t)
        fini(t);
    return failed ? -1 : 0;
}
