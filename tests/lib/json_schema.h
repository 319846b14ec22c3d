/* json_schema.h: does a document fit a JSON Schema? As much of draft 2020-12 as Kiln's own schemas
 * use; any other keyword stops the test. */
#ifndef JSON_SCHEMA_H
#define JSON_SCHEMA_H

#include "source.h"

/* NULL when it fits, else the node that does not. `root` is the whole schema, where references
 * look. */
const struct node *json_schema_misfit(const struct node *root, const struct node *schema,
                                      const struct node *n);

#endif
