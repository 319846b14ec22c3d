/* test_about.c: what a program asks of its own run, and what it tells whoever listens. */
#include <stdlib.h>
#include <string.h>

#include "build/build.h"
#include "emit/emit.h"
#include "kiln.h"
#include "passes/passes.h"
#include "suites.h"

static const char plan_text[] = "plan \"p\" dialect \"scenario\" sorted\n"
                                "flow \"root\"\n"
                                "  slot s0 \"in\" param\n"
                                "  step \"a\" wake start\n"
                                "    %0 = about \"id\"\n"
                                "    %1 = about \"colour\"\n"
                                "    tell %0\n"
                                "    %2 = object \"colour\" %1 \"id\" %0\n"
                                "    tell %2\n"
                                "    finish %2\n"
                                "  step \"quiet\" wake quiet\n"
                                "    %0 = const null\n"
                                "    finish %0\n";

/* What was told, a line each. */
static void listen(void *ctx, enum kiln_event kind, const kiln_step *step, const kiln_value *v)
{
    ck_assert_int_eq(kind, KILN_EVENT_TOLD);
    ck_assert_ptr_null(step);
    json_write(ctx, v);
    text_putc(ctx, '\n');
}

/* Runs the plan behind all passes; answers its output as text. */
static char *run_plan(const kiln_options *options)
{
    struct arena a = { 0 };
    struct diags diags = { .arena = &a };
    struct text c = { 0 }, out = { 0 };
    const char *message = NULL;
    struct plan *p = plan_read(&a, plan_text, strlen(plan_text), NULL, NULL, &message);
    const kiln_program *program;
    struct build_jit *jit;
    kiln_value null = value_null();
    kiln_run *r;

    ck_assert_msg(p != NULL, "%s", message);
    ck_assert_ptr_null(passes_run(p, 1, NULL, NULL));
    emit_program(p, &c);
    ck_assert_int_eq(build_tcc(c.s, c.n, emit_symbol(p), NULL, 0, &a, &diags, &jit, &program), 0);
    ck_assert_int_eq(kiln_run_new(program, options, &r), 0);
    ck_assert_int_eq(kiln_run_start(r, &null), 0);
    ck_assert_int_eq(kiln_run_drive(r), KILN_COMPLETED);
    json_write(&out, kiln_run_output(r));
    kiln_run_free(r);
    build_jit_free(jit);
    text_fini(&c);
    plan_fini(p);
    arena_fini(&a);
    return out.s;
}

START_TEST(a_run_knows_its_id_and_what_its_owner_says)
{
    kiln_member member = { value_static("colour"), value_static("red") };
    kiln_value about = { .tag = KILN_OBJECT, .flags = KILN_STATIC, .n = 1, .u.members = &member };
    char *out = run_plan(&(kiln_options){ .id = "first", .about = &about });

    ck_assert_str_eq(out, "{\"colour\":\"red\",\"id\":\"first\"}");
    free(out);
}
END_TEST

START_TEST(what_nobody_says_is_absent)
{
    char *out = run_plan(&(kiln_options){ .id = "first" });

    ck_assert_str_eq(out, "{\"id\":\"first\"}");
    free(out);
}
END_TEST

START_TEST(what_is_told_is_heard_in_order)
{
    struct text heard = { 0 };
    kiln_options options = {
        .id = "x", .trace = listen, .trace_ctx = &heard, .wanted = 1u << KILN_EVENT_TOLD
    };

    free(run_plan(&options));
    ck_assert_str_eq(text_cstr(&heard), "\"x\"\n{\"id\":\"x\"}\n");
    text_fini(&heard);
}
END_TEST

Suite *suite_about(void);
Suite *suite_about(void)
{
    Suite *s = suite_create("about");
    TCase *t = tcase_create("about");

    tcase_add_test(t, a_run_knows_its_id_and_what_its_owner_says);
    tcase_add_test(t, what_nobody_says_is_absent);
    tcase_add_test(t, what_is_told_is_heard_in_order);
    suite_add_tcase(s, t);
    return s;
}
