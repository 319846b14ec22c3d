/* state.c: any bytes as the state of a run in its base. A state is refused, or the run is
 * consistent and can go on: through its steps, through another base, and through that to where it
 * was.
 *
 * The first byte chooses the program. What a state says may be nonsense, as long as it is nonsense
 * the program's tables allow: the run may then fail, and nothing else.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "build/build.h"
#include "cli.h"
#include "compile.h"
#include "run.h"
#include "test/io_sim.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TURNS = 20, TURN_STEPS = 50 };

static const char *const files[] = {
    "examples/scenario/15-parallel/workflow.json", "examples/scenario/13-wait/workflow.json",
    "examples/scenario/14-retry/workflow.json",    "examples/scenario/03-newton/workflow.json",
    "examples/pregel/03-loop/workflow.json",       "examples/pregel/02-fan-out/workflow.json",
};

enum { N_FILES = sizeof files / sizeof *files };

static void must(int holds)
{
    if (!holds)
        abort();
}

/* Compiled once, kept until the end. */
static const kiln_program *program_of(unsigned i)
{
    static const kiln_program *programs[N_FILES];
    static struct compilation compilations[N_FILES];
    static struct build_jit *jits[N_FILES];
    const struct compile_options options = { .until = STAGE_C };
    const struct op_set ops = { compile_builtin_ops, compile_n_builtin_ops };
    struct compilation *c = &compilations[i];

    if (!programs[i]) {
        struct diags d = { .arena = &c->arena };

        must(compile_file(c, files[i], &ops, &options) == 0);
        must(build_tcc(text_cstr(&c->c), c->c.n, c->symbol, ops.at, ops.n, &c->arena, &d, &jits[i],
                       &programs[i])
             == 0);
    }
    return programs[i];
}

/* A store with one run that stands as the bytes say. */
static void put_base(struct io_sim *sim, const kiln_program *program, const struct text *state)
{
    const kiln_value none = value_null();
    struct journal_run *r = NULL;
    struct store *s = NULL;

    must(store_open(&sim->io, "s", STORE_CREATE | STORE_SMALL, &s, NULL) == 0);
    must(journal_begin(s, "r", program, &none, &r) == 0);
    must(journal_append_base(r, state, JOURNAL_NOW) == 0);
    journal_free(r);
    must(store_commit(s) == 0);
    store_close(s);
}

/* The run goes on for a while, is parked, and taken up again. */
static int live(struct io_sim *sim, const kiln_program *program)
{
    kiln_options options = { .io = &sim->io, .id = "r" };
    struct store *s = NULL;
    kiln_run *r = NULL;
    int failed;

    must(store_open(&sim->io, "s", STORE_SMALL, &s, NULL) == 0);
    options.store = s;
    must(kiln_run_new(program, &options, &r) == 0);
    failed = kiln_run_resume(r);
    for (unsigned i = 0; !failed && i < TURNS; i++) {
        long long due = KILN_DUE_NEVER;

        if (kiln_run_step(r, TURN_STEPS, &due) != KILN_RUNNING)
            break;
        if (due > sim->now && due < sim->now + (1ll << 40))
            sim->now = due;
    }
    if (!failed)
        kiln_run_park(r);
    kiln_run_free(r);
    store_close(s);
    return failed;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text state = { 0 };
    const kiln_program *program;
    struct io_sim *sim;

    if (size < 2)
        return 0;
    program = program_of(data[0] % N_FILES);
    sim = io_sim_new(1);
    text_put(&state, data + 1, size - 1);
    put_base(sim, program, &state);
    if (live(sim, program) == 0)
        live(sim, program);
    text_fini(&state);
    io_sim_free(sim);
    return 0;
}
