/* parse_channel.c: the channels of a graph (pregel 1.2). */
#include "dialects/pregel/pregel.h"

#include <string.h>

const char *const pregel_kind_names[PREGEL_KINDS] = { "last_value",     "binop", "topic",
                                                      "ephemeral",      "any",   "is_last_step",
                                                      "remaining_steps" };
const char *const pregel_type_names[PREGEL_TYPES] = { "any",  "int",   "str", "list",
                                                      "dict", "float", "bool" };

const struct pregel_reducer pregel_reducers[] = {
    { "add", "pregel.add" },
    { "mul", "pregel.mul" },
    { "concat", "pregel.concat" },
    { "merge", "pregel.merge" },
    { "max", "pregel.max" },
    { "min", "pregel.min" },
    { "last", "pregel.last" },
    { "or", "base.or" },
    { "and", "base.and" },
    { "sorted_concat", "pregel.sorted_concat" },
    { "arrow_join", "pregel.arrow_join" },
    { "comma_join", "pregel.comma_join" },
};
const size_t pregel_n_reducers = sizeof pregel_reducers / sizeof *pregel_reducers;

/* The place of a word in a list, or -1 with a complaint. */
static int find_word(struct unit *u, const struct node *n, const char *what,
                     const char *const *words, size_t n_words)
{
    if (!pregel_expect(u, n, NODE_STRING, what))
        return -1;
    for (size_t i = 0; i < n_words; i++)
        if (node_is(n, words[i]))
            return (int)i;
    diag_suggest(u->diags, diag_error(u->diags, n, "P004", "there is no %s '%s'", what, n->u.s),
                 n->u.s, "known", words, n_words);
    return -1;
}

static int is_refused(const struct node *kind)
{
    static const char *const kinds[] = { "untracked", "delta" };

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (node_is(kind, kinds[i]))
            return 1;
    return 0;
}

static void parse_kind(struct unit *u, const struct node *kind, struct pregel_channel *c)
{
    int i;

    if (!kind)
        return;
    i = find_word(u, kind, "kind of channel", pregel_kind_names, PREGEL_KINDS);
    if (i >= 0)
        c->kind = (enum pregel_kind)i;
}

static void parse_reducer(struct unit *u, const struct node *reducer, struct pregel_channel *c)
{
    const char *names[sizeof pregel_reducers / sizeof *pregel_reducers];
    int i;

    if (c->kind != PREGEL_BINOP) {
        if (reducer)
            diag_hint(u->diags,
                      diag_error(u->diags, reducer, "P005", "only a binop channel has a reducer"),
                      "add \"kind\": \"binop\"");
        return;
    }
    if (!reducer) {
        diag_error(u->diags, c->at, "P005", "binop channel '%s' has no reducer", c->name);
        return;
    }
    for (size_t k = 0; k < pregel_n_reducers; k++)
        names[k] = pregel_reducers[k].name;
    i = find_word(u, reducer, "reducer", names, pregel_n_reducers);
    if (i >= 0)
        c->reducer = &pregel_reducers[i];
}

static void parse_flag(struct unit *u, const struct node *n, const char *what, int *ret)
{
    if (n && pregel_expect(u, n, NODE_BOOL, what))
        *ret = n->u.truth;
}

static void parse_channel(struct unit *u, const struct node *at)
{
    static const char *const known[] = { "kind",        "type",       "reducer",
                                         "guard",       "accumulate", "snapshot_frequency",
                                         "description", NULL };
    struct pregel_model *m = u->model;
    struct pregel_channel *c = diag_must_have(arena_zalloc(u->arena, sizeof *c));
    int type;

    *c = (struct pregel_channel){ .name = at->key, .at = at, .guard = 1 };
    if (!pregel_check_name(u, at, "channel") || !pregel_expect(u, at, NODE_OBJECT, "a channel"))
        return;
    pregel_check_members(u, at, known);
    m->by_channel[at->index] = c;
    pregel_list_add(u->arena, &m->channels, c);
    if (is_refused(node_get(at, "kind"))) {
        diag_unsupported(u->diags, node_get(at, "kind"), "a channel of kind '%s'",
                         node_get(at, "kind")->u.s);
        return;
    }
    parse_kind(u, node_get(at, "kind"), c);
    if (m->raw && pregel_is_managed(c))
        diag_unsupported(u->diags, node_get(at, "kind"), "a channel of kind '%s' of a bare graph",
                         pregel_kind_names[c->kind]);
    if (node_get(at, "type")) {
        type = find_word(u, node_get(at, "type"), "type", pregel_type_names, PREGEL_TYPES);
        c->type = type < 0 ? PREGEL_TYPE_ANY : (enum pregel_type)type;
    }
    parse_reducer(u, node_get(at, "reducer"), c);
    parse_flag(u, node_get(at, "guard"), "guard", &c->guard);
    parse_flag(u, node_get(at, "accumulate"), "accumulate", &c->accumulate);
}

void pregel_parse_channels(struct unit *u, const struct node *channels)
{
    struct pregel_model *m = u->model;

    if (!channels && node_get(u->source->root, "root"))
        return; /* refused elsewhere */
    if (!channels) {
        diag_error(u->diags, u->source->root, "P001", "a graph has channels");
        return;
    }
    if (!pregel_expect(u, channels, NODE_OBJECT, "channels"))
        return;
    m->channels_at = channels;
    m->by_channel = diag_must_have(arena_zalloc(u->arena, (channels->n + 1) * sizeof(void *)));
    node_each(c, channels) parse_channel(u, c);
}
