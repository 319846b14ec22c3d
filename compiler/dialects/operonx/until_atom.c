/* until_atom.c: the atoms of a loop's condition, with what stands tightly behind them (clause 7.3).
 *
 * Names are the outputs of the graph, known at compile time; so a misspelt one is a complaint and
 * not a loop that never ends.
 */
#include <string.h>

#include "dialects/operonx/until.h"

struct ox_until *until_make(struct until_parse *p, enum ox_until_kind kind)
{
    struct ox_until *e = operonx_alloc(p->scan.unit, 1, sizeof *e);

    e->kind = kind;
    return e;
}

void until_add(struct ox_until *e, struct ox_until *operand)
{
    if (e->last)
        e->last->next = operand;
    else
        e->first = operand;
    e->last = operand;
    e->n++;
}

struct ox_until *until_call(struct until_parse *p, const char *function, struct ox_until *a,
                            struct ox_until *b)
{
    struct ox_until *e = until_make(p, UNTIL_CALL);

    e->function = function;
    until_add(e, a);
    if (b)
        until_add(e, b);
    return e;
}

int until_accept(struct until_parse *p, const char *word)
{
    if (!until_scan_is(&p->scan, word))
        return 0;
    until_scan_next(&p->scan);
    return 1;
}

void until_expect(struct until_parse *p, const char *word, const char *sentence)
{
    if (!until_accept(p, word))
        until_scan_fail(&p->scan, sentence);
}

static struct ox_until *literal(struct until_parse *p, kiln_value v)
{
    struct ox_until *e = until_make(p, UNTIL_LITERAL);

    e->literal = v;
    return e;
}

static void unknown_name(struct until_parse *p, const char *name)
{
    const struct ox_params *outputs = &p->graph->self->outputs;
    struct unit *u = p->scan.unit;
    const char **names = operonx_alloc(u, outputs->n, sizeof *names);
    struct diag *d;

    if (p->scan.failed)
        return;
    d = diag_error(u->diags, p->scan.node, "O012", "'%s' is no output of '%s'", name,
                   p->graph->self->full_name);
    for (unsigned i = 0; i < outputs->n; i++)
        names[i] = outputs->at[i].name;
    diag_suggest(u->diags, d, name, "outputs", names, outputs->n);
    p->scan.failed = 1;
}

static struct ox_until *parse_name(struct until_parse *p)
{
    const char *word = operonx_printf(p->scan.unit, "%s", p->scan.word);
    struct ox_until *e;

    until_scan_next(&p->scan);
    if (!strcmp(word, "True") || !strcmp(word, "true"))
        return literal(p, value_bool(1));
    if (!strcmp(word, "False") || !strcmp(word, "false"))
        return literal(p, value_bool(0));
    if (!strcmp(word, "None") || !strcmp(word, "null"))
        return literal(p, value_null());
    if (!operonx_param(&p->graph->self->outputs, word) && !operonx_graph_pushes(p->graph, word))
        unknown_name(p, word);
    e = until_make(p, UNTIL_NAME);
    e->name = word;
    return e;
}

static struct ox_until *parse_list(struct until_parse *p)
{
    struct ox_until *e = until_make(p, UNTIL_LIST);

    until_scan_next(&p->scan);
    if (until_accept(p, "]"))
        return e;
    do
        until_add(e, until_parse_or(p));
    while (until_accept(p, ","));
    until_expect(p, "]", "a list needs ']' behind its items");
    return e;
}

static struct ox_until *parse_atom(struct until_parse *p)
{
    struct ox_until *e;

    switch (p->scan.token) {
    case TOKEN_NUMBER:
    case TOKEN_STRING:
        e = literal(p, p->scan.literal);
        until_scan_next(&p->scan);
        return e;
    case TOKEN_NAME:
        return parse_name(p);
    default:
        break;
    }
    if (until_scan_is(&p->scan, "["))
        return parse_list(p);
    if (until_accept(p, "(")) {
        e = until_parse_or(p);
        until_expect(p, ")", "a '(' has no ')'");
        return e;
    }
    until_scan_fail(&p->scan, "a value is missing");
    return until_make(p, UNTIL_LITERAL);
}

static struct ox_until *parse_member(struct until_parse *p, struct ox_until *e)
{
    if (p->scan.token != TOKEN_NAME) {
        until_scan_fail(&p->scan, "a name is missing behind '.'");
        return e;
    }
    e = until_call(p, "operonx.getattr", e,
                   literal(p, value_static(operonx_printf(p->scan.unit, "%s", p->scan.word))));
    until_scan_next(&p->scan);
    return e;
}

struct ox_until *until_atom(struct until_parse *p)
{
    struct ox_until *e = parse_atom(p);

    while (!p->scan.failed) {
        if (until_accept(p, "[")) {
            e = until_call(p, "operonx.getitem", e, until_parse_or(p));
            until_expect(p, "]", "a '[' has no ']'");
        } else if (until_accept(p, ".")) {
            e = parse_member(p, e);
        } else {
            if (until_scan_is(&p->scan, "("))
                until_scan_fail(&p->scan, "a condition cannot call anything");
            return e;
        }
    }
    return e;
}
