/* crash.c: see crash.h. A stop is a number of a disk call, how much of a write went out, and what
 * became of unsynced writes; after it the same machine comes up again and resumes. */
#include "test/crash.h"

#include <string.h>

#include "journal.h"
#include "store.h"
#include "test/io_sim.h"

/* One program in one simulated world. */
struct stage {
    const kiln_program *program;
    struct rehearsal *rehearsal;
    const kiln_value *input;
    struct io_sim *sim;
};

struct stop {
    unsigned call;
    size_t tear;
    enum io_sim_loss loss;
};

/* What the run ended with, as text. */
static void put_end(kiln_run *r, int status, struct text *out)
{
    const kiln_value *what = status == KILN_RUNNING ? kiln_run_awaits(r) : kiln_run_output(r);

    text_clear(out);
    if (status >= 0 && what)
        json_write(out, what);
}

static int drive(const struct stage *s, struct store *store, struct text *out)
{
    kiln_options options = { .io = &s->sim->io, .store = store, .id = "test" };
    kiln_run *r = NULL;
    int status = kiln_run_new(s->program, &options, &r);

    if (!status)
        status = store_find(store, "test") ? kiln_run_resume(r) : kiln_run_start(r, s->input);
    if (!status)
        status = kiln_run_drive(r);
    if (r)
        put_end(r, status, out);
    kiln_run_free(r);
    return status;
}

/* Begins the run, or takes it up where the store has it. Its status or a negative code. */
static int go(const struct stage *s, struct text *out)
{
    struct store *store = NULL;
    int status = store_open(&s->sim->io, "store", STORE_CREATE | STORE_SMALL, &store, NULL);

    if (status < 0)
        return status;
    status = drive(s, store, out);
    store_close(store);
    return status;
}

void crash_rehearse(const kiln_program *program, struct rehearsal *rehearsal,
                    const kiln_value *input, struct crash_report *ret)
{
    struct stage s = { program, rehearsal, input, io_sim_new(1) };
    long long began = s.sim->now;

    *ret = (struct crash_report){ 0 };
    ret->status = go(&s, &ret->output);
    ret->ms = s.sim->now - began;
    io_sim_free(s.sim);
}

static void put_stop(struct text *t, const struct stop *stop)
{
    static const char *const losses[] = { "the process killed", "the power gone",
                                          "the power gone and blocks written by chance" };

    text_printf(t, "stopped at disk call %u, %s, %u bytes of a write out: ", stop->call,
                losses[stop->loss], (unsigned)stop->tear);
}

static void compare(const struct stage *s, const struct stop *stop, int status,
                    const struct text *out, struct crash_report *report)
{
    int ends_alike =
        status == report->status && !strcmp(text_cstr(out), text_cstr(&report->output));

    report->tried++;
    if (rehearsal_check(s->rehearsal, 1) == 0 && ends_alike) {
        report->passed++;
        return;
    }
    if (!report->wrong.n) {
        put_stop(&report->wrong, stop);
        if (s->rehearsal->wrong.n)
            text_puts(&report->wrong, text_cstr(&s->rehearsal->wrong));
        else
            text_printf(&report->wrong, "it ended with %s, not %s", text_cstr(out),
                        text_cstr(&report->output));
    }
    text_clear(&s->rehearsal->wrong);
}

/* One stop: the bytes of the write it fell on, 0 when it was none; -1 when there is no such call.
 */
static long try_stop(struct stage *s, const struct stop *stop, struct crash_report *report)
{
    struct text out = { 0 };
    long size = -1;
    int status;

    s->sim = io_sim_new(1);
    s->sim->crash_at = stop->call;
    s->sim->tear = stop->tear;
    rehearsal_begin(s->rehearsal);
    go(s, &out);
    if (s->sim->crashed) {
        size = (long)s->sim->last_write;
        io_sim_restart(s->sim, stop->loss);
        status = go(s, &out);
        compare(s, stop, status, &out, report);
    }
    io_sim_free(s->sim);
    text_fini(&out);
    return size;
}

void crash_everywhere(const kiln_program *program, struct rehearsal *rehearsal,
                      const kiln_value *input, struct crash_report *report)
{
    static const enum io_sim_loss losses[] = { IO_SIM_LOSE, IO_SIM_SHUFFLE };
    struct stage s = { program, rehearsal, input, NULL };

    for (struct stop stop = { .call = 1 };; stop.call++) {
        long size;

        stop.loss = IO_SIM_KEEP;
        stop.tear = 0;
        size = try_stop(&s, &stop, report);
        if (size < 0)
            return;
        for (stop.tear = 1; (long)stop.tear <= size; stop.tear++)
            try_stop(&s, &stop, report);
        for (unsigned i = 0; i < 2; i++) {
            stop.loss = losses[i];
            stop.tear = (size_t)size;
            try_stop(&s, &stop, report);
        }
    }
}

void crash_fini(struct crash_report *report)
{
    text_fini(&report->output);
    text_fini(&report->wrong);
}
