
#if KILN_ABI != 3
#error "this text was generated for another runtime: compile the workflow again"
#endif

/* ---- what it calls ---- */

extern kiln_function1 kiln_operonx_some;
extern kiln_function2 kiln_base_default;
extern kiln_function2 kiln_operonx_getitem;
extern kiln_function2 kiln_operonx_sub;
extern const kiln_op kiln_op_transform_append;
extern const kiln_op kiln_op_transform_array_length;

/* ---- constants ---- */

static const kiln_member object_price_members[1] = {
    { { KILN_STRING, KILN_STATIC, 0, 5, { .s = "price" } },
      { KILN_INT, KILN_STATIC, 0, 0, { .i = 1 } } },
};
static const kiln_value object_price = {
    KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_price_members }
};
static const kiln_value text_price = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "price" } };
static const kiln_value int_10 = { KILN_INT, KILN_STATIC, 0, 0, { .i = 10 } };
static const kiln_value text_items = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "items" } };
static const kiln_value text_extra = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "extra" } };
static const kiln_value text_array = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "array" } };
static const kiln_value text_item = { KILN_STRING, KILN_STATIC, 0, 4, { .s = "item" } };
static const kiln_value text_value = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "value" } };
static const kiln_value text_length = { KILN_STRING, KILN_STATIC, 0, 6, { .s = "length" } };
static const kiln_value text_count = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "count" } };

/* ---- flow root ---- */

enum {
    SLOT_INPUT,
    SLOT_ADD,
    SLOT_MEASURE,
};

enum {
    STEP_ADD,
    STEP_MEASURE,
    STEP_BASKET_DONE,
};

/* step add, /ops/add */
static kiln_next leaf_add(kiln_frame *f)
{
    kiln_value v1, v2, v5, v6, v7, v9, v11, v12;

    v1 = kiln_get(&f->slots[SLOT_INPUT], &text_items);
    kiln_operonx_some(f->heap, &v2, &v1);
    v5 = kiln_get(&f->slots[SLOT_INPUT], &text_extra);
    kiln_base_default(f->heap, &v6, &v5, &object_price);
    kiln_operonx_some(f->heap, &v7, &v6);
    if (kiln_operonx_getitem(f->heap, &v9, &v7, &text_price) < 0)
        return KILN_ERROR;
    if (kiln_operonx_sub(f->heap, &v11, &int_10, &v9) < 0)
        return KILN_ERROR;
    kiln_operonx_some(f->heap, &v12, &v11);
    return kiln_give(f, KILN_TASK, 2, &text_array, &v2, &text_item, &v12);
}

/* step measure, /ops/measure */
static kiln_next leaf_measure(kiln_frame *f)
{
    kiln_value v1, v2;

    v1 = kiln_get(&f->slots[SLOT_ADD], &text_array);
    kiln_operonx_some(f->heap, &v2, &v1);
    return kiln_give_one(f, KILN_TASK, &text_value, &v2);
}

/* step basket.done */
static kiln_next leaf_basket_done(kiln_frame *f)
{
    kiln_value v1;

    v1 = kiln_get(&f->slots[SLOT_MEASURE], &text_length);
    return kiln_give_one(f, KILN_FINISH, &text_count, &v1);
}

static const kiln_step_kind kind_transform_append = {
    .op = &kiln_op_transform_append,
    .wake = KILN_WAKE_START,
};

static const kiln_step_kind kind_transform_array_length = {
    .op = &kiln_op_transform_array_length,
    .hard = 1,
    .wake = KILN_WAKE_COUNT,
};

static const kiln_step_kind kind_quiet = {
    .flags = KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_QUIET,
};

static const kiln_step steps_root[3] = {
    { "add", "/ops/add", 8, 12, leaf_add, &kind_transform_append, .then = STEP_MEASURE,
      .result = SLOT_ADD },
    { "measure", "/ops/measure", 18, 16, leaf_measure, &kind_transform_array_length,
      .result = SLOT_MEASURE },
    { "basket.done", "", 1, 1, leaf_basket_done, &kind_quiet, .result = -1 },
};

static const kiln_slot_kind kind_last = {
    .rule = KILN_RULE_LAST,
};

static const kiln_slot slots_root[3] = {
    {
        .name = "input",
        .kind = &kind_last,
    },
    {
        .name = "add",
        .kind = &kind_last,
    },
    {
        .name = "measure",
        .kind = &kind_last,
    },
};

static const kiln_flow flow_root = {
    .name = "root",
    .steps = steps_root,
    .slots = slots_root,
    .n_steps = 3,
    .n_slots = 3,
    .n_params = 1,
    .quiet = STEP_BASKET_DONE,
    .flags = KILN_FLOW_SOFT_ERRORS,
};

/* ---- the program ---- */

static const kiln_flow *const flows[1] = {
    &flow_root,
};

static const kiln_op *const ops[2] = {
    &kiln_op_transform_append,
    &kiln_op_transform_array_length,
};

static const char shape[191] = "6:basket 7:operonx 0 2 1\n"
                               "16:transform.append 0\n"
                               "22:transform.array-length 0\n"
                               "4:root 4 1 3 3 0\n"
                               "5:input\n"
                               "3:add\n"
                               "7:measure\n"
                               "3:add 2 0 0 o r1 e g0\n"
                               "7:measure 2 1 0 h o1 r2 g1\n"
                               "11:basket.done 9 4 16 g2\n";

const kiln_program kiln_program_basket = {
    .magic = KILN_MAGIC,
    .abi = KILN_ABI,
    .hash = { 0x7e10378148aafa6aULL, 0x11565d72f981d9c0ULL },
    .name = "basket",
    .dialect = "operonx",
    .flows = flows,
    .ops = ops,
    .n_flows = 1,
    .n_ops = 2,
    .n_shape = 190,
    .shape = shape,
};
