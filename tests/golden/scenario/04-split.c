
#if KILN_ABI != 3
#error "this text was generated for another runtime: compile the workflow again"
#endif

/* ---- what it calls ---- */

extern kiln_function1 kiln_scenario_data;
extern kiln_function3 kiln_scenario_accept;
extern kiln_function2 kiln_scenario_variables;
extern kiln_function1 kiln_base_null;
extern kiln_function2 kiln_scenario_path;
extern kiln_function2 kiln_scenario_items;
extern kiln_function1 kiln_scenario_split_error;
extern kiln_function1 kiln_scenario_report;
extern kiln_function3 kiln_scenario_envelope;
extern kiln_function3 kiln_scenario_conform;
extern const kiln_op kiln_op_utils_calculate;

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
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "object" } } },
};
static const kiln_member object_items_members[2] = {
    { { KILN_STRING, KILN_STATIC, 0, 5, { .s = "items" } },
      { KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_type_members } } },
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "type" } },
      { KILN_STRING, KILN_STATIC, 0, 5, { .s = "array" } } },
};
static const kiln_member object_readings_members[1] = {
    { { KILN_STRING, KILN_STATIC, 0, 8, { .s = "readings" } },
      { KILN_OBJECT, KILN_STATIC, 0, 2, { .members = object_items_members } } },
};
static const kiln_value array_readings_items[1] = {
    { KILN_STRING, KILN_STATIC, 0, 8, { .s = "readings" } },
};
static const kiln_member object_properties_members[3] = {
    { { KILN_STRING, KILN_STATIC, 0, 10, { .s = "properties" } },
      { KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_readings_members } } },
    { { KILN_STRING, KILN_STATIC, 0, 8, { .s = "required" } },
      { KILN_ARRAY, KILN_STATIC, 0, 1, { .items = array_readings_items } } },
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "type" } },
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "object" } } },
};
static const kiln_value object_properties = {
    KILN_OBJECT, KILN_STATIC, 0, 3, { .members = object_properties_members }
};
static const kiln_member object_offset_members[1] = {
    { { KILN_STRING, KILN_STATIC, 0, 6, { .s = "offset" } },
      { KILN_INT, KILN_STATIC, 0, 0, { .i = -3 } } },
};
static const kiln_value object_offset = {
    KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_offset_members }
};
static const kiln_value array_1_data_readings_items[3] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 1 } },
    { KILN_STRING, KILN_STATIC, 0, 4, { .s = "data" } },
    { KILN_STRING, KILN_STATIC, 0, 8, { .s = "readings" } },
};
static const kiln_value array_1_data_readings = {
    KILN_ARRAY, KILN_STATIC, 0, 3, { .items = array_1_data_readings_items }
};
static const kiln_member object_allowNull_members[4] = {
    { { KILN_STRING, KILN_STATIC, 0, 9, { .s = "allowNull" } },
      { KILN_BOOL, KILN_STATIC, 0, 0, { .i = 0 } } },
    { { KILN_STRING, KILN_STATIC, 0, 9, { .s = "batchSize" } },
      { KILN_INT, KILN_STATIC, 0, 0, { .i = 0 } } },
    { { KILN_STRING, KILN_STATIC, 0, 18, { .s = "convertSingleValue" } },
      { KILN_BOOL, KILN_STATIC, 0, 0, { .i = 0 } } },
    { { KILN_STRING, KILN_STATIC, 0, 6, { .s = "stepId" } },
      { KILN_STRING, KILN_STATIC, 0, 4, { .s = "each" } } },
};
static const kiln_value object_allowNull = {
    KILN_OBJECT, KILN_STATIC, 0, 4, { .members = object_allowNull_members }
};
static const kiln_value text_offset = { KILN_STRING, KILN_STATIC, 0, 6, { .s = "offset" } };
static const kiln_value text_shift = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "shift" } };
static const kiln_value text_outputs = { KILN_STRING, KILN_STATIC, 0, 7, { .s = "outputs" } };
static const kiln_member object_stepId_members[3] = {
    { { KILN_STRING, KILN_STATIC, 0, 6, { .s = "stepId" } },
      { KILN_STRING, KILN_STATIC, 0, 4, { .s = "each" } } },
    { { KILN_STRING, KILN_STATIC, 0, 8, { .s = "stepName" } },
      { KILN_STRING, KILN_STATIC, 0, 7, { .s = "Unnamed" } } },
    { { KILN_STRING, KILN_STATIC, 0, 8, { .s = "stepType" } },
      { KILN_STRING, KILN_STATIC, 0, 5, { .s = "Split" } } },
};
static const kiln_value object_stepId = {
    KILN_OBJECT, KILN_STATIC, 0, 3, { .members = object_stepId_members }
};
static const kiln_value array_2_steps_each_data_error_items[5] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 2 } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "steps" } },
    { KILN_STRING, KILN_STATIC, 0, 4, { .s = "each" } },
    { KILN_STRING, KILN_STATIC, 0, 4, { .s = "data" } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "error" } },
};
static const kiln_value array_2_steps_each_data_error = {
    KILN_ARRAY, KILN_STATIC, 0, 5, { .items = array_2_steps_each_data_error_items }
};
static const kiln_value array_2_steps_each_stats_total_items[5] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 2 } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "steps" } },
    { KILN_STRING, KILN_STATIC, 0, 4, { .s = "each" } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "stats" } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "total" } },
};
static const kiln_value array_2_steps_each_stats_total = {
    KILN_ARRAY, KILN_STATIC, 0, 5, { .items = array_2_steps_each_stats_total_items }
};
static const kiln_value text_bad = { KILN_STRING, KILN_STATIC, 0, 3, { .s = "bad" } };
static const kiln_value text_counted = { KILN_STRING, KILN_STATIC, 0, 7, { .s = "counted" } };
static const kiln_value text_good = { KILN_STRING, KILN_STATIC, 0, 4, { .s = "good" } };
static const kiln_value value_null = { KILN_NULL, KILN_STATIC, 0, 0, { .i = 0 } };
static const kiln_member object_required_members[2] = {
    { { KILN_STRING, KILN_STATIC, 0, 8, { .s = "required" } },
      { KILN_BOOL, KILN_STATIC, 0, 0, { .i = 1 } } },
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "type" } },
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "number" } } },
};
static const kiln_member object_required_2_members[2] = {
    { { KILN_STRING, KILN_STATIC, 0, 8, { .s = "required" } },
      { KILN_BOOL, KILN_STATIC, 0, 0, { .i = 1 } } },
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "type" } },
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "string" } } },
};
static const kiln_member object_raw_members[2] = {
    { { KILN_STRING, KILN_STATIC, 0, 3, { .s = "raw" } },
      { KILN_OBJECT, KILN_STATIC, 0, 2, { .members = object_required_members } } },
    { { KILN_STRING, KILN_STATIC, 0, 6, { .s = "sensor" } },
      { KILN_OBJECT, KILN_STATIC, 0, 2, { .members = object_required_2_members } } },
};
static const kiln_member object_fields_members[3] = {
    { { KILN_STRING, KILN_STATIC, 0, 6, { .s = "fields" } },
      { KILN_OBJECT, KILN_STATIC, 0, 2, { .members = object_raw_members } } },
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "side" } },
      { KILN_STRING, KILN_STATIC, 0, 5, { .s = "input" } } },
    { { KILN_STRING, KILN_STATIC, 0, 6, { .s = "stepId" } },
      { KILN_STRING, KILN_STATIC, 0, 4, { .s = "each" } } },
};
static const kiln_value object_fields = {
    KILN_OBJECT, KILN_STATIC, 0, 3, { .members = object_fields_members }
};
static const kiln_value text_raw_shift = {
    KILN_STRING, KILN_STATIC, 0, 11, { .s = "raw + shift" }
};
static const kiln_value array_1_data_raw_items[3] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 1 } },
    { KILN_STRING, KILN_STATIC, 0, 4, { .s = "data" } },
    { KILN_STRING, KILN_STATIC, 0, 3, { .s = "raw" } },
};
static const kiln_value array_1_data_raw = {
    KILN_ARRAY, KILN_STATIC, 0, 3, { .items = array_1_data_raw_items }
};
static const kiln_value text_raw = { KILN_STRING, KILN_STATIC, 0, 3, { .s = "raw" } };
static const kiln_value text_expression = {
    KILN_STRING, KILN_STATIC, 0, 10, { .s = "expression" }
};
static const kiln_value text_variables = { KILN_STRING, KILN_STATIC, 0, 9, { .s = "variables" } };
static const kiln_value array_1_item_sensor_items[3] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 1 } },
    { KILN_STRING, KILN_STATIC, 0, 4, { .s = "item" } },
    { KILN_STRING, KILN_STATIC, 0, 6, { .s = "sensor" } },
};
static const kiln_value array_1_item_sensor = {
    KILN_ARRAY, KILN_STATIC, 0, 3, { .items = array_1_item_sensor_items }
};
static const kiln_value text_number = { KILN_STRING, KILN_STATIC, 0, 6, { .s = "number" } };
static const kiln_value text_sensor = { KILN_STRING, KILN_STATIC, 0, 6, { .s = "sensor" } };
static const kiln_value text_value = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "value" } };
static const char blame_Agent_utils_calculate[25] = "Agent utils::calculate: ";

static const kiln_flow flow_each;

/* ---- flow root ---- */

enum {
    SLOT_INPUT,
    SLOT_STEPS_EACH,
    SLOT_STEPS_EACH_MORE,
    SLOT_EACH_VARIABLES,
    SLOT_VARIABLES,
    SLOT_DATA,
    SLOT_EACH_PAIRS,
};

enum {
    STEP_BEGIN,
    STEP_EACH,
    STEP_EACH_FAILED,
    STEP_EACH_REPORT,
    STEP_FINISH,
    STEP_END,
};

/* step begin */
static kiln_next leaf_begin(kiln_frame *f)
{
    kiln_value v1, v4, v6;

    kiln_scenario_data(f->heap, &v1, &f->slots[SLOT_INPUT]);
    if (kiln_scenario_accept(f->heap, &v4, &v1, &object_properties, &object_head) < 0)
        return KILN_ERROR;
    if (v4.tag != KILN_ABSENT)
        f->slots[SLOT_DATA] = v4;
    if (kiln_scenario_variables(f->heap, &v6, &f->slots[SLOT_INPUT], &object_offset) < 0)
        return KILN_ERROR;
    if (v6.tag != KILN_ABSENT)
        f->slots[SLOT_VARIABLES] = v6;
    return KILN_GO;
}

/* step each, /steps/each */
static kiln_next leaf_each(kiln_frame *f)
{
    kiln_value v1, v2, v3, v6;

    v1 = kiln_get(&f->slots[SLOT_VARIABLES], &text_offset);
    kiln_base_null(f->heap, &v2, &v1);
    if (kiln_object_one(f->heap, &v3, &text_shift, &v2) < 0)
        return KILN_ERROR;
    if (v3.tag != KILN_ABSENT)
        f->slots[SLOT_EACH_VARIABLES] = v3;
    if (kiln_scenario_path(f->heap, &v6, &f->slots[SLOT_DATA], &array_1_data_readings) < 0)
        return KILN_ERROR;
    if (kiln_scenario_items(f->heap, &f->out, &v6, &object_allowNull) < 0)
        return KILN_ERROR;
    return KILN_EACH;
}

static const kiln_edge edges_each[2] = {
    { STEP_EACH_FAILED, 0, KILN_EDGE_ERROR, 0 },
    { STEP_EACH_REPORT, 0, KILN_EDGE_NEXT, 0 },
};

/* step each.failed, /steps/each */
static kiln_next leaf_each_failed(kiln_frame *f)
{
    kiln_scenario_split_error(f->heap, &f->out, &f->error);
    return KILN_FAIL;
}

/* step each.report, /steps/each */
static kiln_next leaf_each_report(kiln_frame *f)
{
    kiln_value v1, v2;

    kiln_scenario_report(f->heap, &v1, &f->slots[SLOT_EACH_PAIRS]);
    v2 = kiln_get(&v1, &text_outputs);
    if (v2.tag != KILN_ABSENT)
        f->slots[SLOT_STEPS_EACH] = v2;
    if (v1.tag != KILN_ABSENT)
        f->slots[SLOT_STEPS_EACH_MORE] = v1;
    return KILN_GO;
}

/* step finish, /steps/finish */
static kiln_next leaf_finish(kiln_frame *f)
{
    kiln_value v3, v5, v9, v11;

    kiln_scenario_envelope(f->heap, &v3, &object_stepId, &f->slots[SLOT_STEPS_EACH_MORE],
                           &f->slots[SLOT_STEPS_EACH]);
    if (kiln_scenario_path(f->heap, &v5, &v3, &array_2_steps_each_data_error) < 0)
        return KILN_ERROR;
    kiln_scenario_envelope(f->heap, &v9, &object_stepId, &f->slots[SLOT_STEPS_EACH_MORE],
                           &f->slots[SLOT_STEPS_EACH]);
    if (kiln_scenario_path(f->heap, &v11, &v9, &array_2_steps_each_stats_total) < 0)
        return KILN_ERROR;
    return kiln_give(f, KILN_FINISH, 3, &text_bad, &v5, &text_counted, &v11, &text_good,
                     &f->slots[SLOT_STEPS_EACH]);
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

static const kiln_step_kind kind_each = {
    .flow = &flow_each,
    .hard = 1,
    .flags = KILN_STEP_KEEP,
    .wake = KILN_WAKE_COUNT,
};

static const kiln_step_kind kind_follow = {
    .hard = 1,
    .flags = KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_COUNT,
};

static const kiln_step_kind kind_follow_2 = {
    .hard = 1,
    .wake = KILN_WAKE_COUNT,
};

static const kiln_step_kind kind_quiet = {
    .flags = KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_QUIET,
};

static const kiln_step steps_root[6] = {
    { "begin", "", 1, 1, leaf_begin, &kind_start, .then = STEP_EACH, .result = -1 },
    { "each", "/steps/each", 16, 13, leaf_each, &kind_each, .edges = edges_each, .n_edges = 2,
      .result = SLOT_EACH_PAIRS },
    { "each.failed", "/steps/each", 16, 13, leaf_each_failed, &kind_follow, .result = -1 },
    { "each.report", "/steps/each", 16, 13, leaf_each_report, &kind_follow, .then = STEP_FINISH,
      .result = -1 },
    { "finish", "/steps/finish", 52, 15, leaf_finish, &kind_follow_2, .result = -1 },
    { "end", "", 1, 1, leaf_end, &kind_quiet, .result = -1 },
};

static const kiln_slot_kind kind_last = {
    .rule = KILN_RULE_LAST,
};

static const kiln_slot slots_root[7] = {
    {
        .name = "input",
        .kind = &kind_last,
    },
    {
        .name = "steps.each",
        .kind = &kind_last,
    },
    {
        .name = "steps.each.more",
        .kind = &kind_last,
    },
    {
        .name = "each.variables",
        .kind = &kind_last,
    },
    {
        .name = "variables",
        .kind = &kind_last,
    },
    {
        .name = "data",
        .kind = &kind_last,
    },
    {
        .name = "each.pairs",
        .kind = &kind_last,
    },
};

static const kiln_flow flow_root = {
    .name = "root",
    .steps = steps_root,
    .slots = slots_root,
    .n_steps = 6,
    .n_slots = 7,
    .n_params = 1,
    .quiet = STEP_END,
    .flags = KILN_FLOW_ORDERED,
    .stream = &kiln_streams,
};

/* ---- flow each ---- */

enum {
    SLOT_EACH_ITEM,
    SLOT_EACH_STEPS_ADJUST,
};

enum {
    STEP_EACH_BEGIN,
    STEP_EACH_ADJUST,
    STEP_EACH_FINISH,
    STEP_EACH_END,
};

/* step begin, /steps/each */
static kiln_next leaf_each_begin(kiln_frame *f)
{
    kiln_value v1, v3;

    v1 = (kiln_value){ KILN_INT, 0, 0, 0, { .i = f->index } };
    if (kiln_scenario_conform(f->heap, &v3, &f->slots[SLOT_EACH_ITEM], &object_fields, &v1) < 0)
        return KILN_ERROR;
    return KILN_GO;
}

/* step adjust, /steps/each/subgraph/steps/adjust */
static kiln_next leaf_each_adjust(kiln_frame *f)
{
    kiln_value v3, v5, v6, v7;

    if (kiln_scenario_path(f->heap, &v3, &f->slots[SLOT_EACH_ITEM], &array_1_data_raw) < 0)
        return KILN_ERROR;
    v5 = kiln_get(&f->up->slots[SLOT_EACH_VARIABLES], &text_shift);
    kiln_base_null(f->heap, &v6, &v5);
    if (kiln_object_of(f->heap, &v7, 2, &text_raw, &v3, &text_shift, &v6) < 0)
        return KILN_ERROR;
    return kiln_give(f, KILN_TASK, 2, &text_expression, &text_raw_shift, &text_variables, &v7);
}

/* step finish, /steps/each/subgraph/steps/finish */
static kiln_next leaf_each_finish(kiln_frame *f)
{
    kiln_value v0, v3;

    v0 = (kiln_value){ KILN_INT, 0, 0, 0, { .i = f->index } };
    if (kiln_scenario_path(f->heap, &v3, &f->slots[SLOT_EACH_ITEM], &array_1_item_sensor) < 0)
        return KILN_ERROR;
    return kiln_give(f, KILN_FINISH, 3, &text_number, &v0, &text_sensor, &v3, &text_value,
                     &f->slots[SLOT_EACH_STEPS_ADJUST]);
}

/* step end, /steps/each */
static kiln_next leaf_each_end(kiln_frame *f)
{
    f->out = value_null;
    return KILN_FINISH;
}

static const kiln_step_kind kind_utils_calculate = {
    .op = &kiln_op_utils_calculate,
    .blame = blame_Agent_utils_calculate,
    .hard = 1,
    .wake = KILN_WAKE_COUNT,
};

static const kiln_step steps_each[4] = {
    { "begin", "/steps/each", 16, 13, leaf_each_begin, &kind_start, .then = STEP_EACH_ADJUST,
      .result = -1 },
    { "adjust", "/steps/each/subgraph/steps/adjust", 30, 21, leaf_each_adjust,
      &kind_utils_calculate, .then = STEP_EACH_FINISH, .result = SLOT_EACH_STEPS_ADJUST },
    { "finish", "/steps/each/subgraph/steps/finish", 40, 21, leaf_each_finish, &kind_follow_2,
      .result = -1 },
    { "end", "/steps/each", 16, 13, leaf_each_end, &kind_quiet, .result = -1 },
};

static const kiln_slot slots_each[2] = {
    {
        .name = "item",
        .kind = &kind_last,
    },
    {
        .name = "steps.adjust",
        .kind = &kind_last,
    },
};

static const kiln_flow flow_each = {
    .name = "root.each",
    .steps = steps_each,
    .slots = slots_each,
    .n_steps = 4,
    .n_slots = 2,
    .n_params = 1,
    .quiet = STEP_EACH_END,
    .flags = KILN_FLOW_ORDERED,
    .number = 1,
};

/* ---- the program ---- */

static const kiln_flow *const flows[2] = {
    &flow_root,
    &flow_each,
};

static const kiln_op *const ops[1] = {
    &kiln_op_utils_calculate,
};

static const char shape[454] = "8:readings 8:scenario 1 1 2\n"
                               "15:utils.calculate 0\n"
                               "4:root 8 1 7 6 0\n"
                               "5:input\n"
                               "10:steps.each\n"
                               "15:steps.each.more\n"
                               "14:each.variables\n"
                               "9:variables\n"
                               "4:data\n"
                               "10:each.pairs\n"
                               "5:begin 0 0 16 e g0 t5 t4\n"
                               "4:each 4 1 4 h f1 r6 e2,2,0 e3 g4 g5 t3\n"
                               "11:each.failed 10 1 16 h\n"
                               "11:each.report 0 1 16 h e g6 t1 t2\n"
                               "6:finish 9 1 0 h g1 g2\n"
                               "3:end 9 4 16\n"
                               "9:root.each 8 1 2 4 1\n"
                               "4:item\n"
                               "12:steps.adjust\n"
                               "5:begin 0 0 16 e g0\n"
                               "6:adjust 2 1 0 h o r1 e g0 g1,3\n"
                               "6:finish 9 1 0 h g0 g1\n"
                               "3:end 9 4 16\n";

const kiln_program kiln_program_readings = {
    .magic = KILN_MAGIC,
    .abi = KILN_ABI,
    .hash = { 0x24540d14ad2cac3fULL, 0xa74d532d97b10439ULL },
    .name = "readings",
    .dialect = "scenario",
    .flows = flows,
    .ops = ops,
    .n_flows = 2,
    .n_ops = 1,
    .flags = KILN_PROGRAM_SORTED,
    .n_shape = 453,
    .shape = shape,
};
