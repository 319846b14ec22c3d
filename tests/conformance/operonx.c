/* operonx.c: case folders of the operonx dialect.
 *
 * A folder with graph.json is a case: inputs.json, scratch.json and op_returns.json go in,
 * expected.json says what comes out. In a folder of a bundle derived_expected.json holds a case for
 * each scenario, under "graph" or "graph@variant"; graphs without one are compiled only.
 */
#include "conformance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "operonx_ops.h"

/* One folder under test. */
struct folder {
    struct conformance *c;
    const char *path; /* without graph.json */
    const char *name; /* its last part */
    kiln_heap *heap;
    struct text graph;
    struct op_set ops;
    const kiln_op *set[OPERONX_OPS_MOST];
};

static int has_file(const struct folder *f, const char *name)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", f->path, name);
    return access(path, R_OK) == 0;
}

/* The value of a file of the folder; absent when there is none. */
static kiln_value read_file(const struct folder *f, const char *name)
{
    kiln_value v = { 0 };
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", f->path, name);
    if (has_file(f, name) && conformance_read(f->heap, path, &v) < 0)
        v.tag = KILN_ABSENT;
    return v;
}

static void count(struct folder *f, enum verdict verdict, const char *part,
                  const kiln_value *expected, const char *got)
{
    char name[512];

    snprintf(name, sizeof name, "%s%s%s", f->name, *part ? "/" : "", part);
    conformance_count(f->c, CONFORMANCE_OPERONX, verdict, name,
                      expected ? conformance_text(f->heap, expected) : "it to compile", got);
}

/* ---- what may be expected ---- */

static int contains_all(const kiln_value *words, const char *text)
{
    for (unsigned i = 0; i < words->n; i++)
        if (!memmem(text, strlen(text), words->u.items[i].u.s, words->u.items[i].n))
            return 0;
    return 1;
}

static int by_number(const void *a, const void *b)
{
    double x = value_number(a), y = value_number(b);

    return (x > y) - (x < y);
}

static int is_sorted_out(const struct folder *f, const kiln_value *expected, const kiln_value *out)
{
    kiln_value *items;
    kiln_value sorted;

    if (out->tag != KILN_ARRAY || !(items = calloc(out->n + 1, sizeof *items)))
        return 0;
    memcpy(items, out->u.items, out->n * sizeof *items);
    qsort(items, out->n, sizeof *items, by_number);
    if (kiln_array(f->heap, &sorted, items, out->n) < 0)
        sorted.tag = KILN_ABSENT;
    free(items);
    return value_equal(&sorted, expected);
}

/* Every key that is expected is there with its value; null may also be absent. */
static int holds(const kiln_value *expected, const kiln_value *got)
{
    for (unsigned i = 0; i < expected->n; i++) {
        kiln_value v = kiln_get(got, &expected->u.members[i].key);

        if (!value_equal(&v, &expected->u.members[i].value))
            return 0;
    }
    return 1;
}

static int agrees(const struct folder *f, const kiln_value *expected, const kiln_value *got)
{
    kiln_value words = value_member(expected, "error_contains");
    kiln_value sorted = value_member(expected, "out_sorted");
    kiln_value empty = value_member(expected, "out_absent_or_empty");
    kiln_value error = value_member(got, "error"), out = value_member(got, "out");

    if (words.tag == KILN_ARRAY)
        return error.tag != KILN_ABSENT && contains_all(&words, conformance_text(f->heap, &error));
    if (sorted.tag == KILN_ARRAY)
        return is_sorted_out(f, &sorted, &out);
    if (empty.tag == KILN_BOOL)
        return out.tag == KILN_ABSENT || (out.tag == KILN_ARRAY && !out.n);
    if (value_member(expected, "finishes_within_ms").tag == KILN_INT)
        return got->tag == KILN_OBJECT;
    return holds(expected, got) && (got->n == expected->n || strstr(f->path, "rust_tests"));
}

/* ---- running ---- */

static void run_case(struct folder *f, const char *part, struct conformance_program *p,
                     const kiln_value *input, const kiln_value *expected)
{
    kiln_value scratch = read_file(f, "scratch.json");
    struct conformance_case k = {
        .input = input, .options = { .scratch = scratch.tag == KILN_OBJECT ? &scratch : NULL }
    };
    kiln_run *r = conformance_run(f->c, p, &k);
    const kiln_value *got;

    if (!r) {
        count(f, CASE_FAILED, part, expected, "a program that does not fit");
        return;
    }
    got = kiln_run_output(r);
    if (kiln_run_status(r) == KILN_COMPLETED && agrees(f, expected, got))
        count(f, CASE_PASSED, part, expected, NULL);
    else
        count(f, CASE_FAILED, part, expected, conformance_text(f->heap, got));
    kiln_run_free(r);
}

/* Compiles one graph. 1 when it can run; else it has been counted. Where no result is recorded, the
 * operations may be unknown too. */
static int compile(struct folder *f, const char *graph, const char *part, int has_result,
                   struct conformance_program *ret)
{
    struct compile_options options = { .graph = graph, .dialect = "operonx" };
    int excused;

    conformance_compile(f->c, f->name, text_cstr(&f->graph), f->graph.n, &f->ops, &options, ret);
    if (ret->program)
        return 1;
    excused =
        ret->unsupported || (!has_result && ret->complaint && !strncmp(ret->complaint, "O040 ", 5));
    count(f, excused ? CASE_UNSUPPORTED : CASE_FAILED, part, NULL, ret->complaint);
    return 0;
}

static void run_single(struct folder *f)
{
    kiln_value input = read_file(f, "inputs.json"), expected = read_file(f, "expected.json");
    kiln_value returns = read_file(f, "op_returns.json");
    kiln_value produced = value_member(&returns, "produce");
    struct conformance_program p;

    operonx_ops_produce(produced.tag == KILN_ABSENT ? NULL : &produced);
    if (compile(f, NULL, "", 1, &p))
        run_case(f, "", &p, &input, &expected);
    conformance_program_fini(&p);
}

/* Whether `key` is the graph's name or a variant "name@..." of it. */
static int is_variant(const kiln_value *key, const kiln_value *graph)
{
    return key->n >= graph->n && !memcmp(key->u.s, graph->u.s, graph->n)
           && (key->n == graph->n || key->u.s[graph->n] == '@');
}

static unsigned variants(const kiln_value *derived, const kiln_value *graph)
{
    unsigned n = 0;

    for (unsigned i = 0; derived->tag == KILN_OBJECT && i < derived->n; i++)
        n += (unsigned)is_variant(&derived->u.members[i].key, graph);
    return n;
}

static void run_variants(struct folder *f, const kiln_value *graph, const kiln_value *derived,
                         struct conformance_program *p)
{
    for (unsigned i = 0; derived->tag == KILN_OBJECT && i < derived->n; i++) {
        const kiln_member *m = &derived->u.members[i];
        kiln_value input = value_member(&m->value, "inputs");
        kiln_value expected = value_member(&m->value, "result");
        char name[256];

        snprintf(name, sizeof name, "%.*s", (int)m->key.n, m->key.u.s);
        if (is_variant(&m->key, graph))
            run_case(f, name, p, &input, &expected);
    }
}

static void run_bundle(struct folder *f, const kiln_value *bundle)
{
    kiln_value derived = read_file(f, "derived_expected.json");

    for (unsigned i = 0; i < bundle->n; i++) {
        const kiln_value *graph = &bundle->u.members[i].key;
        int has_result = variants(&derived, graph) > 0;
        struct conformance_program p;
        char name[256];

        snprintf(name, sizeof name, "%.*s", (int)graph->n, graph->u.s);
        if (compile(f, name, name, has_result, &p)) {
            run_variants(f, graph, &derived, &p);
            if (!has_result)
                count(f, CASE_UNSUPPORTED, name, NULL, "it compiles; no result is recorded");
        }
        conformance_program_fini(&p);
    }
}

/* ---- finding folders ---- */

static int read_text(const char *path, struct text *ret)
{
    FILE *in = fopen(path, "rb");
    char buf[1 << 14];
    size_t n;

    if (!in)
        return -1;
    while ((n = fread(buf, 1, sizeof buf, in)) > 0)
        text_put(ret, buf, n);
    fclose(in);
    return 0;
}

static void run_folder(struct conformance *c, const char *file)
{
    char *path = strndup(file, strlen(file) - strlen("/graph.json"));
    struct folder f = { .c = c, .path = path };
    kiln_value graph;
    kiln_heap heap;

    heap_init(&heap, 0);
    f.heap = &heap;
    f.name = path && strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    if (path && read_text(file, &f.graph) == 0 && conformance_read(&heap, file, &graph) == 0) {
        f.ops = (struct op_set){ f.set, operonx_ops_for(path, f.set) };
        if (value_member(&graph, "schema_version").tag != KILN_ABSENT)
            run_single(&f);
        else
            run_bundle(&f, &graph);
    }
    text_fini(&f.graph);
    heap_fini(&heap);
    free(path);
}

/* Whether the file lies beside a graph.json. */
static int is_part(const char *file)
{
    char path[4096];

    snprintf(path, sizeof path, "%.*s/graph.json", (int)(strrchr(file, '/') - file), file);
    return access(path, R_OK) == 0;
}

int conformance_operonx(struct conformance *c, const char *file)
{
    if (!strchr(file, '/') || !strstr(file, "operonx"))
        return 0;
    if (conformance_ends(file, "/graph.json")) {
        run_folder(c, file);
        return 1;
    }
    return is_part(file);
}
