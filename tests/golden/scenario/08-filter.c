
#if KILN_ABI != 3
#error "this text was generated for another runtime: compile the workflow again"
#endif

/* ---- what it calls ---- */

extern kiln_function1 kiln_scenario_data;
extern kiln_function3 kiln_scenario_accept;
extern kiln_function2 kiln_scenario_path;
extern kiln_function2 kiln_scenario_gte;
extern kiln_function1 kiln_base_length;
extern kiln_function3 kiln_scenario_group;

/* ---- constants ---- */

static const kiln_member object_head_members[2] = {
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "head" } },
      { KILN_STRING, KILN_STATIC, 0, 25, { .s = "Input validation failed: " } } },
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "root" } },
      { KILN_STRING, KILN_STATIC, 0, 4, { .s = "data" } } },
};
static const kiln_value object_head = {
    KILN_OBJECT, KILN_STATIC, 0, 2, { .members = object_head_members }
};
static const kiln_member object_type_members[1] = {
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "type" } },
      { KILN_STRING, KILN_STATIC, 0, 7, { .s = "integer" } } },
};
static const kiln_member object_type_2_members[1] = {
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "type" } },
      { KILN_STRING, KILN_STATIC, 0, 5, { .s = "array" } } },
};
static const kiln_member object_least_members[2] = {
    { { KILN_STRING, KILN_STATIC, 0, 5, { .s = "least" } },
      { KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_type_members } } },
    { { KILN_STRING, KILN_STATIC, 0, 6, { .s = "orders" } },
      { KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_type_2_members } } },
};
static const kiln_member object_properties_members[3] = {
    { { KILN_STRING, KILN_STATIC, 0, 10, { .s = "properties" } },
      { KILN_OBJECT, KILN_STATIC, 0, 2, { .members = object_least_members } } },
    { { KILN_STRING, KILN_STATIC, 0, 8, { .s = "required" } },
      { KILN_ARRAY, KILN_STATIC, 0, 0, { .items = 0 } } },
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "type" } },
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "object" } } },
};
static const kiln_value object_properties = {
    KILN_OBJECT, KILN_STATIC, 0, 3, { .members = object_properties_members }
};
static const kiln_value array_1_data_orders_items[3] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 1 } },
    { KILN_STRING, KILN_STATIC, 0, 4, { .s = "data" } },
    { KILN_STRING, KILN_STATIC, 0, 6, { .s = "orders" } },
};
static const kiln_value array_1_data_orders = {
    KILN_ARRAY, KILN_STATIC, 0, 3, { .items = array_1_data_orders_items }
};
static const kiln_value array_1_item_total_items[3] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 1 } },
    { KILN_STRING, KILN_STATIC, 0, 4, { .s = "item" } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "total" } },
};
static const kiln_value array_1_item_total = {
    KILN_ARRAY, KILN_STATIC, 0, 3, { .items = array_1_item_total_items }
};
static const kiln_value array_1_data_least_items[3] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 1 } },
    { KILN_STRING, KILN_STATIC, 0, 4, { .s = "data" } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "least" } },
};
static const kiln_value array_1_data_least = {
    KILN_ARRAY, KILN_STATIC, 0, 3, { .items = array_1_data_least_items }
};
static const kiln_value text_count = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "count" } };
static const kiln_value text_items = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "items" } };
static const kiln_value array_3_steps_large_outputs_items_items[5] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 3 } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "steps" } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "large" } },
    { KILN_STRING, KILN_STATIC, 0, 7, { .s = "outputs" } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "items" } },
};
static const kiln_value array_3_steps_large_outputs_items = {
    KILN_ARRAY, KILN_STATIC, 0, 5, { .items = array_3_steps_large_outputs_items_items }
};
static const kiln_value array_0_customer_country_items[3] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 0 } },
    { KILN_STRING, KILN_STATIC, 0, 8, { .s = "customer" } },
    { KILN_STRING, KILN_STATIC, 0, 7, { .s = "country" } },
};
static const kiln_value array_0_customer_country = {
    KILN_ARRAY, KILN_STATIC, 0, 3, { .items = array_0_customer_country_items }
};
static const kiln_value array_DE_NL_items[2] = {
    { KILN_STRING, KILN_STATIC, 0, 2, { .s = "DE" } },
    { KILN_STRING, KILN_STATIC, 0, 2, { .s = "NL" } },
};
static const kiln_value array_DE_NL = {
    KILN_ARRAY, KILN_STATIC, 0, 2, { .items = array_DE_NL_items }
};
static const kiln_value array_3_steps_large_outputs_count_items[5] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 3 } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "steps" } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "large" } },
    { KILN_STRING, KILN_STATIC, 0, 7, { .s = "outputs" } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "count" } },
};
static const kiln_value array_3_steps_large_outputs_count = {
    KILN_ARRAY, KILN_STATIC, 0, 5, { .items = array_3_steps_large_outputs_count_items }
};
static const kiln_value array_3_steps_by_outputs_counts_items[5] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 3 } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "steps" } },
    { KILN_STRING, KILN_STATIC, 0, 2, { .s = "by" } },
    { KILN_STRING, KILN_STATIC, 0, 7, { .s = "outputs" } },
    { KILN_STRING, KILN_STATIC, 0, 6, { .s = "counts" } },
};
static const kiln_value array_3_steps_by_outputs_counts = {
    KILN_ARRAY, KILN_STATIC, 0, 5, { .items = array_3_steps_by_outputs_counts_items }
};
static const kiln_value text_countries = { KILN_STRING, KILN_STATIC, 0, 9, { .s = "countries" } };
static const kiln_value value_null = { KILN_NULL, KILN_STATIC, 0, 0, { .i = 0 } };

/* ---- flow root ---- */

enum {
    SLOT_INPUT,
    SLOT_STEPS_LARGE,
    SLOT_STEPS_BY,
    SLOT_DATA,
};

enum {
    STEP_BEGIN,
    STEP_LARGE,
    STEP_BY,
    STEP_FINISH,
    STEP_END,
};

/* step begin */
static kiln_next leaf_begin(kiln_frame *f)
{
    kiln_value v1, v4;

    kiln_scenario_data(f->heap, &v1, &f->slots[SLOT_INPUT]);
    if (kiln_scenario_accept(f->heap, &v4, &v1, &object_properties, &object_head) < 0)
        return KILN_ERROR;
    if (v4.tag != KILN_ABSENT)
        f->slots[SLOT_DATA] = v4;
    return KILN_GO;
}

/* step large, /steps/large */
static kiln_next leaf_large(kiln_frame *f)
{
    kiln_value v2, v3, v4, v6, v9, v10, v11, v12;

    if (kiln_scenario_path(f->heap, &v2, &f->slots[SLOT_DATA], &array_1_data_orders) < 0)
        return KILN_ERROR;
    if (kiln_array(f->heap, &v3, 0, 0) < 0)
        return KILN_ERROR;
    for (unsigned i0 = 0; v2.tag == KILN_ARRAY && i0 < v2.n; i0++) {
        v4 = v2.u.items[i0];
        if (kiln_scenario_path(f->heap, &v6, &v4, &array_1_item_total) < 0)
            return KILN_ERROR;
        if (kiln_scenario_path(f->heap, &v9, &f->slots[SLOT_DATA], &array_1_data_least) < 0)
            return KILN_ERROR;
        kiln_scenario_gte(f->heap, &v10, &v6, &v9);
        if (kiln_truthy(&v10)) {
            if (kiln_push(f->heap, &v3, &v4) < 0)
                return KILN_ERROR;
        }
    }
    kiln_base_length(f->heap, &v11, &v3);
    if (kiln_object_of(f->heap, &v12, 2, &text_count, &v11, &text_items, &v3) < 0)
        return KILN_ERROR;
    if (v12.tag != KILN_ABSENT)
        f->slots[SLOT_STEPS_LARGE] = v12;
    return KILN_GO;
}

/* step by, /steps/by */
static kiln_next leaf_by(kiln_frame *f)
{
    kiln_value v2, v5;

    if (kiln_scenario_path(f->heap, &v2, &f->slots[SLOT_STEPS_LARGE],
                           &array_3_steps_large_outputs_items)
        < 0)
        return KILN_ERROR;
    kiln_scenario_group(f->heap, &v5, &v2, &array_0_customer_country, &array_DE_NL);
    if (v5.tag != KILN_ABSENT)
        f->slots[SLOT_STEPS_BY] = v5;
    return KILN_GO;
}

/* step finish, /steps/finish */
static kiln_next leaf_finish(kiln_frame *f)
{
    kiln_value v2, v5;

    if (kiln_scenario_path(f->heap, &v2, &f->slots[SLOT_STEPS_LARGE],
                           &array_3_steps_large_outputs_count)
        < 0)
        return KILN_ERROR;
    if (kiln_scenario_path(f->heap, &v5, &f->slots[SLOT_STEPS_BY], &array_3_steps_by_outputs_counts)
        < 0)
        return KILN_ERROR;
    return kiln_give(f, KILN_FINISH, 2, &text_count, &v2, &text_countries, &v5);
}

/* step end */
static kiln_next leaf_end(kiln_frame *f)
{
    f->out = value_null;
    return KILN_FINISH;
}

static const kiln_step_kind kind_start = {
    .flags = KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_START,
};

static const kiln_step_kind kind_follow = {
    .hard = 1,
    .wake = KILN_WAKE_COUNT,
};

static const kiln_step_kind kind_quiet = {
    .flags = KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_QUIET,
};

static const kiln_step steps_root[5] = {
    { "begin", "", 1, 1, leaf_begin, &kind_start, .then = STEP_LARGE, .result = -1 },
    { "large", "/steps/large", 9, 14, leaf_large, &kind_follow, .then = STEP_BY, .result = -1 },
    { "by", "/steps/by", 23, 11, leaf_by, &kind_follow, .then = STEP_FINISH, .result = -1 },
    { "finish", "/steps/finish", 31, 15, leaf_finish, &kind_follow, .result = -1 },
    { "end", "", 1, 1, leaf_end, &kind_quiet, .result = -1 },
};

static const kiln_slot_kind kind_last = {
    .rule = KILN_RULE_LAST,
};

static const kiln_slot slots_root[4] = {
    {
        .name = "input",
        .kind = &kind_last,
    },
    {
        .name = "steps.large",
        .kind = &kind_last,
    },
    {
        .name = "steps.by",
        .kind = &kind_last,
    },
    {
        .name = "data",
        .kind = &kind_last,
    },
};

static const kiln_flow flow_root = {
    .name = "root",
    .steps = steps_root,
    .slots = slots_root,
    .n_steps = 5,
    .n_slots = 4,
    .n_params = 1,
    .quiet = STEP_END,
    .flags = KILN_FLOW_ORDERED,
};

/* ---- the program ---- */

static const kiln_flow *const flows[1] = {
    &flow_root,
};

static const char shape[189] = "6:filter 8:scenario 1 0 1\n"
                               "4:root 8 1 4 5 0\n"
                               "5:input\n"
                               "11:steps.large\n"
                               "8:steps.by\n"
                               "4:data\n"
                               "5:begin 0 0 16 e g0 t3\n"
                               "5:large 0 1 0 h e g3 t1\n"
                               "2:by 0 1 0 h e g1 t2\n"
                               "6:finish 9 1 0 h g1 g2\n"
                               "3:end 9 4 16\n";

const kiln_program kiln_program_filter = {
    .magic = KILN_MAGIC,
    .abi = KILN_ABI,
    .hash = { 0x654ee0693a174bc9ULL, 0x0f8e2f5ed95de3aeULL },
    .name = "filter",
    .dialect = "scenario",
    .flows = flows,
    .n_flows = 1,
    .flags = KILN_PROGRAM_SORTED,
    .n_shape = 188,
    .shape = shape,
};
