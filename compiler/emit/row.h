/* row.h: initialisers: a row a thing for what there are many of, steps and slots, and a line a
 * field for what there is one of. Fields that are zero are left out. Part of emit. */
#ifndef ROW_H
#define ROW_H

#include "emit/emitter.h"

enum { ROW_MOST = 24 };

/* A row while its fields are collected. It starts zeroed. */
struct row {
    struct {
        const char *before, *value;
        size_t n; /* bytes of both */
    } at[ROW_MOST];
    unsigned n;
};

/* A bit and its name; a list of them ends with one without a name. */
struct row_flag {
    unsigned bit;
    const char *name;
};

#define ROW_FLAG(flag)                                                                             \
    {                                                                                              \
        flag, #flag                                                                                \
    }

/* Adds a field: what stands before its value, ".op = &" say, and the value, which must live until
 * the row is put. A field that stands at its place has no name before it. */
void row_cell(struct row *r, const char *before, const char *value);
/* Adds a number unless it is zero. */
void row_number(struct emitter *e, struct row *r, const char *before, unsigned value);
/* Writes the row. */
void row_put(const struct row *r, struct text *out);

/* Opens a table: "static const TYPE <prefix><name>[n] = {". The size is written out because libtcc
 * reads a table of unknown size twice. */
void table_open(struct text *out, const char *type, const char *prefix, const char *name,
                unsigned n);

/* One line of an initialiser: ".name = <prefix><value>,". */
void field_put(struct text *out, const char *name, const char *prefix, const char *value);
/* The same for a number, or flags, unless they are zero. */
void field_put_number(struct emitter *e, struct text *out, const char *name, unsigned value);
void field_put_flags(struct emitter *e, struct text *out, unsigned value,
                     const struct row_flag *known);

#endif
