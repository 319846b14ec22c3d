/* embed.h: what a child's inputSchema asks of the step that embeds it (scenario 1.7.6). */
#ifndef SCENARIO_EMBED_H
#define SCENARIO_EMBED_H

#include "dialects/scenario/model.h"

/* The field must be there and not null. */
int embed_is_required(const struct node *field);
/* The mapping names the field, or one in it. */
int embed_is_mapped(const struct mapping *m, const struct node *field);
/* It is surely there and not null. */
int embed_is_given(const struct mapping *m, const struct node *field);
/* "String", "Integer": its type as complaints write it. */
const char *embed_field_type(const struct node *field);

#endif
