/* test_past_plans.c: random plans, looked at and forked behind each of their records.
 *
 * A fork is the run that stopped there and goes on at once: it must come to the same end, in the
 * time that was left, with the effects that were left. Operations answer by their input alone, so
 * that the order in which steps side by side act does not matter. KILN_SEEDS=FROM-TO tries others.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "plans.h"
#include "suites.h"
#include "test/io_sim.h"

/* ---- the world ---- */

static unsigned acted; /* calls of the operation */

static unsigned mix_of(const kiln_value *input)
{
    struct text t = { 0 };
    unsigned mix;

    json_write(&t, input);
    mix = (unsigned)record_checksum(text_cstr(&t), t.n, 1);
    text_fini(&t);
    return mix;
}

KILN_OP(past_answer, "test.act", KILN_EFFECTFUL, "Answers by its input.", KILN_FLAGS(0))
{
    unsigned mix = mix_of(kiln_input(call));

    acted++;
    kiln_later(call, mix & 8 ? 1 + mix / 16 % 60 : 0);
    if (mix % 4 == 0)
        return kiln_fail(call, "no");
    return kiln_out_value(call, kiln_int(mix % 1000));
}

struct script {
    struct arena arena;
    struct plan *plan;
    struct build_jit *jit;
    const kiln_program *program;
    unsigned seed;
    struct io_sim *sim;
    struct store *store;
    struct text end; /* of a run: its status and output */
    long long ms;    /* how long it took */
};

/* Drives a run to where nothing but a signal nobody sends brings it further. */
static void finish(struct script *k, kiln_run *r)
{
    static const char *const names[] = { "running ", "completed ", "failed ", "cancelled " };
    const kiln_value answer = value_static("signal");
    long long began = k->sim->now;
    int status = kiln_run_drive(r);

    for (unsigned i = 0; status == KILN_RUNNING && kiln_run_awaits(r) && i < 100; i++) {
        kiln_value id = value_member(kiln_run_awaits(r), "id");
        char *name = strndup(id.u.s, id.n);

        ck_assert_int_eq(kiln_run_signal(r, name, &answer), 0);
        free(name);
        status = kiln_run_drive(r);
    }
    ck_assert_msg(status >= 0, "seed %u: %s", k->seed, kiln_run_error(r));
    k->ms = k->sim->now - began;
    text_clear(&k->end);
    text_puts(&k->end, names[status]);
    json_write(&k->end, kiln_run_output(r));
    kiln_run_free(r);
}

static kiln_run *make_run(struct script *k, const char *id, unsigned long long at)
{
    kiln_options o = { .io = &k->sim->io, .store = k->store, .id = id, .at = at };
    kiln_run *r;

    ck_assert_int_eq(kiln_run_new(k->program, &o, &r), 0);
    return r;
}

static void play(struct script *k)
{
    kiln_value input = value_int(k->seed);
    kiln_run *r;

    k->sim = io_sim_new(1);
    acted = 0;
    ck_assert_int_eq(store_open(&k->sim->io, "s", STORE_CREATE | STORE_SMALL, &k->store, NULL), 0);
    r = make_run(k, "r", 0);
    ck_assert_int_eq(kiln_run_start(r, &input), 0);
    finish(k, r);
}

static void leave(struct script *k)
{
    store_close(k->store);
    io_sim_free(k->sim);
}

/* ---- its records ---- */

struct record_list {
    unsigned long long number[1024];
    long long ms[1024];
    unsigned done[1024]; /* effects that had been made, of those it tells of */
    unsigned n, intents;
};

/* A base may carry it once more. */
static int is_noted(const struct record_list *l, unsigned long long number)
{
    for (unsigned i = 0; i < l->n; i++)
        if (l->number[i] == number)
            return 1;
    return 0;
}

static int note(void *ctx, const struct entry *e)
{
    struct record_list *l = ctx;

    ck_assert_uint_lt(l->n, 1024);
    l->intents += e->kind == JOURNAL_INTENT && !is_noted(l, e->sequence);
    l->number[l->n] = e->sequence;
    l->ms[l->n] = cli_ms_of(e);
    l->done[l->n++] = l->intents - (e->kind == JOURNAL_INTENT);
    return 0;
}

static void look(struct script *k, unsigned long long record)
{
    kiln_run *r = make_run(k, "r", record);
    unsigned before = acted, calls = k->sim->calls;
    int status = kiln_run_resume(r);

    if (!status)
        status = kiln_run_drive(r);
    ck_assert_msg(status >= 0, "seed %u, record %llu: %s", k->seed, record, store_error(k->store));
    ck_assert_uint_eq(acted, before);
    ck_assert_uint_eq(k->sim->calls, calls);
    kiln_run_free(r);
}

/* How many records the run has; `i` is the one it is forked behind. */
static unsigned branch(struct script *k, unsigned i)
{
    struct record_list *l = calloc(1, sizeof *l);
    struct text end = { 0 };
    unsigned n, before;
    kiln_run *r;

    play(k);
    text_puts(&end, text_cstr(&k->end));
    ck_assert_int_eq(cli_each_record(k->store, store_find(k->store, "r"), note, l), 0);
    n = l->n;
    if (i + 1 < n) {
        look(k, l->number[i]);
        before = acted;
        k->sim->now += 1000000;
        ck_assert_msg(journal_fork(k->store, "r", l->number[i], NULL, "f") == 0, "%s",
                      store_error(k->store));
        r = make_run(k, "f", 0);
        ck_assert_msg(kiln_run_resume(r) == 0, "%s", kiln_run_error(r));
        finish(k, r);
        if (strcmp(text_cstr(&k->end), text_cstr(&end)) || k->ms != l->ms[n - 1] - l->ms[i]
            || acted - before != l->intents - l->done[i]) {
            fprintf(stderr, "%s\n", plans_print(&k->arena, k->plan));
            ck_abort_msg("seed %u, record %llu: %s, not %s; %lld ms, not %lld; %u effects, not %u",
                         k->seed, l->number[i], text_cstr(&k->end), text_cstr(&end), k->ms,
                         l->ms[n - 1] - l->ms[i], acted - before, l->intents - l->done[i]);
        }
    }
    leave(k);
    text_fini(&end);
    free(l);
    return n;
}

static unsigned fork_seed(unsigned seed)
{
    const kiln_op *ops[] = { plans_find_op(NULL, "test.pure"), &kiln_op_past_answer };
    struct script k = { .seed = seed };
    unsigned n = 2;

    k.plan = plans_lively(&k.arena, seed, &kiln_op_past_answer);
    k.program = plans_compile(&k.arena, k.plan, ops, 2, &k.jit);
    for (unsigned i = 0; i + 1 < n; i++)
        n = branch(&k, i);
    text_fini(&k.end);
    build_jit_free(k.jit);
    plan_fini(k.plan);
    arena_fini(&k.arena);
    return n;
}

START_TEST(random_plans_are_forked)
{
    const char *seeds = getenv("KILN_SEEDS");
    unsigned from = 0, to = 100, forked = 0;

    if (seeds)
        ck_assert_int_eq(sscanf(seeds, "%u-%u", &from, &to), 2);
    for (unsigned seed = from; seed < to; seed++)
        forked += fork_seed(seed) - 1;
    ck_assert_uint_gt(forked, 3 * (to - from));
}
END_TEST

Suite *suite_past_plans(void);
Suite *suite_past_plans(void)
{
    Suite *s = suite_create("past_plans");
    TCase *t = tcase_create("forks");

    tcase_set_timeout(t, 300);
    tcase_add_test(t, random_plans_are_forked);
    suite_add_tcase(s, t);
    return s;
}
