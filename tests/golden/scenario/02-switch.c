
#if KILN_ABI != 3
#error "this text was generated for another runtime: compile the workflow again"
#endif

/* ---- what it calls ---- */

extern kiln_function1 kiln_scenario_data;
extern kiln_function3 kiln_scenario_accept;
extern kiln_function2 kiln_scenario_path;
extern kiln_function2 kiln_scenario_lt;
extern kiln_function2 kiln_scenario_when;
extern kiln_function2 kiln_scenario_gte;
extern kiln_function2 kiln_scenario_lte;
extern kiln_function2 kiln_base_and;
extern kiln_function2 kiln_base_item;
extern kiln_function2 kiln_scenario_in;
extern kiln_function2 kiln_scenario_starts_with;
extern kiln_function1 kiln_base_null;
extern kiln_function3 kiln_scenario_envelope;

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
static const kiln_member object_type_2_members[1] = {
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "type" } },
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "number" } } },
};
static const kiln_member object_kind_members[2] = {
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "kind" } },
      { KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_type_members } } },
    { { KILN_STRING, KILN_STATIC, 0, 6, { .s = "weight" } },
      { KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_type_2_members } } },
};
static const kiln_value array_kind_weight_items[2] = {
    { KILN_STRING, KILN_STATIC, 0, 4, { .s = "kind" } },
    { KILN_STRING, KILN_STATIC, 0, 6, { .s = "weight" } },
};
static const kiln_member object_properties_members[3] = {
    { { KILN_STRING, KILN_STATIC, 0, 10, { .s = "properties" } },
      { KILN_OBJECT, KILN_STATIC, 0, 2, { .members = object_kind_members } } },
    { { KILN_STRING, KILN_STATIC, 0, 8, { .s = "required" } },
      { KILN_ARRAY, KILN_STATIC, 0, 2, { .items = array_kind_weight_items } } },
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "type" } },
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "object" } } },
};
static const kiln_value object_properties = {
    KILN_OBJECT, KILN_STATIC, 0, 3, { .members = object_properties_members }
};
static const kiln_value array_1_data_weight_items[3] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 1 } },
    { KILN_STRING, KILN_STATIC, 0, 4, { .s = "data" } },
    { KILN_STRING, KILN_STATIC, 0, 6, { .s = "weight" } },
};
static const kiln_value array_1_data_weight = {
    KILN_ARRAY, KILN_STATIC, 0, 3, { .items = array_1_data_weight_items }
};
static const kiln_value int_1 = { KILN_INT, KILN_STATIC, 0, 0, { .i = 1 } };
static const kiln_value int_2 = { KILN_INT, KILN_STATIC, 0, 0, { .i = 2 } };
static const kiln_value int_30 = { KILN_INT, KILN_STATIC, 0, 0, { .i = 30 } };
static const kiln_value array_freight_letter_parcel_items[3] = {
    { KILN_STRING, KILN_STATIC, 0, 7, { .s = "freight" } },
    { KILN_STRING, KILN_STATIC, 0, 6, { .s = "letter" } },
    { KILN_STRING, KILN_STATIC, 0, 6, { .s = "parcel" } },
};
static const kiln_value array_freight_letter_parcel = {
    KILN_ARRAY, KILN_STATIC, 0, 3, { .items = array_freight_letter_parcel_items }
};
static const kiln_value array_1_data_kind_items[3] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 1 } },
    { KILN_STRING, KILN_STATIC, 0, 4, { .s = "data" } },
    { KILN_STRING, KILN_STATIC, 0, 4, { .s = "kind" } },
};
static const kiln_value array_1_data_kind = {
    KILN_ARRAY, KILN_STATIC, 0, 3, { .items = array_1_data_kind_items }
};
static const kiln_value array_glass_porcelain_items[2] = {
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "glass" } },
    { KILN_STRING, KILN_STATIC, 0, 9, { .s = "porcelain" } },
};
static const kiln_value array_glass_porcelain = {
    KILN_ARRAY, KILN_STATIC, 0, 2, { .items = array_glass_porcelain_items }
};
static const kiln_value text_frozen = { KILN_STRING, KILN_STATIC, 0, 6, { .s = "frozen" } };
static const kiln_value array_as_usual_by_hand_on_ice_items[3] = {
    { KILN_STRING, KILN_STATIC, 0, 8, { .s = "as usual" } },
    { KILN_STRING, KILN_STATIC, 0, 7, { .s = "by hand" } },
    { KILN_STRING, KILN_STATIC, 0, 6, { .s = "on ice" } },
};
static const kiln_value array_as_usual_by_hand_on_ice = {
    KILN_ARRAY, KILN_STATIC, 0, 3, { .items = array_as_usual_by_hand_on_ice_items }
};
static const kiln_value array_default_careful_cold_items[3] = {
    { KILN_STRING, KILN_STATIC, 0, 7, { .s = "default" } },
    { KILN_STRING, KILN_STATIC, 0, 7, { .s = "careful" } },
    { KILN_STRING, KILN_STATIC, 0, 4, { .s = "cold" } },
};
static const kiln_value array_default_careful_cold = {
    KILN_ARRAY, KILN_STATIC, 0, 3, { .items = array_default_careful_cold_items }
};
static const kiln_value array_0_1_2_items[3] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 0 } },
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 1 } },
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 2 } },
};
static const kiln_value array_0_1_2 = {
    KILN_ARRAY, KILN_STATIC, 0, 3, { .items = array_0_1_2_items }
};
static const kiln_value text_route = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "route" } };
static const kiln_member object_level_members[2] = {
    { { KILN_STRING, KILN_STATIC, 0, 5, { .s = "level" } },
      { KILN_STRING, KILN_STATIC, 0, 4, { .s = "info" } } },
    { { KILN_STRING, KILN_STATIC, 0, 7, { .s = "message" } },
      { KILN_STRING, KILN_STATIC, 0, 14, { .s = "Wrapped twice." } } },
};
static const kiln_value object_level = {
    KILN_OBJECT, KILN_STATIC, 0, 2, { .members = object_level_members }
};
static const kiln_member object_level_2_members[2] = {
    { { KILN_STRING, KILN_STATIC, 0, 5, { .s = "level" } },
      { KILN_STRING, KILN_STATIC, 0, 4, { .s = "info" } } },
    { { KILN_STRING, KILN_STATIC, 0, 7, { .s = "message" } },
      { KILN_STRING, KILN_STATIC, 0, 11, { .s = "Put on ice." } } },
};
static const kiln_value object_level_2 = {
    KILN_OBJECT, KILN_STATIC, 0, 2, { .members = object_level_2_members }
};
static const kiln_member object_stepId_members[3] = {
    { { KILN_STRING, KILN_STATIC, 0, 6, { .s = "stepId" } },
      { KILN_STRING, KILN_STATIC, 0, 4, { .s = "desk" } } },
    { { KILN_STRING, KILN_STATIC, 0, 8, { .s = "stepName" } },
      { KILN_STRING, KILN_STATIC, 0, 7, { .s = "Unnamed" } } },
    { { KILN_STRING, KILN_STATIC, 0, 8, { .s = "stepType" } },
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "Switch" } } },
};
static const kiln_value object_stepId = {
    KILN_OBJECT, KILN_STATIC, 0, 3, { .members = object_stepId_members }
};
static const kiln_value array_2_steps_desk_route_items[4] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 2 } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "steps" } },
    { KILN_STRING, KILN_STATIC, 0, 4, { .s = "desk" } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "route" } },
};
static const kiln_value array_2_steps_desk_route = {
    KILN_ARRAY, KILN_STATIC, 0, 4, { .items = array_2_steps_desk_route_items }
};
static const kiln_value array_3_steps_wrap_outputs_message_items[5] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 3 } },
    { KILN_STRING, KILN_STATIC, 0, 5, { .s = "steps" } },
    { KILN_STRING, KILN_STATIC, 0, 4, { .s = "wrap" } },
    { KILN_STRING, KILN_STATIC, 0, 7, { .s = "outputs" } },
    { KILN_STRING, KILN_STATIC, 0, 7, { .s = "message" } },
};
static const kiln_value array_3_steps_wrap_outputs_message = {
    KILN_ARRAY, KILN_STATIC, 0, 5, { .items = array_3_steps_wrap_outputs_message_items }
};
static const kiln_value text_carrier = { KILN_STRING, KILN_STATIC, 0, 7, { .s = "carrier" } };
static const kiln_value text_desk = { KILN_STRING, KILN_STATIC, 0, 4, { .s = "desk" } };
static const kiln_value text_handling = { KILN_STRING, KILN_STATIC, 0, 8, { .s = "handling" } };
static const kiln_value text_wrapped = { KILN_STRING, KILN_STATIC, 0, 7, { .s = "wrapped" } };
static const kiln_value value_null = { KILN_NULL, KILN_STATIC, 0, 0, { .i = 0 } };

/* ---- flow root ---- */

enum {
    SLOT_INPUT,
    SLOT_STEPS_CARRIER,
    SLOT_STEPS_DESK,
    SLOT_STEPS_DESK_MORE,
    SLOT_STEPS_WRAP,
    SLOT_DATA,
};

enum {
    STEP_BEGIN,
    STEP_CARRIER,
    STEP_DESK,
    STEP_WRAP,
    STEP_CHILL,
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

/* step carrier, /steps/carrier */
static kiln_next leaf_carrier(kiln_frame *f)
{
    kiln_value v2, v5, v6, v7, v10, v12, v13, v14, v16;

    if (kiln_scenario_path(f->heap, &v2, &f->slots[SLOT_DATA], &array_1_data_weight) < 0)
        return KILN_ERROR;
    kiln_scenario_lt(f->heap, &v5, &v2, &int_1);
    kiln_scenario_when(f->heap, &v6, &v5, &int_1);
    if (kiln_truthy(&v6)) {
        v7 = v6;
    } else {
        kiln_scenario_gte(f->heap, &v10, &v2, &int_1);
        kiln_scenario_lte(f->heap, &v12, &v2, &int_30);
        kiln_base_and(f->heap, &v13, &v10, &v12);
        kiln_scenario_when(f->heap, &v14, &v13, &int_2);
        v7 = v14;
    }
    kiln_base_item(f->heap, &v16, &array_freight_letter_parcel, &v7);
    if (v16.tag != KILN_ABSENT)
        f->slots[SLOT_STEPS_CARRIER] = v16;
    return KILN_GO;
}

/* step desk, /steps/desk */
static kiln_next leaf_desk(kiln_frame *f)
{
    kiln_value v2, v5, v6, v7, v10, v11, v13, v15, v16, v18;

    if (kiln_scenario_path(f->heap, &v2, &f->slots[SLOT_DATA], &array_1_data_kind) < 0)
        return KILN_ERROR;
    kiln_scenario_in(f->heap, &v5, &v2, &array_glass_porcelain);
    kiln_scenario_when(f->heap, &v6, &v5, &int_1);
    if (kiln_truthy(&v6)) {
        v7 = v6;
    } else {
        kiln_scenario_starts_with(f->heap, &v10, &v2, &text_frozen);
        kiln_scenario_when(f->heap, &v11, &v10, &int_2);
        v7 = v11;
    }
    kiln_base_item(f->heap, &v13, &array_as_usual_by_hand_on_ice, &v7);
    if (v13.tag != KILN_ABSENT)
        f->slots[SLOT_STEPS_DESK] = v13;
    kiln_base_item(f->heap, &v15, &array_default_careful_cold, &v7);
    if (kiln_object_one(f->heap, &v16, &text_route, &v15) < 0)
        return KILN_ERROR;
    if (v16.tag != KILN_ABSENT)
        f->slots[SLOT_STEPS_DESK_MORE] = v16;
    kiln_base_item(f->heap, &v18, &array_0_1_2, &v7);
    f->pick = (unsigned)v18.u.i;
    return KILN_PICK;
}

static const kiln_edge edges_desk[3] = {
    { STEP_WRAP, 1, KILN_EDGE_CASE, 0 },
    { STEP_CHILL, 2, KILN_EDGE_CASE, 0 },
    { STEP_FINISH, 0, KILN_EDGE_CASE, 0 },
};

/* step wrap, /steps/wrap */
static kiln_next leaf_wrap(kiln_frame *f)
{
    f->slots[SLOT_STEPS_WRAP] = object_level;
    f->out = object_level;
    return KILN_NOTE;
}

static const kiln_edge edges_wrap[1] = {
    { STEP_FINISH, 0, KILN_EDGE_NEXT, 0 },
};

/* step chill, /steps/chill */
static kiln_next leaf_chill(kiln_frame *f)
{
    f->out = object_level_2;
    return KILN_NOTE;
}

static const kiln_edge edges_chill[1] = {
    { STEP_FINISH, 0, KILN_EDGE_NEXT, 0 },
};

/* step finish, /steps/finish */
static kiln_next leaf_finish(kiln_frame *f)
{
    kiln_value v1, v5, v7, v9, v12;

    kiln_base_null(f->heap, &v1, &f->slots[SLOT_STEPS_CARRIER]);
    kiln_scenario_envelope(f->heap, &v5, &object_stepId, &f->slots[SLOT_STEPS_DESK_MORE],
                           &f->slots[SLOT_STEPS_DESK]);
    if (kiln_scenario_path(f->heap, &v7, &v5, &array_2_steps_desk_route) < 0)
        return KILN_ERROR;
    kiln_base_null(f->heap, &v9, &f->slots[SLOT_STEPS_DESK]);
    if (kiln_scenario_path(f->heap, &v12, &f->slots[SLOT_STEPS_WRAP],
                           &array_3_steps_wrap_outputs_message)
        < 0)
        return KILN_ERROR;
    return kiln_give(f, KILN_FINISH, 4, &text_carrier, &v1, &text_desk, &v7, &text_handling, &v9,
                     &text_wrapped, &v12);
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

static const kiln_step_kind kind_follow_2 = {
    .hard = 1,
    .flags = KILN_STEP_JOURNAL,
    .wake = KILN_WAKE_COUNT,
};

static const kiln_step_kind kind_join = {
    .hard = 3,
    .wake = KILN_WAKE_COUNT,
};

static const kiln_step_kind kind_quiet = {
    .flags = KILN_STEP_HIDDEN,
    .wake = KILN_WAKE_QUIET,
};

static const kiln_step steps_root[7] = {
    { "begin", "", 1, 1, leaf_begin, &kind_start, .then = STEP_CARRIER, .result = -1 },
    { "carrier", "/steps/carrier", 9, 16, leaf_carrier, &kind_follow, .then = STEP_DESK,
      .result = -1 },
    { "desk", "/steps/desk", 20, 13, leaf_desk, &kind_follow, .edges = edges_desk, .n_edges = 3,
      .result = -1 },
    { "wrap", "/steps/wrap", 31, 13, leaf_wrap, &kind_follow_2, .edges = edges_wrap, .n_edges = 1,
      .result = -1 },
    { "chill", "/steps/chill", 35, 14, leaf_chill, &kind_follow_2, .edges = edges_chill,
      .n_edges = 1, .result = -1 },
    { "finish", "/steps/finish", 39, 15, leaf_finish, &kind_join, .result = -1 },
    { "end", "", 1, 1, leaf_end, &kind_quiet, .result = -1 },
};

static const kiln_slot_kind kind_last = {
    .rule = KILN_RULE_LAST,
};

static const kiln_slot slots_root[6] = {
    {
        .name = "input",
        .kind = &kind_last,
    },
    {
        .name = "steps.carrier",
        .kind = &kind_last,
    },
    {
        .name = "steps.desk",
        .kind = &kind_last,
    },
    {
        .name = "steps.desk.more",
        .kind = &kind_last,
    },
    {
        .name = "steps.wrap",
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
    .n_steps = 7,
    .n_slots = 6,
    .n_params = 1,
    .quiet = STEP_END,
    .flags = KILN_FLOW_DEAD | KILN_FLOW_ORDERED,
};

/* ---- the program ---- */

static const kiln_flow *const flows[1] = {
    &flow_root,
};

static const char shape[298] = "5:route 8:scenario 1 0 1\n"
                               "4:root 9 1 6 7 0\n"
                               "5:input\n"
                               "13:steps.carrier\n"
                               "10:steps.desk\n"
                               "15:steps.desk.more\n"
                               "10:steps.wrap\n"
                               "4:data\n"
                               "5:begin 0 0 16 e g0 t5\n"
                               "7:carrier 0 1 0 h e g5 t1\n"
                               "4:desk 1 1 0 h e3,1,1 e4,1,2 e5,1,0 g5 t2 t3\n"
                               "4:wrap 5 1 1 h e5 t4\n"
                               "5:chill 5 1 1 h e\n"
                               "6:finish 9 1 0 h3 g1 g2 g3 g4\n"
                               "3:end 9 4 16\n";

const kiln_program kiln_program_route = {
    .magic = KILN_MAGIC,
    .abi = KILN_ABI,
    .hash = { 0x901f75fa3d4000f8ULL, 0xfac2ffa1438c5428ULL },
    .name = "route",
    .dialect = "scenario",
    .flows = flows,
    .n_flows = 1,
    .flags = KILN_PROGRAM_SORTED,
    .n_shape = 297,
    .shape = shape,
};
