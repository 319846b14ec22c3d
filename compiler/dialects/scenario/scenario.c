/* scenario.c: the scenario dialect: control flow in steps, labelled edges and subgraphs. */
#include "dialects/scenario/scenario.h"

static int recognise(const struct node *root)
{
    const struct node *graph = node_get(root, "executionGraph");

    if (graph)
        return 3;
    return node_get(root, "steps") ? 2 + (node_get(root, "entryPoint") != NULL) : 0;
}

const struct dialect dialect_scenario = {
    .name = "scenario",
    .sentence = "steps, labelled edges and subgraphs: control flow",
    .recognise = recognise,
    .parse = scenario_parse,
    .check = scenario_check,
    .lower = scenario_lower,
    .print = scenario_print,
    .schema = scenario_schema,
};
