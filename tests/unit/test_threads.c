/* test_threads.c: many compilers and many runs in one process, a thread each, have nothing in
 * common. MODE=tsan sees when they do.
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "suites.h"
#include "workflows.h"

enum { THREADS = 4, TIMES = 20 };

#define SUM CALC("sum", "20 + 1") "," FINISH("f", "'x':" REF("steps.sum.outputs"))
#define EACH                                                                                       \
    "'each':{'stepType':'Split','config':{'value':" REF("data.n") "},'subgraph':" GRAPH(           \
        "sum", SUM, EDGE("sum", "f")) "}"
#define END FINISH("end", "'all':" REF("steps.each.outputs"))

/* Goes through items, calculates, and gives each back: frames, operations, values. */
static const char split[] = GRAPH("each", EACH "," END, EDGE("each", "end"));

static const char *const want = "{\"all\":[{\"x\":21.0},{\"x\":21.0},{\"x\":21.0}]}";

/* A Check assertion in a thread ends the process, which is a failure as well. */
static void *compile_and_run(void *unused)
{
    struct workflow w;

    (void)unused;
    workflow_compile(&w, split, STAGE_C, 1);
    for (int i = 0; i < TIMES; i++)
        ck_assert_str_eq(workflow_run(&w, "{'n':[1,2,3]}"), want);
    workflow_fini(&w);
    return NULL;
}

/* A thread's own view of a program that others run at the same time. */
static void *run_shared(void *shared)
{
    const struct workflow *compiled = shared;
    struct workflow w = { .program = compiled->program };

    for (int i = 0; i < TIMES; i++)
        ck_assert_str_eq(workflow_run(&w, "{'n':[1,2,3]}"), want);
    workflow_fini(&w);
    return NULL;
}

static void in_threads(void *(*work)(void *), void *argument)
{
    pthread_t threads[THREADS];

    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, work, argument), 0);
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
}

START_TEST(compilers_side_by_side)
{
    in_threads(compile_and_run, NULL);
}
END_TEST

START_TEST(runs_of_one_program_side_by_side)
{
    struct workflow w;

    workflow_compile(&w, split, STAGE_C, 1);
    in_threads(run_shared, &w);
    workflow_fini(&w);
}
END_TEST

Suite *suite_threads(void);

Suite *suite_threads(void)
{
    Suite *s = suite_create("threads");
    TCase *t = tcase_create("threads");

    tcase_add_test(t, compilers_side_by_side);
    tcase_add_test(t, runs_of_one_program_side_by_side);
    suite_add_tcase(s, t);
    return s;
}
