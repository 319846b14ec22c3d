/* book.c: opening a workbook: relations (where the parts of sheets are), sheets, styles, texts. */
#include "ops/xlsx/book.h"

#include <stdlib.h>
#include <string.h>

#include "numeral.h"
#include "ops/xlsx/part.h"

/* Beyond any real book; they keep a hostile one from costing time. */
enum { SHEETS = 500, PARTS = 10000, FORMATS = 1000, STYLES = 1 << 16 };

/* What is read on the way. */
struct opening {
    struct book *book;
    LIST(struct book_sheet) relations; /* id and path */
    LIST(long long) date_formats;      /* ids of the book's own formats of dates */
    struct text text;                  /* of the shared text under way */
    int in_styles, is_spoken;          /* inside of cellXfs; of rPh */
};

static void stop(struct part *p)
{
    part_stop(p, "out of memory");
}

static int copy(kiln_heap *h, const char *s, kiln_value *ret)
{
    return value_string(h, ret, s ? s : "", s ? strlen(s) : 0);
}

static long long number_of(const char *s)
{
    long long i = 0;

    return s && numeral_integer(s, strlen(s), &i) == 0 ? i : -1;
}

static void ignore_end(struct part *p, const char *name)
{
    (void)p;
    (void)name;
}

/* ---- relations and sheets -------------------------------------------------------------------- */

static void start_relation(struct part *p, const char *name, const char **attributes)
{
    struct opening *o = p->self;
    const char *target = part_attribute(attributes, "Target");
    struct book_sheet r;

    if (strcmp(name, "Relationship") != 0 || !target)
        return;
    if (o->relations.n == PARTS)
        part_stop(p, "the book has too many parts");
    r.path = *target == '/' ? arena_printf(&o->book->heap->arena, "%s", target + 1)
                            : arena_printf(&o->book->heap->arena, "xl/%s", target);
    if (!r.path || copy(o->book->heap, part_attribute(attributes, "Id"), &r.name) < 0
        || list_push(&o->relations, r) < 0)
        stop(p);
}

/* The r:id of a sheet is the second attribute of that local name. */
static const char *relation_id(const char **attributes)
{
    for (; *attributes; attributes += 2) {
        size_t n = strlen(*attributes);

        if (n > 3 && !memcmp(*attributes + n - 3, "\nid", 3))
            return attributes[1];
    }
    return NULL;
}

static const char *relation_path(const struct opening *o, const char *id)
{
    for (size_t i = 0; id && i < o->relations.n; i++)
        if (value_is(&o->relations.at[i].name, id))
            return o->relations.at[i].path;
    return NULL;
}

static void start_book(struct part *p, const char *name, const char **attributes)
{
    struct opening *o = p->self;
    const char *since = part_attribute(attributes, "date1904");
    struct book_sheet s;

    if (!strcmp(name, "workbookPr") && since)
        o->book->is_1904 = !strcmp(since, "1") || !strcmp(since, "true");
    if (strcmp(name, "sheet") != 0)
        return;
    if (o->book->sheets.n == SHEETS)
        part_stop(p, "the book has more than 500 sheets");
    s.path = relation_path(o, relation_id(attributes));
    if (!s.path)
        part_stop(p, "a sheet has no part");
    else if (copy(o->book->heap, part_attribute(attributes, "name"), &s.name) < 0
             || list_push(&o->book->sheets, s) < 0)
        stop(p);
}

/* ---- styles ---------------------------------------------------------------------------------- */

/* Does a format show a date or a time of day? Letters in quotes and brackets do not count. */
static int shows_date(const char *code)
{
    for (; *code && *code != ';'; code++) {
        char close = *code == '"' ? '"' : *code == '[' ? ']' : 0;

        if (close && strchr(code + 1, close))
            code = strchr(code + 1, close);
        else if (strchr("\\_*", *code) && code[1])
            code++;
        else if (strchr("dDmMyYhHsS", *code))
            return 1;
    }
    return 0;
}

static int is_date_format(const struct opening *o, long long id)
{
    for (size_t i = 0; i < o->date_formats.n; i++)
        if (o->date_formats.at[i] == id)
            return 1;
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || id == 45 || id == 47
           || (id >= 50 && id <= 58);
}

static void start_style(struct part *p, const char *name, const char **attributes)
{
    struct opening *o = p->self;
    const char *code = part_attribute(attributes, "formatCode");
    long long id = number_of(part_attribute(attributes, "numFmtId"));
    int failed = 0;

    if (!strcmp(name, "cellXfs"))
        o->in_styles = 1;
    else if (!strcmp(name, "numFmt") && code && shows_date(code))
        failed = o->date_formats.n < FORMATS && list_push(&o->date_formats, id) < 0;
    else if (!strcmp(name, "xf") && o->in_styles)
        failed = o->book->is_date.n < STYLES
                 && list_push(&o->book->is_date, (unsigned char)is_date_format(o, id)) < 0;
    if (failed)
        stop(p);
}

static void end_style(struct part *p, const char *name)
{
    struct opening *o = p->self;

    if (!strcmp(name, "cellXfs"))
        o->in_styles = 0;
}

/* ---- texts ----------------------------------------------------------------------------------- */

static void start_text(struct part *p, const char *name, const char **attributes)
{
    struct opening *o = p->self;

    (void)attributes;
    text_clear(&p->text);
    if (!strcmp(name, "si"))
        text_clear(&o->text);
    if (!strcmp(name, "rPh"))
        o->is_spoken = 1;
}

static void end_text(struct part *p, const char *name)
{
    struct opening *o = p->self;
    kiln_value v;

    if (!strcmp(name, "rPh"))
        o->is_spoken = 0;
    if (!strcmp(name, "t") && !o->is_spoken)
        text_put(&o->text, text_cstr(&p->text), p->text.n);
    if (strcmp(name, "si") != 0)
        return;
    if (o->text.failed || value_string(o->book->heap, &v, text_cstr(&o->text), o->text.n) < 0
        || list_push(&o->book->texts, v) < 0)
        stop(p);
}

/* ---- the book -------------------------------------------------------------------------------- */

/* Reads the parts in the order in which one needs the other. */
static int read_parts(struct opening *o)
{
    static const struct {
        const char *path;
        int is_needed;
        void (*start)(struct part *p, const char *name, const char **attributes);
        void (*end)(struct part *p, const char *name);
    } parts[] = { { "xl/_rels/workbook.xml.rels", 1, start_relation, ignore_end },
                  { "xl/workbook.xml", 1, start_book, ignore_end },
                  { "xl/styles.xml", 0, start_style, end_style },
                  { "xl/sharedStrings.xml", 0, start_text, end_text } };

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct part p = { .start = parts[i].start, .end = parts[i].end, .self = o };
        int found = part_read(&p, &o->book->zip, parts[i].path);

        if (found < 0)
            o->book->why = p.why;
        else if (!found && parts[i].is_needed)
            o->book->why = "the archive is no workbook";
        if (o->book->why)
            return -1;
    }
    return 0;
}

int book_open(struct book *b, kiln_heap *h, struct text *bytes)
{
    struct opening o = { .book = b };
    int failed;

    b->heap = h;
    b->why = NULL;
    if (zip_archive_open(&b->zip, bytes) < 0) {
        b->why = b->zip.why;
        return -1;
    }
    if (b->zip.n_entries > PARTS)
        b->why = "the book has too many parts";
    failed = b->why || read_parts(&o) < 0;
    list_fini(&o.relations);
    list_fini(&o.date_formats);
    text_fini(&o.text);
    return failed ? -1 : 0;
}

void book_close(struct book *b)
{
    zip_archive_close(&b->zip);
    list_fini(&b->sheets);
    list_fini(&b->texts);
    list_fini(&b->is_date);
}

int book_find(const struct book *b, const kiln_value *name)
{
    long long index;

    if (name->tag != KILN_STRING)
        return b->sheets.n ? 0 : -1;
    for (size_t i = 0; i < b->sheets.n; i++)
        if (value_equal(&b->sheets.at[i].name, name))
            return (int)i;
    if (name->n < 2 || *name->u.s != '#' || numeral_integer(name->u.s + 1, name->n - 1, &index) < 0)
        return -1;
    return index >= 0 && (size_t)index < b->sheets.n ? (int)index : -1;
}
