/* crash.c: see crash.h. After each stop the same machine comes up again and goes on; at the end the
 * power goes, and what was told of the run must still be so. */
#include "test/crash.h"

#include <errno.h>
#include <string.h>

struct stop {
    unsigned call;
    int code;    /* what the call fails with while the machine goes on, or 0 */
    size_t tear; /* bytes of a write that went out */
    enum io_sim_loss loss;
    unsigned second; /* the call at which it is stopped again when it is resumed, or 0 */
};

/* One program in one simulated world. */
struct stage {
    const struct crash_case *c;
    struct io_sim *sim;
    struct crash_report *report;
    struct text out;
    int status;
    long long began;
};

static void enter(struct stage *s, const struct crash_case *c, struct crash_report *report)
{
    *s = (struct stage){ .c = c, .sim = io_sim_new(1), .report = report };
    s->began = s->sim->now;
}

static void leave(struct stage *s)
{
    io_sim_free(s->sim);
    text_fini(&s->out);
}

static void live(struct stage *s)
{
    s->status = crash_live(s->c, s->sim, &s->out);
}

void crash_rehearse(const struct crash_case *c, struct crash_report *ret)
{
    struct stage s;

    *ret = (struct crash_report){ 0 };
    enter(&s, c, ret);
    live(&s);
    ret->status = s.status;
    ret->ms = s.sim->now - s.began;
    text_puts(&ret->output, text_cstr(&s.out));
    leave(&s);
}

/* ---- comparing ---- */

static void put_stop(struct text *t, const struct stop *stop)
{
    static const char *const losses[] = { "the process killed", "the power gone",
                                          "the power gone and blocks written by chance" };

    if (!stop->call) {
        text_puts(t, "not stopped at all: ");
        return;
    }
    text_printf(t, "stopped at disk call %u, ", stop->call);
    if (stop->code)
        text_printf(t, "which failed: %s, ", strerror(-stop->code));
    text_printf(t, "%s, %u bytes of a write out", losses[stop->loss], (unsigned)stop->tear);
    if (stop->second)
        text_printf(t, ", and at call %u when it was resumed", stop->second);
    text_puts(t, ": ");
}

static int ends_alike(const struct stage *s)
{
    long long ms = s->sim->now - s->began;

    return s->status == s->report->status && (ms == s->report->played_ms || s->c->is_fleeting)
           && !strcmp(text_cstr(&s->out), text_cstr(&s->report->output));
}

static void complain(struct stage *s, const struct stop *stop)
{
    struct text *t = &s->report->wrong;

    if (t->n)
        return;
    put_stop(t, stop);
    if (s->c->rehearsal->wrong.n)
        text_puts(t, text_cstr(&s->c->rehearsal->wrong));
    else
        text_printf(t, "it ended with %s (%d) after %lld ms, not with %s (%d) after %lld ms",
                    text_cstr(&s->out), s->status, s->sim->now - s->began,
                    text_cstr(&s->report->output), s->report->status, s->report->played_ms);
}

/* The run has ended: as it should, with the effects it should have, and for good. */
static void compare(struct stage *s, const struct stop *stop)
{
    unsigned stops = !!stop->call + !!stop->second;
    int alike = ends_alike(s) && rehearsal_check(s->c->rehearsal, stops) == 0;

    s->report->tried++;
    if (alike) {
        io_sim_restart(s->sim, IO_SIM_LOSE);
        live(s);
        alike = ends_alike(s) && rehearsal_check(s->c->rehearsal, stops) == 0;
    }
    if (alike)
        s->report->passed++;
    else
        complain(s, stop);
    text_clear(&s->c->rehearsal->wrong);
}

/* ---- stopping ---- */

/* The first life: 1 when it was stopped where it should be. */
static int stop_first(struct stage *s, const struct stop *stop)
{
    s->sim->crash_at = stop->code ? 0 : stop->call;
    s->sim->fail_at = stop->code ? stop->call : 0;
    s->sim->fail_code = stop->code;
    s->sim->tear = stop->tear;
    rehearsal_begin(s->c->rehearsal);
    live(s);
    return s->sim->crashed || (stop->code && s->sim->calls >= stop->call);
}

static int stop_second(struct stage *s, const struct stop *stop)
{
    s->sim->crash_at = stop->second;
    live(s);
    if (!s->sim->crashed)
        return 0;
    io_sim_restart(s->sim, stop->second % 2 ? IO_SIM_KEEP : IO_SIM_SHUFFLE);
    return 1;
}

/* One try: the bytes of the write it was stopped in, 0 when it was none; -1 when there is no such
 * call. */
static long try_stop(const struct crash_case *c, const struct stop *stop,
                     struct crash_report *report)
{
    struct stage s;
    long size = -1;

    enter(&s, c, report);
    if (stop_first(&s, stop)) {
        size = (long)s.sim->last_write;
        io_sim_restart(s.sim, stop->loss);
        if (stop->second && !stop_second(&s, stop))
            size = -1;
    }
    if (size >= 0) {
        live(&s);
        compare(&s, stop);
    }
    leave(&s);
    return size;
}

/* All that can happen at one call: -1 when there is no such call. */
static int try_call(const struct crash_case *c, unsigned call, unsigned tears,
                    struct crash_report *report)
{
    static const enum io_sim_loss losses[] = { IO_SIM_LOSE, IO_SIM_SHUFFLE };
    static const int codes[] = { -ENOSPC, -EIO };
    struct stop stop = { .call = call };
    long size = try_stop(c, &stop, report);
    size_t step;

    if (size < 0)
        return -1;
    step = 1 + (size_t)size / tears;
    for (stop.tear = 1 + call % step; (long)stop.tear <= size; stop.tear += step)
        try_stop(c, &stop, report);
    for (unsigned i = 0; i < 2; i++) {
        stop.loss = losses[i];
        stop.tear = (size_t)size;
        try_stop(c, &stop, report);
    }
    for (unsigned i = 0; i < 4; i++) {
        stop = (struct stop){ .call = call, .code = codes[i / 2], .loss = losses[i % 2] };
        stop.loss = i % 2 ? IO_SIM_LOSE : IO_SIM_KEEP;
        try_stop(c, &stop, report);
    }
    return 0;
}

/* Each call of the resumed run, or one in so many; which of them is another one each time. */
static void try_twice(const struct crash_case *c, unsigned call, unsigned one_in,
                      struct crash_report *report)
{
    struct stop stop = { .call = call, .loss = (enum io_sim_loss)(call % 3) };

    stop.tear = call % 3 ? 1000000 : 0;
    for (stop.second = 1 + call % one_in;; stop.second += one_in)
        if (try_stop(c, &stop, report) < 0)
            return;
}

/* Nothing is stopped: what operations do is played back, and must come to the same. (Who blocked in
 * an operation does not when it is played back, so this run says how long the others take.) */
static void try_undisturbed(const struct crash_case *c, struct crash_report *report)
{
    struct stop none = { 0 };
    struct stage s;

    enter(&s, c, report);
    rehearsal_begin(c->rehearsal);
    live(&s);
    report->played_ms = s.sim->now - s.began;
    compare(&s, &none);
    leave(&s);
}

void crash_everywhere(const struct crash_case *c, struct crash_effort effort,
                      struct crash_report *report)
{
    unsigned calls = 0, pairs;

    try_undisturbed(c, report);

    while (try_call(c, calls + 1, effort.tears, report) == 0)
        calls++;
    pairs = calls * calls / 2;
    for (unsigned call = 1; call <= calls && effort.twice; call++)
        try_twice(c, call, 1 + pairs / effort.twice, report);
}

void crash_fini(struct crash_report *report)
{
    text_fini(&report->output);
    text_fini(&report->wrong);
}
