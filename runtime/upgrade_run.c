/* upgrade_run.c: what a run must go through to go on under a later version (upgrade_run.h). */
#include "upgrade_run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "replay.h"
#include "snapshot.h"
#include "store.h"

/* ---- words ---- */

static void put_lines(struct text *t, const struct upgrade_lines *lines)
{
    for (size_t i = 0; i < lines->lines.n; i++)
        text_printf(t, "%s\n", lines->lines.at[i]);
}

/* Refuses for what stands in the way, if something does. */
static int refuse(kiln_run *r)
{
    struct run_upgrade *ru = r->upgrade;
    const struct upgrade *u = &ru->upgrade;

    if (u->failed)
        return run_break(r, -ENOMEM, "out of memory");
    if (!u->in_the_way.lines.n)
        return 0;
    put_lines(&ru->report, &u->in_the_way);
    return run_break(
        r, -ESTALE, "run '%s' was begun by another version of '%s' and cannot go on under this one",
        kiln_run_id(r), r->program->name);
}

const char *kiln_run_upgrade_report(const kiln_run *r)
{
    return r->upgrade ? text_cstr(&r->upgrade->report) : "";
}

/* ---- beginning ---- */

/* Its text stays where it is, however many programs come. */
static struct store_program find_program(const kiln_run *r)
{
    struct store *s = r->options.store;
    const struct store_program *known;
    struct store_program p = { .n = 0 };

    store_enter(s);
    if ((known = store_find_program(s, journal_hash(r->journal))))
        p = *known;
    store_leave(s);
    return p;
}

static int read_shapes(kiln_run *r)
{
    struct run_upgrade *ru = r->upgrade;
    const struct store_program from = find_program(r);
    const kiln_program *p = r->program;

    if (!from.shape || !p->shape)
        return run_break(r, -ESTALE,
                         "run '%s' was begun by another program, and nothing is known of that",
                         kiln_run_id(r));
    if (shape_read(&ru->from, from.shape, from.n, p) < 0
        || shape_read(&ru->to, p->shape, p->n_shape, p) < 0)
        return run_break(r, -EUCLEAN, "the shape of the program of run '%s' cannot be read",
                         kiln_run_id(r));
    return 0;
}

/* A step of a path: its number in the later version, and the flow it runs in the older one. */
static int move_number(const struct upgrade *u, unsigned *flow, unsigned *number)
{
    const kiln_flow *f = u->from->program.flows[*flow];
    unsigned step = *number, to;

    if (step >= f->n_steps || !f->steps[step].kind->flow)
        return 0;
    to = u->on.flows[*flow] == UPGRADE_GONE ? UPGRADE_GONE : u->on.steps[*flow][step];
    if (to == UPGRADE_GONE)
        return 0;
    *number = to;
    *flow = f->steps[step].kind->flow->number;
    return 1;
}

static int move_place(void *ctx, unsigned *path, struct journal_place *at)
{
    struct upgrade *u = ctx;
    unsigned flow = 0, to;
    const kiln_flow *f;

    for (unsigned i = 0; i < at->n; i++)
        if (!move_number(u, &flow, &path[2 * i])) {
            upgrade_say(u, &u->in_the_way,
                        "a step inside %s has been done since, and its place is gone",
                        u->from->program.flows[flow]->name);
            return 0;
        }
    f = u->from->program.flows[flow];
    to = u->on.flows[flow] == UPGRADE_GONE || at->step >= f->n_steps ? UPGRADE_GONE
                                                                     : u->on.steps[flow][at->step];
    if (to == UPGRADE_GONE) {
        upgrade_say(u, &u->in_the_way, "step '%s' of %s has been done since, and is gone",
                    at->step < f->n_steps ? f->steps[at->step].id : "?", f->name);
        return 0;
    }
    at->step = to;
    return 1;
}

static int begin(kiln_run *r)
{
    struct run_upgrade *ru = calloc(1, sizeof *ru);

    if (!ru)
        return run_break(r, -ENOMEM, "out of memory");
    r->upgrade = ru;
    if (read_shapes(r) < 0)
        return -1;
    if (upgrade_init(&ru->upgrade, &ru->from, &ru->to) < 0)
        return run_break(r, -ENOMEM, "out of memory");
    upgrade_check_programs(&ru->upgrade);
    if (refuse(r) < 0)
        return -1;
    if (journal_move(r->journal, move_place, &ru->upgrade) < 0)
        return run_break(r, -ENOMEM, "out of memory");
    journal_mute(r->journal, 1);
    return refuse(r);
}

/* ---- where it stands ---- */

static int restore(kiln_run *r, const unsigned char *bytes, size_t n)
{
    struct upgrade *u = &r->upgrade->upgrade;
    const kiln_program *to = r->program;

    if (run_make_tables(r, &u->from->program) < 0)
        return run_break(r, -ENOMEM, "out of memory");
    if (snapshot_restore(r, bytes, n) < 0)
        return -1;
    upgrade_check_frames(r, u);
    if (refuse(r) < 0 || upgrade_move(r, u, to) < 0)
        return -1;
    return refuse(r);
}

/* ---- the end ---- */

/* In the numbers of the later version. */
static void say_left(void *ctx, const struct journal_place *at)
{
    kiln_run *r = ctx;
    struct upgrade *u = &r->upgrade->upgrade;
    const kiln_flow *f = r->program->flows[0];

    for (unsigned i = 0; i < at->n; i++)
        f = f->steps[at->path[2 * i]].kind->flow;
    upgrade_say(u, &u->in_the_way,
                "step '%s' of %s has been done or begun, and would not be come to",
                f->steps[at->step].id, f->name);
}

/* Where it stands when steps were done that it does not come to any more. */
static void say_passed(kiln_run *r)
{
    struct upgrade *u = &r->upgrade->upgrade;

    for (size_t i = 0; u->in_the_way.lines.n && i < r->ready_n; i++) {
        const struct ready *e = &r->ready[(r->ready_first + i) & (r->ready_cap - 1)];

        upgrade_say(u, &u->in_the_way, "step '%s' of %s would come first, and has not been done",
                    e->frame->flow->steps[e->step].id, e->frame->flow->name);
    }
}

static long long due_of(const kiln_run *r)
{
    return r->ready_n ? JOURNAL_NOW : r->timers.n ? r->timers.at[0]->due : JOURNAL_NEVER;
}

/* The run is the later version's as soon as this base is on disk, and not before. */
static int seal(kiln_run *r)
{
    if (r->status != KILN_RUNNING) /* nothing is left to be done by any version */
        return run_keep_end(r);
    if (!snapshot_has_room(r, 1))
        return run_break(r, -E2BIG, "the state of run '%s' is too large to be moved",
                         kiln_run_id(r));
    if (journal_adopt(r->journal, r->program) < 0)
        return run_break(r, -EIO, "the store could not keep the program");
    return snapshot_keep(r, due_of(r), 1);
}

/* The run has taken its state and its signals up: replays the rest, and seals it all. */
static int end(kiln_run *r)
{
    struct run_upgrade *ru = r->upgrade;

    if (replay_run(r) < 0)
        return -1;
    journal_mute(r->journal, 0);
    if (journal_each_left(r->journal, say_left, r) < 0)
        return run_break(r, -ENOMEM, "out of memory");
    say_passed(r);
    if (refuse(r) < 0)
        return -1;
    put_lines(&ru->report, &ru->upgrade.told);
    if (!r->options.upgrade->is_done)
        return run_break(
            r, -ESTALE,
            "run '%s' was begun by another version of '%s'; it can go on under this one",
            kiln_run_id(r), r->program->name);
    return seal(r);
}

static void discard(struct run_upgrade *ru)
{
    upgrade_fini(&ru->upgrade);
    shape_fini(&ru->from);
    shape_fini(&ru->to);
    text_fini(&ru->report);
    free(ru);
}

const kiln_upgrade kiln_upgrade_try = { begin, restore, end, discard, .is_done = 0 };
const kiln_upgrade kiln_upgrade_do = { begin, restore, end, discard, .is_done = 1 };
