/* machine.c: see machine.h. */
#include "machine.h"

#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "acts.h"
#include "build/build.h"
#include "emit/emit.h"
#include "job.h"
#include "plans.h"
#include "test/io_sim.h"
#include "test/rehearsal.h"

enum { RUNS = 8, MOST_SIGNALS = 64, MOST_MOVES = 60000 };

/* One run: what it comes to alone, and what has come to it here. */
struct life {
    char id[8];
    kiln_value input;
    int status; /* alone; KILN_RUNNING: it never ends, and is not begun */
    struct text output;
    struct text awaits[MOST_SIGNALS]; /* the signals it waits for, one after the other */
    unsigned n_awaits, sent;
    int is_asked, is_paused, is_cancelled;
};

struct machine {
    unsigned seed;
    char again[64]; /* what to type to see it again */
    struct io_sim *sim;
    struct arena arena;
    struct plan *plan;
    struct build_jit *jit;
    const kiln_program *program;
    struct rehearsal rehearsal;
    struct life lives[RUNS];
    struct store *store;
    struct worker *worker;
    struct machine_report *report;
    unsigned stops;
};

static unsigned below(struct machine *m, unsigned n)
{
    return (unsigned)io_sim_below(m->sim, n);
}

/* ---- each run alone ---- */

static void answer(struct life *l, kiln_run *r)
{
    const kiln_value signal = value_static("signal");
    kiln_value id = value_member(kiln_run_awaits(r), "id");
    struct text *name = &l->awaits[l->n_awaits++];

    ck_assert_uint_le(l->n_awaits, MOST_SIGNALS);
    text_put(name, id.u.s, id.n);
    ck_assert_int_eq(kiln_run_signal(r, text_cstr(name), &signal), 0);
}

static void live_alone(struct machine *m, struct life *l)
{
    kiln_options o = { .io = &m->sim->io, .id = l->id };
    struct reference_end end;
    kiln_run *r;

    acts_begin(m->seed);
    ck_assert_int_eq(kiln_run_new(m->program, &o, &r), 0);
    ck_assert_int_eq(kiln_run_start(r, &l->input), 0);
    while ((l->status = kiln_run_drive(r)) == KILN_RUNNING && kiln_run_awaits(r))
        answer(l, r);
    if (l->status != KILN_RUNNING)
        json_write(&l->output, kiln_run_output(r));
    kiln_run_free(r);
    acts_interpret(m->plan, m->seed, &l->input, &end);
    ck_assert_msg(l->status == (int)end.status
                      && (l->status == KILN_RUNNING
                          || !strcmp(text_cstr(&l->output), text_cstr(&end.output))),
                  "%s, %s alone: ended with %s (%d), not with %s (%d)", m->again, l->id,
                  text_cstr(&l->output), l->status, text_cstr(&end.output), end.status);
    reference_fini(&end);
}

/* ---- the machine ---- */

static void load_program(struct machine *m)
{
    struct diags diags = { .arena = &m->arena };
    struct text c = { 0 };

    m->plan = acts_plan(&m->arena, m->seed);
    emit_program(m->plan, &c);
    ck_assert_int_eq(build_tcc(c.s, c.n, emit_symbol(m->plan), m->rehearsal.ops, 2, &m->arena,
                               &diags, &m->jit, &m->program),
                     0);
    text_fini(&c);
}

static void enter(struct machine *m, unsigned seed, struct machine_report *report)
{
    const kiln_op *ops[] = { plans_find_op(NULL, "test.pure"), &kiln_op_acts_act };

    *m = (struct machine){ .seed = seed, .report = report, .sim = io_sim_new(seed) };
    snprintf(m->again, sizeof m->again, "KILN_SEEDS=%u-%u make unit SUITE=simulator", seed,
             seed + 1);
    ck_assert_int_eq(rehearsal_init(&m->rehearsal, ops, 2), 0);
    load_program(m);
    for (unsigned i = 0; i < RUNS; i++) {
        struct life *l = &m->lives[i];

        snprintf(l->id, sizeof l->id, "r%u", i);
        l->input = value_int(i);
        live_alone(m, l);
    }
    rehearsal_begin(&m->rehearsal);
}

static void leave(struct machine *m)
{
    for (unsigned i = 0; i < RUNS; i++) {
        text_fini(&m->lives[i].output);
        for (unsigned k = 0; k < MOST_SIGNALS; k++)
            text_fini(&m->lives[i].awaits[k]);
    }
    build_jit_free(m->jit);
    plan_fini(m->plan);
    rehearsal_fini(&m->rehearsal);
    io_sim_free(m->sim);
    arena_fini(&m->arena);
    acts_fini();
}

/* The worker is there again. 0, or what the machine went down with once more. */
static int begin_work(struct machine *m)
{
    struct worker_options o = { .program = m->program, .max_runs = below(m, 4) };
    struct text why = { 0 };
    int failed;

    rehearsal_live(&m->rehearsal);
    failed = store_open(&m->sim->io, "store", STORE_CREATE | STORE_SMALL, &m->store, &why);
    ck_assert_msg(!failed || m->sim->crashed || m->sim->fail_at, "%s: %s", m->again,
                  text_cstr(&why));
    text_fini(&why);
    o.run = (kiln_options){ .io = &m->sim->io, .store = m->store };
    return failed ? failed : worker_new(&o, &m->worker);
}

static void end_work(struct machine *m)
{
    if (m->worker)
        m->report->drops += (unsigned)worker_count(m->worker).drops;
    worker_free(m->worker);
    m->worker = NULL;
    if (m->store)
        m->report->segments += m->store->last.number;
    store_close(m->store);
    m->store = NULL;
}

/* Something failed: the machine went down, or the disk said so. All comes up again; and may go down
 * while it does. */
static void recover(struct machine *m)
{
    do {
        int crashed = m->sim->crashed;

        end_work(m);
        m->report->crashes += (unsigned)crashed;
        m->report->faults += !crashed;
        m->stops++;
        io_sim_restart(m->sim, (enum io_sim_loss)below(m, 3));
        if (crashed && !below(m, 4))
            m->sim->crash_at = 1 + below(m, 20);
    } while (begin_work(m) < 0);
}

/* ---- what comes from outside ---- */

static int send(struct machine *m, enum inbox_verb verb, const struct life *l, const char *key,
                const char *name, kiln_value value)
{
    struct inbox_message message = {
        .verb = verb, .run = l->id, .key = key, .name = name, .value = value
    };

    memcpy(message.hash, m->program->hash, sizeof message.hash);
    return inbox_send(&m->sim->io, "store", &message);
}

static int ask(struct machine *m, struct life *l)
{
    int failed = send(m, INBOX_START, l, l->id, m->program->name, l->input);

    l->is_asked |= !failed;
    return failed;
}

static int signal_next(struct machine *m, struct life *l)
{
    char key[16];
    int failed;

    snprintf(key, sizeof key, "%u", l->sent);
    failed = send(m, INBOX_SIGNAL, l, key, text_cstr(&l->awaits[l->sent]), value_static("signal"));
    l->sent += !failed;
    return failed;
}

static int pause_run(struct machine *m, struct life *l, int is_paused)
{
    int failed = send(m, is_paused ? INBOX_PAUSE : INBOX_RESUME, l, NULL, "", (kiln_value){ 0 });

    if (!failed || is_paused) /* who does not know whether it is paused, resumes it */
        l->is_paused = is_paused;
    return failed;
}

static int cancel(struct machine *m, struct life *l)
{
    char prefix[10];

    snprintf(prefix, sizeof prefix, "%s/", l->id);
    rehearsal_excuse(&m->rehearsal, prefix);
    l->is_cancelled = 1;
    return send(m, INBOX_CANCEL, l, NULL, "", (kiln_value){ 0 });
}

static const struct job *job_of(const struct machine *m, const struct life *l)
{
    return job_find(m->worker, l->id);
}

/* ---- moves ---- */

/* Something from outside, or from below, by chance. 0 or a negative code. */
static int disturb(struct machine *m)
{
    struct life *l = &m->lives[below(m, RUNS)];

    if (l->status == KILN_RUNNING)
        return 0;
    switch (below(m, 12)) {
    case 0:
    case 1:
        return ask(m, l); /* whether it is there already or not */
    case 2:
        return l->is_asked ? pause_run(m, l, 1) : 0;
    case 3:
        return l->is_paused ? pause_run(m, l, 0) : 0;
    case 4:
        return l->is_asked && !below(m, 4) ? cancel(m, l) : 0;
    case 5:
        worker_park(m->worker);
        end_work(m);
        return begin_work(m);
    case 6:
        m->sim->fail_at = m->sim->calls + 1 + below(m, 20);
        m->sim->fail_code = below(m, 2) ? -ENOSPC : -EIO;
        return 0;
    case 7:
    case 8:
        m->sim->crash_at = m->sim->calls + 1 + below(m, 40);
        m->sim->tear = below(m, 300);
        return 0;
    default:
        return 0;
    }
}

/* A turn of the worker: 0 when it has nothing to do, or a negative code. */
static int work(struct machine *m)
{
    int failed = worker_look(m->worker, 1);

    return failed ? failed : worker_drive(m->worker, 0);
}

/* Nothing can go on by itself: the next thing that must come, comes. 0, 1 when all is over, or a
 * negative code. */
static int wake(struct machine *m)
{
    long long due = worker_due(m->worker);

    for (unsigned i = 0; i < RUNS; i++)
        if (m->lives[i].is_paused)
            return pause_run(m, &m->lives[i], 0);
    for (unsigned i = 0; i < RUNS; i++) {
        struct life *l = &m->lives[i];
        const struct job *job = job_of(m, l);

        if (!l->is_asked && l->status != KILN_RUNNING)
            return ask(m, l);
        if (job && job->place == JOB_WAITING && l->sent < l->n_awaits)
            return signal_next(m, l);
    }
    if (due == KILN_DUE_NEVER)
        return 1;
    if (due > m->sim->now)
        m->sim->now = due;
    return 0;
}

static void live(struct machine *m)
{
    for (unsigned moves = 0;; moves++) {
        int code = below(m, 2) ? 0 : disturb(m);

        ck_assert_msg(moves < MOST_MOVES, "%s: no progress", m->again);
        if (code >= 0 && !(code = work(m)))
            code = wake(m);
        else if (code > 0)
            code = 0;
        if (code > 0)
            return;
        if (code < 0 || m->sim->crashed || m->store->broken)
            recover(m);
    }
}

/* ---- the end ---- */

static void check_life(struct machine *m, const struct life *l)
{
    kiln_options o = { .io = &m->sim->io, .store = m->store, .id = l->id };
    struct text output = { 0 };
    kiln_run *r;

    if (l->status == KILN_RUNNING)
        return;
    ck_assert_int_eq(kiln_run_new(m->program, &o, &r), 0);
    ck_assert_msg(!kiln_run_resume(r), "%s, %s: %s", m->again, l->id, kiln_run_error(r));
    if (l->is_cancelled && kiln_run_status(r) == KILN_CANCELLED) {
        m->report->cancelled++;
    } else {
        json_write(&output, kiln_run_output(r));
        ck_assert_msg((int)kiln_run_status(r) == l->status
                          && !strcmp(text_cstr(&output), text_cstr(&l->output)),
                      "%s, %s: ended with %s (%d), not with %s (%d)", m->again, l->id,
                      text_cstr(&output), kiln_run_status(r), text_cstr(&l->output), l->status);
    }
    m->report->runs++;
    kiln_run_free(r);
    text_fini(&output);
}

/* The power goes once more: what has ended has ended for good. */
static void check(struct machine *m)
{
    end_work(m);
    io_sim_restart(m->sim, IO_SIM_LOSE);
    ck_assert_int_eq(begin_work(m), 0);
    for (unsigned i = 0; i < RUNS; i++)
        check_life(m, &m->lives[i]);
    ck_assert_msg(rehearsal_check(&m->rehearsal, m->stops * RUNS) == 0, "%s: %s", m->again,
                  text_cstr(&m->rehearsal.wrong));
    end_work(m);
}

void machine_try(unsigned seed, struct machine_report *report)
{
    struct machine m;

    enter(&m, seed, report);
    if (begin_work(&m) < 0)
        recover(&m);
    live(&m);
    check(&m);
    leave(&m);
}
