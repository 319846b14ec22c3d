/* helper.c: the table of filters, tests, functions and operators. */
#include "template/template.h"

#include <string.h>

static const struct template_helper helpers[] = {
#define HELPER(kind, name, function, parameters)                                                   \
    { name, "template." #function, parameters, kiln_template_##function, TEMPLATE_##kind },
#include "functions/template_names.def"
#undef HELPER
};

const struct template_helper *template_helpers(size_t *ret_n)
{
    *ret_n = sizeof helpers / sizeof *helpers;
    return helpers;
}

const struct template_helper *template_helper(enum template_helper_kind kind, const char *name,
                                              size_t n)
{
    for (size_t i = 0; i < sizeof helpers / sizeof *helpers; i++)
        if (helpers[i].kind == kind && strlen(helpers[i].name) == n
            && !memcmp(helpers[i].name, name, n))
            return &helpers[i];
    return NULL;
}
