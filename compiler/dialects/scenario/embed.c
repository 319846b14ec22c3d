/* embed.c: what a child's inputSchema asks of the step that embeds it. */
#include "dialects/scenario/embed.h"

#include <string.h>

int embed_is_required(const struct node *field)
{
    const struct node *required = node_get(field, "required");

    return required && required->kind == NODE_BOOL && required->u.truth;
}

/* The entry whose key is the field, or leads into it. */
static const struct entry *entry_of(const struct mapping *m, const struct node *field)
{
    for (unsigned i = 0; i < m->n; i++)
        if (strcspn(m->at[i].key, ".") == field->key_n
            && !memcmp(m->at[i].key, field->key, field->key_n))
            return &m->at[i];
    return NULL;
}

int embed_is_mapped(const struct mapping *m, const struct node *field)
{
    return entry_of(m, field) != NULL;
}

int embed_is_given(const struct mapping *m, const struct node *field)
{
    const struct entry *e = entry_of(m, field);

    if (!e)
        return 0;
    if (e->key[field->key_n])
        return 1;
    if (e->value->kind == VALUE_IMMEDIATE)
        return e->value->text || (e->value->literal && e->value->literal->kind != NODE_NULL);
    return e->value->kind != VALUE_REFERENCE;
}

const char *embed_field_type(const struct node *field)
{
    static const char *const names[][2] = {
        { "string", "String" },   { "integer", "Integer" },      { "number", "Number" },
        { "boolean", "Boolean" }, { "array", "Array" },          { "object", "Object" },
        { "file", "File" },       { "connection", "Connection" }
    };

    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        if (node_is(node_get(field, "type"), names[i][0]))
            return names[i][1];
    return "Any";
}
