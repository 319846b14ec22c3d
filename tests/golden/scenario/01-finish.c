
#if KILN_ABI != 3
#error "this text was generated for another runtime: compile the workflow again"
#endif

/* ---- what it calls ---- */

extern kiln_function1 kiln_scenario_data;
extern kiln_function3 kiln_scenario_accept;
extern kiln_function2 kiln_scenario_seek;
extern kiln_function2 kiln_base_default;

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
static const kiln_member object_who_members[1] = {
    { { KILN_STRING, KILN_STATIC, 0, 3, { .s = "who" } },
      { KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_type_members } } },
};
static const kiln_value array_who_items[1] = {
    { KILN_STRING, KILN_STATIC, 0, 3, { .s = "who" } },
};
static const kiln_member object_properties_members[3] = {
    { { KILN_STRING, KILN_STATIC, 0, 10, { .s = "properties" } },
      { KILN_OBJECT, KILN_STATIC, 0, 1, { .members = object_who_members } } },
    { { KILN_STRING, KILN_STATIC, 0, 8, { .s = "required" } },
      { KILN_ARRAY, KILN_STATIC, 0, 1, { .items = array_who_items } } },
    { { KILN_STRING, KILN_STATIC, 0, 4, { .s = "type" } },
      { KILN_STRING, KILN_STATIC, 0, 6, { .s = "object" } } },
};
static const kiln_value object_properties = {
    KILN_OBJECT, KILN_STATIC, 0, 3, { .members = object_properties_members }
};
static const kiln_value text_Hello = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "Hello" } };
static const kiln_value array_1_data_who_items[3] = {
    { KILN_INT, KILN_STATIC, 0, 0, { .i = 1 } },
    { KILN_STRING, KILN_STATIC, 0, 4, { .s = "data" } },
    { KILN_STRING, KILN_STATIC, 0, 3, { .s = "who" } },
};
static const kiln_value array_1_data_who = {
    KILN_ARRAY, KILN_STATIC, 0, 3, { .items = array_1_data_who_items }
};
static const kiln_value text_world = { KILN_STRING, KILN_STATIC, 0, 5, { .s = "world" } };
static const kiln_value text_greeting = { KILN_STRING, KILN_STATIC, 0, 8, { .s = "greeting" } };
static const kiln_value text_to = { KILN_STRING, KILN_STATIC, 0, 2, { .s = "to" } };
static const kiln_value value_null = { KILN_NULL, KILN_STATIC, 0, 0, { .i = 0 } };

/* ---- flow root ---- */

enum {
    SLOT_INPUT,
    SLOT_DATA,
};

enum {
    STEP_BEGIN,
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

/* step finish, /steps/finish */
static kiln_next leaf_finish(kiln_frame *f)
{
    kiln_value v3, v5;

    kiln_scenario_seek(f->heap, &v3, &f->slots[SLOT_DATA], &array_1_data_who);
    kiln_base_default(f->heap, &v5, &v3, &text_world);
    return kiln_give(f, KILN_FINISH, 2, &text_greeting, &text_Hello, &text_to, &v5);
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

static const kiln_step steps_root[3] = {
    { "begin", "", 1, 1, leaf_begin, &kind_start, .then = STEP_FINISH, .result = -1 },
    { "finish", "/steps/finish", 6, 15, leaf_finish, &kind_follow, .result = -1 },
    { "end", "", 1, 1, leaf_end, &kind_quiet, .result = -1 },
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
        .name = "data",
        .kind = &kind_last,
    },
};

static const kiln_flow flow_root = {
    .name = "root",
    .steps = steps_root,
    .slots = slots_root,
    .n_steps = 3,
    .n_slots = 2,
    .n_params = 1,
    .quiet = STEP_END,
    .flags = KILN_FLOW_ORDERED,
};

/* ---- the program ---- */

static const kiln_flow *const flows[1] = {
    &flow_root,
};

static const char shape[114] = "5:hello 8:scenario 1 0 1\n"
                               "4:root 8 1 2 3 0\n"
                               "5:input\n"
                               "4:data\n"
                               "5:begin 0 0 16 e g0 t1\n"
                               "6:finish 9 1 0 h g1\n"
                               "3:end 9 4 16\n";

const kiln_program kiln_program_hello = {
    .magic = KILN_MAGIC,
    .abi = KILN_ABI,
    .hash = { 0xb8a32193b0d17ebbULL, 0xb1d84e6592f832e7ULL },
    .name = "hello",
    .dialect = "scenario",
    .flows = flows,
    .n_flows = 1,
    .flags = KILN_PROGRAM_SORTED,
    .n_shape = 113,
    .shape = shape,
};
