/* harness.c: compiling a case, running it, reading files. The clock is virtual: a sleep moves it.
 */
#include "conformance.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int conformance_build(int use_cc, struct conformance_program *p, const kiln_op *const *ops,
                      struct build_jit **ret, const kiln_program **ret_program)
{
    struct compilation *k = &p->compilation;

    if (use_cc)
        return build_so(k->c.s, k->c.n, k->symbol, ops, p->ops.n, "0", &k->arena, &k->diags, ret,
                        ret_program);
    return build_tcc(k->c.s, k->c.n, k->symbol, ops, p->ops.n, &k->arena, &k->diags, ret,
                     ret_program);
}

void conformance_compile(struct conformance *c, const char *name, const char *text, size_t n,
                         const struct op_set *ops, const struct compile_options *options,
                         struct conformance_program *ret)
{
    struct compile_options all = options ? *options : (struct compile_options){ 0 };
    struct compilation *k = &ret->compilation;
    struct diags *d = &k->diags;
    int failed;

    memset(ret, 0, sizeof *ret);
    all.until = STAGE_C;
    all.verify = 1;
    ret->ops = conformance_stops_ops(c, ops ? ops : c->ops, &ret->arena);
    failed = compile_text(k, name, text, n, &ret->ops, &all);
    if (!failed)
        failed =
            conformance_build(c->use_cc && !c->stops, ret, ret->ops.at, &ret->jit, &ret->program);
    if (!failed)
        return;
    ret->unsupported = 1;
    for (size_t i = 0; i < d->n; i++) {
        if (d->at[i].severity != DIAG_ERROR)
            continue;
        if (!ret->complaint || (ret->unsupported && strcmp(d->at[i].code, "K100")))
            ret->complaint = arena_printf(&k->arena, "%s %s", d->at[i].code, d->at[i].sentence);
        ret->unsupported &= !strcmp(d->at[i].code, "K100");
    }
}

void conformance_program_fini(struct conformance_program *p)
{
    if (p->jit)
        build_jit_free(p->jit);
    compile_fini(&p->compilation);
    arena_fini(&p->arena);
    memset(p, 0, sizeof *p);
}

/* ---- running ---- */

static long long virtual_now(void *self)
{
    return ((struct conformance_world *)self)->now;
}

static void virtual_sleep(void *self, unsigned long long ms)
{
    ((struct conformance_world *)self)->now += (long long)ms;
}

static void begin_world(struct conformance_world *w)
{
    w->io = kiln_io_posix;
    w->io.self = w;
    w->io.now_ms = virtual_now;
    w->io.sleep_ms = virtual_sleep;
    w->began = w->now = 1767323045000; /* 2026-01-02T03:04:05Z */
}

/* Gives the run the answers it waits for. */
static void give_answers(kiln_run *r, const kiln_value *answers)
{
    unsigned given = 0;

    while (answers && answers->tag == KILN_ARRAY && answers->n && kiln_run_awaits(r)
           && kiln_run_status(r) == KILN_RUNNING) {
        kiln_value step = value_member(kiln_run_awaits(r), "step");
        unsigned i = given < answers->n ? given : answers->n - 1;
        char name[256];

        snprintf(name, sizeof name, "%.*s", (int)step.n, step.u.s);
        given++;
        if (kiln_run_signal(r, name, &answers->u.items[i]) < 0 || kiln_run_drive(r) < 0)
            return;
    }
}

kiln_run *conformance_run(struct conformance *c, struct conformance_program *p,
                          const struct conformance_case *k)
{
    kiln_options options = k->options;
    kiln_run *r;

    conformance_stop(c, p, k);
    begin_world(&c->world);
    options.io = &c->world.io;
    if (kiln_run_new(p->program, &options, &r) < 0)
        return NULL;
    if (kiln_run_start(r, k->input) == 0 && kiln_run_drive(r) >= 0)
        give_answers(r, k->answers);
    return r;
}

/* ---- files ---- */

/* The original ends some messages with a hint to its own pages. Kiln has others
 * (spec/scenario.md 1.6.5), so the cases are read without it. */
static void drop_hints(struct text *t)
{
    static const char from[] = " — this helper is not available", to[] = "timestamps).";
    char *hint, *end;

    while ((hint = strstr(t->s, from)) && (end = strstr(hint, to))) {
        end += strlen(to);
        memmove(hint, end, t->n - (size_t)(end - t->s) + 1);
        t->n -= (size_t)(end - hint);
    }
}

int conformance_read(kiln_heap *h, const char *path, kiln_value *ret)
{
    struct json_error error;
    struct text t = { 0 };
    char buf[1 << 16];
    FILE *f = fopen(path, "rb");
    int failed;
    size_t n;

    if (!f) {
        fprintf(stderr, "conformance: %s: %s\n", path, strerror(errno));
        return -1;
    }
    while ((n = fread(buf, 1, sizeof buf, f)) > 0)
        text_put(&t, buf, n);
    fclose(f);
    text_cstr(&t);
    if (t.n)
        drop_hints(&t);
    failed = json_read(h, ret, text_cstr(&t), t.n, &error);
    if (failed)
        fprintf(stderr, "conformance: %s: byte %zu: %s\n", path, error.at, error.sentence);
    text_fini(&t);
    return failed;
}

const char *conformance_text(kiln_heap *h, const kiln_value *v)
{
    struct text t = { 0 };
    char *s;

    json_write(&t, v);
    s = arena_dup(&h->arena, text_cstr(&t), t.n);
    text_fini(&t);
    return s ? s : "";
}

int conformance_ends(const char *path, const char *tail)
{
    size_t n = strlen(path), m = strlen(tail);

    return n >= m && !strcmp(path + n - m, tail);
}

void conformance_walk(const char *path, void (*each)(void *ctx, const char *file), void *ctx)
{
    struct dirent **entries;
    struct stat st;
    int n;

    if (stat(path, &st) < 0)
        return;
    if (S_ISREG(st.st_mode)) {
        each(ctx, path);
        return;
    }
    n = scandir(path, &entries, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        char *inner;

        if (entries[i]->d_name[0] != '.'
            && asprintf(&inner, "%s/%s", path, entries[i]->d_name) >= 0) {
            conformance_walk(inner, each, ctx);
            free(inner);
        }
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
}
