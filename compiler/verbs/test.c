/* test.c: kiln test FILE: a workflow in a simulated world, where days take no time and every crash
 * can be tried.
 *
 * Its operations are called in earnest once; when the run is stopped and resumed they are played
 * back (test/rehearsal.h).
 */
#include <string.h>

#include "cli.h"
#include "test/crash.h"
#include "verbs/verbs.h"

/* How the first run ended, before any stop. */
static int tell_first(const struct request *r, const struct crash_report *report)
{
    struct text t = { 0 };
    int code;

    if (report->status < 0)
        return request_complain(r, KILN_EXIT_BROKEN, "the run broke: %s",
                                strerror(-report->status));
    if (report->status == KILN_RUNNING)
        return request_complain(r, KILN_EXIT_WAITING, "the run waits for a signal: %s",
                                text_cstr(&report->output));
    text_printf(&t, "%s %s\n",
                report->status == KILN_FAILED ? "failed:" : "output:", text_cstr(&report->output));
    text_printf(&t, "time: %lld ms\n", report->ms);
    code = request_put(r, &t);
    text_fini(&t);
    return code;
}

static int tell_crashes(const struct request *r, const struct crash_report *report)
{
    struct text t = { 0 };
    int code;

    text_printf(&t, "crashes: %u/%u\n", report->passed, report->tried);
    code = request_put(r, &t);
    text_fini(&t);
    if (code == KILN_EXIT_OK && report->passed < report->tried)
        return request_complain(r, KILN_EXIT_FAILED, "%s", text_cstr(&report->wrong));
    return code;
}

static int try_case(const struct request *r, const struct crash_case *c)
{
    struct crash_effort effort = { .tears = ~0u, .twice = 2000 }; /* some seconds at most */
    struct crash_report report = { 0 };
    int code;

    crash_rehearse(c, &report);
    code = tell_first(r, &report);
    if (code == KILN_EXIT_OK && r->options.crash_everywhere) {
        crash_everywhere(c, effort, &report);
        code = tell_crashes(r, &report);
    }
    crash_fini(&report);
    return code;
}

/* The signals of the command line, in the arena. */
static void read_signals(struct request *r, struct cli *cli, struct crash_case *ret)
{
    const struct option_list *words = &cli->options.signal;
    struct crash_signal *signals = arena_zalloc(&r->arena, (words->n + 1) * sizeof *signals);

    diag_must_have(signals);
    for (size_t i = 0; i < words->n; i++)
        diag_must_have(
            cli_read_signal(&cli->heap, words->at[i], &signals[i].name, &signals[i].value) < 0
                ? NULL
                : r);
    ret->signals = signals;
    ret->n_signals = (unsigned)words->n;
}

static int rehearse(struct request *r, const struct plan *plan, const kiln_program *program,
                    struct rehearsal *rehearsal)
{
    struct cli cli = { .program = program, .io = &kiln_io_posix, .name = r->name };
    struct crash_case c = { .program = program,
                            .rehearsal = rehearsal,
                            .is_fleeting = plan_is_fleeting(plan),
                            .options = { .connections = &cli.connections, .about = &cli.about } };
    kiln_value input;
    int code;

    heap_init(&cli.heap, !!(program->flags & KILN_PROGRAM_SORTED));
    cli.options = r->options.program;
    code = cli_prepare(&cli);
    if (code == KILN_EXIT_OK)
        code = cli_read_input(&cli, cli.options.input, &cli.heap, &input);
    if (code == KILN_EXIT_OK) {
        c.input = &input;
        read_signals(r, &cli, &c);
        code = try_case(r, &c);
    }
    heap_fini(&cli.heap);
    return code;
}

int verb_test(struct request *r)
{
    struct rehearsal rehearsal = { 0 };
    const kiln_program *program;
    struct build_jit *jit = NULL;
    struct compilation c;
    int code = request_compile_one(r, &c, STAGE_C);

    if (code == KILN_EXIT_OK) {
        diag_must_have(rehearsal_init(&rehearsal, r->ops.at, r->ops.n) < 0 ? NULL : r);
        code = program_load(r, &c, rehearsal.ops, &jit, &program);
    }
    if (code == KILN_EXIT_OK)
        code = rehearse(r, c.plan, program, &rehearsal);
    if (jit)
        build_jit_free(jit);
    rehearsal_fini(&rehearsal);
    compile_fini(&c);
    return code;
}
