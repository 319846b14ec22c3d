/* crash_life.c: what one process does for a run before it ends or is stopped (crash.h).
 *
 * Every process sends the same signals under the same keys from the first on: those that a former
 * one sent are void, and so nobody needs to know which of them arrived.
 */
#include <stdio.h>
#include <string.h>

#include "journal.h"
#include "store.h"
#include "test/crash.h"

/* More than any run takes that is to end. */
enum { MOST_ANSWERS = 1000 };

/* What the run ended with, as text; or why it could not. */
static void put_end(kiln_run *r, int status, struct text *out)
{
    const kiln_value *what = status == KILN_RUNNING ? kiln_run_awaits(r) : kiln_run_output(r);

    if (status < 0)
        text_puts(out, kiln_run_error(r));
    else if (what)
        json_write(out, what);
}

static int send(kiln_run *r, unsigned n, const char *name, size_t n_name, const kiln_value *value)
{
    struct text copy = { 0 };
    char key[16];
    int failed;

    snprintf(key, sizeof key, "%u", n);
    text_put(&copy, name, n_name);
    failed = kiln_run_signal_once(r, key, text_cstr(&copy), value);
    text_fini(&copy);
    return failed;
}

static int send_signals(const struct crash_case *c, kiln_run *r)
{
    int failed = 0;

    for (unsigned i = 0; i < c->n_signals && !failed; i++)
        failed = send(r, i, c->signals[i].name, strlen(c->signals[i].name), &c->signals[i].value);
    return failed;
}

/* Drives it, and sends one answer after the other while it does nothing but wait. */
static int drive_on(const struct crash_case *c, kiln_run *r)
{
    int status = kiln_run_drive(r);

    for (unsigned n = 0; c->n_answers && status == KILN_RUNNING && n < MOST_ANSWERS; n++) {
        kiln_value id = value_member(kiln_run_awaits(r), "id");
        unsigned i = n < c->n_answers ? n : c->n_answers - 1;

        status = send(r, c->n_signals + n, id.u.s, id.n, &c->answers[i]);
        if (!status)
            status = kiln_run_drive(r);
    }
    return status;
}

static int drive(const struct crash_case *c, struct io_sim *sim, struct store *store,
                 struct text *out)
{
    kiln_options options = c->options;
    kiln_run *r = NULL;
    int status;

    options.io = &sim->io;
    options.store = store;
    options.id = "test";
    status = kiln_run_new(c->program, &options, &r);
    if (!status)
        status = store_find(store, "test") ? kiln_run_resume(r) : kiln_run_start(r, c->input);
    if (!status)
        status = send_signals(c, r);
    if (!status)
        status = drive_on(c, r);
    put_end(r, status, out);
    kiln_run_free(r);
    return status;
}

int crash_live(const struct crash_case *c, struct io_sim *sim, struct text *out)
{
    struct store *store = NULL;
    int status;

    text_clear(out);
    rehearsal_live(c->rehearsal);
    status = store_open(&sim->io, "store", STORE_CREATE | STORE_SMALL, &store, NULL);
    if (status < 0)
        return status;
    status = drive(c, sim, store, out);
    store_close(store);
    return status;
}
