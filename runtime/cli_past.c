/* cli_past.c: `show --at`: a run as it was: which frames it had, what was in their slots, what its
 * steps were at.
 *
 * The run is taken up as it was then and driven as far as it is known (kiln_options.at): nothing
 * happens in the world, and nothing is written.
 */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"
#include "wait.h"

struct picture {
    struct cli *c;
    kiln_run *run;
    struct text out;
};

/* ---- names ---- */

/* "" for the root, else "loop[2]", with what is above it in front. */
static void put_path(struct text *t, const struct frame *f)
{
    if (!f->parent)
        return;
    put_path(t, f->parent);
    text_printf(t, "%s%s[%u]", f->parent->parent ? "/" : "",
                f->parent->flow->steps[f->parent_step].id, f->item);
}

static const char *name_of_wait(const struct wait *w)
{
    static const char *const names[] = { [WAIT_TIME] = "sleeping",
                                         [WAIT_AGAIN] = "to be tried again",
                                         [WAIT_SIGNAL] = "waiting for a signal",
                                         [WAIT_DOUBT] = "in doubt",
                                         [WAIT_ASIDE] = "next" };

    return names[w->kind];
}

/* ---- what is in a frame ---- */

typedef void put_pair(struct text *t, const char *name, const kiln_value *v);

static void each_slot(struct text *t, const struct frame *f, put_pair *put)
{
    if (f->head.error.tag != KILN_ABSENT)
        put(t, "the error", &f->head.error);
    for (unsigned i = 0; i < f->flow->n_slots; i++)
        if (f->head.slots[i].tag != KILN_ABSENT)
            put(t, f->flow->slots[i].name, &f->head.slots[i]);
}

static void each_step(struct text *t, const struct frame *f, put_pair *put)
{
    const kiln_run *r = f->run;
    kiln_value what = value_static("next");

    for (size_t i = 0; i < r->ready_n; i++) {
        const struct ready *e = &r->ready[(r->ready_first + i) & (r->ready_cap - 1)];

        if (e->frame == f)
            put(t, f->flow->steps[e->step].id, &what);
    }
    for (const struct wait *w = f->waits; w; w = w->next) {
        if (w->kind == WAIT_NOT)
            continue;
        what = value_static(name_of_wait(w));
        put(t, f->flow->steps[w->step].id, &what);
    }
}

/* ---- as text ---- */

static void put_slot_line(struct text *t, const char *name, const kiln_value *v)
{
    text_printf(t, "  %-20s  ", name);
    cli_put_value(t, v);
    text_putc(t, '\n');
}

static void put_step_line(struct text *t, const char *name, const kiln_value *v)
{
    text_printf(t, "  %-20s  (%.*s)\n", name, (int)v->n, v->u.s);
}

static void put_frame_text(struct picture *p, const struct frame *f)
{
    text_printf(&p->out, "\n%s", f->parent ? "" : f->flow->name);
    put_path(&p->out, f);
    text_putc(&p->out, '\n');
    each_slot(&p->out, f, put_slot_line);
    each_step(&p->out, f, put_step_line);
}

static void put_title_text(struct picture *p, const struct store_run *run,
                           const struct cli_point *at)
{
    struct text *t = &p->out;

    text_printf(t, "run      %s\nbehind   record %llu", run->id, at->record);
    if (at->step)
        text_printf(t, " (%s)", at->step);
    text_printf(t, ", %+lld ms\n", at->ms);
    if (kiln_run_status(p->run) == KILN_RUNNING)
        return;
    text_puts(t, kiln_run_status(p->run) == KILN_COMPLETED ? "output   " : "error    ");
    cli_put_value(t, kiln_run_output(p->run));
    text_putc(t, '\n');
}

/* ---- as JSON ---- */

static void put_member(struct text *t, const char *name, const kiln_value *v)
{
    text_puts(t, t->s[t->n - 1] == '{' ? "" : ",");
    cli_put_string(t, name);
    text_putc(t, ':');
    json_write(t, v);
}

static void put_frame_json(struct picture *p, const struct frame *f)
{
    struct text path = { 0 };

    put_path(&path, f);
    text_putc(&p->out, '{');
    cli_put_member(&p->out, "frame", text_cstr(&path));
    cli_put_member(&p->out, "flow", f->flow->name);
    text_printf(&p->out, ",\"index\":%u,\"slots\":{", f->head.index);
    each_slot(&p->out, f, put_member);
    text_puts(&p->out, "},\"steps\":{");
    each_step(&p->out, f, put_member);
    text_puts(&p->out, "}}\n");
    text_fini(&path);
}

static void put_title_json(struct picture *p, const struct store_run *run,
                           const struct cli_point *at)
{
    static const char *const names[] = { "running", "completed", "failed", "cancelled" };
    struct text *t = &p->out;
    int status = kiln_run_status(p->run);

    text_putc(t, '{');
    cli_put_member(t, "id", run->id);
    text_printf(t, ",\"record\":%llu,\"ms\":%lld", at->record, at->ms);
    if (at->step)
        cli_put_member(t, "step", at->step);
    cli_put_member(t, "status", names[status]);
    if (status != KILN_RUNNING)
        put_member(t, status == KILN_COMPLETED ? "output" : "error", kiln_run_output(p->run));
    text_puts(t, "}\n");
}

/* ---- the picture ---- */

/* Oldest first: a frame stands before those below it. */
static int put_picture(struct picture *p, const struct store_run *run, const struct cli_point *at)
{
    const struct frame *f = p->run->live;
    int is_json = p->c->options.json;

    (is_json ? put_title_json : put_title_text)(p, run, at);
    while (f && f->next)
        f = f->next;
    for (; f; f = f->prev)
        (is_json ? put_frame_json : put_frame_text)(p, f);
    return cli_put(p->c, 1, &p->out);
}

static int show_run(struct cli *c, struct store *s, const struct store_run *run,
                    const struct cli_point *at)
{
    kiln_options options = { .io = c->io, .store = s, .id = run->id, .at = at->record };
    struct picture p = { .c = c };
    int failed = kiln_run_new(c->program, &options, &p.run), code;

    if (failed)
        return cli_complain(c, KILN_EXIT_BROKEN, "cannot make a run: %s", strerror(-failed));
    failed = kiln_run_resume(p.run);
    if (!failed)
        failed = kiln_run_drive(p.run);
    code = failed < 0 ? cli_complain_run(c, p.run, s, failed) : put_picture(&p, run, at);
    text_fini(&p.out);
    kiln_run_free(p.run);
    return code;
}

int cli_show_past(struct cli *c, struct store *s, const struct store_run *run)
{
    struct cli_point at = { 0 };
    int code;

    code = cli_find_point(c, s, run, &at);
    if (code == KILN_EXIT_OK)
        code = show_run(c, s, run, &at);
    free(at.step);
    return code;
}
