/* row.h: the rows of the tables of steps and slots: a row a thing, fields that are zero left out.
 * Part of emit. */
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
/* Adds a number, or flags, unless they are zero. */
void row_number(struct emitter *e, struct row *r, const char *before, unsigned value);
void row_flags(struct emitter *e, struct row *r, unsigned value, const struct row_flag *known);
/* The flags by name, joined: "KILN_STEP_GATED | KILN_STEP_KEEP". In the arena. */
const char *row_name_flags(struct emitter *e, unsigned value, const struct row_flag *known);
/* Writes the row. */
void row_put(const struct row *r, struct text *out);

#endif
