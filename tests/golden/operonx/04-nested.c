
#if KILN_ABI != 3
#error "this text was generated for another runtime: compile the workflow again"
#endif

/* ---- what it calls ---- */

extern kiln_function1 kiln_operonx_some;
extern kiln_function2 kiln_operonx_given;
extern kiln_function1 kiln_base_null;
extern const kiln_op kiln_op_transform_array_length;

/* ---- constants ---- */

static const kiln_value int_1 = { KILN_INT, KILN_STATIC, 0, 0, { .i = 1 } };
static const kiln_value text_v = { KILN_STRING, KILN_STATIC, 0, 1, { .s = "v" } };
static const kiln_value text_unused = { KILN_STRING, KILN_STATIC, 0, 6, { .s = "unused" } };
static const kiln_value text_n = { KILN_STRING, KILN_STATIC, 0, 1, { .s = "n" } };
static const kiln_value text_value = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "value" } };
static const kiln_value text_length = { KILN_STRING, KILN_STATIC, 0, 6, { .s = "length" } };
static const kiln_value text_error = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "error" } };

static const kiln_flow flow_inner;

/* ---- flow root ---- */

enum {
    SLOT_INPUT,
    SLOT_INNER,
};

enum {
    STEP_INNER,
    STEP_OUTER_DONE,
};

/* step inner, /a/ops/inner */
static kiln_next leaf_inner(kiln_frame *f)
{
    kiln_value v1, v2, v4;

    v1 = kiln_get(&f->slots[SLOT_INPUT], &text_v);
    kiln_operonx_some(f->heap, &v2, &v1);
    if (kiln_object_of(f->heap, &v4, 2, &text_v, &v2, &text_unused, &int_1) < 0)
        return KILN_ERROR;
    f->args[0] = v4;
    return KILN_CHILD;
}

/* step outer.done, /a */
static kiln_next leaf_outer_done(kiln_frame *f)
{
    kiln_value v1;

    v1 = kiln_get(&f->slots[SLOT_INNER], &text_n);
    return kiln_give_one(f, KILN_FINISH, &text_n, &v1);
}

static const kiln_step_kind kind_inner = {
    .flow = &flow_inner,
    .wake = KILN_WAKE_START,
};

static const kiln_step_kind kind_quiet = {
    .flags = KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_QUIET,
};

static const kiln_step steps_root[2] = {
    { "inner", "/a/ops/inner", 9, 16, leaf_inner, &kind_inner, .result = SLOT_INNER },
    { "outer.done", "/a", 2, 8, leaf_outer_done, &kind_quiet, .result = -1 },
};

static const kiln_slot_kind kind_last = {
    .rule = KILN_RULE_LAST,
};

static const kiln_slot slots_root[2] = {
    {
        .name = "input",
        .kind = &kind_last,
    },
    {
        .name = "inner",
        .kind = &kind_last,
    },
};

static const kiln_flow flow_root = {
    .name = "root",
    .steps = steps_root,
    .slots = slots_root,
    .n_steps = 2,
    .n_slots = 2,
    .n_params = 1,
    .quiet = STEP_OUTER_DONE,
    .flags = KILN_FLOW_SOFT_ERRORS,
};

/* ---- flow inner ---- */

enum {
    SLOT_INNER_INPUT,
    SLOT_INNER_LAST_N,
    SLOT_INNER_MEASURE,
};

enum {
    STEP_INNER_MEASURE,
    STEP_INNER_MEASURE_OUT,
    STEP_INNER_INNER_DONE,
};

/* step measure, /a/ops/inner/ops/measure */
static kiln_next leaf_inner_measure(kiln_frame *f)
{
    kiln_value v1, v2;

    v1 = kiln_get(&f->slots[SLOT_INNER_INPUT], &text_v);
    kiln_operonx_some(f->heap, &v2, &v1);
    return kiln_give_one(f, KILN_TASK, &text_value, &v2);
}

static const kiln_edge edges_inner_measure[2] = {
    { STEP_INNER_MEASURE_OUT, 0, KILN_EDGE_NEXT, 0 },
    { STEP_INNER_MEASURE_OUT, 0, KILN_EDGE_ERROR, 0 },
};

/* step measure.out, /a/ops/inner/ops/measure */
static kiln_next leaf_inner_measure_out(kiln_frame *f)
{
    kiln_value v1, v2, v3;

    v1 = kiln_get(&f->slots[SLOT_INNER_MEASURE], &text_length);
    v2 = kiln_get(&f->slots[SLOT_INNER_MEASURE], &text_error);
    kiln_operonx_given(f->heap, &v3, &v2, &v1);
    if (v3.tag != KILN_ABSENT)
        f->slots[SLOT_INNER_LAST_N] = v3;
    return KILN_GO;
}

/* step inner.done, /a/ops/inner */
static kiln_next leaf_inner_inner_done(kiln_frame *f)
{
    kiln_value v1;

    kiln_base_null(f->heap, &v1, &f->slots[SLOT_INNER_LAST_N]);
    return kiln_give_one(f, KILN_FINISH, &text_n, &v1);
}

static const kiln_step_kind kind_transform_array_length = {
    .op = &kiln_op_transform_array_length,
    .wake = KILN_WAKE_START,
};

static const kiln_step_kind kind_any = {
    .flags = KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_ANY,
};

static const kiln_step steps_inner[3] = {
    { "measure", "/a/ops/inner/ops/measure", 15, 22, leaf_inner_measure,
      &kind_transform_array_length, .edges = edges_inner_measure, .n_edges = 2,
      .result = SLOT_INNER_MEASURE },
    { "measure.out", "/a/ops/inner/ops/measure", 15, 22, leaf_inner_measure_out, &kind_any,
      .result = -1 },
    { "inner.done", "/a/ops/inner", 9, 16, leaf_inner_inner_done, &kind_quiet, .result = -1 },
};

static const kiln_slot_kind kind_last_private = {
    .rule = KILN_RULE_LAST,
    .flags = KILN_SLOT_PRIVATE,
};

static const kiln_slot slots_inner[3] = {
    {
        .name = "input",
        .kind = &kind_last,
    },
    {
        .name = "last.n",
        .kind = &kind_last_private,
    },
    {
        .name = "measure",
        .kind = &kind_last,
    },
};

static const kiln_flow flow_inner = {
    .name = "root.inner",
    .steps = steps_inner,
    .slots = slots_inner,
    .n_steps = 3,
    .n_slots = 3,
    .n_params = 1,
    .quiet = STEP_INNER_INNER_DONE,
    .flags = KILN_FLOW_SOFT_ERRORS,
    .number = 1,
};

/* ---- the program ---- */

static const kiln_flow *const flows[2] = {
    &flow_root,
    &flow_inner,
};

static const kiln_op *const ops[1] = {
    &kiln_op_transform_array_length,
};

static const char shape[275] = "5:outer 7:operonx 0 1 2\n"
                               "22:transform.array-length 0\n"
                               "4:root 4 1 2 2 0\n"
                               "5:input\n"
                               "5:inner\n"
                               "5:inner 3 0 0 f1 r1 g0\n"
                               "10:outer.done 9 4 16 g1\n"
                               "10:root.inner 4 1 3 3 0\n"
                               "5:input\n"
                               "6:last.n 0 8 0\n"
                               "7:measure\n"
                               "7:measure 2 0 0 o r2 e e1,2,0 g0\n"
                               "11:measure.out 0 2 16 g2 t1\n"
                               "10:inner.done 9 4 16 g1\n";

const kiln_program kiln_program_outer = {
    .magic = KILN_MAGIC,
    .abi = KILN_ABI,
    .hash = { 0x56564ae51c3fe74aULL, 0xa6b6b1ddaea7a7b2ULL },
    .name = "outer",
    .dialect = "operonx",
    .flows = flows,
    .ops = ops,
    .n_flows = 2,
    .n_ops = 1,
    .n_shape = 274,
    .shape = shape,
};
