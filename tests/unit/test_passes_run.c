/* test_passes_run.c: what a program answers is the same with the passes and without them.
 *
 * Plans made at random are compiled twice through libtcc, as they are and after all passes, and run
 * with a few inputs: both end alike, with the same value. (Steps side by side that write one slot
 * may come in another order when a join need not wait for a certain death; no seed below has that.)
 */
#include <stdio.h>
#include <string.h>

#include "build/build.h"
#include "emit/emit.h"
#include "kiln.h"
#include "passes/passes.h"
#include "plans.h"
#include "suites.h"

static const char *const inputs[] = { "{}", "{\"key\":[1,2],\"a\":{\"key\":true}}", "[3,\"x\",0]" };

/* The end of a run as text: its status and its output or error. */
static void run_program(const kiln_program *program, const char *input, struct text *out)
{
    kiln_options options = { 0 };
    struct json_error error;
    kiln_value v;
    kiln_run *r;

    ck_assert_int_eq(kiln_run_new(program, &options, &r), 0);
    ck_assert_int_eq(json_read(kiln_run_heap(r), &v, input, strlen(input), &error), 0);
    ck_assert_int_eq(kiln_run_start(r, &v), 0);
    text_printf(out, "%d ", kiln_run_drive(r));
    json_write(out, kiln_run_output(r));
    text_putc(out, '\n');
    kiln_run_free(r);
}

/* Compiles the plan as it stands and runs it with every input. */
static void run_plan(struct arena *a, const struct plan *p, struct text *out)
{
    const kiln_op *ops[] = { plans_find_op(NULL, "test.pure"), plans_find_op(NULL, "test.effect") };
    struct diags diags = { .arena = a };
    const kiln_program *program;
    struct build_jit *jit;
    struct text c = { 0 };

    emit_program(p, &c);
    if (build_tcc(c.s, c.n, emit_symbol(p), ops, 2, a, &diags, &jit, &program) < 0) {
        diag_print(&diags, stderr, DIAG_TEXT, 0);
        ck_abort_msg("libtcc refuses:\n%s", c.s);
    }
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
        run_program(program, inputs[i], out);
    build_jit_free(jit);
    text_fini(&c);
}

START_TEST(passes_keep_what_a_program_answers)
{
    for (unsigned seed = 0; seed < 150; seed++) {
        struct arena a = { 0 };
        struct plan *p = plans_random(&a, seed);
        const char *text = plans_print(&a, p);
        struct text before = { 0 }, after = { 0 };

        run_plan(&a, p, &before);
        ck_assert_ptr_null(passes_run(p, 1, NULL, NULL));
        run_plan(&a, p, &after);
        if (strcmp(before.s, after.s) != 0) {
            fprintf(stderr, "%s\n---- with the passes\n%s\n", text, plans_print(&a, p));
            ck_abort_msg("seed %u: answered\n%.500s\nthen\n%.500s", seed, before.s, after.s);
        }
        text_fini(&before);
        text_fini(&after);
        plan_fini(p);
        arena_fini(&a);
    }
}
END_TEST

Suite *suite_passes_run(void);
Suite *suite_passes_run(void)
{
    Suite *s = suite_create("passes_run");
    TCase *t = tcase_create("run");

    tcase_set_timeout(t, 120);
    tcase_add_test(t, passes_keep_what_a_program_answers);
    suite_add_tcase(s, t);
    return s;
}
