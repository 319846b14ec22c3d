/* schema.c: the table of fields as a JSON Schema (draft 2020-12), for editors.
 *
 * An object of the table is a definition. What chooses between several objects (a step by its type,
 * a value by its kind, a condition by its operator) is a definition of its own; editors then offer
 * the fields of the one chosen.
 */
#include "dialects/scenario/grammar.h"

#include <string.h>

#include "dialects/scenario/scenario.h"

static void put_string(struct text *t, const char *before, const char *s)
{
    kiln_value v = value_static(s);

    text_puts(t, before);
    json_write(t, &v);
}

static void put_words(struct text *t, const char *key, const char *const *words, int with_null)
{
    text_printf(t, "\"%s\":[", key);
    for (size_t i = 0; words[i]; i++)
        put_string(t, i ? "," : "", words[i]);
    text_puts(t, with_null ? ",null]" : "]");
}

/* ---- types ----------------------------------------------------------------------------------- */

static int is_plain_one(const char *type, size_t n)
{
    static const char *const names[] = { "string", "integer", "number", "boolean",
                                         "array",  "object",  "null" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == n && !memcmp(names[i], type, n))
            return 1;
    return 0;
}

/* All of them are types of JSON. */
static int is_plain(const char *types, size_t n)
{
    size_t one = strcspn(types, "|");

    if (one >= n)
        return is_plain_one(types, n);
    return is_plain_one(types, one) && is_plain(types + one + 1, n - one - 1);
}

/* "type": one name, or an array of several. */
static void put_names(struct text *t, const char *types, size_t n, int with_null)
{
    int several = with_null || memchr(types, '|', n);

    text_puts(t, several ? "\"type\":[\"" : "\"type\":\"");
    for (size_t i = 0; i < n; i++)
        if (types[i] == '|')
            text_puts(t, "\",\"");
        else
            text_putc(t, types[i]);
    text_puts(t, with_null ? "\",\"null\"]" : several ? "\"]" : "\"");
}

/* What a schema says of a type, or of several of JSON. */
static void put_type(struct text *t, const char *type, size_t n, int with_null)
{
    if (is_plain(type, n)) {
        put_names(t, type, n, with_null);
    } else if (*type == '[' || *type == '{') {
        put_names(t, *type == '[' ? "array" : "object", *type == '[' ? 5 : 6, with_null);
        text_puts(t, *type == '[' ? ",\"items\":{" : ",\"additionalProperties\":{");
        put_type(t, type + 1, n - 2, 0);
        text_puts(t, "}");
    } else {
        text_printf(t, "\"$ref\":\"#/$defs/%.*s\"", (int)n, type);
    }
}

/* The types of a field; null when it may be left out. */
static void put_types(struct text *t, const char *types, int with_null)
{
    int is_one = !strchr(types, '|') && (strchr("[{", *types) || !with_null);

    if (is_one || is_plain(types, strlen(types))) {
        put_type(t, types, strlen(types), with_null);
        return;
    }
    text_puts(t, "\"anyOf\":[");
    for (size_t n; *types; types += n + (types[n] == '|')) {
        n = strcspn(types, "|");
        text_puts(t, "{");
        put_type(t, types, n, 0);
        text_puts(t, types[n] ? "}," : "}");
    }
    text_puts(t, with_null ? ",{\"type\":\"null\"}]" : "]");
}

static void put_field(struct text *t, const struct grammar_field *f)
{
    int with_null = !(f->flags & GRAMMAR_REQUIRED);

    put_string(t, "", f->name);
    put_string(t, ":{\"description\":", f->doc);
    if (f->words) {
        text_puts(t, ",");
        put_words(t, f->flags & GRAMMAR_OPEN ? "examples" : "enum", f->words,
                  with_null && !(f->flags & GRAMMAR_OPEN));
    }
    if (strcmp(f->type, "any") && (!f->words || f->flags & GRAMMAR_OPEN)) {
        text_puts(t, ",");
        put_types(t, f->type, with_null);
    }
    text_puts(t, "}");
}

/* ---- definitions ----------------------------------------------------------------------------- */

static void put_required(struct text *t, const struct grammar_field *f)
{
    int any = 0;

    text_puts(t, "\"required\":[");
    for (; f->name; f++)
        if (f->flags & GRAMMAR_REQUIRED) {
            put_string(t, any ? "," : "", f->name);
            any = 1;
        }
    text_puts(t, "]");
}

static void put_object(struct text *t, const char *name, const char *doc,
                       const struct grammar_field *fields, int is_open)
{
    put_string(t, "", name);
    put_string(t, ":{\"description\":", doc);
    text_puts(t, ",\"type\":\"object\",");
    put_required(t, fields);
    text_puts(t, ",\"properties\":{");
    for (const struct grammar_field *f = fields; f->name; f++) {
        put_field(t, f);
        if (f[1].name)
            text_puts(t, ",");
    }
    text_printf(t, "},\"additionalProperties\":%s},", is_open ? "true" : "false");
}

/* The object a member's word chooses. */
static void put_choice(struct text *t, const char *key, const char *word, const char *object)
{
    text_printf(t,
                "{\"if\":{\"required\":[\"%s\"],\"properties\":{\"%s\":{\"const\":\"%s\"}}},"
                "\"then\":{\"$ref\":\"#/$defs/%s\"}}",
                key, key, word, object);
}

static void put_step(struct text *t)
{
    text_puts(t, "\"step\":{\"description\":\"A step.\",\"type\":\"object\",\"required\":["
                 "\"stepType\"],\"properties\":{\"stepType\":{\"description\":\"What the step "
                 "does.\",\"enum\":[");
    for (unsigned i = 0; i < grammar_n_steps; i++)
        text_printf(t, "\"%s\",", step_type_name((enum step_type)i));
    text_puts(t, "\"" GRAMMAR_OLD_EMBED "\"]}},\"allOf\":[");
    for (unsigned i = 0; i < grammar_n_steps; i++) {
        const char *name = step_type_name((enum step_type)i);

        put_choice(t, "stepType", name, name);
        text_puts(t, ",");
    }
    put_choice(t, "stepType", GRAMMAR_OLD_EMBED, step_type_name(STEP_EMBED));
    text_puts(t, "]},");
}

static void put_value(struct text *t)
{
    const char *const *words = grammar_find(grammar_reference, "valueType")->words;

    text_puts(t, "\"value\":{\"description\":\"Where a value comes from.\",\"type\":\"object\","
                 "\"required\":[\"valueType\"],\"properties\":{\"valueType\":{\"description\":"
                 "\"Where the value comes from.\",");
    put_words(t, "enum", words, 0);
    text_puts(t, "}},\"allOf\":[");
    for (size_t i = 0; words[i]; i++) {
        put_choice(t, "valueType", words[i], words[i]);
        text_puts(t, words[i + 1] ? "," : "]},");
    }
}

static void put_document(struct text *t)
{
    text_puts(t, "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"title\":"
                 "\"Kiln's scenario dialect\",\"description\":\"A workflow of steps, edges and "
                 "subgraphs.\",\"type\":\"object\",\"if\":{\"required\":[\"executionGraph\"]},"
                 "\"then\":{\"$ref\":\"#/$defs/document\"},\"else\":{\"$ref\":"
                 "\"#/$defs/workflow\"},\"$defs\":{");
}

static void put_definitions(struct text *t)
{
    for (const struct grammar_object *o = grammar_objects; o->name; o++)
        put_object(t, o->name, o->doc, o->fields, o->is_open);
    for (unsigned i = 0; i < grammar_n_steps; i++)
        put_object(t, step_type_name((enum step_type)i), grammar_step_doc((enum step_type)i),
                   grammar_step((enum step_type)i), 0);
    put_step(t);
    put_value(t);
    text_puts(t, "\"condition\":{\"description\":\"An operation, or a value that counts as true or "
                 "not.\",\"if\":{\"anyOf\":[{\"required\":[\"op\"]},{\"required\":[\"type\"],"
                 "\"properties\":{\"type\":{\"const\":\"operation\"}}}]},\"then\":{\"$ref\":"
                 "\"#/$defs/operation\"},\"else\":{\"$ref\":\"#/$defs/value\"}}");
}

void scenario_schema(struct text *out)
{
    struct text t = { 0 };
    struct json_error error;
    kiln_value v;
    kiln_heap h;

    put_document(&t);
    put_definitions(&t);
    text_puts(&t, "}}");
    heap_init(&h, 0);
    if (json_read(&h, &v, text_cstr(&t), t.n, &error) < 0)
        plan_memory_out();
    json_write_pretty(out, &v);
    text_puts(out, "\n");
    heap_fini(&h);
    text_fini(&t);
}
