/* two_effects.c: see two_effects.h. */
#include "two_effects.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "value.h"

struct text two_effects_world;
int two_effects_wire = -1;

static void tell(long long by)
{
    char word[24];
    int n = snprintf(word, sizeof word, "%lld;", by);

    text_put(&two_effects_world, word, (size_t)n);
    if (two_effects_wire >= 0 && write(two_effects_wire, word, (size_t)n) != n)
        abort();
}

KILN_OP(test_add, "test.add", KILN_EFFECTFUL, "Adds, and tells the world.",
        KILN_INPUTS({ "n", "integer", "A number.", KILN_REQUIRED },
                    { "by", "integer", "What is added.", KILN_REQUIRED },
                    { "fail", "boolean", "Fail instead.", 0 }),
        KILN_OUTPUTS({ "sum", "integer", "Both.", 0 }), KILN_FLAGS(KILN_OP_BARE))
{
    tell(kiln_in_int(call, "by"));
    if (kiln_in_bool(call, "fail"))
        return kiln_fail(call, "no");
    return kiln_out_value(call, kiln_int(kiln_in_int(call, "n") + kiln_in_int(call, "by")));
}

enum { INPUT, FIRST, SECOND };

static int ask(kiln_frame *f, long long by, kiln_value fail)
{
    kiln_value pairs[6] = { value_static("n"),    value_member(&f->slots[INPUT], "n"),
                            value_static("by"),   value_int(by),
                            value_static("fail"), fail };

    return kiln_object(f->heap, &f->out, pairs, 3);
}

static kiln_next first(kiln_frame *f)
{
    return ask(f, 1, value_bool(0)) < 0 ? KILN_ERROR : KILN_TASK;
}

static kiln_next note(kiln_frame *f)
{
    kiln_value pairs[4] = { value_static("level"), value_static("info"), value_static("message"),
                            value_static("half\nway") };

    return kiln_object(f->heap, &f->out, pairs, 2) < 0 ? KILN_ERROR : KILN_NOTE;
}

static kiln_next second(kiln_frame *f)
{
    kiln_value fail = value_member(&f->slots[INPUT], "fail");

    return ask(f, 2, fail) < 0 ? KILN_ERROR : KILN_TASK;
}

static kiln_next finish(kiln_frame *f)
{
    return kiln_array(f->heap, &f->out, &f->slots[FIRST], 2) < 0 ? KILN_ERROR : KILN_FINISH;
}

static kiln_next quiet(kiln_frame *f)
{
    f->out = value_static("stuck");
    return KILN_FAIL;
}

static const kiln_edge to_note = { .to = 1 }, to_second = { .to = 2 }, to_finish = { .to = 3 };

static const kiln_step_kind adds_first = { .op = &kiln_op_test_add,
                                           .wake = KILN_WAKE_START,
                                           .flags = KILN_STEP_JOURNAL };
static const kiln_step_kind adds = {
    .op = &kiln_op_test_add, .hard = 1, .wake = KILN_WAKE_COUNT, .flags = KILN_STEP_JOURNAL
};
static const kiln_step_kind follows = { .hard = 1, .wake = KILN_WAKE_COUNT };
static const kiln_step_kind waits = { .wake = KILN_WAKE_QUIET, .flags = KILN_STEP_HIDDEN };

static const kiln_step steps[] = {
    { .id = "first",
      .pointer = "/steps/first",
      .line = 3,
      .column = 5,
      .run = first,
      .kind = &adds_first,
      .edges = &to_note,
      .n_edges = 1,
      .result = FIRST },
    { .id = "note",
      .pointer = "/steps/note",
      .run = note,
      .kind = &follows,
      .edges = &to_second,
      .n_edges = 1,
      .result = -1 },
    { .id = "second",
      .pointer = "/steps/second",
      .run = second,
      .kind = &adds,
      .edges = &to_finish,
      .n_edges = 1,
      .result = SECOND },
    { .id = "finish", .pointer = "/steps/finish", .run = finish, .kind = &follows, .result = -1 },
    { .id = "quiet", .pointer = "", .run = quiet, .kind = &waits, .result = -1 },
};

static const kiln_slot_kind last = { .rule = KILN_RULE_LAST };
static const kiln_slot slots[] = { { "input", &last }, { "first", &last }, { "second", &last } };
static const kiln_flow root = { .name = "root",
                                .steps = steps,
                                .slots = slots,
                                .n_steps = 5,
                                .n_slots = 3,
                                .n_params = 1,
                                .quiet = 4 };
static const kiln_flow *const flows[] = { &root };
static const kiln_op *const ops[] = { &kiln_op_test_add };

#define PROGRAM(low)                                                                               \
    {                                                                                              \
        .magic = KILN_MAGIC, .abi = KILN_ABI, .hash = { 7, low }, .name = "two-effects",           \
        .dialect = "scenario", .flows = flows, .ops = ops, .n_flows = 1, .n_ops = 1                \
    }

const kiln_program two_effects = PROGRAM(1);
const kiln_program two_effects_newer = PROGRAM(2);
