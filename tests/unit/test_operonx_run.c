/* test_operonx_run.c: whole graphs, compiled and run. Every file of tests/operonx is one: what it
 * is about, a graph, and runs of it, each an input with the output, or with how the error begins.
 * The operations are those of tests/lib/operonx_ops.h.
 */
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "operonx_case.h"
#include "shell.h"
#include "suites.h"
#include "value.h"

static glob_t cases;

static kiln_value read_json(kiln_heap *h, const char *text, size_t n, const char *what)
{
    struct json_error error;
    kiln_value v;

    ck_assert_msg(json_read(h, &v, text, n, &error) == 0, "%s: byte %zu: %s", what, error.at,
                  error.sentence);
    return v;
}

static char *json_of(const kiln_value *v)
{
    struct text t = { 0 };
    char *s;

    json_write(&t, v);
    s = strdup(text_cstr(&t));
    text_fini(&t);
    ck_assert_ptr_nonnull(s);
    return s;
}

/* "FAILED " and the beginning of the error's text, without its closing quote. */
static int fails_with(const char *got, const kiln_value *error)
{
    char *want = json_of(error);
    int same = !strncmp(got, "FAILED ", 7) && !strncmp(got + 7, want, strlen(want) - 1);

    free(want);
    return same;
}

static void check_run(kiln_heap *h, const char *file, const char *graph, const kiln_value *run)
{
    kiln_value input = value_member(run, "input"), want = value_member(run, "output");
    kiln_value error = value_member(run, "error"), value;
    char *text = json_of(&input), *expected = json_of(want.tag ? &want : &error);
    const char *got = operonx_case_run(graph, text);
    int same;

    if (error.tag == KILN_STRING) {
        same = fails_with(got, &error);
    } else {
        same = *got == '{' && want.tag == KILN_OBJECT;
        value = same ? read_json(h, got, strlen(got), file) : want;
        same = same && value_equal(&value, &want);
    }
    ck_assert_msg(same, "%s with %s: expected %s, got %s", file, text, expected, got);
    free(text);
    free(expected);
}

START_TEST(graph)
{
    const char *file = cases.gl_pathv[_i];
    struct text t = shell_read(file);
    kiln_value v, document, runs;
    kiln_heap h;
    char *text;

    heap_init(&h, 0);
    v = read_json(&h, text_cstr(&t), t.n, file);
    document = value_member(&v, "graph");
    runs = value_member(&v, "runs");
    ck_assert_msg(runs.tag == KILN_ARRAY && runs.n, "%s has no runs", file);
    text = json_of(&document);
    for (unsigned i = 0; i < runs.n; i++)
        check_run(&h, file, text, &runs.u.items[i]);
    free(text);
    text_fini(&t);
    heap_fini(&h);
}
END_TEST

Suite *suite_operonx_run(void);

Suite *suite_operonx_run(void)
{
    Suite *s = suite_create("operonx_run");
    TCase *c = tcase_create("graphs");

    glob("tests/operonx/*.json", 0, NULL, &cases);
    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, graph, 0, (int)cases.gl_pathc);
    suite_add_tcase(s, c);
    return s;
}
