/* cli_send.c: the verbs that ask something of the process that writes the store: start, signal,
 * cancel, pause. They leave a message (inbox.h) and do not wait for what comes of it; a worker that
 * runs takes it at once, else the next one does. What cannot come to anything is refused here.
 */
#include "cli.h"

#include <errno.h>
#include <string.h>

#include "ident.h"
#include "inbox.h"

enum found { FOUND_NOT, FOUND_QUEUED, FOUND_LIVE, FOUND_ENDED };

/* ---- looking for the run ---- */

struct search {
    const char *id;
    int is_there;
};

static void note_start(void *ctx, const struct inbox_message *m)
{
    struct search *s = ctx;

    s->is_there |= inbox_makes_run(m) && !strcmp(m->run, s->id);
}

/* The inbox first: a message goes from there when the store has the run. */
static int find(struct cli *c, const char *id, enum found *ret)
{
    struct search search = { id, 0 };
    const struct store_run *run;
    struct text why = { 0 };
    struct store *s = NULL;
    int failed = inbox_each(c->io, c->options.store, note_start, &search);

    if (!failed)
        failed = store_open(c->io, c->options.store, STORE_READONLY, &s, &why);
    if (!failed) {
        run = store_find(s, id);
        *ret = !run ? FOUND_NOT : run->state == JOURNAL_BEGIN ? FOUND_LIVE : FOUND_ENDED;
        if (search.is_there && !run)
            *ret = FOUND_QUEUED;
        store_close(s);
    } else if (failed != -ENOENT) {
        cli_complain(c, KILN_EXIT_STORE, "%s", why.n ? why.s : strerror(-failed));
    }
    text_fini(&why);
    return failed;
}

int cli_check_id(struct cli *c)
{
    const char *id = c->options.id;

    if (!id || store_is_id(id, strlen(id)))
        return KILN_EXIT_OK;
    return cli_complain(c, KILN_EXIT_USAGE,
                        "a run id is 1 to 128 printable ASCII characters, without blanks and not "
                        "beginning with '-'");
}

static int has_store(struct cli *c)
{
    return c->options.store && *c->options.store;
}

static int post(struct cli *c, const struct inbox_message *m)
{
    int failed = inbox_send(c->io, c->options.store, m);

    if (failed)
        return cli_complain(c, KILN_EXIT_STORE, "cannot leave a message in '%s': %s",
                            c->options.store, strerror(-failed));
    return KILN_EXIT_OK;
}

/* Leaves a message for a run that can still get it. */
static int send_to_run(struct cli *c, const struct inbox_message *m)
{
    enum found found = FOUND_NOT;
    int failed;

    if (!has_store(c))
        return cli_complain(c, KILN_EXIT_USAGE, "which store? Say '--store DIR'");
    failed = find(c, m->run, &found);
    if (failed && failed != -ENOENT)
        return KILN_EXIT_STORE;
    if (failed)
        return cli_complain(c, KILN_EXIT_STORE, "there is no store in '%s'", c->options.store);
    if (found == FOUND_NOT)
        return cli_complain(c, KILN_EXIT_NO_RUN, "the store '%s' has no run '%s'", c->options.store,
                            m->run);
    if (found == FOUND_ENDED)
        return cli_complain(c, KILN_EXIT_ENDED, "run %s has ended", m->run);
    return post(c, m);
}

/* ---- start ---- */

/* One key, one run: what is there already is not asked for again. */
static int start(struct cli *c, const char *id, const kiln_value *input)
{
    struct inbox_message m = { .verb = INBOX_START,
                               .run = id,
                               .name = c->program->name,
                               .hash = { c->program->hash[0], c->program->hash[1] } };
    enum found found = FOUND_NOT;
    int failed = find(c, id, &found);

    if (failed && failed != -ENOENT)
        return KILN_EXIT_STORE;
    if (found != FOUND_NOT)
        return c->options.key
                   ? KILN_EXIT_OK
                   : cli_complain(c, KILN_EXIT_USAGE, "the store '%s' already has a run '%s'",
                                  c->options.store, id);
    m.key = c->options.key;
    m.value = *input;
    return post(c, &m);
}

int cli_put_id(struct cli *c, const char *id)
{
    struct text t = { 0 };
    int code;

    text_printf(&t, "%s\n", id);
    code = cli_put(c, 1, &t);
    text_fini(&t);
    return code;
}

static int do_start(struct cli *c)
{
    const char *id = c->options.id, *key = c->options.key;
    char made[IDENT_SIZE];
    kiln_value input;
    kiln_heap h;
    int code;

    if (c->rest.n)
        return cli_complain(c, KILN_EXIT_USAGE, "what is '%s'? The input goes behind --input",
                            c->rest.at[0]);
    if (!has_store(c))
        return cli_complain(c, KILN_EXIT_USAGE, "which store? Say '--store DIR'");
    if (cli_check_id(c) != KILN_EXIT_OK)
        return KILN_EXIT_USAGE;
    if (!id && key)
        ident_of_key(key, strlen(key), made);
    else if (!id)
        ident_make(c->io, made);
    id = id ? id : made;
    heap_init(&h, !!(c->program->flags & KILN_PROGRAM_SORTED));
    code = cli_read_input(c, c->options.input, &h, &input);
    if (code == KILN_EXIT_OK)
        code = start(c, id, &input);
    heap_fini(&h);
    return code == KILN_EXIT_OK ? cli_put_id(c, id) : code;
}

static const struct option start_options[] = CLI_TABLE(CLI_START);
const kiln_verb kiln_verb_start = {
    { "start", "", "Asks for a run, prints its id, and leaves it to a worker.", start_options,
      "start --input '{}' --store runs --key order-7" },
    .run = do_start,
};

/* ---- the others ---- */

static int do_signal(struct cli *c)
{
    struct inbox_message m = { .verb = INBOX_SIGNAL, .key = c->options.key };
    kiln_heap h;
    int code;

    if (c->rest.n < 2 || c->rest.n > 3)
        return cli_complain(c, KILN_EXIT_USAGE, "signal takes a run id, a name and a JSON value");
    m.run = c->rest.at[0];
    m.name = c->rest.at[1];
    heap_init(&h, !!(c->program->flags & KILN_PROGRAM_SORTED));
    code = cli_read_input(c, c->rest.n == 3 ? c->rest.at[2] : "null", &h, &m.value);
    if (code == KILN_EXIT_OK)
        code = send_to_run(c, &m);
    heap_fini(&h);
    return code;
}

static const struct option signal_options[] = CLI_TABLE(CLI_SIGNAL);
const kiln_verb kiln_verb_signal = {
    { "signal", "ID NAME [JSON]", "Sends a signal to a run.", signal_options,
      "signal first approve '{\"by\":\"me\"}' --store runs" },
    .run = do_signal,
};

static int send_bare(struct cli *c, enum inbox_verb verb, const char *name)
{
    struct inbox_message m = { .verb = verb, .name = "" };

    if (c->rest.n != 1)
        return cli_complain(c, KILN_EXIT_USAGE, "%s takes one run id", name);
    m.run = c->rest.at[0];
    return send_to_run(c, &m);
}

static int do_cancel(struct cli *c)
{
    return send_bare(c, INBOX_CANCEL, "cancel");
}

static const struct option send_options[] = CLI_TABLE(CLI_SEND);
const kiln_verb kiln_verb_cancel = {
    { "cancel", "ID", "Ends a run.", send_options, "cancel first --store runs" },
    .run = do_cancel,
};

static int do_pause(struct cli *c)
{
    return send_bare(c, INBOX_PAUSE, "pause");
}

const kiln_verb kiln_verb_pause = {
    { "pause", "ID", "Keeps a run from going on until it is resumed.", send_options,
      "pause first --store runs" },
    .run = do_pause,
};

int cli_send_resume(struct cli *c, const char *id)
{
    const struct inbox_message m = { .verb = INBOX_RESUME, .run = id, .name = "" };

    return send_to_run(c, &m);
}
