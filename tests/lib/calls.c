/* calls.c: calling one operation: a program of one step is made by hand around it. */
#include "calls.h"

#include <check.h>
#include <string.h>

#include "kiln.h"
#include "value.h"

static kiln_next call_leaf(kiln_frame *f)
{
    f->out = f->slots[0];
    return KILN_TASK;
}

static kiln_next end_leaf(kiln_frame *f)
{
    f->out = f->slots[1];
    return KILN_FINISH;
}

static void put_json(struct text *t, const char *text)
{
    for (; *text; text++)
        text_putc(t, *text == '\'' ? '"' : *text);
}

/* ---- what it declares --------------------------------------------------------------------------
 */

static int fits(const char *type, const kiln_value *v)
{
    int is_array = !strncmp(type, "array", 5);

    if (is_array && v->tag == KILN_ARRAY && !strncmp(type, "array of ", 9))
        for (unsigned i = 0; i < v->n; i++)
            if (!fits(type + 9, &v->u.items[i]))
                return 0;
    return v->tag == KILN_NULL || !strcmp(type, "any") || (is_array && v->tag == KILN_ARRAY)
           || (!strcmp(type, "string") && v->tag == KILN_STRING)
           || (!strcmp(type, "integer") && value_is_number(v) && v->tag != KILN_DOUBLE)
           || (!strcmp(type, "number") && value_is_number(v))
           || (!strcmp(type, "boolean") && v->tag == KILN_BOOL)
           || (!strcmp(type, "object") && v->tag == KILN_OBJECT);
}

static const kiln_field *find_output(const kiln_op *op, const kiln_value *key)
{
    for (unsigned i = 0; i < op->n_outputs; i++)
        if (value_is(key, op->outputs[i].name))
            return &op->outputs[i];
    return NULL;
}

/* What checks rely on: an output has the fields and types its operation declares, and no others. */
static void check_declared(const kiln_op *op, const kiln_value *output)
{
    if (op->flags & KILN_OP_BARE) {
        ck_assert_msg(fits(op->outputs[0].type, output), "%s is not %s", op->name,
                      op->outputs[0].type);
        return;
    }
    ck_assert_msg(output->tag == KILN_OBJECT, "%s gives no object", op->name);
    for (unsigned i = 0; i < output->n; i++) {
        const kiln_field *f = find_output(op, &output->u.members[i].key);

        ck_assert_msg(f != NULL, "%s does not declare '%s'", op->name,
                      output->u.members[i].key.u.s);
        ck_assert_msg(fits(f->type, &output->u.members[i].value), "%s: '%s' is not %s", op->name,
                      f->name, f->type);
    }
}

/* ---- calling -----------------------------------------------------------------------------------
 */

/* Runs input -> operation -> output. */
static void run(const kiln_op *op, const kiln_value *input, struct text *ret)
{
    const kiln_edge next = { .to = 1, .kind = KILN_EDGE_NEXT };
    const kiln_step_kind calls = { .op = op, .wake = KILN_WAKE_START };
    const kiln_step_kind waits = { .wake = KILN_WAKE_QUIET };
    const kiln_step steps[] = {
        { .id = "call",
          .pointer = "",
          .run = call_leaf,
          .kind = &calls,
          .edges = &next,
          .n_edges = 1,
          .result = 1 },
        { .id = "end", .pointer = "", .run = end_leaf, .kind = &waits, .result = -1 },
    };
    const kiln_slot_kind last = { .rule = KILN_RULE_LAST };
    const kiln_slot slots[] = { { "input", &last }, { "output", &last } };
    const kiln_flow flow = { .name = "root",
                             .steps = steps,
                             .slots = slots,
                             .n_steps = 2,
                             .n_slots = 2,
                             .n_params = 1,
                             .quiet = 1 };
    const kiln_flow *const flows[] = { &flow };
    const kiln_program program = { .magic = KILN_MAGIC,
                                   .abi = KILN_ABI,
                                   .name = "calls",
                                   .dialect = "scenario",
                                   .flows = flows,
                                   .ops = &op,
                                   .n_flows = 1,
                                   .n_ops = 1,
                                   .flags = KILN_PROGRAM_SORTED };
    kiln_run *r = NULL;

    ck_assert_int_eq(kiln_run_new(&program, NULL, &r), 0);
    ck_assert_int_eq(kiln_run_start(r, input), 0);
    ck_assert_int_ge(kiln_run_drive(r), 0);
    if (kiln_run_status(r) == KILN_FAILED)
        text_puts(ret, "! ");
    else
        check_declared(op, kiln_run_output(r));
    json_write(ret, kiln_run_output(r));
    kiln_run_free(r);
}

void calls_expect(const kiln_op *op, const char *input, const char *output)
{
    struct text json = { 0 }, got = { 0 }, plain = { 0 }, want = { 0 };
    struct json_error error;
    kiln_value v;
    kiln_heap h;

    heap_init(&h, 1);
    put_json(&json, input);
    put_json(&want, output);
    ck_assert_int_eq(json_read(&h, &v, text_cstr(&json), json.n, &error), 0);
    run(op, &v, &got);
    put_json(&plain, text_cstr(&got)); /* messages quote with ' as well */
    ck_assert_msg(!strcmp(text_cstr(&plain), text_cstr(&want)), "%s of %s: %s, not %s", op->name,
                  input, text_cstr(&got), text_cstr(&want));
    text_fini(&json);
    text_fini(&got);
    text_fini(&plain);
    text_fini(&want);
    heap_fini(&h);
}

void calls_survive(const kiln_op *op, const char *input)
{
    struct text json = { 0 }, got = { 0 };
    struct json_error error;
    kiln_value v;
    kiln_heap h;

    heap_init(&h, 1);
    put_json(&json, input);
    if (json_read(&h, &v, text_cstr(&json), json.n, &error) == 0) {
        run(op, &v, &got);
        ck_assert_uint_gt(got.n, 0);
    }
    text_fini(&json);
    text_fini(&got);
    heap_fini(&h);
}
