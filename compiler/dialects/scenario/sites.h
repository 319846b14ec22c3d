/* sites.h: every place of a step where a reference may stand, in one walk. */
#ifndef SCENARIO_SITES_H
#define SCENARIO_SITES_H

#include "dialects/scenario/model.h"

/* How closely the reference is looked at (scenario 2.4). */
enum site_kind {
    SITE_MAPPING, /* inputMapping, context, config.variables: checked in full */
    SITE_OTHER,   /* conditions, Switch and Split values: not for being run before */
    SITE_QUIET    /* inside literals, and what people are told: only used, never checked */
};

struct site {
    const struct step *step;
    enum site_kind kind;
    const struct value *value;    /* a REFERENCE; NULL when a template itself is visited */
    const struct value *template; /* the template it stands in, or NULL */
    int in_condition;             /* of a While or Filter: it gives more to refer to */
    int is_connection;            /* connectionRef: no schema has to know it (scenario 2.4) */
};

typedef void site_visit(void *ctx, const struct site *site);

/* Calls `visit` for every reference of the step and of the edges that leave it, but not for those
 * of its body. */
void sites_walk(const struct step *s, site_visit *visit, void *ctx);

#endif
