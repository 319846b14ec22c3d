/* fill.h: templates and forms with their holes filled (templates/README.md). */
#ifndef FILL_H
#define FILL_H

#include "base/arena.h"
#include "base/map.h"
#include "base/text.h"

/* What goes in one hole: the hole's name and the text, which is not looked at again. */
struct fill {
    const char *name;
    const char *text;
};

/* The forms of a template file by name: the text between `[[ name` and `]] name` in comments. */
struct forms {
    struct arena *arena;
    struct map at;      /* name -> NUL-terminated text, indentation taken off */
    struct text filled; /* the form being put, before its lines are laid out */
};

/* Reads the forms of a file. 0, or -1 with *ret_wrong telling what is wrong with the marks. */
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
