/* cli_resume.c: the verb that takes runs up again. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "shape.h"

int cli_is_ours(const struct cli *c, const struct store_run *run)
{
    return run->hash[0] == c->program->hash[0] && run->hash[1] == c->program->hash[1];
}

int cli_is_version(const struct cli *c, const struct store_run *run)
{
    return !strcmp(run->program, c->program->name);
}

/* Whether it is one of those that are meant when none is named. */
static int is_meant(const struct cli *c, const struct store_run *run)
{
    return cli_is_ours(c, run) || (c->options.migrate && cli_is_version(c, run));
}

int cli_complain_hash(struct cli *c, const struct store_run *run)
{
    struct text t = { 0 };
    int code;

    text_printf(&t, "run %s was begun by program '%s' ", run->id, run->program);
    cli_put_hash(&t, run->hash);
    text_printf(&t, ", and this is '%s' ", c->program->name);
    cli_put_hash(&t, c->program->hash);
    code = cli_complain(c, KILN_EXIT_PROGRAM, "%s", text_cstr(&t));
    text_fini(&t);
    return code;
}

/* A run that stopped at a breakpoint goes on from there. 0 or a negative code. */
static int pass_break(kiln_run *r)
{
    kiln_value null = value_null(), id;
    int status = kiln_run_drive(r), failed;
    char *name;

    if (status != KILN_RUNNING || !cli_is_at_break(r))
        return status < 0 ? status : 0;
    id = value_member(kiln_run_awaits(r), "id");
    if (!(name = strndup(id.u.s, id.n)))
        return -ENOMEM;
    failed = kiln_run_signal(r, name, &null);
    free(name);
    return failed;
}

/* What stands in the way of going on under this version, or becomes different; a line each. */
static void tell_upgrade(struct cli *c, kiln_run *r, int failed)
{
    const char *line = kiln_run_upgrade_report(r);

    for (size_t n; *line; line += n + (line[n] == '\n')) {
        n = strcspn(line, "\n");
        cli_complain(c, KILN_EXIT_OK, "  %.*s", (int)n, line);
    }
    if (failed == -ESTALE && !c->options.migrate)
        cli_complain(c, KILN_EXIT_OK,
                     "runs go on under another version only when told so: --migrate");
}

/* The run of another version, taken up or refused. */
static int take_over(struct cli *c, struct store *s, kiln_run *r)
{
    int failed = kiln_run_resume(r);

    if (failed)
        cli_complain_run(c, r, s, failed);
    else if (!c->options.quiet)
        cli_complain(c, KILN_EXIT_OK, "run %s goes on under this version", kiln_run_id(r));
    if (failed || !c->options.quiet)
        tell_upgrade(c, r, failed);
    return failed;
}

static int resume_one(struct cli *c, struct store *s, const struct store_run *run)
{
    kiln_options options = cli_run_options(c, s, run->id);
    const kiln_verb *migrate = cli_find_verb(c, "migrate");
    int is_ours = cli_is_ours(c, run), failed, code;
    kiln_run *r;

    if (!is_ours
        && !(migrate && cli_is_version(c, run) && c->program->shape
             && store_find_program(s, run->hash)))
        return cli_complain_hash(c, run);
    if (migrate)
        options.upgrade = c->options.migrate ? migrate->upgrades : migrate->tries;
    failed = kiln_run_new(c->program, &options, &r);
    if (failed)
        return cli_complain(c, KILN_EXIT_BROKEN, "cannot make a run: %s", strerror(-failed));
    if (!is_ours && (failed = take_over(c, s, r))) {
        kiln_run_free(r);
        return cli_exit_of(failed);
    }
    failed = is_ours ? kiln_run_resume(r) : 0;
    if (!failed)
        failed = cli_take_mail(c, r, s);
    if (!failed)
        failed = cli_give_signals(c, r);
    if (!failed)
        failed = kiln_run_pause(r, 0);
    if (!failed)
        failed = pass_break(r);
    code = failed ? cli_complain_run(c, r, s, failed) : cli_drive(c, r, s);
    kiln_run_free(r);
    return code;
}

/* Every unfinished run of this program, oldest first. The worst answer is the answer. */
static int resume_all(struct cli *c, struct store *s)
{
    int worst = KILN_EXIT_OK;

    for (size_t i = 0; i < s->runs.n; i++) {
        const struct store_run *run = s->runs.at[i];
        int code;

        if (run->state != JOURNAL_BEGIN)
            continue;
        if (!is_meant(c, run)) {
            cli_complain(c, KILN_EXIT_OK, "run %s is left alone: it belongs to another program%s",
                         run->id, cli_is_version(c, run) ? " version (--migrate)" : "");
            continue;
        }
        if (run->paused) {
            cli_complain(c, KILN_EXIT_OK, "run %s is left alone: it is paused", run->id);
            continue;
        }
        code = resume_one(c, s, run);
        if (code > worst)
            worst = code;
    }
    return worst;
}

/* The only unfinished run of this program, for `resume` without an id. */
static int resume_only(struct cli *c, struct store *s)
{
    const struct store_run *only = NULL;

    for (size_t i = 0; i < s->runs.n; i++) {
        if (s->runs.at[i]->state != JOURNAL_BEGIN || !is_meant(c, s->runs.at[i]))
            continue;
        if (only)
            return cli_complain(
                c, KILN_EXIT_USAGE,
                "several runs are unfinished; say which, or --all ('%s list --store "
                "%s' names them)",
                c->name, s->path);
        only = s->runs.at[i];
    }
    if (!only)
        return cli_complain(c, KILN_EXIT_NO_RUN, "no run of this program is unfinished in '%s'",
                            s->path);
    return resume_one(c, s, only);
}

static int resume_named(struct cli *c, struct store *s, const char *id)
{
    const struct store_run *run = store_find(s, id);

    if (!run)
        return cli_complain(c, KILN_EXIT_NO_RUN, "the store '%s' has no run '%s'", s->path, id);
    return resume_one(c, s, run);
}

/* Opens the store for the verb; or, when another program writes it, asks that one to go on with the
 * run: *ret stays NULL then. */
static int open_store(struct cli *c, struct store **ret)
{
    int code;

    if (!c->rest.n)
        return cli_open_store(c, 0, ret);
    code = cli_open_free_store(c, ret);
    if (code != KILN_EXIT_OK || *ret)
        return code;
    code = cli_send_resume(c, c->rest.at[0]);
    if (code == KILN_EXIT_OK && !c->options.quiet)
        cli_complain(c, code, "another program writes the store; it is asked to go on with %s",
                     c->rest.at[0]);
    return code;
}

static int do_resume(struct cli *c)
{
    struct store *s = NULL;
    int code;

    if (c->rest.n > 1 || (c->rest.n && c->options.all))
        return cli_complain(c, KILN_EXIT_USAGE, "resume takes one run id, or --all");
    code = cli_prepare(c);
    if (code == KILN_EXIT_OK)
        code = open_store(c, &s);
    if (code != KILN_EXIT_OK || !s)
        return code;
    if (c->options.all)
        code = resume_all(c, s);
    else if (c->rest.n)
        code = resume_named(c, s, c->rest.at[0]);
    else
        code = resume_only(c, s);
    store_close(s);
    return code;
}

static const struct option resume_options[] = CLI_TABLE(CLI_RESUME);
const kiln_verb kiln_verb_resume = {
    { "resume", "[ID]", "Takes a run up where it was; what was done is not done again.",
      resume_options, "resume --all --store runs" },
    .run = do_resume,
};

/* What --migrate needs, of a worker too. */
const kiln_verb kiln_verb_migrate = {
    .shown.name = "migrate",
    .tries = &kiln_upgrade_try,
    .upgrades = &kiln_upgrade_do,
    .read_shape = shape_read,
};
