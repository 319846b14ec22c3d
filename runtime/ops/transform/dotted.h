/* dotted.h: the paths of `transform` (scenario 4.2).
 *
 * They are simpler than a reference's: a leading "$." goes, dots separate, a part that is a number
 * indexes an array, and whatever is not there is null. No brackets, no quotes, nothing from the
 * end.
 */
#ifndef KILN_OPS_TRANSFORM_DOTTED_H
#define KILN_OPS_TRANSFORM_DOTTED_H

#include "kiln_op.h"

/* The value at a path (a string), or null; null too for the empty path. */
kiln_value dotted_get(const kiln_value *v, const kiln_value *path);
/* The same, but the empty path and an absent one are the value itself. */
kiln_value dotted_part(const kiln_value *v, const kiln_value *path);

/* *ret becomes `target` with `v` put at the path: objects that are missing on the way are made;
 * where something else stands in the way, and for the empty path, it is `target` as it was. 0, or
 * -1 when memory is out or the path too long. */
int dotted_set(kiln_heap *h, kiln_value *ret, const kiln_value *target, const kiln_value *path,
               const kiln_value *v);

#endif
