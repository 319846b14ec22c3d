/* cli_mail.c: what was left in the inbox for a run that `run` or `resume` takes up. They hold the
 * lock, so nobody else reads it meanwhile. The inbox is read once; a message goes when what came of
 * it is durable.
 */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "inbox.h"
#include "run.h"

/* A message by the name of its file. */
struct letter {
    char *name, *run; /* owned; name: NULL when it has been taken */
    int is_read;
};

struct cli_mail {
    LIST(struct letter) letters;
};

static int add_letter(struct cli_mail *mail, const char *name, const char *run)
{
    struct letter l = { strdup(name), strdup(run), 0 };

    if (l.name && l.run && list_push(&mail->letters, l) == 0)
        return 0;
    free(l.name);
    free(l.run);
    return -ENOMEM;
}

/* What is damaged, or of a newer kiln, is left to a worker. */
static int note_letter(struct cli *c, struct store *s, const char *name)
{
    struct inbox_message m;
    kiln_heap h;
    int failed;

    heap_init(&h, 0);
    failed = inbox_read(c->io, s->path, name, &h, &m);
    failed = failed ? failed == -ENOMEM ? failed : 0 : add_letter(c->mail, name, m.run);
    heap_fini(&h);
    return failed;
}

static int read_inbox(struct cli *c, struct store *s)
{
    struct inbox_list list = { 0 };
    int failed = inbox_sweep(c->io, s->path);

    if (!failed && !(c->mail = calloc(1, sizeof *c->mail)))
        failed = -ENOMEM;
    if (!failed)
        failed = inbox_list(c->io, s->path, &list);
    for (size_t i = 0; i < list.n && !failed; i++)
        failed = note_letter(c, s, list.at[i]);
    inbox_list_fini(&list);
    return failed;
}

static int obey(struct cli *c, kiln_run *r, struct store *s, const struct letter *l)
{
    struct inbox_message m;
    kiln_heap h;
    int failed;

    heap_init(&h, !!(c->program->flags & KILN_PROGRAM_SORTED));
    failed = inbox_read(c->io, s->path, l->name, &h, &m);
    if (!failed && !inbox_makes_run(&m) && kiln_run_status(r) != KILN_RUNNING)
        cli_complain(c, KILN_EXIT_OK, "a message for run %s is dropped: it has ended", l->run);
    else if (!failed && !inbox_makes_run(&m)) /* else it is there already */
        failed = run_obey(r, &m);
    heap_fini(&h);
    return failed;
}

static int remove_read(struct cli *c, struct store *s)
{
    int failed = 0;

    for (size_t i = 0; i < c->mail->letters.n && !failed; i++) {
        struct letter *l = &c->mail->letters.at[i];

        if (!l->name || !l->is_read)
            continue;
        failed = inbox_remove(c->io, s->path, l->name);
        free(l->name);
        l->name = NULL;
    }
    return failed;
}

int cli_take_mail(struct cli *c, kiln_run *r, struct store *s)
{
    int failed = 0, n = 0;

    if (!s || (!c->mail && (failed = read_inbox(c, s))))
        return failed;
    for (size_t i = 0; i < c->mail->letters.n && !failed; i++) {
        struct letter *l = &c->mail->letters.at[i];

        if (!l->name || strcmp(l->run, kiln_run_id(r)))
            continue;
        failed = obey(c, r, s, l);
        l->is_read = 1;
        n++;
    }
    if (failed || !n)
        return failed;
    failed = store_commit(s);
    return failed ? failed : remove_read(c, s);
}

void cli_free_mail(struct cli *c)
{
    for (size_t i = 0; c->mail && i < c->mail->letters.n; i++) {
        free(c->mail->letters.at[i].name);
        free(c->mail->letters.at[i].run);
    }
    if (c->mail)
        list_fini(&c->mail->letters);
    free(c->mail);
}
