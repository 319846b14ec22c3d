/* grammar_steps.c: the fields of each type of step (scenario 1.7). */
#include "dialects/scenario/grammar.h"

#define REQUIRED GRAMMAR_REQUIRED
#define WORDS(...)                                                                                 \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

/* What every step may have (scenario 1.7.1). */
#define COMMON                                                                                     \
    { "stepType", "string", "What the step does.", REQUIRED, NULL },                               \
        { "id", "string", "The step's key again.", 0, NULL },                                      \
        { "name", "string", "What people call it.", 0, NULL },                                     \
        { "description", "string", "What it is for.", 0, NULL },                                   \
        { "breakpoint", "boolean", "A run that is debugged stops here.", 0, NULL },                \
        { "durable", "boolean",                                                                    \
          "False: what it did is not in the journal, and done again on resume.", 0, NULL },        \
    {                                                                                              \
        "position", "any", "Of the drawing; ignored.", 0, NULL                                     \
    }

#define INPUTS(what)                                                                               \
    {                                                                                              \
        "inputMapping", "{value}", what, 0, NULL                                                   \
    }
#define RETRIES                                                                                    \
    { "maxRetries", "integer", "How often it is tried again.", 0, NULL },                          \
        { "retryDelay", "integer", "Milliseconds before the first retry; each doubles them.", 0,   \
          NULL },                                                                                  \
    {                                                                                              \
        "timeout", "integer", "The most milliseconds.", 0, NULL                                    \
    }
#define CONDITION(what)                                                                            \
    {                                                                                              \
        "condition", "condition", what, REQUIRED, NULL                                             \
    }
#define BODY                                                                                       \
    {                                                                                              \
        "subgraph", "workflow", "The steps of its body.", REQUIRED, NULL                           \
    }

static const struct grammar_field finish[] = {
    COMMON,
    INPUTS("The output, field by field."),
    { 0 },
};

static const struct grammar_field agent[] = {
    COMMON,
    { "agentId", "string", "The family of operations: `utils`.", REQUIRED, NULL },
    { "capabilityId", "string", "The operation of the family: `calculate`.", REQUIRED, NULL },
    INPUTS("The operation's inputs."),
    { "connectionId", "string", "The connection it uses.", 0, NULL },
    { "connectionRef", "value", "The connection it uses, as a value.", 0, NULL },
    RETRIES,
    { "compensation", "any", "Accepted and ignored.", 0, NULL },
    { 0 },
};

static const struct grammar_field conditional[] = {
    COMMON,
    CONDITION("Decides between the edges `true` and `false`."),
    { 0 },
};

static const struct grammar_field switch_fields[] = {
    COMMON,
    { "config", "switchConfig", "What it decides by.", 0, NULL },
    { 0 },
};

static const struct grammar_field log_fields[] = {
    COMMON,
    { "level", "string", "How serious it is; `info` when left out.", 0,
      WORDS("debug", "info", "warn", "error") },
    { "message", "string", "The text.", REQUIRED, NULL },
    { "context", "{value}", "Values to be told with it.", 0, NULL },
    { 0 },
};

static const struct grammar_field error[] = {
    COMMON,
    { "category", "string", "Whether trying again may help; `permanent` when left out.", 0,
      WORDS("transient", "permanent") },
    { "code", "string", "A code for machines.", REQUIRED, NULL },
    { "message", "string", "A sentence for people.", REQUIRED, NULL },
    { "severity", "string", "How bad it is; `error` when left out.", 0,
      WORDS("info", "warning", "error", "critical") },
    { "context", "{value}", "Values to be told with it.", 0, NULL },
    { 0 },
};

static const struct grammar_field while_fields[] = {
    COMMON, CONDITION("The body runs as long as this holds."),
    BODY,   { "config", "whileConfig", "How it turns.", 0, NULL },
    { 0 },
};

static const struct grammar_field split[] = {
    COMMON,
    BODY,
    { "config", "splitConfig", "What it goes through.", 0, NULL },
    { "inputSchema", "{schemaField}", "The fields of an item.", 0, NULL },
    { "outputSchema", "{schemaField}", "The fields of an item's result.", 0, NULL },
    { 0 },
};

static const struct grammar_field filter[] = {
    COMMON,
    { "config", "filterConfig", "What it keeps.", REQUIRED, NULL },
    { 0 },
};

static const struct grammar_field group_by[] = {
    COMMON,
    { "config", "groupByConfig", "How it sorts.", REQUIRED, NULL },
    { 0 },
};

static const struct grammar_field embed[] = {
    COMMON,
    { "childWorkflowId", "string", "The workflow it runs.", 0, NULL },
    { "childScenarioId", "string", "The older name of `childWorkflowId`.", 0, NULL },
    { "childVersion", "string|integer", "`latest`, `current` or a number.", REQUIRED, NULL },
    INPUTS("The workflow's `data`."),
    RETRIES,
    { 0 },
};

static const struct grammar_field delay[] = {
    COMMON,
    { "durationMs", "value", "How many milliseconds.", REQUIRED, NULL },
    { 0 },
};

static const struct grammar_field wait[] = {
    COMMON,
    { "timeoutMs", "value", "The most milliseconds; null is any time.", 0, NULL },
    { "onWait", "workflow", "Steps that run before it waits: to tell somebody.", 0, NULL },
    { "responseSchema", "{schemaField}", "The fields of the answer, for people.", 0, NULL },
    { "action", "action", "What is asked for, for people.", 0, NULL },
    { "pollIntervalMs", "integer", "Accepted and ignored: signals are not polled for.", 0, NULL },
    { 0 },
};

static const struct grammar_field connection[] = {
    COMMON,
    { "connectionId", "string", "Which connection.", REQUIRED, NULL },
    { "integrationId", "string", "The kind of service: `bearer`, `sftp`.", REQUIRED, NULL },
    { 0 },
};

static const struct grammar_field ai_agent[] = {
    COMMON,
    { "connectionId", "string", "The connection to the model.", 0, NULL },
    { "connectionRef", "value", "The same as a value.", 0, NULL },
    { "config", "aiConfig", "What it is told and how it works.", 0, NULL },
    { 0 },
};

static const struct {
    const char *doc;
    const struct grammar_field *fields;
} steps[] = {
    [STEP_FINISH] = { "Ends the workflow or the body with an output.", finish },
    [STEP_AGENT] = { "Calls an operation.", agent },
    [STEP_CONDITIONAL] = { "Goes one of two ways.", conditional },
    [STEP_SWITCH] = { "Chooses a value, or one of several ways.", switch_fields },
    [STEP_LOG] = { "Tells something.", log_fields },
    [STEP_ERROR] = { "Fails.", error },
    [STEP_WHILE] = { "Runs its body again and again.", while_fields },
    [STEP_SPLIT] = { "Runs its body for each item of an array.", split },
    [STEP_FILTER] = { "Keeps some items of an array.", filter },
    [STEP_GROUP_BY] = { "Sorts the items of an array into groups.", group_by },
    [STEP_EMBED] = { "Runs another workflow.", embed },
    [STEP_DELAY] = { "Goes on after some time.", delay },
    [STEP_WAIT] = { "Goes on when a signal comes.", wait },
    [STEP_CONNECTION] = { "Names a connection for operations behind it.", connection },
    [STEP_AI_AGENT] = { "Lets a model work with tools.", ai_agent },
};

const unsigned grammar_n_steps = sizeof steps / sizeof *steps;

const struct grammar_field *grammar_step(enum step_type type)
{
    return steps[type].fields;
}

const char *grammar_step_doc(enum step_type type)
{
    return steps[type].doc;
}
