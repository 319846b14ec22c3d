/* ops_check.c: is what a KILN_OP says of itself complete and one of the things Kiln knows? */
#include "build/ops.h"

#include <string.h>

static int complain(struct diags *d, const kiln_op *op, const char *sentence)
{
    diag_error(d, NULL, "B022", "operation '%s' %s", op->name, sentence);
    return -1;
}

static int is_empty(const char *text)
{
    return !text || !*text;
}

/* The types of kiln_op.h; `array of` may stand before any of them. */
static int is_type(const char *type)
{
    static const char *const types[] = { "any",    "string",  "integer", "number",
                                         "object", "boolean", "array" };

    while (strncmp(type, "array of ", 9) == 0)
        type += 9;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i], type) == 0)
            return 1;
    return 0;
}

static int check_field(const kiln_op *op, const kiln_field *f, const char *what, struct diags *d)
{
    if (is_empty(f->name)) {
        diag_error(d, NULL, "B022", "operation '%s' has an %s without a name", op->name, what);
        return -1;
    }
    if (is_empty(f->type) || !is_type(f->type)) {
        struct diag *x =
            diag_error(d, NULL, "B022", "operation '%s', %s '%s': there is no type '%s'", op->name,
                       what, f->name, f->type ? f->type : "");

        diag_hint(d, x, "known: any, string, integer, number, boolean, array, object, array of T");
        return -1;
    }
    if (f->flags & ~(unsigned)(KILN_REQUIRED | KILN_NULLABLE | KILN_PLACE)) {
        diag_error(d, NULL, "B022", "operation '%s', %s '%s': unknown flags", op->name, what,
                   f->name);
        return -1;
    }
    return 0;
}

static int check_fields(const kiln_op *op, const kiln_field *fields, unsigned n, const char *what,
                        struct diags *d)
{
    int failed = 0;

    for (unsigned i = 0; i < n; i++) {
        if (check_field(op, &fields[i], what, d) < 0) {
            failed = -1;
            continue;
        }
        for (unsigned k = 0; k < i; k++)
            if (!is_empty(fields[k].name) && strcmp(fields[k].name, fields[i].name) == 0) {
                diag_error(d, NULL, "B022", "operation '%s' has two %ss '%s'", op->name, what,
                           fields[i].name);
                failed = -1;
            }
    }
    return failed;
}

/* KILN_WORDS must be about inputs that there are. */
static int check_words(const kiln_op *op, struct diags *d)
{
    int failed = 0;

    for (const kiln_words *w = op->words; w && w->field; w++) {
        unsigned i = 0;

        while (i < op->n_inputs && strcmp(op->inputs[i].name, w->field))
            i++;
        if (i == op->n_inputs || strcmp(op->inputs[i].type, "string") || !w->words)
            failed = complain(d, op, "has words for what is no string input");
    }
    return failed;
}

int ops_check(const kiln_op *op, struct diags *d)
{
    int failed = 0;

    if (is_empty(op->name) || is_empty(op->symbol)) {
        diag_error(d, NULL, "B022", "an operation has no name");
        return -1;
    }
    if (is_empty(op->doc))
        failed = complain(d, op, "has no sentence that tells what it does");
    if (!op->run)
        failed = complain(d, op, "has no body");
    if (op->effect > KILN_EFFECTFUL)
        failed =
            complain(d, op, "has an unknown effect (pure, idempotent and effectful are known)");
    if (op->flags
        & ~(unsigned)(KILN_OP_GENERATOR | KILN_OP_BARE | KILN_OP_CHECKS | KILN_OP_CONNECTS
                      | KILN_OP_MAY_CONNECT))
        failed = complain(d, op, "has unknown flags");
    if (op->flags & KILN_OP_BARE && op->n_outputs != 1)
        failed = complain(d, op, "is KILN_OP_BARE, so it must have exactly one output");
    if (check_fields(op, op->inputs, op->n_inputs, "input", d) < 0)
        failed = -1;
    if (check_fields(op, op->outputs, op->n_outputs, "output", d) < 0)
        failed = -1;
    if (!failed && check_words(op, d) < 0)
        failed = -1;
    return failed;
}
