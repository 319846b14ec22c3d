/* cli_fork.c: the verb that makes a new run of an older one's past. It writes the store when nobody
 * else does, and else leaves a message (inbox.h); what cannot come to anything is refused here.
 */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ident.h"
#include "inbox.h"

struct wish {
    const char *from, *id; /* the old run, the new one */
    struct cli_point at;
    int is_busy; /* another program writes the store */
};

static int open_store(struct cli *c, struct wish *w, struct store **ret)
{
    int code = cli_open_free_store(c, ret);

    w->is_busy = code == KILN_EXIT_OK && !*ret;
    return w->is_busy ? cli_open_store(c, STORE_READONLY, ret) : code;
}

static int send(struct cli *c, const struct wish *w)
{
    struct inbox_message m = { .verb = INBOX_FORK, .run = w->id, .name = w->from };
    kiln_value parts[2] = { value_int((long long)w->at.record),
                            w->at.step ? value_static(w->at.step) : value_null() };
    kiln_heap h;
    int failed;

    heap_init(&h, 0);
    failed =
        kiln_array(&h, &m.value, parts, 2) < 0 ? -ENOMEM : inbox_send(c->io, c->options.store, &m);
    heap_fini(&h);
    if (failed)
        return cli_complain(c, KILN_EXIT_STORE, "cannot leave a message in '%s': %s",
                            c->options.store, strerror(-failed));
    return KILN_EXIT_OK;
}

static int make(struct cli *c, struct store *s, const struct wish *w)
{
    int failed = journal_fork(s, w->from, w->at.record, w->at.step, w->id);

    if (failed)
        return cli_complain(c, failed == -ENODATA ? KILN_EXIT_NO_RUN : cli_exit_of(failed), "%s",
                            store_error(s));
    return KILN_EXIT_OK;
}

static int grant(struct cli *c, struct store *s, struct wish *w)
{
    const struct store_run *run = store_find(s, w->from);
    int code;

    if (!run)
        return cli_complain(c, KILN_EXIT_NO_RUN, "the store '%s' has no run '%s'", s->path,
                            w->from);
    if (store_find(s, w->id))
        return cli_complain(c, KILN_EXIT_USAGE, "the store '%s' already has a run '%s'", s->path,
                            w->id);
    code = cli_find_point(c, s, run, &w->at);
    if (code == KILN_EXIT_OK)
        code = w->is_busy ? send(c, w) : make(c, s, w);
    return code == KILN_EXIT_OK ? cli_put_id(c, w->id) : code;
}

static int do_fork(struct cli *c)
{
    struct wish w = { .id = c->options.id };
    struct store *s = NULL;
    char made[IDENT_SIZE];
    int code;

    if (c->rest.n != 1)
        return cli_complain(c, KILN_EXIT_USAGE, "fork takes one run id");
    code = cli_check_id(c);
    if (code == KILN_EXIT_OK)
        code = open_store(c, &w, &s);
    if (code != KILN_EXIT_OK)
        return code;
    if (!w.id) {
        ident_make(c->io, made);
        w.id = made;
    }
    w.from = c->rest.at[0];
    code = grant(c, s, &w);
    free(w.at.step);
    store_close(s);
    return code;
}

static const struct option fork_options[] = CLI_TABLE(CLI_FORK);
const kiln_verb kiln_verb_fork = {
    { "fork", "ID", "Makes a new run that goes on where another one was.", fork_options,
      "fork first --at 1 --store runs" },
    .run = do_fork,
    .show_past = cli_show_past,
};
