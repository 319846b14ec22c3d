/* engine.c: the life of a run as its owner sees it (kiln.h): make, start or resume, look, free. */
#include "settle.h"
#include "signals.h"
#include "snapshot.h"
#include "upgrade_run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int check_program(const kiln_program *p)
{
    return p && p->magic == KILN_MAGIC && p->abi == KILN_ABI && p->n_flows ? 0 : -EINVAL;
}

int run_make_tables(kiln_run *r, const kiln_program *program)
{
    unsigned n = program->n_flows, steps = 0;

    if (r->spare)
        frame_free_spare(r);
    free(r->bases);
    free(r->counts);
    r->program = program;
    r->spare = calloc(n, sizeof(struct frame *));
    r->bases = calloc(n, sizeof *r->bases);
    for (unsigned i = 0; r->bases && i < n; i++) {
        r->bases[i] = steps;
        steps += program->flows[i]->n_steps;
    }
    r->n_counts = steps;
    r->counts = calloc(steps ? steps : 1, sizeof *r->counts);
    return r->spare && r->bases && r->counts ? 0 : -1;
}

int kiln_run_new(const kiln_program *program, const kiln_options *options, kiln_run **ret)
{
    kiln_run *r;

    if (check_program(program) < 0)
        return -EINVAL;
    if (!(r = calloc(1, sizeof *r)))
        return -ENOMEM;
    if (options)
        r->options = *options;
    if (r->options.trace)
        r->wanted = r->options.wanted ? r->options.wanted : ~0u;
    r->io = r->options.io ? r->options.io : &kiln_io_posix;
    r->collect_at = COLLECT_FLOOR;
    heap_init(&r->heap, program->flags & KILN_PROGRAM_SORTED);
    heap_init(&r->kept, program->flags & KILN_PROGRAM_SORTED);
    if (run_make_tables(r, program) < 0) {
        kiln_run_free(r);
        return -ENOMEM;
    }
    *ret = r;
    return 0;
}

/* Makes the root frame and gives it the input; the run is running from here. */
static int begin(kiln_run *r, const kiln_value *input)
{
    const kiln_flow *root = r->program->flows[0];
    kiln_value v;

    r->status = KILN_RUNNING;
    if (value_copy(&r->heap, &v, input) < 0)
        return run_break(r, -ENOMEM, "out of memory");
    if (r->root)
        return root->superstep->input(r, r->root, &v);
    if (!(r->root = frame_new(r, root, NULL, 0, 0, &v)))
        return run_break(r, -ENOMEM, "out of memory");
    return frame_wake(r->root);
}

static int set_scratch(kiln_run *r)
{
    if (!r->options.scratch)
        return 0;
    return value_copy(&r->heap, &r->heap.scratch, r->options.scratch);
}

static int open_journal(kiln_run *r, const kiln_value *input)
{
    int failed;

    if (!r->options.store)
        return 0;
    failed = journal_begin(r->options.store, r->options.id, r->program, input, &r->journal);
    if (failed == -EEXIST)
        run_break(r, failed, "the store already has a run '%s'", r->options.id);
    else if (failed < 0)
        run_break(r, failed, "the store could not begin a run");
    return failed;
}

static int restart(kiln_run *r, const kiln_value *input)
{
    if (r->status == KILN_RUNNING || !r->root || !r->root->superstep)
        return run_break(r, -EBUSY, "the run has been started already");
    if (r->journal)
        return run_break(r, -ENOTSUP, "a run in a store takes one input");
    r->root->quiet = 0;
    return begin(r, input);
}

int kiln_run_start(kiln_run *r, const kiln_value *input)
{
    int failed;

    if (r->broken)
        return r->broken;
    if (r->started)
        failed = restart(r, input);
    else
        failed = open_journal(r, input) < 0 || set_scratch(r) < 0 || begin(r, input) < 0;
    r->started = 1;
    return failed ? (r->broken ? r->broken : 0) : 0;
}

/* A run of another version may go on under this one; one that has ended has its output. */
static int check_hash(kiln_run *r, int has_ended)
{
    const unsigned long long *h = journal_hash(r->journal);

    if (h[0] == r->program->hash[0] && h[1] == r->program->hash[1])
        return 0;
    if (r->options.upgrade)
        return has_ended ? 0 : r->options.upgrade->begin(r);
    return run_break(r, -ESTALE,
                     "run '%s' was begun by another program (%016llx%016llx), this one is "
                     "%016llx%016llx",
                     kiln_run_id(r), h[0], h[1], r->program->hash[0], r->program->hash[1]);
}

/* Goes on from the newest base, or from the beginning. */
static int take_up(kiln_run *r)
{
    kiln_value input = journal_input(r->journal);
    const unsigned char *state;
    size_t n;

    if (!(state = journal_state(r->journal, &n)))
        return signal_recall(r) < 0 ? -1 : begin(r, &input);
    if ((r->upgrade ? r->options.upgrade->restore : snapshot_restore)(r, state, n) < 0
        || signal_recall(r) < 0)
        return -1;
    alarms_move(&r->timers, journal_shift(r->journal));
    return settle_run(r);
}

static int load(kiln_run *r)
{
    const kiln_options *o = &r->options;

    if (o->at)
        return journal_load_past(o->store, o->id, o->at, &r->kept, &r->journal);
    return journal_load(o->store, o->id, &r->kept, &r->journal);
}

int kiln_run_resume(kiln_run *r)
{
    kiln_value result;
    int ok = 0, failed;

    if (r->started || !r->options.store || !r->options.id)
        return run_break(r, -EINVAL, "a run is resumed once, by its id, from a store"), r->broken;
    r->started = 1;
    failed = load(r);
    if (failed < 0)
        return run_break(r, failed, "%s", store_error(r->options.store)), failed;
    result = journal_result(r->journal, &ok);
    if (check_hash(r, result.tag != KILN_ABSENT) < 0 || set_scratch(r) < 0)
        return r->broken;
    if (result.tag != KILN_ABSENT) {
        r->output = result;
        r->status = ok                                 ? KILN_COMPLETED
                    : journal_is_cancelled(r->journal) ? KILN_CANCELLED
                                                       : KILN_FAILED;
        return 0;
    }
    r->paused = journal_is_paused(r->journal);
    r->behind = RUN_BEHIND;
    if (take_up(r) < 0 || (r->upgrade && r->options.upgrade->end(r) < 0))
        return r->broken;
    return 0;
}

enum kiln_status kiln_run_status(const kiln_run *r)
{
    return r->status;
}

const kiln_value *kiln_run_output(const kiln_run *r)
{
    return &r->output;
}

const char *kiln_run_error(const kiln_run *r)
{
    return text_cstr(&r->error);
}

kiln_heap *kiln_run_heap(kiln_run *r)
{
    return &r->heap;
}

/* A run without a store gets an id when somebody asks: operations make idempotency keys of it. */
const char *kiln_run_id(kiln_run *r)
{
    struct text t = { 0 };

    if (r->id)
        return r->id;
    if (r->journal)
        text_puts(&t, journal_id(r->journal));
    else if (r->options.id)
        text_puts(&t, r->options.id);
    else
        text_printf(&t, "%016llx", r->io->random(r->io->self));
    if (t.failed)
        text_fini(&t);
    r->id = t.s;
    return text_cstr(&t);
}

unsigned kiln_run_count(const kiln_run *r, const char *step_id)
{
    unsigned n = 0;

    for (unsigned i = 0; i < r->program->n_flows; i++)
        for (unsigned j = 0; j < r->program->flows[i]->n_steps; j++)
            if (!strcmp(r->program->flows[i]->steps[j].id, step_id))
                n += r->counts[r->bases[i] + j];
    return n;
}

void kiln_run_free(kiln_run *r)
{
    if (!r)
        return;
    if (r->root)
        frame_kill(r->root); /* stopped in the middle, it may have frames below it */
    if (r->spare)
        frame_free_spare(r);
    if (r->journal)
        journal_free(r->journal);
    free(r->ready);
    list_fini(&r->dead);
    alarms_fini(&r->timers);
    list_fini(&r->signals);
    map_fini(&r->signal_keys);
    list_fini(&r->path);
    free(r->counts);
    free(r->bases);
    free(r->id);
    text_fini(&r->error);
    heap_fini(&r->heap);
    heap_fini(&r->kept);
    if (r->upgrade)
        r->options.upgrade->free(r->upgrade);
    free(r);
}
