/* fill.h: templates and forms with their holes filled (templates/README.md). */
#ifndef FILL_H
#define FILL_H

#include "base/arena.h"
#include "base/list.h"
#include "base/map.h"
#include "base/text.h"

/* What goes in one hole: the hole's name and the text, which is not looked at again. */
struct fill {
    const char *name;
    const char *text;
};

enum fill_kind {
    FILL_LINE, /* a line begins, n levels deeper than the form */
    FILL_TEXT,
    FILL_HOLE
};

/* A piece of a form. */
struct fill_piece {
    enum fill_kind kind;
    const char *text; /* in the template, not terminated */
    size_t n;
};

/* The forms of a template file: the text between `[[ name` and `]] name` in comments. */
struct forms {
    struct arena *arena;
    struct map at; /* name -> where its pieces are */
    LIST(struct fill_piece) pieces;
    struct text filled; /* a line that is too long, while it is laid out */
};

/* Reads the forms of a file, whose text must stay. 0, or -1 with *ret_wrong telling what is wrong
 * with the marks. */
int fill_read_forms(struct forms *forms, struct arena *a, const char *text, const char **ret_wrong);
/* Puts a form with its capital words filled, `depth` levels deep; lines that come out too long are
 * wrapped. 0, or -1 when the form is unknown, a hole has no text or a text has no hole. */
int fill_form(struct forms *forms, struct text *out, unsigned depth, const char *name,
              const struct fill *values, size_t n, const char **ret_wrong);
/* Frees what is not in the arena. */
void fill_fini(struct forms *forms);
/* Puts a whole file, each marked part replaced by the text of that name. 0, or -1 as above. */
int fill_template(struct text *out, struct arena *a, const char *text, const struct fill *values,
                  size_t n, const char **ret_wrong);

#endif
