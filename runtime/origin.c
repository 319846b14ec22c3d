/* origin.c: where a forked run came from: an entry of each of its bases, so that it is known for as
 * long as the run is. Its value is an array: run, record, step or null, shift.
 */
#include "store.h"

#include <errno.h>
#include <string.h>

static int put_value(kiln_heap *h, const struct store_origin *o, kiln_value *ret)
{
    kiln_value parts[4] = { value_static(o->run), value_int((long long)o->record),
                            o->step ? value_static(o->step) : value_null(), value_int(o->shift) };

    return kiln_array(h, ret, parts, 4);
}

void origin_put(struct text *t, const struct store_run *run)
{
    const struct journal_place root = { 0 };
    struct entry e = { .kind = JOURNAL_FORKED };
    struct text body = { 0 };
    kiln_value v;
    kiln_heap h;

    if (!run->origin)
        return;
    heap_init(&h, 0);
    if (put_value(&h, run->origin, &v) < 0)
        t->failed = 1;
    else
        entry_put(&body, run->number, 0, &root, &(struct entry_content){ .v = &v });
    e.body = (const unsigned char *)text_cstr(&body);
    e.n_body = body.n;
    t->failed |= body.failed;
    entry_put_within(t, &e);
    text_fini(&body);
    heap_fini(&h);
}

static int take_text(struct arena *a, const kiln_value *v, const char **ret)
{
    if (v->tag != KILN_STRING)
        return -EUCLEAN;
    *ret = arena_dup(a, v->u.s, v->n);
    return *ret ? 0 : -ENOMEM;
}

static int take_value(struct arena *a, const kiln_value *v, struct store_origin *ret)
{
    const kiln_value *parts = v->u.items;

    if (v->tag != KILN_ARRAY || v->n != 4 || parts[1].tag != KILN_INT || parts[3].tag != KILN_INT)
        return -EUCLEAN;
    ret->record = (unsigned long long)parts[1].u.i;
    ret->shift = parts[3].u.i;
    if (parts[2].tag != KILN_NULL && take_text(a, &parts[2], &ret->step) < 0)
        return -EUCLEAN;
    return take_text(a, &parts[0], &ret->run);
}

int origin_take(struct arena *a, const struct entry *e, const struct store_origin **ret)
{
    struct store_origin *o = arena_zalloc(a, sizeof *o);
    kiln_value v, scratch;
    kiln_heap h;
    int failed;

    heap_init(&h, 0);
    if (!o)
        failed = -ENOMEM;
    else
        failed = entry_values(&h, e, &v, &scratch) < 0 ? -EUCLEAN : take_value(a, &v, o);
    heap_fini(&h);
    if (!failed)
        *ret = o;
    return failed;
}
