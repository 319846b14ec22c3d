/* test_reference.c: compiled or interpreted, a plan answers the same.
 *
 * Plans made at random are run by the reference interpreter and, compiled through libtcc and cc, by
 * the runtime, in the same world: operations that fail or take their time by the number of the
 * call, a virtual clock, a signal whenever nothing else can happen. Output, log, every call in its
 * order and the time it all took must agree, before the passes and after them. KILN_SEEDS=FROM-TO
 * runs others than the first; a seed that fails is told with its plan.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "acts.h"
#include "build/build.h"
#include "emit/emit.h"
#include "io.h"
#include "kiln.h"
#include "passes/passes.h"
#include "plans.h"
#include "suites.h"

/* ---- the world ---- */

struct world {
    long long clock;
    struct text notes;
};

static struct world world;

static long long now_ms(void *self)
{
    return ((struct world *)self)->clock;
}

static void sleep_ms(void *self, unsigned long long ms)
{
    ((struct world *)self)->clock += (long long)ms;
}

static void enter_world(unsigned seed)
{
    acts_begin(seed);
    world.clock = 0;
    text_clear(&world.notes);
}

/* What a run came to, in words to compare. */
static void put_end(struct text *out, int status, const struct text *output, long long clock)
{
    text_printf(out, "status %d at %lld ms: %s\n%s%s", status, clock, text_cstr(output),
                text_cstr(&world.notes), text_cstr(&acts.seen));
}

/* ---- both ways of running ---- */

static void interpret(const struct plan *p, unsigned seed, const kiln_value *input,
                      struct text *out)
{
    struct reference_end end;

    enter_world(seed);
    acts_interpret(p, seed, input, &end);
    text_put(&world.notes, text_cstr(&end.notes), end.notes.n);
    put_end(out, end.status, &end.output, end.clock);
    reference_fini(&end);
}

static void listen(void *ctx, enum kiln_event kind, const kiln_step *step, const kiln_value *v)
{
    struct text *notes = ctx;

    (void)step;
    if (kind != KILN_EVENT_NOTE)
        return;
    json_write(notes, v);
    text_putc(notes, '\n');
}

/* Drives to the end; whenever the run only waits it gets its signal. */
static int drive(kiln_run *r)
{
    const kiln_value signal = value_static("signal"), *what;
    int status;

    while ((status = kiln_run_drive(r)) == KILN_RUNNING && (what = kiln_run_awaits(r))) {
        kiln_value id = value_member(what, "id");
        char name[64];

        snprintf(name, sizeof name, "%.*s", (int)id.n, id.u.s);
        ck_assert_int_eq(kiln_run_signal(r, name, &signal), 0);
    }
    return status;
}

static void run(const kiln_program *program, unsigned seed, const kiln_value *input,
                struct text *out)
{
    struct kiln_io io = kiln_io_posix;
    kiln_options options = { .io = &io, .trace = listen, .trace_ctx = &world.notes };
    struct text output = { 0 };
    kiln_run *r;
    int status;

    enter_world(seed);
    io.self = &world;
    io.now_ms = now_ms;
    io.sleep_ms = sleep_ms;
    ck_assert_int_eq(kiln_run_new(program, &options, &r), 0);
    ck_assert_int_eq(kiln_run_start(r, input), 0);
    status = drive(r);
    if (status != KILN_RUNNING)
        json_write(&output, kiln_run_output(r));
    put_end(out, status, &output, world.clock);
    text_fini(&output);
    kiln_run_free(r);
}

/* ---- comparing ---- */

static void compare(struct plan *p, unsigned seed, plans_build *builder, const char *when)
{
    const kiln_op *ops[] = { plans_find_op(NULL, "test.pure"), &kiln_op_acts_act };
    kiln_value input = value_int(seed);
    struct arena a = { 0 };
    struct diags diags = { .arena = &a };
    struct text c = { 0 }, want = { 0 }, got = { 0 };
    const kiln_program *program;
    struct build_jit *jit;

    interpret(p, seed, &input, &want);
    emit_program(p, &c);
    ck_assert_int_eq(builder(c.s, c.n, emit_symbol(p), ops, 2, &a, &diags, &jit, &program), 0);
    run(program, seed, &input, &got);
    if (strcmp(text_cstr(&want), text_cstr(&got))) {
        fprintf(stderr, "%s\n---- interpreted\n%s\n---- compiled\n%s\n", plans_print(&a, p),
                text_cstr(&want), text_cstr(&got));
        ck_abort_msg("seed %u, %s the passes: the program answers otherwise", seed, when);
    }
    build_jit_free(jit);
    text_fini(&c);
    text_fini(&want);
    text_fini(&got);
    arena_fini(&a);
}

static void compare_seed(unsigned seed, plans_build *builder)
{
    struct arena a = { 0 };
    struct plan *p = plans_lively(&a, seed, &kiln_op_acts_act);
    const char *wrong = plan_verify(p);

    ck_assert_msg(!wrong, "seed %u: %s\n%s", seed, wrong, plans_print(&a, p));
    compare(p, seed, builder, "before");
    ck_assert_ptr_null(passes_run(p, 1, NULL, NULL));
    compare(p, seed, builder, "after");
    plan_fini(p);
    arena_fini(&a);
}

START_TEST(compiled_is_interpreted)
{
    const char *seeds = getenv("KILN_SEEDS");
    unsigned from = 0, to = 400;

    if (seeds)
        ck_assert_int_eq(sscanf(seeds, "%u-%u", &from, &to), 2);
    for (unsigned seed = from; seed < to; seed++)
        compare_seed(seed, build_tcc);
    acts_fini();
    text_fini(&world.notes);
}
END_TEST

START_TEST(the_system_compiler_agrees)
{
    for (unsigned seed = 0; seed < 6; seed++)
        compare_seed(seed, plans_build_host);
    acts_fini();
    text_fini(&world.notes);
}
END_TEST

Suite *suite_reference(void);
Suite *suite_reference(void)
{
    Suite *s = suite_create("reference");
    TCase *t = tcase_create("reference");

    tcase_set_timeout(t, 300);
    tcase_add_test(t, compiled_is_interpreted);
    tcase_add_test(t, the_system_compiler_agrees);
    suite_add_tcase(s, t);
    return s;
}
