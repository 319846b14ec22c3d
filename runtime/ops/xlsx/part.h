/* part.h: one part of a workbook: an XML file in its archive, read by expat.
 *
 * Whoever reads a part is told where elements begin and end, by their local names; the text since
 * the last beginning he asked for is in `text`.
 */
#ifndef KILN_OPS_XLSX_PART_H
#define KILN_OPS_XLSX_PART_H

#include "base/text.h"
#include "ops/zip/zip_archive.h"

struct part {
    void (*start)(struct part *p, const char *name, const char **attributes);
    void (*end)(struct part *p, const char *name);
    void *self;       /* the reader's own */
    struct text text; /* cleared by the reader */
    const char *why;  /* what is wrong, static text; set by part_stop */
    void *parser;
};

/* Reads the part with this path. 1, 0 when there is none, -1 with p->why. Ends p->text. */
int part_read(struct part *p, struct zip_archive *zip, const char *path);
/* Reads no further: something is wrong. The first reason counts. */
void part_stop(struct part *p, const char *why);
/* The attribute with this local name, or NULL. */
const char *part_attribute(const char **attributes, const char *name);

#endif
