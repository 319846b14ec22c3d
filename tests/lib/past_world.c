/* past_world.c: see past_world.h. */
#include "past_world.h"

#include <check.h>

#include "cli.h"

unsigned past_acted;

KILN_OP(past_act, "test.act", KILN_EFFECTFUL, "Gives `n` back, after `ms`.",
        KILN_INPUTS({ "n", "integer", "", 0 }, { "ms", "integer", "", 0 }),
        KILN_OUTPUTS({ "n", "integer", "", 0 }), KILN_FLAGS(KILN_OP_BARE))
{
    past_acted++;
    kiln_later(call, (unsigned long long)kiln_in_int(call, "ms"));
    return kiln_out_value(call, kiln_in(call, "n"));
}

void past_load(struct past_world *k, const char *text)
{
    static const kiln_op *const ops[] = { &kiln_op_past_act };

    *k = (struct past_world){ 0 };
    compiled_load(&k->compiled, text, ops, 1);
}

void past_open_store(struct past_world *k, unsigned flags)
{
    ck_assert_int_eq(store_open(&k->sim->io, "s", flags | STORE_SMALL, &k->store, NULL), 0);
}

/* ---- playing ---- */

static kiln_run *make_run(struct past_world *k, const char *id, unsigned long long at)
{
    kiln_options o = { .io = &k->sim->io, .store = k->store, .id = id, .at = at };
    kiln_run *r;

    ck_assert_int_eq(kiln_run_new(k->compiled.program, &o, &r), 0);
    return r;
}

/* Drives a run to its end, which must be that of the script. */
static void finish(struct past_world *k, kiln_run *r)
{
    kiln_value seven = value_int(7);
    struct text t = { 0 };
    int status = kiln_run_drive(r);

    if (status == KILN_RUNNING && k->signal) {
        ck_assert_int_eq(kiln_run_signal(r, k->signal, &seven), 0);
        status = kiln_run_drive(r);
    }
    ck_assert_msg(status == KILN_COMPLETED, "%d: %s", status, kiln_run_error(r));
    json_write(&t, kiln_run_output(r));
    ck_assert_str_eq(text_cstr(&t), k->output);
    text_fini(&t);
    kiln_run_free(r);
}

void past_play(struct past_world *k, const char *id)
{
    kiln_value null = value_null();
    kiln_run *r = make_run(k, id, 0);

    ck_assert_int_eq(kiln_run_start(r, &null), 0);
    finish(k, r);
}

void past_go_on(struct past_world *k, const char *id)
{
    kiln_run *r = make_run(k, id, 0);

    ck_assert_msg(kiln_run_resume(r) == 0, "%s", kiln_run_error(r));
    finish(k, r);
}

static int note(void *ctx, const struct entry *e)
{
    struct past_records *l = ctx;

    ck_assert_uint_lt(l->n, 256);
    l->number[l->n] = e->sequence;
    l->ms[l->n] = cli_ms_of(e);
    l->kind[l->n++] = e->kind;
    return 0;
}

struct past_records past_records_of(struct past_world *k, const char *id)
{
    struct past_records l = { .n = 0 };

    ck_assert_int_eq(cli_each_record(k->store, store_find(k->store, id), note, &l), 0);
    return l;
}

void past_look(struct past_world *k, const char *id, unsigned long long record)
{
    kiln_run *r = make_run(k, id, record);
    unsigned calls = k->sim->calls, before = past_acted;
    long long now = k->sim->now;

    ck_assert_msg(kiln_run_resume(r) == 0, "%llu: %s", record, kiln_run_error(r));
    ck_assert_msg(kiln_run_drive(r) == KILN_RUNNING, "%llu: %s", record, kiln_run_error(r));
    ck_assert_uint_eq(past_acted, before);
    ck_assert_uint_eq(k->sim->calls, calls);
    ck_assert_int_eq(k->sim->now, now);
    kiln_run_free(r);
}

unsigned past_branch(struct past_world *k, const char *from, unsigned long long record,
                     const char *id, long long *ret_ms)
{
    unsigned before = past_acted;
    long long now = k->sim->now += 700000000;

    ck_assert_msg(journal_fork(k->store, from, record, NULL, id) == 0, "%llu: %s", record,
                  store_error(k->store));
    past_go_on(k, id);
    *ret_ms = k->sim->now - now;
    return past_acted - before;
}

void past_begin(struct past_world *k)
{
    k->sim = io_sim_new(1);
    past_open_store(k, STORE_CREATE);
    past_acted = 0;
    past_play(k, "r");
}

void past_end(struct past_world *k)
{
    store_close(k->store);
    k->store = NULL;
    io_sim_free(k->sim);
    k->sim = NULL;
}

void past_unload(struct past_world *k)
{
    if (k->sim)
        past_end(k);
    compiled_free(&k->compiled);
}
