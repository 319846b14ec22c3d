/* pregel.c: the door of the dialect: StateGraph and Pregel topology as data. */
#include "dialects/pregel/pregel.h"

static int recognise(const struct node *root)
{
    int state = node_get(root, "channels") || node_get(root, "state") || node_get(root, "root");

    if (!node_get(root, "nodes"))
        return 0;
    return state ? 3 : 0;
}

const struct dialect dialect_pregel = {
    .name = "pregel",
    .sentence = "channels, nodes and edges; supersteps as in LangGraph's StateGraph",
    .recognise = recognise,
    .parse = pregel_parse,
    .check = pregel_check,
    .lower = pregel_lower,
    .print = pregel_print_model,
    .mermaid = pregel_mermaid,
    .graph_json = pregel_graph_json,
    .input = pregel_input_type,
    .result = pregel_result_type,
};
