/* scenario.h: what the runners of the scenario formats share. */
#ifndef CONFORMANCE_SCENARIO_H
#define CONFORMANCE_SCENARIO_H

#include "conformance.h"

/* One file of records under test. */
struct records {
    struct conformance *c;
    kiln_heap *heap;
    const char *path;
    const char *name; /* of the file, without folder and ending */
};

/* Counts a case; `part` is its number or name in the file. */
void records_count(struct records *r, enum verdict verdict, const char *part, const char *expected,
                   const char *got);
/* What record i of a list is called: its number and, if it has one, its name. In the heap. */
const char *records_name(struct records *r, const kiln_value *list, unsigned i);

/* An object of pairs key, value, key, value, ..., NULL. Keys live for ever. */
kiln_value records_object(kiln_heap *h, const char *key, ...);
void records_put(kiln_heap *h, kiln_value *object, const char *key, kiln_value v);
void records_push(kiln_heap *h, kiln_value *array, kiln_value v);
kiln_value records_array(kiln_heap *h);
/* printf into a string value. */
kiln_value records_text(kiln_heap *h, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* ---- workflows made for cases: scenario_make.c ---- */

/* A mapping value of each kind. */
kiln_value make_immediate(kiln_heap *h, kiln_value v);
kiln_value make_reference(kiln_heap *h, const char *path);
kiln_value make_agent(kiln_heap *h, const char *agent, const char *capability, kiln_value mapping);
/* The input envelope of a recorded context: its data and variables. */
kiln_value make_input(kiln_heap *h, const kiln_value *source);
/* A workflow under construction: steps one behind the other. */
struct chain {
    kiln_heap *heap;
    kiln_value steps, edges, outputs;
    const char *entry, *last;
    const char *label, *other; /* how `last` is left: labels of its edges, or NULL */
};

void chain_init(struct chain *ch, kiln_heap *h);
/* Adds a step behind the last one. It is given its id. */
void chain_add(struct chain *ch, const char *id, kiln_value step);
/* The same for a Conditional, left by both its edges. */
void chain_add_conditional(struct chain *ch, const char *id, kiln_value step);
/* The same for a Switch, whose routes all lead to the step `to`. Answers whether it has any. */
int chain_add_switch(struct chain *ch, const char *id, kiln_value step, const char *to);
/* Adds steps that give what the recorded context says its steps gave. */
void chain_add_source(struct chain *ch, const kiln_value *source);
/* Adds a Finish with the outputs gathered and answers the document. */
kiln_value chain_finish(struct chain *ch);

/* ---- running them: scenario_run.c ---- */

enum outcome { RAN, FAILED, REFUSED, UNSUPPORTED, BROKEN };

/* Compiles (leniently) and runs a document. Sets *ret to the output, the error value or the
 * complaint, in the heap. */
enum outcome records_run(struct records *r, const char *part, const kiln_value *document,
                         const kiln_value *input, kiln_value *ret);
/* Holds `got` against what a record expects: {ok: value} or {error: text}. */
void records_judge(struct records *r, const char *part, const kiln_value *expect,
                   enum outcome outcome, const kiln_value *got);
/* A text as it is, anything else as JSON; in the heap. */
const char *records_plain(kiln_heap *h, const kiln_value *v);
/* Whether every member of `part` is in `whole`, as deep as `part` goes. */
int records_contains(const kiln_value *whole, const kiln_value *part);
/* Whether a program was refused only for what is not there: features, operations, and workflows it
 * embeds that the record does not bring. */
int records_is_unsupported(const struct conformance_program *p);
/* The operations of the session and those the made workflows show things with: `probe.input` gives
 * its input back, `probe.TYPE` its input `value`, coerced to that type. */
struct op_set records_ops(struct records *r);

/* ---- complaints: scenario_codes.c ---- */

/* What a document is checked among. */
struct surroundings {
    struct op_set ops;         /* the operations that are known */
    struct child_set children; /* the workflows on offer; none: they are not known */
    const char *id;            /* what those call the document by, or NULL */
};

/* The operations a record names: "empty", or a file beside or above it; the usual one when it names
 * none. Kiln's own when there is no such file. In the heap. */
struct op_set records_catalog(struct records *r, const kiln_value *name);
/* The workflows a record brings: [{workflowId, version, graph}] or {id: graph}. In the heap. */
struct child_set records_children(struct records *r, const kiln_value *list);
/* Holds the codes of a document and its children against those stated: {errors, warnings, messages}
 * or {parses: false}. */
void records_judge_codes(struct records *r, const char *part, const kiln_value *document,
                         const kiln_value *stated, const struct surroundings *among);

/* ---- a runner a format; each takes the whole list of records ---- */
void scenario_conditions(struct records *r, const kiln_value *list);
/* Record i of a list alone. */
void scenario_condition(struct records *r, unsigned i, const kiln_value *record);
void scenario_step(struct records *r, unsigned i, const kiln_value *record);
void scenario_configured(struct records *r, unsigned i, const kiln_value *record);
void scenario_values(struct records *r, const kiln_value *list);
void scenario_switch(struct records *r, const kiln_value *list);
void scenario_agents(struct records *r, const kiln_value *list);
void scenario_functions(struct records *r, const kiln_value *list);
void scenario_coercion(struct records *r, const kiln_value *list);
void scenario_start(struct records *r, const kiln_value *list);
void scenario_versions(struct records *r, const kiln_value *list);
void scenario_execution(struct records *r, const kiln_value *list);
void scenario_validation(struct records *r, const kiln_value *list);
void scenario_validation_files(struct records *r, const kiln_value *list);
void scenario_closures(struct records *r, const kiln_value *list);
void scenario_compiles(struct records *r, const kiln_value *list);

/* ---- and for files that are one case ---- */

/* A workflow file that must compile. */
void scenario_document(struct records *r, const kiln_value *document);
/* A workflow file whose codes the index above it states. */
void scenario_validation_file(struct records *r, const kiln_value *document);
/* One call of the operation that the file and its folder are named after. */
void scenario_operation_file(struct records *r, const kiln_value *file);

#endif
