/* call.c: arguments find their places, and filters that take filters become loops. */
#include <string.h>

#include "template/parser.h"

/* ---- arguments ----------------------------------------------------------------------------- */

static int parse_argument(struct parser *p, struct arguments *a)
{
    struct template_node *e = parse_expression(p);
    struct token name = { 0 };

    if (!e)
        return -1;
    if (a->n == PARAMETERS_MOST || a->n_named == PARAMETERS_MOST) {
        parser_fail(p, &p->now, "too many arguments");
        return -1;
    }
    if (!parser_is(p, TOKEN_SIGN, "=")) {
        if (a->n_named)
            parser_fail(p, &p->now, "non-keyword arg after keyword arg");
        a->at[a->n++] = e;
        return p->failed ? -1 : 0;
    }
    name.s = p->lexer.text + e->at;
    name.n = e->end - e->at;
    name.at = e->at;
    name.end = e->end;
    name.line = p->now.line;
    parser_next(p);
    a->names[a->n_named] = name;
    a->named[a->n_named++] = e = parse_expression(p);
    return e ? 0 : -1;
}

int parse_arguments(struct parser *p, struct arguments *ret)
{
    while (!parser_skip(p, TOKEN_SIGN, ")")) {
        if (parse_argument(p, ret) < 0)
            return -1;
        if (!parser_is(p, TOKEN_SIGN, ")") && !parser_expect(p, TOKEN_SIGN, ",", "`,`"))
            return -1;
    }
    return 0;
}

/* ---- parameters ---------------------------------------------------------------------------- */

/* One parameter out of the table's words. */
struct parameter {
    const char *name;
    size_t n;
    int required, only_named, rest;
};

static const char *read_parameter(const char *s, struct parameter *ret)
{
    size_t n = strcspn(s, " ");

    *ret = (struct parameter){ .name = s, .n = n, .only_named = *s == '=', .rest = *s == '*' };
    ret->name += ret->only_named;
    ret->n -= (size_t)ret->only_named;
    ret->required = s[n - 1] == '!';
    ret->n -= (size_t)ret->required;
    s += n;
    return s + strspn(s, " ");
}

/* The argument given by this name, or NULL; it is marked as taken. */
static struct template_node *take_named(const struct arguments *a, const struct parameter *one,
                                        unsigned *taken)
{
    for (unsigned i = 0; i < a->n_named; i++)
        if (a->names[i].n == one->n && !memcmp(a->names[i].s, one->name, one->n)) {
            *taken |= 1u << i;
            return a->named[i];
        }
    return NULL;
}

static struct template_node *missing(struct parser *p, const struct token *at,
                                     const struct template_helper *helper,
                                     const struct parameter *one)
{
    if (!strcmp(helper->name, "groupby"))
        return tree_wrong(p, at, "missing argument: missing keyword argument '%.*s'", (int)one->n,
                          one->name);
    return tree_wrong(p, at, "missing argument");
}

static struct template_node *superfluous(struct parser *p, const struct arguments *a,
                                         const struct token *at, unsigned used, unsigned taken)
{
    if (used < a->n)
        return tree_wrong(p, at, "too many arguments");
    for (unsigned i = 0; i < a->n_named; i++)
        if (!(taken & 1u << i))
            return tree_wrong(p, &a->names[i],
                              "too many arguments: unknown keyword argument '%.*s'",
                              (int)a->names[i].n, a->names[i].s);
    return NULL;
}

struct template_node *call_bind(struct parser *p, const struct token *at,
                                const struct template_helper *helper, const struct arguments *a)
{
    struct template_node *all[2 * PARAMETERS_MOST], *wrong, *call;
    unsigned n = 0, used = 0, taken = 0;
    struct parameter one;

    for (const char *s = helper->parameters; *s;) {
        s = read_parameter(s, &one);
        while (one.rest && used < a->n)
            all[n++] = a->at[used++];
        if (one.rest)
            break;
        all[n] = !one.only_named && used < a->n ? a->at[used++] : take_named(a, &one, &taken);
        if (!all[n++] && one.required)
            return missing(p, at, helper, &one);
    }
    wrong = superfluous(p, a, at, used, taken);
    if (wrong)
        return wrong;
    call = tree_node(p, TEMPLATE_CALL, at, n);
    if (!call)
        return NULL;
    call->helper = helper;
    memcpy(call->args, all, n * sizeof *all);
    return call;
}

static struct template_node *unknown(struct parser *p, const struct token *name,
                                     enum template_helper_kind kind)
{
    static const char *const kinds[] = { "operator", "filter", "test", "function" };
    struct template_node *wrong =
        kind == TEMPLATE_FUNCTION
            ? tree_wrong(p, name, "unknown function: %.*s is unknown", (int)name->n, name->s)
            : tree_wrong(p, name, "unknown %s: %s %.*s is unknown", kinds[kind], kinds[kind],
                         (int)name->n, name->s);

    if (wrong)
        wrong->missing = 1 + (int)kind;
    return wrong;
}

/* ---- map, select, reject ------------------------------------------------------------------- */

/* The call of a helper that is named by a text, with an item for its first argument. */
static struct template_node *call_named(struct parser *p, const struct token *at,
                                        const struct arguments *a, unsigned first,
                                        enum template_helper_kind kind, struct template_node *item)
{
    const struct template_node *name = a->at[first];
    struct arguments inner = { .at = { item }, .n = 1 };
    struct token word = *at;

    if (name->kind != TEMPLATE_CONST || name->value.tag != KILN_STRING)
        return tree_wrong(p, at, "the name of a filter or test must be written out");
    for (unsigned i = first + 1; i < a->n; i++)
        inner.at[inner.n++] = a->at[i];
    word.s = name->value.u.s;
    word.n = name->value.n;
    word.at = name->at;
    word.end = name->end;
    return kind == TEMPLATE_FILTER ? call_filter(p, &word, &inner) : call_test(p, &word, &inner);
}

static struct template_node *sieve(struct parser *p, const struct token *at, unsigned var,
                                   struct template_node *list, struct template_node *condition,
                                   struct template_node *result)
{
    struct template_node *node = tree_node(p, TEMPLATE_SIEVE, at, 3);

    if (!node)
        return NULL;
    node->var = var;
    node->args[0] = tree_call(p, at, "each", list, NULL);
    node->args[1] = condition;
    node->args[2] = result;
    return node->args[0] ? node : NULL;
}

static struct template_node *call_map(struct parser *p, const struct token *name,
                                      const struct arguments *a)
{
    unsigned var, taken = 0;
    struct template_node *result, *item;
    struct arguments pluck = { .at = { a->at[0] }, .n = 1 };
    struct parameter attribute = { "attribute", 9, 0, 1, 0 };

    if (take_named(a, &attribute, &taken)) {
        memcpy(pluck.named, a->named, sizeof a->named);
        memcpy(pluck.names, a->names, sizeof a->names);
        pluck.n_named = a->n_named;
        return call_bind(p, name, template_helper(TEMPLATE_OPERATOR, "pluck", 5), &pluck);
    }
    if (a->n < 2)
        return tree_wrong(p, name, "invalid operation: filter name is required");
    var = scope_var(p);
    item = tree_var(p, name, var);
    result = item ? call_named(p, name, a, 1, TEMPLATE_FILTER, item) : NULL;
    return result ? sieve(p, name, var, a->at[0], NULL, result) : NULL;
}

/* select, reject, selectattr, rejectattr. */
static struct template_node *call_select(struct parser *p, const struct token *name,
                                         const struct arguments *a)
{
    int rejects = *name->s == 'r', by_attribute = name->n > 6;
    unsigned var = scope_var(p), first = by_attribute ? 2 : 1;
    struct template_node *condition = tree_var(p, name, var);

    if (a->n < first)
        return tree_wrong(p, name, "missing argument");
    if (by_attribute)
        condition = tree_call(p, name, "path", condition, a->at[1]);
    if (condition && a->n > first)
        condition = call_named(p, name, a, first, TEMPLATE_TEST, condition);
    if (rejects && condition)
        condition = tree_call(p, name, "not", condition, NULL);
    return condition ? sieve(p, name, var, a->at[0], condition, NULL) : NULL;
}

/* ---- by name ------------------------------------------------------------------------------- */

struct template_node *call_filter(struct parser *p, const struct token *name, struct arguments *a)
{
    const struct template_helper *helper = template_helper(TEMPLATE_FILTER, name->s, name->n);
    struct template_node *call;

    if (!helper)
        return unknown(p, name, TEMPLATE_FILTER);
    if (parser_enter(p) < 0)
        return NULL;
    if (!strcmp(helper->name, "map"))
        call = call_map(p, name, a);
    else if (!strncmp(helper->name, "select", 6) || !strncmp(helper->name, "reject", 6))
        call = call_select(p, name, a);
    else
        call = call_bind(p, name, helper, a);
    parser_leave(p);
    return call;
}

struct template_node *call_test(struct parser *p, const struct token *name, struct arguments *a)
{
    const struct template_helper *helper = template_helper(TEMPLATE_TEST, name->s, name->n);

    return helper ? call_bind(p, name, helper, a) : unknown(p, name, TEMPLATE_TEST);
}

/* dict(a=1) and namespace(a=1): the names make a map of their own. */
static void gather_names(struct parser *p, const struct token *at, struct arguments *a)
{
    struct template_node *map = tree_node(p, TEMPLATE_OBJECT, at, 2 * a->n_named);

    for (unsigned i = 0; map && i < a->n_named; i++) {
        map->args[2 * i] = tree_text(p, &a->names[i], a->names[i].s, a->names[i].n);
        map->args[2 * i + 1] = a->named[i];
    }
    if (!a->n)
        a->at[a->n++] = map;
    else if (a->n < PARAMETERS_MOST)
        a->at[a->n++] = map;
    a->n_named = 0;
}

struct template_node *call_function(struct parser *p, const struct token *name, struct arguments *a)
{
    const struct template_helper *helper = template_helper(TEMPLATE_FUNCTION, name->s, name->n);

    if (!helper)
        return unknown(p, name, TEMPLATE_FUNCTION);
    if (!strcmp(helper->name, "debug"))
        return tree_wrong(p, name, "debug() is not supported");
    if (!strcmp(helper->name, "dict") || !strcmp(helper->name, "namespace"))
        gather_names(p, name, a);
    return call_bind(p, name, helper, a);
}
