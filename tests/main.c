/* main.c: runs every suite, or those named on the command line, and ends with Check's summary. */
#include <stdlib.h>

#include "suites.h"

/* KILN_HALF=1 or 2: only every other suite, the other ones being run by somebody else. */
static int is_ours(size_t suite)
{
    const char *half = getenv("KILN_HALF");

    return !half || !*half || suite % 2 == (*half == '2');
}

int main(int argc, char **argv)
{
    SRunner *runner = srunner_create(NULL);
    int failed;

    if (argc > 1)
        setenv("CK_RUN_SUITE", argv[1], 1);
    setenv("CK_TIMEOUT_MULTIPLIER", "10", 0); /* a busy machine is no reason to fail */
    for (size_t i = 0; suites[i]; i++)
        if (is_ours(i))
            srunner_add_suite(runner, suites[i]());
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
