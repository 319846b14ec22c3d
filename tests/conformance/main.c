/* main.c: build/tests/conformance [--backend cc|tcc] [--quiet] PATH...
 *
 * Compiles and runs recorded cases in the formats of the three dialects and counts: a line for each
 * case that failed, one for each that uses something not supported, and a last line a dialect.
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
    fprintf(stderr, "usage: conformance [--backend cc|tcc] [--quiet] PATH...\n"
                    "example: build/tests/conformance ../shared/conformance/pregel\n");
    return 2;
}

/* Takes the flags off the front. The number of the first path, or -1. */
static int read_flags(struct conformance *c, int argc, char **argv)
{
    int i = 1;

    for (; i < argc && !strncmp(argv[i], "--", 2); i++) {
        if (!strcmp(argv[i], "--quiet"))
            c->quiet = 1;
        else if (!strcmp(argv[i], "--backend") && i + 1 < argc)
            c->use_cc = !strcmp(argv[++i], "cc");
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

int main(int argc, char **argv)
{
    struct op_set ops = { compile_builtin_ops, compile_n_builtin_ops };
    struct conformance c = { .ops = &ops };
    int first = read_flags(&c, argc, argv);
    unsigned seen = 0;

    if (first < 0)
        return usage();
    for (int i = first; i < argc; i++) {
        seen += conformance_scenario(&c, argv[i]);
        seen += conformance_operonx(&c, argv[i]);
        seen += conformance_pregel(&c, argv[i]);
    }
    if (!seen) {
        fprintf(stderr, "conformance: no case in a known format there\n");
        return 2;
    }
    return print_totals(&c);
}
