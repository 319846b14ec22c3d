/* test_superstep.c: the loop of supersteps: order, versions, threads, limits, what is told, ids. */
#include <stdio.h>
#include <string.h>

#include "graphs.h"
#include "superstep.h"
#include "suites.h"

#define COUNTER                                                                                    \
    "{'channels':{'n':{'kind':'binop','type':'int','reducer':'add'}},'nodes':{'a':{'do':{"         \
    "'update':{'n':10}}}},'edges':[['__start__','a']]}"
#define CHAIN                                                                                      \
    "{'channels':{'x':{}},'nodes':{'a':{'do':{'update':{'x':{'add':[{'get':'x'},1]}}}},'b':{'do':" \
    "{'update':{'x':{'mul':[{'get':'x'},10]}}}}},'edges':[['__start__','a'],['a','b']]}"

static int tells(const struct graph *g, const char *line)
{
    return strstr(text_cstr(&g->told), line) != NULL;
}

START_TEST(a_thread_goes_on_with_its_state)
{
    struct graph g;

    graph_compile(&g, COUNTER);
    ck_assert_str_eq(graph_run(&g, "{'n':1}"), "{\"n\":11}");
    ck_assert_str_eq(graph_run(&g, "{'n':2}"), "{\"n\":23}");
    ck_assert_str_eq(graph_run(&g, "null"), "{\"n\":23}");
    graph_fini(&g);
}
END_TEST

/* The vectors of pregel 2.5: counted checkpoint ids give these task ids. */
START_TEST(task_ids_are_hashes_of_where_they_start)
{
    struct graph g;

    graph_compile(&g,
                  "{'channels':{'x':{}},'nodes':{'a':{'do':null}},'edges':[['__start__','a']]}");
    graph_run(&g, "{'x':1}");
    ck_assert(tells(&g, "task {\"id\":\"d8354465-a6bf-4de0-e731-38d370b00797\",\"name\":\"a\","
                        "\"input\":{\"x\":1},\"triggers\":[\"branch:to:a\"]}"));
    graph_fini(&g);
}
END_TEST

START_TEST(every_trigger_is_in_the_id)
{
    struct superstep ss = { .step = 4, .checkpoint = "1f000000-0000-6003-8000-00000000abcd" };
    static const unsigned watch[] = { 1, 2 };
    static const kiln_slot slots[] = { { .name = "__start__" },
                                       { .name = "join:r1+r2:qa" },
                                       { .name = "branch:to:qa" } };
    static const kiln_step_kind watches = { .watch = watch, .n_watch = 2 };
    static const kiln_step steps[] = { { .id = "qa", .kind = &watches } };
    static const kiln_flow flow = { .steps = steps, .slots = slots, .n_steps = 1, .n_slots = 3 };
    struct frame f = { .flow = &flow, .superstep = &ss };
    struct task t = { .step = 0 };
    char id[37];

    ck_assert_int_eq(checkpoint_task_id(&f, &t, id), 0);
    ck_assert_str_eq(id, "8c849888-013d-34d3-740d-597d554565a7");
}
END_TEST

/* Writes are reduced in the order of names, whatever the order of edges. */
START_TEST(names_decide_the_order)
{
    struct graph g;

    graph_compile(&g, "{'channels':{'l':{'kind':'binop','type':'list','reducer':'concat'}},'nodes'"
                      ":{'z':{'do':{'update':{'l':['z']}}},'a':{'do':{'update':{'l':['a']}}}},"
                      "'edges':[['__start__','z'],['__start__','a']]}");
    ck_assert_str_eq(graph_run(&g, "{}"), "{\"l\":[\"a\",\"z\"]}");
    graph_fini(&g);
}
END_TEST

/* Nodes see the state of the superstep's start, not what a sibling wrote. */
START_TEST(siblings_do_not_see_each_other)
{
    struct graph g;

    graph_compile(&g, "{'channels':{'p':{},'q':{}},'nodes':{'a':{'do':{'update':{'p':{'getor':["
                      "'q',0]}}}},'b':{'do':{'update':{'q':{'getor':['p',0]}}}}},'edges':[["
                      "'__start__','a'],['__start__','b']]}");
    ck_assert_str_eq(graph_run(&g, "{'p':1,'q':2}"), "{\"p\":2,\"q\":1}");
    graph_fini(&g);
}
END_TEST

START_TEST(a_failed_boundary_changes_nothing)
{
    struct graph g;

    graph_compile(&g, "{'channels':{'x':{},'l':{'kind':'binop','type':'list','reducer':'concat'}},"
                      "'nodes':{'a':{'do':{'update':{'l':['a'],'x':1}}},'b':{'do':{'update':{'x':2"
                      "}}}},'edges':[['__start__','a'],['__start__','b']]}");
    ck_assert(strstr(graph_run(&g, "{'l':['in']}"), "InvalidUpdateError"));
    ck_assert(strstr(graph_run(&g, "null"), "InvalidUpdateError"));
    ck_assert(tells(&g, "values {\"l\":[\"in\"]}"));
    graph_fini(&g);
}
END_TEST

/* Channels are written one after the other, the one that got its first write first. */
START_TEST(of_two_conflicts_the_first_channel_tells)
{
    static const char *const second[] = { "{'q':2,'p':2}", "{'p':2,'q':2}" };
    char graph[256];
    struct graph g;

    snprintf(graph, sizeof graph,
             "{'channels':{'p':{},'q':{}},'nodes':{'a':{'do':{'update':{'p':1,'q':1}}},'b':{'do':"
             "{'update':%s}}},'edges':[['__start__','a'],['__start__','b']]}",
             second[_i]);
    graph_compile(&g, graph);
    ck_assert(strstr(graph_run(&g, "{'p':0}"), "At key 'p'"));
    graph_fini(&g);
}
END_TEST

/* After a failure null input runs only what had not finished; new input gives it up. */
START_TEST(a_failed_thread_goes_on)
{
    static const char graph[] =
        "{'channels':{'l':{'kind':'binop','type':'list','reducer':'concat'}},'nodes':{'a':{'do':{"
        "'update':{'l':['a']}}},'b':{'do':{'if':[{'lt':[{'call':0},2]},{'raise':['E','not yet']},"
        "{'l':['b']}]}}},'edges':[['__start__','a'],['__start__','b']]}";
    struct graph g;

    graph_compile(&g, graph);
    ck_assert_str_eq(graph_run(&g, "{}"), "{\"type\":\"E\",\"message\":\"not yet\"}");
    ck_assert(tells(&g, "\"error\":{\"type\":\"E\",\"message\":\"not yet\"},\"result\":{}"));
    ck_assert_str_eq(graph_run(&g, "null"), "{\"l\":[\"a\",\"b\"]}");
    ck_assert_uint_eq(kiln_run_count(g.run, "a"), 1);
    ck_assert_uint_eq(kiln_run_count(g.run, "b"), 2);
    graph_fini(&g);
    graph_compile(&g, graph);
    graph_run(&g, "{}");
    ck_assert_str_eq(graph_run(&g, "{'l':['new']}"), "{\"l\":[\"new\",\"a\",\"b\"]}");
    graph_fini(&g);
}
END_TEST

START_TEST(the_limit_counts_one_superstep_more)
{
    struct graph g;

    graph_compile(&g, CHAIN);
    ck_assert(g.program != NULL);
    graph_run(&g, "null");
    kiln_run_limit(g.run, 2);
    ck_assert(strstr(graph_run(&g, "{'x':1}"), "Recursion limit of 2 reached"));
    ck_assert_str_eq(graph_run(&g, "null"), "{\"x\":20}");
    kiln_run_limit(g.run, 3);
    ck_assert_str_eq(graph_run(&g, "{'x':2}"), "{\"x\":30}");
    graph_fini(&g);
}
END_TEST

START_TEST(nothing_to_start_from_is_an_error)
{
    struct graph g;

    graph_compile(&g, CHAIN);
    ck_assert_str_eq(graph_run(&g, "null"), "{\"type\":\"EmptyInputError\",\"message\":\"Received "
                                            "no input for __start__\"}");
    ck_assert_str_eq(graph_run(&g, "{'x':0}"), "{\"x\":10}");
    graph_fini(&g);
}
END_TEST

START_TEST(what_is_told)
{
    struct graph g;

    graph_compile(&g, CHAIN);
    graph_run(&g, "{'x':1}");
    ck_assert_str_eq(text_cstr(&g.told) + strlen("values {\"x\":1}\n"),
                     strstr(text_cstr(&g.told), "task "));
    ck_assert(tells(&g, "updates {\"a\":{\"x\":2}}\nresult "));
    ck_assert(tells(&g, "values {\"x\":2}\ntask "));
    ck_assert(
        tells(&g, "\"error\":null,\"result\":{\"x\":20},\"interrupts\":[]}\nvalues {\"x\":20}"));
    ck_assert(!tells(&g, "__start__"));
    graph_fini(&g);
}
END_TEST

/* A channel that lives for one superstep is still in what was last shown. */
START_TEST(the_output_is_what_was_last_shown)
{
    struct graph g;

    graph_compile(&g, "{'channels':{'v':{'kind':'any'}},'nodes':{'a':{'do':{'update':{'v':1}}},"
                      "'z':{'do':null}},'edges':[['__start__','a'],['a','z']]}");
    ck_assert_str_eq(graph_run(&g, "{}"), "{\"v\":1}");
    ck_assert_str_eq(graph_run(&g, "null"), "{}");
    graph_fini(&g);
    graph_compile(&g,
                  "{'channels':{'v':{}},'nodes':{'a':{'do':null}},'edges':[['__start__','a']]}");
    ck_assert_str_eq(graph_run(&g, "{}"), "null");
    graph_fini(&g);
}
END_TEST

/* A barrier starts again when its node has run. */
START_TEST(a_join_in_a_loop)
{
    struct graph g;

    graph_compile(&g,
                  "{'channels':{'n':{'kind':'binop','type':'int','reducer':'add'},'l':{'kind':"
                  "'binop','type':'list','reducer':'concat'}},'output_keys':['l'],'nodes':{'go':{"
                  "'do':{'update':{'n':1}}},'p':{'do':{'update':{'l':['p']}}},'q':{'do':{'update':"
                  "{'l':['q']}}},'j':{'do':{'update':{'l':['j']}}}},'edges':[['__start__','go'],["
                  "'go','p'],['go','q'],[['q','p'],'j']],'branches':[{'source':'j','path':{'if':[{"
                  "'lt':[{'get':'n'},2]},'go','__end__']}}]}");
    ck_assert_str_eq(graph_run(&g, "{}"), "{\"l\":[\"p\",\"q\",\"j\",\"p\",\"q\",\"j\"]}");
    graph_fini(&g);
}
END_TEST

/* Enough turns and text that the heap is collected on the way. */
START_TEST(long_loops_stay_small)
{
    struct graph g;

    graph_compile(&g,
                  "{'channels':{'n':{'type':'int'},'s':{}},'output_keys':['n'],'nodes':{'a':{'do':{"
                  "'update':{'n':{'add':[{'get':'n'},1]},'s':{'map':[[1,2,3,4,5,6,7,8],'i',{'add':["
                  "'some text that is made anew ',{'join':['',['x','y']]}]}]}}}}},'edges':[["
                  "'__start__','a']],'branches':[{'source':'a','path':{'if':[{'lt':[{'get':'n'},"
                  "5000]},'a','__end__']}}]}");
    ck_assert_str_eq(graph_run(&g, "{'n':0}"), "{\"n\":5000}");
    graph_fini(&g);
}
END_TEST

Suite *suite_superstep(void);
Suite *suite_superstep(void)
{
    Suite *s = suite_create("superstep");
    TCase *c = tcase_create("superstep");

    tcase_set_timeout(c, 60);
    tcase_add_test(c, a_thread_goes_on_with_its_state);
    tcase_add_test(c, task_ids_are_hashes_of_where_they_start);
    tcase_add_test(c, every_trigger_is_in_the_id);
    tcase_add_test(c, names_decide_the_order);
    tcase_add_test(c, siblings_do_not_see_each_other);
    tcase_add_test(c, a_failed_boundary_changes_nothing);
    tcase_add_loop_test(c, of_two_conflicts_the_first_channel_tells, 0, 2);
    tcase_add_test(c, a_failed_thread_goes_on);
    tcase_add_test(c, the_limit_counts_one_superstep_more);
    tcase_add_test(c, nothing_to_start_from_is_an_error);
    tcase_add_test(c, what_is_told);
    tcase_add_test(c, the_output_is_what_was_last_shown);
    tcase_add_test(c, a_join_in_a_loop);
    tcase_add_test(c, long_loops_stay_small);
    suite_add_tcase(s, c);
    return s;
}
