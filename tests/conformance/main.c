/* main.c: build/tests/conformance [--backend cc|tcc] [--quiet] [--by-file] [--stops N/M] PATH...
 *
 * Compiles and runs recorded cases in the formats of the three dialects and counts: a line for each
 * case that failed, one for each that uses something not supported, and a last line a dialect.
 * Every file is shown to the three in turn. With --stops every M-th program that leaves records is
 * also stopped at all that can go wrong, and N ends of each write are tried; a last line counts.
 */
#include "conformance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const dialect_names[] = { "scenario", "operonx", "pregel" };

void conformance_count(struct conformance *c, int dialect, enum verdict verdict, const char *name,
                       const char *expected, const char *got)
{
    c->counts[dialect][verdict]++;
    if (verdict == CASE_FAILED)
        printf("FAILED %s %s: expected %s, got %s\n", dialect_names[dialect], name,
               expected ? expected : "?", got ? got : "?");
    else if (verdict == CASE_UNSUPPORTED && !c->quiet)
        printf("unsupported %s %s: %s\n", dialect_names[dialect], name, got ? got : "?");
}

static int usage(void)
{
    fprintf(stderr, "usage: conformance [--backend cc|tcc] [--quiet] [--by-file] "
                    "[--stops N/M] PATH...\n"
                    "example: build/tests/conformance ../shared/conformance/pregel\n");
    return 2;
}

/* N/M: so many ends of a write, one in so many programs. */
static int read_stops(struct conformance_stops *s, const char *word)
{
    s->effort.twice = 50;
    return sscanf(word, "%u/%u", &s->effort.tears, &s->one_in) == 2 && s->effort.tears && s->one_in
               ? 0
               : -1;
}

/* Takes the flags off the front. The number of the first path, or -1. */
static int read_flags(struct conformance *c, struct conformance_stops *stops, int argc, char **argv)
{
    int i = 1;

    for (; i < argc && !strncmp(argv[i], "--", 2); i++) {
        if (!strcmp(argv[i], "--quiet"))
            c->quiet = 1;
        else if (!strcmp(argv[i], "--by-file"))
            c->by_file = 1;
        else if (!strcmp(argv[i], "--backend") && i + 1 < argc)
            c->use_cc = !strcmp(argv[++i], "cc");
        else if (!strcmp(argv[i], "--stops") && i + 1 < argc && read_stops(stops, argv[++i]) == 0)
            c->stops = stops;
        else
            return -1;
    }
    return i < argc ? i : -1;
}

static int print_totals(const struct conformance *c)
{
    int failed = 0;

    for (int d = 0; d < 3; d++) {
        const unsigned *n = c->counts[d];

        if (n[CASE_PASSED] + n[CASE_FAILED] + n[CASE_UNSUPPORTED])
            printf("%s: %u passed, %u failed, %u unsupported\n", dialect_names[d], n[CASE_PASSED],
                   n[CASE_FAILED], n[CASE_UNSUPPORTED]);
        failed |= n[CASE_FAILED] > 0;
    }
    return failed;
}

/* What was counted up to now, of all dialects. */
static void sum(const struct conformance *c, unsigned ret[3])
{
    for (int v = 0; v < 3; v++)
        ret[v] = c->counts[0][v] + c->counts[1][v] + c->counts[2][v];
}

static void visit(void *ctx, const char *file)
{
    struct conformance *c = ctx;
    unsigned before[3], after[3];
    int known;

    c->file = file;
    if (!conformance_ends(file, ".json"))
        return;
    sum(c, before);
    known = conformance_operonx(c, file) || conformance_pregel(c, file)
            || conformance_scenario(c, file);
    sum(c, after);
    if (!known && (!c->quiet || c->by_file))
        printf("%s: no case in a known format\n", file);
    else if (c->by_file && memcmp(before, after, sizeof after))
        printf("%s: %u passed, %u failed, %u unsupported\n", file,
               after[CASE_PASSED] - before[CASE_PASSED], after[CASE_FAILED] - before[CASE_FAILED],
               after[CASE_UNSUPPORTED] - before[CASE_UNSUPPORTED]);
}

int main(int argc, char **argv)
{
    struct op_set ops = { compile_builtin_ops, compile_n_builtin_ops };
    struct conformance_stops stops = { .one_in = 1 };
    struct conformance c = { .ops = &ops };
    int first = read_flags(&c, &stops, argc, argv), failed;
    unsigned seen[3];

    if (first < 0)
        return usage();
    for (int i = first; i < argc; i++)
        conformance_walk(argv[i], visit, &c);
    sum(&c, seen);
    if (!(seen[CASE_PASSED] + seen[CASE_FAILED] + seen[CASE_UNSUPPORTED])) {
        fprintf(stderr, "conformance: no case in a known format there\n");
        return 2;
    }
    failed = print_totals(&c);
    if (c.stops)
        failed |= conformance_print_stops(&stops);
    list_fini(&stops.seen);
    return failed;
}
