/* checkpoint.c: the ids of checkpoints and tasks (pregel 2.5, 2.8).
 *
 * A task's id is a hash over the id of the checkpoint it starts from, so ids are the same wherever
 * the same graph takes the same way from the same checkpoint. Nothing is made when nobody listens.
 */
#include "superstep.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <stdlib.h>
#include <string.h>

/* 100 ns ticks between 1582-10-15 and 1970-01-01. */
#define GREGORIAN 0x01B21DD213814000ull

/* A version 6 UUID: time, then the step, then chance. Times never repeat within a frame. */
static void make_uuid(struct frame *f, int step, char ret[37])
{
    struct superstep *ss = f->superstep;
    const struct kiln_io *io = f->run->io;
    unsigned long long now = (unsigned long long)io->now_ms(io->self) * 10000 + GREGORIAN;
    unsigned long long chance = io->random(io->self) & 0xffffffffffffull;

    ss->ticks = now > ss->ticks ? now : ss->ticks + 1;
    text_fit(ret, 37, "%08llx-%04llx-6%03llx-%04x-%012llx", ss->ticks >> 28 & 0xffffffff,
             ss->ticks >> 12 & 0xffff, ss->ticks & 0xfff, 0x8000 | ((unsigned)step & 0x3fff),
             chance);
}

void checkpoint_next(struct frame *f, int step)
{
    const kiln_options *o = &f->run->options;

    if (o->checkpoint_id)
        o->checkpoint_id(o->checkpoint_ctx, step, f->superstep->checkpoint);
    else if (run_is_heard(f->run, KILN_EVENT_TASK) || run_is_heard(f->run, KILN_EVENT_RESULT))
        make_uuid(f, step, f->superstep->checkpoint);
}

static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The raw bytes of an id: its hexadecimal digits, two a byte. */
static void put_raw(struct text *t, const char *id)
{
    int high = -1;

    for (; *id; id++) {
        int d = digit(*id);

        if (d < 0)
            continue;
        if (high < 0) {
            high = d;
            continue;
        }
        text_putc(t, (char)(high << 4 | d));
        high = -1;
    }
}

static void put_hash(const struct text *t, char ret[37])
{
    static const char hex[] = "0123456789abcdef";
    XXH128_canonical_t canonical;
    char *at = ret;

    XXH128_canonicalFromHash(&canonical, XXH3_128bits(t->s, t->n));
    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *at++ = '-';
        *at++ = hex[canonical.digest[i] >> 4];
        *at++ = hex[canonical.digest[i] & 15];
    }
    *at = '\0';
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char **superstep_triggers(const struct frame *f, const struct task *t)
{
    const kiln_step *s = &f->flow->steps[t->step];
    const char **names = malloc((s->kind->n_watch ? s->kind->n_watch : 1) * sizeof *names);

    for (unsigned i = 0; names && i < s->kind->n_watch; i++)
        names[i] = f->flow->slots[s->kind->watch[i]].name;
    if (names)
        qsort(names, s->kind->n_watch, sizeof *names, by_bytes);
    return names;
}

int checkpoint_task_id(const struct frame *f, const struct task *t, char ret[37])
{
    const kiln_step *s = &f->flow->steps[t->step];
    const char **triggers = superstep_triggers(f, t);
    struct text parts = { 0 };
    int failed;

    if (!triggers)
        return -1;
    put_raw(&parts, f->superstep->checkpoint);
    text_printf(&parts, "%s%d%s__pregel_pull", s->id, f->superstep->step, s->id);
    for (unsigned i = 0; i < s->kind->n_watch; i++)
        text_puts(&parts, triggers[i]);
    failed = parts.failed;
    if (!failed)
        put_hash(&parts, ret);
    text_fini(&parts);
    free(triggers);
    return failed ? -1 : 0;
}
