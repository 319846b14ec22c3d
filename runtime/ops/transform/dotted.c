/* dotted.c: walking and setting by a dotted path, one part at a time. */
#include "ops/transform/dotted.h"

#include <string.h>

#include "numeral.h"
#include "value.h"

/* What is left of a path. `s` is NULL behind the last part. */
struct walk {
    const char *s, *end;
};

static struct walk begin(const kiln_value *path)
{
    struct walk w = { path->u.s, path->u.s + path->n };

    if (path->n >= 2 && !memcmp(w.s, "$.", 2))
        w.s += 2;
    return w;
}

/* Takes the next part off. */
static kiln_value next(struct walk *w)
{
    const char *s = w->s, *dot = memchr(s, '.', (size_t)(w->end - s));
    const char *stop = dot ? dot : w->end;

    w->s = dot ? dot + 1 : NULL;
    return (kiln_value){ .tag = KILN_STRING, .n = (unsigned)(stop - s), .u.s = s };
}

static kiln_value child(const kiln_value *v, const kiln_value *part)
{
    long long i;

    if (v->tag == KILN_ARRAY && part->n && *part->u.s != '-'
        && numeral_integer(part->u.s, part->n, &i) == 0)
        return kiln_at(v, i);
    return kiln_get(v, part);
}

kiln_value dotted_get(const kiln_value *v, const kiln_value *path)
{
    struct walk w = begin(path);
    kiln_value at = path->n ? *v : value_null();

    while (w.s && at.tag > KILN_NULL) {
        kiln_value part = next(&w);

        at = child(&at, &part);
    }
    return at.tag == KILN_ABSENT ? value_null() : at;
}

kiln_value dotted_part(const kiln_value *v, const kiln_value *path)
{
    return path->tag == KILN_STRING && path->n ? dotted_get(v, path) : *v;
}

/* Sets what is left of the path below `target`, an object or absent; sets *blocked instead when
 * something else is there. Parts are not deeper than a value may be, so this may recurse. */
static int set_below(kiln_heap *h, kiln_value *ret, const kiln_value *target, struct walk w,
                     const kiln_value *v, int *blocked, int depth)
{
    kiln_value part = next(&w), below = kiln_get(target, &part), made;

    if (depth > VALUE_DEPTH)
        return heap_fail(h, "the path has more than %d parts", VALUE_DEPTH);
    if (target->tag != KILN_ABSENT && target->tag != KILN_OBJECT) {
        *blocked = 1;
        return 0;
    }
    if (!w.s)
        return value_with(h, ret, target, &part, v);
    if (set_below(h, &made, &below, w, v, blocked, depth + 1) < 0)
        return -1;
    return *blocked ? 0 : value_with(h, ret, target, &part, &made);
}

int dotted_set(kiln_heap *h, kiln_value *ret, const kiln_value *target, const kiln_value *path,
               const kiln_value *v)
{
    int blocked = !path->n || target->tag != KILN_OBJECT;
    kiln_value made;

    if (!blocked && set_below(h, &made, target, begin(path), v, &blocked, 1) < 0)
        return -1;
    *ret = blocked ? *target : made;
    return 0;
}
