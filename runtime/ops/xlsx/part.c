/* part.c: a part is unpacked whole, within the limits of the archive, and parsed. */
#include "ops/xlsx/part.h"

#include <expat.h>
#include <limits.h>
#include <string.h>

enum { BETWEEN = '\n' }; /* what stands between a namespace and a name */

static const char *local_name(const char *name)
{
    const char *between = strrchr(name, BETWEEN);

    return between ? between + 1 : name;
}

void part_stop(struct part *p, const char *why)
{
    if (!p->why)
        p->why = why;
    XML_StopParser(p->parser, XML_FALSE);
}

const char *part_attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (!strcmp(local_name(*attributes), name))
            return attributes[1];
    return NULL;
}

static void on_start(void *data, const char *name, const char **attributes)
{
    struct part *p = data;

    if (!p->why)
        p->start(p, local_name(name), attributes);
}

static void on_end(void *data, const char *name)
{
    struct part *p = data;

    if (!p->why)
        p->end(p, local_name(name));
}

static void on_text(void *data, const char *s, int n)
{
    text_put(&((struct part *)data)->text, s, (size_t)n);
}

static void on_dtd(void *data, const char *name, const char *system, const char *public, int inside)
{
    (void)name;
    (void)system;
    (void)public;
    (void)inside;
    part_stop(data, "a part has a DTD");
}

static void parse(struct part *p, const struct text *xml)
{
    XML_Parser parser = XML_ParserCreateNS(NULL, BETWEEN);

    p->parser = parser;
    if (!parser || xml->n > INT_MAX) {
        p->why = "out of memory";
    } else {
        XML_SetUserData(parser, p);
        XML_SetElementHandler(parser, on_start, on_end);
        XML_SetCharacterDataHandler(parser, on_text);
        XML_SetStartDoctypeDeclHandler(parser, on_dtd);
        if (XML_Parse(parser, text_cstr(xml), (int)xml->n, 1) == XML_STATUS_ERROR && !p->why)
            p->why = "a part is no XML";
        if (p->text.failed && !p->why)
            p->why = "out of memory";
    }
    if (parser)
        XML_ParserFree(parser);
}

int part_read(struct part *p, struct zip_archive *zip, const char *path)
{
    struct text xml = { 0 };
    int found = zip_archive_find(zip, path, strlen(path));

    if (found > 0 && zip_archive_unpack(zip, &xml) < 0)
        found = -1;
    if (found < 0)
        p->why = zip->why;
    if (found > 0)
        parse(p, &xml);
    text_fini(&xml);
    text_fini(&p->text);
    return p->why ? -1 : found;
}
