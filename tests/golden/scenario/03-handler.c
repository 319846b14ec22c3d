
#if KILN_ABI != 3
#error "this text was generated for another runtime: compile the workflow again"
#endif

/* ---- what it calls ---- */

extern kiln_function1 kiln_scenario_data;
extern kiln_function3 kiln_scenario_accept;
extern kiln_function2 kiln_scenario_path;
extern kiln_function2 kiln_scenario_caught;
extern kiln_function2 kiln_scenario_eq;
extern kiln_function2 kiln_scenario_when;
extern kiln_function1 kiln_base_present;
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
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "string" } } },
};
static const kiln_member object_amount_members[1] = {
    { { KILN_STRING, KILN_STATIC, 0, 6, { .s = "amount" } },
      { KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_type_members } } },
};
static const kiln_value array_amount_items[1] = {
    { KILN_STRING, KILN_STATIC, 0, 6, { .s = "amount" } },
};
static const kiln_member object_properties_members[3] = {
    { { KILN_STRING, KILN_STATIC, 0, 10, { .s = "properties" } },
      { KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_amount_members } } },
    { { KILN_STRING, KILN_STATIC, 0, 8, { .s = "required" } },
      { KILN_ARRAY, KILN_STATIC, 0, 1, { .items = array_amount_items } } },
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "type" } },
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "object" } } },
};
static const kiln_value object_properties = {
    KILN_OBJECT, KILN_STATIC, 0, 3, { .members = object_properties_members }
};
static const kiln_value text_amount_100 = {
    KILN_STRING, KILN_STATIC, 0, 12, { .s = "amount * 100" }
};
static const kiln_value array_1_data_amount_items[3] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 1 } },
    { KILN_STRING, KILN_STATIC, 0, 4, { .s = "data" } },
    { KILN_STRING, KILN_STATIC, 0, 6, { .s = "amount" } },
};
static const kiln_value array_1_data_amount = {
    KILN_ARRAY, KILN_STATIC, 0, 3, { .items = array_1_data_amount_items }
};
static const kiln_value text_amount = { KILN_STRING, KILN_STATIC, 0, 6, { .s = "amount" } };
static const kiln_value text_expression = {
    KILN_STRING, KILN_STATIC, 0, 10, { .s = "expression" }
};
static const kiln_value text_variables = { KILN_STRING, KILN_STATIC, 0, 9, { .s = "variables" } };
static const kiln_value text_charge = { KILN_STRING, KILN_STATIC, 0, 6, { .s = "charge" } };
static const kiln_value int_1 = { KILN_INT, KILN_STATIC, 0, 0, { .i = 1 } };
static const kiln_value array_2_steps_error_category_items[4] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 2 } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "steps" } },
    { KILN_STRING, KILN_STATIC, 0, 7, { .s = "__error" } },
    { KILN_STRING, KILN_STATIC, 0, 8, { .s = "category" } },
};
static const kiln_value array_2_steps_error_category = {
    KILN_ARRAY, KILN_STATIC, 0, 4, { .items = array_2_steps_error_category_items }
};
static const kiln_value text_transient = { KILN_STRING, KILN_STATIC, 0, 9, { .s = "transient" } };
static const kiln_value text_cents = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "cents" } };
static const kiln_member object_status_members[1] = {
    { { KILN_STRING, KILN_STATIC, 0, 6, { .s = "status" } },
      { KILN_STRING, KILN_STATIC, 0, 15, { .s = "try again later" } } },
};
static const kiln_value object_status = {
    KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_status_members }
};
static const kiln_value text_warn = { KILN_STRING, KILN_STATIC, 0, 4, { .s = "warn" } };
static const kiln_value text_The_amount_is_no_number = {
    KILN_STRING, KILN_STATIC, 0, 24, { .s = "The amount is no number." }
};
static const kiln_value array_2_steps_error_message_items[4] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 2 } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "steps" } },
    { KILN_STRING, KILN_STATIC, 0, 7, { .s = "__error" } },
    { KILN_STRING, KILN_STATIC, 0, 7, { .s = "message" } },
};
static const kiln_value array_2_steps_error_message = {
    KILN_ARRAY, KILN_STATIC, 0, 4, { .items = array_2_steps_error_message_items }
};
static const kiln_value text_error = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "error" } };
static const kiln_value text_level = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "level" } };
static const kiln_value text_message = { KILN_STRING, KILN_STATIC, 0, 7, { .s = "message" } };
static const kiln_value text_context = { KILN_STRING, KILN_STATIC, 0, 7, { .s = "context" } };
static const kiln_value array_2_steps_error_code_items[4] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 2 } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "steps" } },
    { KILN_STRING, KILN_STATIC, 0, 7, { .s = "__error" } },
    { KILN_STRING, KILN_STATIC, 0, 4, { .s = "code" } },
};
static const kiln_value array_2_steps_error_code = {
    KILN_ARRAY, KILN_STATIC, 0, 4, { .items = array_2_steps_error_code_items }
};
static const kiln_value text_refused = { KILN_STRING, KILN_STATIC, 0, 7, { .s = "refused" } };
static const kiln_value array_2_steps_error_stepId_items[4] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 2 } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "steps" } },
    { KILN_STRING, KILN_STATIC, 0, 7, { .s = "__error" } },
    { KILN_STRING, KILN_STATIC, 0, 6, { .s = "stepId" } },
};
static const kiln_value array_2_steps_error_stepId = {
    KILN_ARRAY, KILN_STATIC, 0, 4, { .items = array_2_steps_error_stepId_items }
};
static const kiln_value text_code = { KILN_STRING, KILN_STATIC, 0, 4, { .s = "code" } };
static const kiln_value text_status = { KILN_STRING, KILN_STATIC, 0, 6, { .s = "status" } };
static const kiln_value text_step = { KILN_STRING, KILN_STATIC, 0, 4, { .s = "step" } };
static const kiln_value value_null = { KILN_NULL, KILN_STATIC, 0, 0, { .i = 0 } };
static const char blame_Agent_utils_calculate[25] = "Agent utils::calculate: ";

/* ---- flow root ---- */

enum {
    SLOT_INPUT,
    SLOT_STEPS_CHARGE,
    SLOT_DATA,
    SLOT_ERROR,
};

enum {
    STEP_BEGIN,
    STEP_CHARGE,
    STEP_CHARGE_ONERROR,
    STEP_DONE,
    STEP_BUSY,
    STEP_NOTE,
    STEP_REFUSED,
    STEP_END,
    STEP_END_NULL,
    STEP_RAISE,
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

/* step charge, /steps/charge */
static kiln_next leaf_charge(kiln_frame *f)
{
    kiln_value v3, v4;

    if (kiln_scenario_path(f->heap, &v3, &f->slots[SLOT_DATA], &array_1_data_amount) < 0)
        return KILN_ERROR;
    if (kiln_object_one(f->heap, &v4, &text_amount, &v3) < 0)
        return KILN_ERROR;
    return kiln_give(f, KILN_TASK, 2, &text_expression, &text_amount_100, &text_variables, &v4);
}

static const kiln_edge edges_charge[2] = {
    { STEP_DONE, 0, KILN_EDGE_NEXT, 0 },
    { STEP_CHARGE_ONERROR, 0, KILN_EDGE_ERROR, 0 },
};

/* step charge.onError, /steps/charge */
static kiln_next leaf_charge_onError(kiln_frame *f)
{
    kiln_value v2, v4, v6, v8, v9;

    kiln_scenario_caught(f->heap, &v2, &f->error, &text_charge);
    if (v2.tag != KILN_ABSENT)
        f->slots[SLOT_ERROR] = v2;
    v4 = f->slots[SLOT_ERROR];
    if (kiln_scenario_path(f->heap, &v6, &v4, &array_2_steps_error_category) < 0)
        return KILN_ERROR;
    kiln_scenario_eq(f->heap, &v8, &v6, &text_transient);
    kiln_scenario_when(f->heap, &v9, &v8, &int_1);
    f->pick = (unsigned)v9.u.i;
    return KILN_PICK;
}

static const kiln_edge edges_charge_onError[2] = {
    { STEP_BUSY, 1, KILN_EDGE_CASE, 0 },
    { STEP_NOTE, 0, KILN_EDGE_CASE, 0 },
};

/* step done, /steps/done */
static kiln_next leaf_done(kiln_frame *f)
{
    return kiln_give_one(f, KILN_FINISH, &text_cents, &f->slots[SLOT_STEPS_CHARGE]);
}

/* step busy, /steps/busy */
static kiln_next leaf_busy(kiln_frame *f)
{
    f->out = object_status;
    return KILN_FINISH;
}

/* step note, /steps/note */
static kiln_next leaf_note(kiln_frame *f)
{
    kiln_value v4, v5;

    if (kiln_scenario_path(f->heap, &v4, &f->slots[SLOT_ERROR], &array_2_steps_error_message) < 0)
        return KILN_ERROR;
    if (kiln_object_one(f->heap, &v5, &text_error, &v4) < 0)
        return KILN_ERROR;
    return kiln_give(f, KILN_NOTE, 3, &text_level, &text_warn, &text_message,
                     &text_The_amount_is_no_number, &text_context, &v5);
}

/* step refused, /steps/refused */
static kiln_next leaf_refused(kiln_frame *f)
{
    kiln_value v2, v6;

    if (kiln_scenario_path(f->heap, &v2, &f->slots[SLOT_ERROR], &array_2_steps_error_code) < 0)
        return KILN_ERROR;
    if (kiln_scenario_path(f->heap, &v6, &f->slots[SLOT_ERROR], &array_2_steps_error_stepId) < 0)
        return KILN_ERROR;
    return kiln_give(f, KILN_FINISH, 3, &text_code, &v2, &text_status, &text_refused, &text_step,
                     &v6);
}

/* step end */
static kiln_next leaf_end(kiln_frame *f)
{
    kiln_value v1;

    kiln_base_present(f->heap, &v1, &f->error);
    f->pick = kiln_truthy(&v1) ? 1 : 0;
    return KILN_PICK;
}

static const kiln_edge edges_end[2] = {
    { STEP_RAISE, 1, KILN_EDGE_CASE, 0 },
    { STEP_END_NULL, 0, KILN_EDGE_CASE, 0 },
};

/* step end.null */
static kiln_next leaf_end_null(kiln_frame *f)
{
    f->out = value_null;
    return KILN_FINISH;
}

/* step raise */
static kiln_next leaf_raise(kiln_frame *f)
{
    f->out = f->error;
    return KILN_FAIL;
}

static const kiln_step_kind kind_start = {
    .flags = KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_START,
};

static const kiln_step_kind kind_utils_calculate = {
    .op = &kiln_op_utils_calculate,
    .blame = blame_Agent_utils_calculate,
    .hard = 1,
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

static const kiln_step_kind kind_follow_3 = {
    .hard = 1,
    .flags = KILN_STEP_JOURNAL,
    .wake = KILN_WAKE_COUNT,
};

static const kiln_step_kind kind_quiet = {
    .flags = KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_QUIET,
};

static const kiln_step_kind kind_any = {
    .flags = KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_ANY,
};

static const kiln_step steps_root[10] = {
    { "begin", "", 1, 1, leaf_begin, &kind_start, .then = STEP_CHARGE, .result = -1 },
    { "charge", "/steps/charge", 6, 15, leaf_charge, &kind_utils_calculate, .edges = edges_charge,
      .n_edges = 2, .result = SLOT_STEPS_CHARGE },
    { "charge.onError", "/steps/charge", 6, 15, leaf_charge_onError, &kind_follow,
      .edges = edges_charge_onError, .n_edges = 2, .result = -1 },
    { "done", "/steps/done", 15, 13, leaf_done, &kind_follow_2, .result = -1 },
    { "busy", "/steps/busy", 19, 13, leaf_busy, &kind_follow_2, .result = -1 },
    { "note", "/steps/note", 23, 13, leaf_note, &kind_follow_3, .then = STEP_REFUSED,
      .result = -1 },
    { "refused", "/steps/refused", 29, 16, leaf_refused, &kind_follow_2, .result = -1 },
    { "end", "", 1, 1, leaf_end, &kind_quiet, .edges = edges_end, .n_edges = 2, .result = -1 },
    { "end.null", "", 1, 1, leaf_end_null, &kind_any, .result = -1 },
    { "raise", "", 1, 1, leaf_raise, &kind_any, .result = -1 },
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
        .name = "steps.charge",
        .kind = &kind_last,
    },
    {
        .name = "data",
        .kind = &kind_last,
    },
    {
        .name = "error",
        .kind = &kind_last,
    },
};

static const kiln_flow flow_root = {
    .name = "root",
    .steps = steps_root,
    .slots = slots_root,
    .n_steps = 10,
    .n_slots = 4,
    .n_params = 1,
    .quiet = STEP_END,
    .flags = KILN_FLOW_DEAD | KILN_FLOW_ORDERED,
};

/* ---- the program ---- */

static const kiln_flow *const flows[1] = {
    &flow_root,
};

static const kiln_op *const ops[1] = {
    &kiln_op_utils_calculate,
};

static const char shape[346] = "7:handler 8:scenario 1 1 1\n"
                               "15:utils.calculate 0\n"
                               "4:root 9 1 4 10 0\n"
                               "5:input\n"
                               "12:steps.charge\n"
                               "4:data\n"
                               "5:error\n"
                               "5:begin 0 0 16 e g0 t2\n"
                               "6:charge 2 1 0 h o r1 e3 e2,2,0 g2\n"
                               "14:charge.onError 1 1 16 h e4,1,1 e5,1,0 g3 t3\n"
                               "4:done 9 1 0 h g1\n"
                               "4:busy 9 1 0 h\n"
                               "4:note 5 1 1 h e g3\n"
                               "7:refused 9 1 0 h g3\n"
                               "3:end 1 4 16 e9,1,1 e8,1,0\n"
                               "8:end.null 9 2 16\n"
                               "5:raise 10 2 16\n";

const kiln_program kiln_program_handler = {
    .magic = KILN_MAGIC,
    .abi = KILN_ABI,
    .hash = { 0x7acadfcb368ed467ULL, 0x6ec65053c8083ed4ULL },
    .name = "handler",
    .dialect = "scenario",
    .flows = flows,
    .ops = ops,
    .n_flows = 1,
    .n_ops = 1,
    .flags = KILN_PROGRAM_SORTED,
    .n_shape = 345,
    .shape = shape,
};
