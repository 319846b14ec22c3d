/* store_script.c: see store_script.h. */
#include "store_script.h"

#include <check.h>
#include <string.h>

enum { COMMITS = 16 };

static const kiln_program program = { .name = "script", .hash = { 1, 2 } };

/* The value of record `n`: its number, and a text whose length depends on it, so that commits have
 * many sizes and some need a new segment. */
static kiln_value value_of(kiln_heap *h, unsigned long long n)
{
    static char filler[600];
    kiln_value pair[2] = { value_int((long long)n), value_null() }, v;
    size_t size = n % 7 == 0 ? sizeof filler : n % 5 * 13;

    memset(filler, 'x', sizeof filler);
    ck_assert_int_eq(value_string(h, &pair[1], filler, size), 0);
    ck_assert_int_eq(kiln_array(h, &v, pair, 2), 0);
    return v;
}

int script_append(struct script *k, unsigned run)
{
    kiln_heap h;
    kiln_value v;
    struct journal_place at = { .step = (unsigned)k->appended };
    int failed;

    heap_init(&h, 0);
    v = value_of(&h, k->appended + 1);
    if (!k->runs[run])
        failed = journal_begin(k->store, run ? "b" : "a", &program, &v, &k->runs[run]);
    else
        failed = journal_append(k->runs[run], JOURNAL_DONE, &at, &v, NULL);
    heap_fini(&h);
    if (!failed)
        k->appended++;
    return failed;
}

int script_commit(struct script *k)
{
    int failed = store_commit(k->store);

    if (!failed)
        k->acknowledged = k->appended;
    return failed;
}

void script_play(struct script *k)
{
    if (store_open(&k->sim->io, "s", STORE_CREATE | STORE_SMALL, &k->store, NULL) < 0)
        return;
    for (unsigned i = 0; i < COMMITS; i++) {
        for (unsigned j = 0; j <= i % 4; j++)
            if (script_append(k, j & 1) < 0)
                return;
        if (script_commit(k) < 0)
            return;
    }
}

void script_stop(struct script *k)
{
    journal_free(k->runs[0]);
    journal_free(k->runs[1]);
    k->runs[0] = k->runs[1] = NULL;
    store_close(k->store);
    k->store = NULL;
}

/* ---- what is there ---- */

struct seen {
    unsigned long long n;    /* records */
    unsigned long long most; /* the highest sequence */
    kiln_heap heap;
};

static int see(void *ctx, const struct entry *e)
{
    struct seen *seen = ctx;
    kiln_value v, scratch, want;

    ck_assert_int_eq(entry_values(&seen->heap, e, &v, &scratch), 0);
    want = value_of(&seen->heap, e->sequence);
    ck_assert_msg(value_equal(&v, &want), "record %llu is not what was written", e->sequence);
    seen->n++;
    if (e->sequence > seen->most)
        seen->most = e->sequence;
    return 0;
}

/* Reads everything; each record must be what was appended under its sequence, none may be missing.
 */
unsigned long long script_check(struct store *s)
{
    struct seen seen = { 0 };

    heap_init(&seen.heap, 0);
    for (size_t i = 0; i < s->runs.n; i++)
        ck_assert_int_eq(store_each(s, s->runs.at[i], 0, see, &seen), 0);
    ck_assert_uint_eq(seen.n, seen.most);
    heap_fini(&seen.heap);
    return seen.n;
}

struct store *script_reopen(struct io_sim *sim, unsigned flags)
{
    struct text why = { 0 };
    struct store *s = NULL;
    int failed = store_open(&sim->io, "s", flags | STORE_SMALL, &s, &why);

    ck_assert_msg(!failed, "%s", text_cstr(&why));
    text_fini(&why);
    return s;
}
