/* grammar.c: the objects of a scenario document that are no steps (scenario 1.1 to 1.9). */
#include "dialects/scenario/grammar.h"

#include <string.h>

#define REQUIRED GRAMMAR_REQUIRED
#define WORDS(...)                                                                                 \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

/* ---- the document and the graph -------------------------------------------------------------- */

static const struct grammar_field document[] = {
    { "executionGraph", "workflow", "The workflow.", REQUIRED, NULL },
    { "memoryTier", "string", "How much memory it was meant to get.", 0,
      WORDS("S", "M", "L", "XL") },
    { "trackEvents", "boolean", "Steps report what they do.", 0, NULL },
    { "debugMode", "boolean", "The older name of `trackEvents`.", 0, NULL },
    { "durable", "boolean",
      "False: what its steps did is not in the journal, and done again on resume.", 0, NULL },
    { 0 },
};

static const struct grammar_field workflow[] = {
    { "name", "string", "The name of the workflow.", 0, NULL },
    { "description", "string", "What it is for.", 0, NULL },
    { "steps", "{step}", "The steps by their ids.", REQUIRED, NULL },
    { "entryPoint", "string|null", "The id of the step that runs first.", REQUIRED, NULL },
    { "executionPlan", "[edge]", "Which step follows which.", 0, NULL },
    { "variables", "{variable}", "Constants by name, which the input may replace.", 0, NULL },
    { "inputSchema", "{schemaField}", "The fields of the input's `data`.", 0, NULL },
    { "outputSchema", "{schemaField}", "The fields of the output.", 0, NULL },
    { "executionTimeoutSeconds", "integer", "How long a run may take.", 0, NULL },
    { "rateLimitBudgetMs", "integer", "How long retries may wait for a busy service in all.", 0,
      NULL },
    { "durable", "boolean",
      "False: what its steps did is not in the journal, and done again on resume.", 0, NULL },
    { "notes", "any", "Of the drawing; ignored.", 0, NULL },
    { "nodes", "any", "Of the drawing; ignored.", 0, NULL },
    { "edges", "any", "Of the drawing; ignored.", 0, NULL },
    { 0 },
};

const struct grammar_field grammar_edge[] = {
    { "id", "string", "Of the drawing; ignored.", 0, NULL },
    { "fromStep", "string", "The id of the step it leaves.", REQUIRED, NULL },
    { "toStep", "string", "The id of the step it leads to.", REQUIRED, NULL },
    { "label", "string", "When it is taken: a branch, a route, or `onError`.", GRAMMAR_OPEN,
      WORDS("next", "true", "false", "default", "onError") },
    { "condition", "condition", "It is taken only when this holds.", 0, NULL },
    { "priority", "integer", "Higher ones are tried first; 0 when left out.", 0, NULL },
    { 0 },
};

const struct grammar_field grammar_variable[] = {
    { "type", "string", "The type of its value.", GRAMMAR_OPEN,
      WORDS("string", "integer", "number", "boolean", "array", "object") },
    { "value", "any", "Its value; null when left out.", 0, NULL },
    { "description", "string", "What it is for.", 0, NULL },
    { "name", "string", "The key counts, not this.", 0, NULL },
    { 0 },
};

static const struct grammar_field schema_field[] = {
    { "type", "string", "The JSON type of the field.", GRAMMAR_OPEN,
      WORDS("string", "integer", "number", "boolean", "array", "object", "file", "connection") },
    { "description", "string", "What it is for.", 0, NULL },
    { "required", "any", "It must be there: true.", 0, NULL },
    { "default", "any", "Its value when it is left out.", 0, NULL },
    { "example", "any", "A value it may have.", 0, NULL },
    { "enum", "array", "The values it may have.", 0, NULL },
    { "items", "schemaField", "Of an array: what it holds.", 0, NULL },
    { "properties", "{schemaField}", "Of an object: its fields.", 0, NULL },
    { 0 },
};

/* ---- values (scenario 1.6.2) and conditions (1.9) ---------------------------------------------
 */

#define VALUE_TYPE                                                                                 \
    {                                                                                              \
        "valueType", "string", "Where the value comes from.", REQUIRED,                            \
            WORDS("reference", "immediate", "composite", "template")                               \
    }

const struct grammar_field grammar_reference[] = {
    VALUE_TYPE,
    { "value", "string", "A path: `data.name`, `steps.id.outputs.field`.", REQUIRED, NULL },
    { "type", "string", "What the value is made into.", GRAMMAR_OPEN,
      WORDS("string", "integer", "number", "boolean", "json", "file") },
    { "default", "any", "The value when there is none.", 0, NULL },
    { 0 },
};

static const struct grammar_field immediate[] = {
    VALUE_TYPE,
    { "value", "any", "The value itself.", 0, NULL },
    { 0 },
};

static const struct grammar_field composite[] = {
    VALUE_TYPE,
    { "value", "{value}|[value]", "Values with values in them.", REQUIRED, NULL },
    { 0 },
};

const struct grammar_field grammar_template[] = {
    VALUE_TYPE,
    { "value", "string", "A text with `{{ data.name }}` in it.", REQUIRED, NULL },
    { "type", "string", "In a condition: `value`.", 0, NULL },
    { 0 },
};

static const char *const operators[] = {
#define OPERATOR(name, arity, function) #name,
#include "dialects/scenario/operators.def"
#undef OPERATOR
    NULL
};

const struct grammar_field grammar_operation[] = {
    { "type", "string", "That it is an operation.", GRAMMAR_OPEN, WORDS("operation") },
    { "op", "string", "The operator.", REQUIRED, operators },
    { "arguments", "[condition]", "What it compares or joins.", 0, NULL },
    { 0 },
};

/* ---- parts of steps (scenario 1.7) ------------------------------------------------------------
 */

const struct grammar_field grammar_switch[] = {
    { "value", "value", "What the cases are compared with.", 0, NULL },
    { "cases", "[case]", "The first that matches counts.", 0, NULL },
    { "default", "any", "The outputs when no case matches.", 0, NULL },
    { 0 },
};

const struct grammar_field grammar_case[] = {
    { "matchType", "string", "How `match` is compared; `EQ` when left out.", 0,
      WORDS("GT", "GTE", "LT", "LTE", "EQ", "NE", "STARTS_WITH", "ENDS_WITH", "CONTAINS", "IN",
            "NOT_IN", "IS_DEFINED", "IS_EMPTY", "IS_NOT_EMPTY", "BETWEEN", "RANGE") },
    { "match", "any", "What the value is compared with.", 0, NULL },
    { "output", "any", "The outputs of the step when it matches.", 0, NULL },
    { "route", "string", "The label of the edge to take.", 0, NULL },
    { 0 },
};

const struct grammar_field grammar_while[] = {
    { "maxIterations", "integer", "The most turns; 10 when left out.", 0, NULL },
    { "timeout", "integer", "The most milliseconds.", 0, NULL },
    { "variables", "{value}", "Variables of the body.", 0, NULL },
    { 0 },
};

const struct grammar_field grammar_split[] = {
    { "value", "value", "The array to go through.", 0, NULL },
    { "parallelism", "integer", "How many items may be under way at once.", 0, NULL },
    { "sequential", "boolean", "One item after the other.", 0, NULL },
    { "dontStopOnFailed", "boolean", "Items that fail are left out, not the end.", 0, NULL },
    { "variables", "{value}", "Variables of the body.", 0, NULL },
    { "maxRetries", "integer", "How often the whole is tried again.", 0, NULL },
    { "retryDelay", "integer", "Milliseconds before the first retry; each doubles them.", 0, NULL },
    { "timeout", "integer", "The most milliseconds.", 0, NULL },
    { "allowNull", "boolean", "Null is an array of nothing.", 0, NULL },
    { "convertSingleValue", "boolean", "What is no array is an array of one.", 0, NULL },
    { "batchSize", "integer", "Items come in arrays of so many; 0 is one by one.", 0, NULL },
    { 0 },
};

const struct grammar_field grammar_filter[] = {
    { "value", "value", "The array to choose from.", REQUIRED, NULL },
    { "condition", "condition", "What `item` must be to be kept.", REQUIRED, NULL },
    { 0 },
};

const struct grammar_field grammar_group_by[] = {
    { "value", "value", "The array to sort into groups.", REQUIRED, NULL },
    { "key", "string", "The path inside an item whose value names its group.", REQUIRED, NULL },
    { "expectedKeys", "[string]", "Groups that are there even when empty.", 0, NULL },
    { 0 },
};

const struct grammar_field grammar_action[] = {
    { "key", "string", "Its name.", 0, NULL },
    { "correlation", "{value}", "What tells this request from others.", 0, NULL },
    { "context", "{value}", "What one must know to answer.", 0, NULL },
    { 0 },
};

const struct grammar_field grammar_ai[] = {
    { "systemPrompt", "value", "What it is.", 0, NULL },
    { "userPrompt", "value", "What it is asked.", 0, NULL },
    { "provider", "value|string", "Whose model: `openai`, `bedrock`.", 0, NULL },
    { "model", "value|string", "Which model.", 0, NULL },
    { "temperature", "value|number", "How free its words are; 0.7 when left out.", 0, NULL },
    { "maxTokens", "value|integer", "The longest answer.", 0, NULL },
    { "maxIterations", "integer", "The most calls of the model; 10 when left out.", 0, NULL },
    { "memory", "aiMemory", "What it remembers between runs.", 0, NULL },
    { "outputSchema", "{schemaField}", "The fields of its answer.", 0, NULL },
    { "maxRetries", "integer", "How often a call is tried again.", 0, NULL },
    { "retryDelay", "integer", "Milliseconds before the first retry; each doubles them.", 0, NULL },
    { "turnTimeout", "integer", "The most milliseconds a call may take.", 0, NULL },
    { 0 },
};

const struct grammar_field grammar_memory[] = {
    { "conversationId", "value", "Whose memory it is.", REQUIRED, NULL },
    { "compaction", "aiCompaction", "What happens when it gets long.", 0, NULL },
    { 0 },
};

const struct grammar_field grammar_compaction[] = {
    { "maxMessages", "integer", "How many messages are kept; 50 when left out.", 0, NULL },
    { "strategy", "string", "How the others go.", 0, WORDS("summarize", "slidingWindow") },
    { 0 },
};

/* ---- the table --------------------------------------------------------------------------------
 */

const struct grammar_object grammar_objects[] = {
    { "document", "A workflow and how it is to be run.", document, 1 },
    { "workflow", "Steps and the edges between them.", workflow, 1 },
    { "edge", "Leads from a step to the next.", grammar_edge, 0 },
    { "variable", "A constant with a name.", grammar_variable, 0 },
    { "schemaField", "What a field holds.", schema_field, 1 },
    { "reference", "A value from the context.", grammar_reference, 0 },
    { "immediate", "A value as it is written.", immediate, 1 },
    { "composite", "An object or array of values.", composite, 1 },
    { "template", "A text with values in it.", grammar_template, 0 },
    { "operation", "A condition that compares or joins.", grammar_operation, 0 },
    { "switchConfig", "What a Switch decides by.", grammar_switch, 0 },
    { "case", "A case of a Switch.", grammar_case, 0 },
    { "whileConfig", "How a While turns.", grammar_while, 0 },
    { "splitConfig", "How a Split goes through its items.", grammar_split, 0 },
    { "filterConfig", "What a Filter keeps.", grammar_filter, 0 },
    { "groupByConfig", "How a GroupBy sorts.", grammar_group_by, 0 },
    { "action", "What a WaitForSignal asks for.", grammar_action, 0 },
    { "aiConfig", "What an AiAgent is told and how it works.", grammar_ai, 0 },
    { "aiMemory", "What an AiAgent remembers.", grammar_memory, 0 },
    { "aiCompaction", "What happens to a long memory.", grammar_compaction, 0 },
    { 0 },
};

const struct grammar_field *grammar_find(const struct grammar_field *fields, const char *name)
{
    for (; fields->name; fields++)
        if (*fields->name == *name && !strcmp(fields->name, name))
            return fields;
    return NULL;
}
