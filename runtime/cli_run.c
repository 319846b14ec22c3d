/* cli_run.c: the verb that starts a run, and the end all runs come to. */
#include "cli.h"

#include <string.h>

/* ---- the end of a run ---- */

static int put_output(struct cli *c, kiln_run *r)
{
    struct text t = { 0 };
    int code;

    if (c->options.all) {
        text_putc(&t, '{');
        cli_put_member(&t, "id", kiln_run_id(r));
        text_puts(&t, ",\"output\":");
    }
    if (c->options.pretty && !c->options.all)
        json_write_pretty(&t, kiln_run_output(r));
    else
        json_write(&t, kiln_run_output(r));
    text_puts(&t, c->options.all ? "}\n" : "\n");
    code = cli_put(c, 1, &t);
    text_fini(&t);
    return code;
}

static int put_failure(struct cli *c, kiln_run *r)
{
    const kiln_value *error = kiln_run_output(r);
    int cancelled = kiln_run_status(r) == KILN_CANCELLED;
    struct text t = { 0 };

    if (c->options.json) {
        text_putc(&t, '{');
        cli_put_member(&t, "id", kiln_run_id(r));
        text_puts(&t, ",\"error\":");
        json_write(&t, error);
        text_putc(&t, '}');
    } else {
        text_printf(&t, "%s: run %s %s", c->name, kiln_run_id(r),
                    cancelled ? "was cancelled" : "failed: ");
        if (!cancelled)
            json_write_plain(&t, error);
    }
    text_putc(&t, '\n');
    cli_put(c, 2, &t);
    text_fini(&t);
    return KILN_EXIT_FAILED;
}

int cli_is_at_break(const kiln_run *r)
{
    static const char prefix[] = "breakpoint::";
    const kiln_value *what = kiln_run_awaits(r);
    kiln_value id = what ? value_member(what, "id") : value_null();

    return id.tag == KILN_STRING && id.n >= sizeof prefix
           && !memcmp(id.u.s, prefix, sizeof prefix - 1);
}

/* Without a store nothing can bring the signal any more. */
static int put_waiting(struct cli *c, kiln_run *r)
{
    const kiln_value *what = kiln_run_awaits(r);
    kiln_value id = what ? value_member(what, "id") : value_static("");
    kiln_value step = what ? value_member(what, "step") : value_static("");

    if (cli_is_at_break(r))
        return cli_complain(c, KILN_EXIT_WAITING, "run %s stopped at the breakpoint of '%.*s'%s",
                            kiln_run_id(r), (int)step.n, step.u.s,
                            c->options.store ? "; resume goes on" : ", for good without --store");
    return cli_complain(c, KILN_EXIT_WAITING, "run %s waits for the signal '%.*s'%s",
                        kiln_run_id(r), (int)id.n, id.u.s,
                        c->options.store ? "" : ", which nobody can send without --store");
}

int cli_complain_run(struct cli *c, kiln_run *r, struct store *s, int code)
{
    const char *why = s && *store_error(s) ? store_error(s) : kiln_run_error(r);

    return cli_complain(c, cli_exit_of(code), "%s", *why ? why : strerror(-code));
}

int cli_drive(struct cli *c, kiln_run *r, struct store *s)
{
    int status = kiln_run_drive(r);

    if (status < 0)
        return cli_complain_run(c, r, s, status);
    if (status == KILN_RUNNING && s && (status = kiln_run_park(r)) == 0)
        status = store_commit(s);
    if (status < 0)
        return cli_complain_run(c, r, s, status);
    if (status == KILN_RUNNING)
        return put_waiting(c, r);
    return status == KILN_COMPLETED ? put_output(c, r) : put_failure(c, r);
}

/* ---- run ---- */

static int start(struct cli *c, struct store *s, const kiln_value *input)
{
    kiln_options options = cli_run_options(c, s, c->options.id);
    kiln_run *r;
    int failed, code;

    failed = kiln_run_new(c->program, &options, &r);
    if (failed)
        return cli_complain(c, KILN_EXIT_BROKEN, "cannot make a run: %s", strerror(-failed));
    failed = kiln_run_start(r, input);
    if (!failed && s && !c->options.quiet)
        cli_complain(c, KILN_EXIT_OK, "run %s", kiln_run_id(r));
    if (!failed && c->options.id) /* of an id made just now nobody has heard */
        failed = cli_take_mail(c, r, s);
    if (!failed)
        failed = cli_give_signals(c, r);
    code = failed ? cli_complain_run(c, r, s, failed) : cli_drive(c, r, s);
    kiln_run_free(r);
    return code;
}

static int do_run(struct cli *c)
{
    struct store *s = NULL;
    kiln_heap h;
    kiln_value input;
    int code;

    if (c->rest.n)
        return cli_complain(c, KILN_EXIT_USAGE, "what is '%s'? The input goes behind --input",
                            c->rest.at[0]);
    code = cli_check_id(c);
    if (code != KILN_EXIT_OK)
        return code;
    heap_init(&h, !!(c->program->flags & KILN_PROGRAM_SORTED));
    code = cli_prepare(c);
    if (code == KILN_EXIT_OK)
        code = cli_read_input(c, c->options.input, &h, &input);
    if (code == KILN_EXIT_OK && c->options.store)
        code = cli_open_store(c, STORE_CREATE, &s);
    if (code == KILN_EXIT_OK)
        code = start(c, s, &input);
    store_close(s);
    heap_fini(&h);
    return code;
}

static const struct option run_options[] = CLI_TABLE(CLI_RUN);
const kiln_verb kiln_verb_run = {
    { "run", "", "Runs the workflow and prints its output.", run_options,
      "run --input '{}' --store runs --id first" },
    .run = do_run,
};
