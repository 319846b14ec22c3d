/* test_schema.c: the JSON Schema of the scenario dialect and its parser say the same, both ways.
 *
 * What the parser takes without a word fits the schema, and what it warns about as an unknown field
 * (W200) does not; every member that the parser asks for by name is a field of the schema.
 */
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "compile.h"
#include "json_schema.h"
#include "shell.h"
#include "suites.h"

#define SCHEMA "spec/scenario.schema.json"

static struct arena arena;
static struct diags diags = { .arena = &arena };
static struct source schema;

static void read_schema(void)
{
    ck_assert_int_eq(source_load(&schema, SCHEMA, &arena, &diags), 0);
}

START_TEST(the_file_is_what_kiln_prints)
{
    struct text printed = { 0 };

    dialect_scenario.schema(&printed);
    ck_assert_msg(printed.n == schema.n && !memcmp(printed.s, schema.text, schema.n),
                  SCHEMA ": write it anew with `kiln emit --stage schema`");
    text_fini(&printed);
}
END_TEST

/* ---- documents ---------------------------------------------------------------------------------
 */

static int has_code(const struct diags *d, const char *code)
{
    for (size_t i = 0; i < d->n; i++)
        if (!strcmp(d->at[i].code, code))
            return 1;
    return 0;
}

/* 1 when the document tells something: it is a scenario and the parser takes it. */
static int check_document(const char *path)
{
    const struct compile_options options = { .until = STAGE_MODEL, .legacy = 1 };
    const struct op_set ops = { compile_builtin_ops, compile_n_builtin_ops };
    struct compilation c;
    int taken = compile_file(&c, path, &ops, &options) == 0 && c.dialect == &dialect_scenario;
    const struct node *bad;

    if (taken) {
        bad = json_schema_misfit(schema.root, schema.root, c.source.root);
        if (has_code(&c.diags, "W200"))
            ck_assert_msg(bad != NULL, "%s has an unknown field, but fits the schema", path);
        else
            ck_assert_msg(bad == NULL, "%s does not fit the schema at %s", path,
                          node_pointer(&c.arena, bad));
    }
    compile_fini(&c);
    return taken;
}

START_TEST(documents_fit_as_the_parser_takes_them)
{
    static const char *const places[] = {
        "examples/scenario/*/*.json",
        "examples/scenario/*/children/*.json",
        "tests/golden/scenario/*.json",
        "tests/golden/scenario/children/*.json",
        "tests/diagnostics/*.json",
        "tests/cli/*.json",
        "tests/cli/children/*.json",
        "../shared/conformance/scenario/fixtures/*/*.json",
        "../shared/conformance/scenario/example_workflows/*/*.json",
        "../shared/conformance/scenario/e2e_workflows/*/*.json"
    };
    unsigned taken = 0;
    glob_t g;

    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        glob(places[i], i ? GLOB_APPEND : 0, NULL, &g);
    for (size_t i = 0; i < g.gl_pathc; i++)
        taken += (unsigned)check_document(g.gl_pathv[i]);
    ck_assert_uint_gt(taken, 40);
    globfree(&g);
}
END_TEST

/* ---- the parser's words ------------------------------------------------------------------------
 */

/* A field of some definition has this name; `fn` is asked for in queries, which are literals. */
static int is_field(const char *name)
{
    if (!strcmp(name, "fn"))
        return 1;
    node_each(d, node_get(schema.root, "$defs"))
    {
        if (node_get(node_get(d, "properties"), name))
            return 1;
    }
    return 0;
}

/* The first word in quotes of the call at `call`, a member's name; free it. */
static char *asked_for(const char *call)
{
    const char *letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const char *end = strpbrk(call, ");{");

    for (const char *p = strchr(call, '"'); p && p < end; p = strchr(p, '"')) {
        size_t n = strspn(++p, letters);

        if (n && p[n] == '"')
            return strndup(p, n);
        p = strchr(p, '"') + 1;
    }
    return NULL;
}

static unsigned check_calls(const char *path, const char *text, const char *function)
{
    unsigned found = 0;

    for (const char *at = text; (at = strstr(at, function)); at += strlen(function)) {
        char *name = asked_for(at);

        if (!name)
            continue;
        ck_assert_msg(is_field(name), "%s asks for '%s', which is in no schema", path, name);
        found++;
        free(name);
    }
    return found;
}

START_TEST(what_the_parser_asks_for_is_in_the_schema)
{
    static const char *const functions[] = { "node_get(",    "field_text(",   "field_object(",
                                             "field_array(", "field_flag(",   "field_integer(",
                                             "field_word(",  "parse_mapping(" };
    unsigned found = 0;
    glob_t g;

    ck_assert_int_eq(glob("compiler/dialects/scenario/parse*.c", 0, NULL, &g), 0);
    for (size_t i = 0; i < g.gl_pathc; i++) {
        struct text t = shell_read(g.gl_pathv[i]);

        for (size_t k = 0; k < sizeof functions / sizeof *functions; k++)
            found += check_calls(g.gl_pathv[i], text_cstr(&t), functions[k]);
        text_fini(&t);
    }
    ck_assert_uint_gt(found, 50);
    globfree(&g);
}
END_TEST

Suite *suite_schema(void);

Suite *suite_schema(void)
{
    Suite *s = suite_create("schema");
    TCase *t = tcase_create("schema");

    tcase_set_timeout(t, 60);
    tcase_add_checked_fixture(t, read_schema, NULL);
    tcase_add_test(t, the_file_is_what_kiln_prints);
    tcase_add_test(t, documents_fit_as_the_parser_takes_them);
    tcase_add_test(t, what_the_parser_asks_for_is_in_the_schema);
    suite_add_tcase(s, t);
    return s;
}
