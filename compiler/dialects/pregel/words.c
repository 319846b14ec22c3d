/* words.c: the words of `do` expressions, one row each.
 *
 * An object with exactly one member whose key is a word is that word applied to the member's value;
 * every other piece of JSON stands for itself, with the expressions inside it worked out.
 */
#include "dialects/pregel/pregel.h"

#include <string.h>

/* Sorted by name: words are found by halves. */
static const struct pregel_word words[] = {
    { "add", PREGEL_MANY, PREGEL_NONE, "pregel.add" },
    { "and", PREGEL_MANY, PREGEL_NONE, "base.and" },
    { "call", PREGEL_SPECIAL, PREGEL_CALL, NULL },
    { "command", PREGEL_SPECIAL, PREGEL_COMMAND, NULL },
    { "eq", PREGEL_TWO, PREGEL_NONE, "pregel.eq" },
    { "error", PREGEL_REFUSED, PREGEL_NONE, NULL },
    { "ge", PREGEL_TWO, PREGEL_NONE, "pregel.ge" },
    { "get", PREGEL_SPECIAL, PREGEL_GET, NULL },
    { "getor", PREGEL_SPECIAL, PREGEL_GETOR, NULL },
    { "gt", PREGEL_TWO, PREGEL_NONE, "pregel.gt" },
    { "if", PREGEL_SPECIAL, PREGEL_IF, NULL },
    { "interrupt", PREGEL_REFUSED, PREGEL_NONE, NULL },
    { "join", PREGEL_TWO, PREGEL_NONE, "pregel.join" },
    { "le", PREGEL_TWO, PREGEL_NONE, "pregel.le" },
    { "len", PREGEL_ONE, PREGEL_NONE, "pregel.len" },
    { "lit", PREGEL_SPECIAL, PREGEL_LIT, NULL },
    { "lt", PREGEL_TWO, PREGEL_NONE, "pregel.lt" },
    { "map", PREGEL_SPECIAL, PREGEL_MAP, NULL },
    { "mul", PREGEL_MANY, PREGEL_NONE, "pregel.mul" },
    { "ne", PREGEL_TWO, PREGEL_NONE, "pregel.ne" },
    { "not", PREGEL_ONE, PREGEL_NONE, "base.not" },
    { "or", PREGEL_MANY, PREGEL_NONE, "base.or" },
    { "overwrite", PREGEL_SPECIAL, PREGEL_OVERWRITE, NULL },
    { "overwrite_json", PREGEL_SPECIAL, PREGEL_OVERWRITE, NULL },
    { "raise", PREGEL_SPECIAL, PREGEL_RAISE, NULL },
    { "send", PREGEL_REFUSED, PREGEL_NONE, NULL },
    { "state", PREGEL_SPECIAL, PREGEL_STATE, NULL },
    { "sub", PREGEL_MANY, PREGEL_NONE, "pregel.sub" },
    { "sum", PREGEL_ONE, PREGEL_NONE, "pregel.sum" },
    { "update", PREGEL_SPECIAL, PREGEL_UPDATE, NULL },
};

const struct pregel_word *pregel_word_of(const struct node *e)
{
    size_t low = 0, high = sizeof words / sizeof *words;

    if (e->kind != NODE_OBJECT || e->n != 1 || strlen(e->child->key) != e->child->key_n)
        return NULL;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(e->child->key, words[middle].name);

        if (!order)
            return &words[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

int pregel_has_word(const struct node *e, const char *name)
{
    const struct pregel_word *w = pregel_word_of(e);

    if (w && !strcmp(w->name, name))
        return 1;
    node_each(c, e) if (pregel_has_word(c, name)) return 1;
    return 0;
}

int pregel_is_literal(const struct node *e)
{
    if (pregel_word_of(e))
        return pregel_word_of(e)->special == PREGEL_LIT;
    if (e->kind == NODE_ARRAY || e->kind == NODE_OBJECT)
        node_each(c, e) if (pregel_word_of(c) || !pregel_is_literal(c)) return 0;
    return 1;
}

const struct node *pregel_unquote(const struct node *e)
{
    const struct pregel_word *w = pregel_word_of(e);

    return w && w->special == PREGEL_LIT ? e->child : e;
}
