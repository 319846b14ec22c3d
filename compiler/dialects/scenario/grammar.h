/* grammar.h: the fields of every object of a scenario document, in one table.
 *
 * The parser warns about what is not in it, the schema for editors (schema.c) is printed from it,
 * so neither can know a field the other does not.
 */
#ifndef SCENARIO_GRAMMAR_H
#define SCENARIO_GRAMMAR_H

#include "dialects/scenario/model.h"

enum grammar_flags {
    GRAMMAR_REQUIRED = 1, /* must be there; others may be null */
    GRAMMAR_OPEN = 2      /* `words` are the usual ones, others are taken too */
};

/* A field. `type` is "any", a JSON type, the name of an object of the table, "[T]" for an array of
 * T, "{T}" for an object whose members are T, or several with | between. */
struct grammar_field {
    const char *name; /* NULL ends a list */
    const char *type;
    const char *doc;
    unsigned flags;           /* enum grammar_flags */
    const char *const *words; /* what a string may be, NULL-terminated; or NULL */
};

/* An object that is no step. */
struct grammar_object {
    const char *name; /* what types call it; NULL ends the table */
    const char *doc;
    const struct grammar_field *fields;
    int is_open; /* unknown fields are nobody's business (scenario 1.2.1) */
};

extern const struct grammar_object grammar_objects[];

extern const struct grammar_field grammar_edge[], grammar_variable[], grammar_operation[],
    grammar_reference[], grammar_template[], grammar_switch[], grammar_case[], grammar_while[],
    grammar_split[], grammar_filter[], grammar_group_by[], grammar_action[], grammar_ai[],
    grammar_memory[], grammar_compaction[];

/* What older documents call EmbedWorkflow. */
#define GRAMMAR_OLD_EMBED "StartScenario"

/* How many types of step there are. */
extern const unsigned grammar_n_steps;
/* The fields of a type of step, and a sentence about it (grammar_steps.c). */
const struct grammar_field *grammar_step(enum step_type type);
const char *grammar_step_doc(enum step_type type);
/* The field, or NULL. */
const struct grammar_field *grammar_find(const struct grammar_field *fields, const char *name);

#endif
