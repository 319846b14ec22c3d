/* pregel_thread.c: threads. The recordings' checkpoint ids are counted, not random: so every task
 * id in them can be demanded. */
#include "pregel_thread.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The n-th id of the fixture: 1f000000-0000-6NNN-XXXX-00000000abcd. */
static void next_id(void *ctx, int step, char ret[37])
{
    struct fixture *f = ctx;

    snprintf(ret, 37, "1f000000-0000-6%03x-%04x-00000000abcd", ++f->ids & 0xfff,
             0x8000 | ((unsigned)step & 0x3fff));
}

static void listen(void *ctx, enum kiln_event kind, const kiln_step *step, const kiln_value *v)
{
    struct thread *t = ctx;
    struct told *told;

    (void)step;
    if (kind < KILN_EVENT_TASK)
        return;
    told = arena_zalloc(&t->fixture->heap.arena, sizeof *told);
    if (!told || value_copy(&t->fixture->heap, &told->v, v) < 0)
        abort();
    told->kind = kind;
    *t->end = told;
    t->end = &told->next;
    if (kind == KILN_EVENT_TASK && kiln_push(&t->fixture->heap, &t->tasks, &told->v) < 0)
        abort();
}

struct thread *pregel_thread(struct fixture *f, const char *name)
{
    struct thread *t = f->threads;

    for (; t < f->threads + f->n_threads; t++)
        if (!strcmp(t->name, name))
            return t;
    if (f->n_threads == PREGEL_THREADS)
        return NULL;
    f->n_threads++;
    t->fixture = f;
    snprintf(t->name, sizeof t->name, "%s", name);
    if (kiln_array(&f->heap, &t->tasks, NULL, 0) < 0)
        abort();
    return t;
}

static int make_run(struct thread *t)
{
    kiln_options options = {
        .trace = listen, .trace_ctx = t, .checkpoint_id = next_id, .checkpoint_ctx = t->fixture
    };

    return kiln_run_new(t->fixture->program.program, &options, &t->run);
}

int pregel_thread_run(struct thread *t, const kiln_value *input, unsigned limit)
{
    t->first = NULL;
    t->end = &t->first;
    if (!t->run) {
        conformance_stop(t->fixture->conformance, &t->fixture->program,
                         &(struct conformance_case){ .input = input, .options.limit = limit });
        if (make_run(t) < 0)
            return -1;
    }
    kiln_run_limit(t->run, limit);
    if (kiln_run_start(t->run, input) < 0)
        return -1;
    return kiln_run_drive(t->run);
}

void pregel_threads_fini(struct fixture *f)
{
    for (unsigned i = 0; i < f->n_threads; i++)
        kiln_run_free(f->threads[i].run);
}
