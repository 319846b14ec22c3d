/* cli_point.c: a moment in the past of a run, as --at and --before name it: a step, by its name or
 * by the end of its place, or the number of a record; `show` prints both.
 */
#include "cli.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_MOST = 20 }; /* that a complaint lists */

/* A record of the run. */
struct moment {
    unsigned long long record; /* its number */
    const char *name;          /* its step, or NULL */
    int is_outcome;            /* it says what came of the step */
    long long ms;
};

struct moments {
    struct cli_names names;
    LIST(struct moment) all; /* by number, when all are there */
    struct arena arena;
};

static int note_moment(void *ctx, const struct entry *e)
{
    struct moments *m = ctx;
    struct moment x = { .record = e->sequence,
                        .is_outcome = e->kind == JOURNAL_DONE || e->kind == JOURNAL_FAILED
                                      || e->kind == JOURNAL_NOTE,
                        .ms = cli_ms_of(e) };
    struct text name = { 0 };

    cli_names_follow(&m->names, e);
    if (cli_is_step(e)) {
        cli_put_place(&name, m->names.program, e);
        x.name = name.failed ? NULL : arena_dup(&m->arena, text_cstr(&name), name.n);
        text_fini(&name);
        if (!x.name)
            return -ENOMEM;
    }
    return list_push(&m->all, x) < 0 ? -ENOMEM : 0;
}

static int by_record(const void *a, const void *b)
{
    const struct moment *x = a, *y = b;

    return (x->record > y->record) - (x->record < y->record);
}

/* ---- by number ---- */

/* Whether it is the number of a record: digits and nothing else. */
static int is_number(const char *word)
{
    return *word && word[strspn(word, "0123456789")] == '\0';
}

/* The record with this number, or the last of the run before it: others write in between. */
static const struct moment *find_number(const struct moments *m, const char *word)
{
    const struct moment *found = NULL;
    unsigned long long number = 0;

    for (; *word && number < ULLONG_MAX / 10; word++)
        number = 10 * number + (unsigned)(*word - '0');
    for (size_t i = 0; i < m->all.n && m->all.at[i].record <= number; i++)
        found = &m->all.at[i];
    return found && number <= m->all.at[m->all.n - 1].record ? found : NULL;
}

/* ---- by name ---- */

/* 2: the whole place, 1: its end, 0: another one. */
static int fits(const struct moment *x, const char *word)
{
    size_t n = x->name ? strlen(x->name) : 0, n_word = strlen(word);

    if (n < n_word || strcmp(x->name + n - n_word, word))
        return 0;
    return n == n_word ? 2 : x->name[n - n_word - 1] == '/';
}

/* The newest outcome of the step, or, for `before`, the first that is known of it. Where only the
 * end of places fits, it must be one place: else *ret_other is another. */
static const struct moment *find_step(const struct moments *m, const char *word, int before,
                                      const struct moment **ret_other)
{
    const struct moment *found = NULL;
    int best = 0;

    *ret_other = NULL;
    for (size_t i = 0; i < m->all.n; i++) {
        const struct moment *x = &m->all.at[i];
        int fit = x->is_outcome || before ? fits(x, word) : 0;

        if (!fit || fit < best)
            continue;
        if (fit == best && strcmp(found->name, x->name))
            *ret_other = before ? x : found;
        if (fit > best)
            *ret_other = NULL;
        if (fit > best || !before)
            found = x;
        best = fit;
    }
    return found;
}

/* ---- complaints ---- */

static int is_new(const struct moments *m, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (m->all.at[j].name && !strcmp(m->all.at[j].name, m->all.at[i].name))
            return 0;
    return 1;
}

static int complain_name(struct cli *c, const struct moments *m, const struct store_run *run,
                         const char *word)
{
    struct text t = { 0 };
    unsigned n = 0;
    int code;

    for (size_t i = 0; i < m->all.n && n <= NAMES_MOST; i++) {
        if (!m->all.at[i].name || !is_new(m, i))
            continue;
        text_puts(&t, n ? ", " : "");
        text_puts(&t, n < NAMES_MOST ? m->all.at[i].name : "...");
        n++;
    }
    code = cli_complain(c, KILN_EXIT_NO_RUN,
                        "run %s has no record of a step '%s' any more, or yet; it has %s", run->id,
                        word, t.n ? text_cstr(&t) : "none of any step");
    text_fini(&t);
    return code;
}

static int complain_several(struct cli *c, const struct moment *a, const struct moment *b,
                            const char *word)
{
    return cli_complain(c, KILN_EXIT_USAGE, "which '%s'? There is %s, and %s", word, a->name,
                        b->name);
}

static int complain_number(struct cli *c, const struct moments *m, const struct store_run *run,
                           const char *word)
{
    return cli_complain(c, KILN_EXIT_NO_RUN,
                        "run %s has no record %s any more, or yet; its records are %llu to %llu",
                        run->id, word, m->all.n ? m->all.at[0].record : 0,
                        m->all.n ? m->all.at[m->all.n - 1].record : 0);
}

/* ---- the moment ---- */

static int find(struct cli *c, const struct moments *m, const struct store_run *run,
                const char *word, const struct moment **ret)
{
    const struct moment *other = NULL;

    if (is_number(word)) {
        *ret = find_number(m, word);
        return *ret ? KILN_EXIT_OK : complain_number(c, m, run, word);
    }
    *ret = find_step(m, word, !c->options.at, &other);
    if (!*ret)
        return complain_name(c, m, run, word);
    return other ? complain_several(c, *ret, other, word) : KILN_EXIT_OK;
}

static int find_in(struct cli *c, const struct moments *m, const struct store_run *run,
                   struct cli_point *ret)
{
    const char *word = c->options.at ? c->options.at : c->options.before;
    const struct moment *x;
    int code = find(c, m, run, word, &x);

    if (code != KILN_EXIT_OK)
        return code;
    if (!c->options.at && x-- == m->all.at)
        return cli_complain(c, KILN_EXIT_NO_RUN, "nothing is known of run %s before '%s'", run->id,
                            word);
    *ret = (struct cli_point){ .record = x->record, .ms = x->ms };
    if (x->name && !(ret->step = strdup(x->name)))
        return cli_complain(c, KILN_EXIT_BROKEN, "out of memory");
    return KILN_EXIT_OK;
}

int cli_find_point(struct cli *c, struct store *s, const struct store_run *run,
                   struct cli_point *ret)
{
    struct moments m = {
        .names = { .mine = c->program, .store = s, .migrate = cli_find_verb(c, "migrate") }
    };
    int failed, code;

    if (!c->options.at == !c->options.before)
        return cli_complain(
            c, KILN_EXIT_USAGE,
            "say where: --at STEP or --before STEP, one of them ('%s show %s' tells "
            "the steps)",
            c->name, run->id);
    failed = cli_each_record(s, run, note_moment, &m);
    if (m.all.n)
        qsort(m.all.at, m.all.n, sizeof *m.all.at, by_record);
    if (failed && failed != -ENODATA)
        code = cli_complain(c, KILN_EXIT_STORE, "run %s cannot be read: %s", run->id,
                            strerror(-failed));
    else
        code = find_in(c, &m, run, ret);
    cli_names_fini(&m.names);
    list_fini(&m.all);
    arena_fini(&m.arena);
    return code;
}
