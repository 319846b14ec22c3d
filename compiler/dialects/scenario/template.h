/* template.h: templates in a workflow (scenario 1.6.5).
 *
 * A template is parsed when the workflow is; what it takes from the context becomes references,
 * each with its place inside the text, so they are marked and checked like any other.
 */
#ifndef SCENARIO_TEMPLATE_H
#define SCENARIO_TEMPLATE_H

#include "dialects/scenario/model.h"
#include "template/template.h"

/* A path a template reads. Its node in the tree has `mark` 1 + its number. */
struct template_use {
    struct template_node *node;
    struct value *value; /* a REFERENCE */
};

/* Byte `at` of a text comes from byte `from` of the document. */
struct template_mark {
    size_t at, from;
};

struct value_template {
    const struct node *text;      /* the JSON string */
    struct template_mark *places; /* where it has escapes: of a byte now and then, in order */
    struct template tree;         /* empty when it could not be parsed */
    struct template_error error;  /* `sentence` is NULL when it could */
    struct template_use *uses;
    unsigned n_uses, cap_uses;
    struct template_node **wrong; /* calls that can only fail */
    unsigned n_wrong, cap_wrong;
    struct path *bound;         /* by variable: the path it stands for; n 0: nobody knows */
    struct template_use *inner; /* paths that begin at such a variable: only to be checked */
    unsigned n_inner, cap_inner;
};

/* What a variable that goes through a list stands for: the list's path and this part, which is told
 * by its address. */
extern const char template_item[];

/* Reads the text of a template. */
struct value_template *template_read(struct unit *u, const struct node *text);
/* Notes where the bytes of its text come from (template_place.c); a text in which nothing is
 * escaped needs no notes. */
void template_place_note(struct unit *u, struct value_template *t);
/* A place inside the text, for complaints: bytes of the template as a node of the document. */
const struct node *template_place(struct unit *u, const struct value_template *t, size_t at,
                                  size_t end);

#endif
