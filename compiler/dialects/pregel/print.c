/* print.c: the model as text, for `emit --stage model`: JSON, a line for each thing. */
#include "dialects/pregel/pregel.h"

#include <string.h>

static void put_string(struct text *out, const char *s, size_t n)
{
    kiln_value v = { .tag = KILN_STRING, .n = (unsigned)n, .u.s = s };

    json_write(out, &v);
}

static void put_member(struct text *out, const char *key, const char *s)
{
    text_printf(out, ", \"%s\": ", key);
    put_string(out, s, strlen(s));
}

/* The text of an expression as it stands in the file, on one line. */
static void put_node(struct text *out, const char *key, const struct node *n)
{
    kiln_heap h;
    kiln_value v;

    if (!n)
        return;
    heap_init(&h, 0);
    text_printf(out, ", \"%s\": ", key);
    if (node_value(&h, &v, n) == 0)
        json_write(out, &v);
    else
        out->failed = 1;
    heap_fini(&h);
}

static void put_item(struct text *out, unsigned i)
{
    text_puts(out, i ? ",\n    " : "\n    ");
}

static void put_end(struct text *out, unsigned n, const char *end)
{
    text_puts(out, n ? "\n  ]" : "]");
    text_puts(out, end);
}

static void put_channel(struct text *out, const struct pregel_channel *c)
{
    text_puts(out, "{\"name\": ");
    put_string(out, c->name, strlen(c->name));
    put_member(out, "kind", pregel_kind_names[c->kind]);
    put_member(out, "type", pregel_type_names[c->type]);
    if (c->reducer)
        put_member(out, "reducer", c->reducer->name);
    if (c->kind == PREGEL_TOPIC)
        text_printf(out, ", \"accumulate\": %s", c->accumulate ? "true" : "false");
    if (c->kind == PREGEL_EPHEMERAL)
        text_printf(out, ", \"guard\": %s", c->guard ? "true" : "false");
    text_printf(out, ", \"input\": %s, \"output\": %s}", c->input ? "true" : "false",
                c->output ? "true" : "false");
}

static void put_names(struct text *out, const char *key, const struct pregel_list *channels)
{
    if (!channels->n)
        return;
    text_printf(out, ", \"%s\": [", key);
    for (unsigned i = 0; i < channels->n; i++) {
        const struct pregel_channel *c = channels->at[i];

        text_puts(out, i ? ", " : "");
        put_string(out, c->name, strlen(c->name));
    }
    text_puts(out, "]");
}

static void put_graph_node(struct text *out, const struct pregel_node *n)
{
    text_puts(out, "{\"name\": ");
    put_string(out, n->name, strlen(n->name));
    put_node(out, "do", n->body);
    if (n->op)
        put_member(out, "op", n->op->name);
    put_node(out, "input", n->input);
    put_node(out, "output", n->output);
    put_names(out, "triggers", &n->triggers);
    put_names(out, "reads", &n->reads);
    put_names(out, "writes", &n->writes);
    text_puts(out, ", \"to\": [");
    for (unsigned i = 0; i < n->edges.n; i++) {
        const struct pregel_node *to = n->edges.at[i];

        text_puts(out, i ? ", " : "");
        put_string(out, to->name, strlen(to->name));
    }
    text_puts(out, "]}");
}

static void put_join(struct text *out, const struct pregel_join *j)
{
    text_puts(out, "{\"from\": [");
    for (unsigned i = 0; i < j->n; i++) {
        text_puts(out, i ? ", " : "");
        put_string(out, j->from[i]->name, strlen(j->from[i]->name));
    }
    text_puts(out, "]");
    put_member(out, "to", j->to->name);
    text_puts(out, "}");
}

static void put_branch(struct text *out, const struct pregel_branch *b)
{
    text_puts(out, "{\"name\": ");
    put_string(out, b->name, strlen(b->name));
    put_member(out, "source", b->source->name);
    put_node(out, "path", b->path);
    for (unsigned i = 0; i < b->n_ways; i++) {
        text_puts(out, i ? ", " : ", \"map\": {");
        put_string(out, b->ways[i].label, b->ways[i].label_n);
        text_puts(out, ": ");
        put_string(out, b->ways[i].to->name, strlen(b->ways[i].to->name));
    }
    text_puts(out, b->n_ways ? "}}" : "}");
}

void pregel_print_model(const struct unit *u, struct text *out)
{
    const struct pregel_model *m = u->model;

    text_puts(out, "{\n  \"dialect\": \"pregel\",\n  \"name\": ");
    put_string(out, m->name, strlen(m->name));
    text_printf(out, ",\n  \"raw\": %s,\n  \"recursion_limit\": %u,\n  \"channels\": [",
                m->raw ? "true" : "false", m->limit);
    for (unsigned i = 0; i < m->channels.n; i++) {
        put_item(out, i);
        put_channel(out, m->channels.at[i]);
    }
    put_end(out, m->channels.n, ",\n  \"nodes\": [");
    for (unsigned i = 0; i < m->nodes.n; i++) {
        put_item(out, i);
        put_graph_node(out, m->nodes.at[i]);
    }
    put_end(out, m->nodes.n, ",\n  \"joins\": [");
    for (unsigned i = 0; i < m->joins.n; i++) {
        put_item(out, i);
        put_join(out, m->joins.at[i]);
    }
    put_end(out, m->joins.n, ",\n  \"branches\": [");
    for (unsigned i = 0; i < m->branches.n; i++) {
        put_item(out, i);
        put_branch(out, m->branches.at[i]);
    }
    put_end(out, m->branches.n, "\n}\n");
}
