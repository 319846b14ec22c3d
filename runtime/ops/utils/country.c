/* country.c: the code of a country whose name somebody has typed (scenario 4.3).
 *
 * A name is brought to small letters, digits and blanks and looked for among all names there are;
 * failing that, the name fewest letters away is taken, if they are at most three, or a quarter of
 * a long name. That forgives much: "usa" is no name here, and nearest to "ksa".
 */
#include <string.h>

#include "base/letter.h"
#include "base/utf8.h"
#include "ops/input.h"
#include "value.h"

/* No name of the table is half as long, so a longer one is like none. */
enum { MOST_LETTERS = 128 };

/* A name, letter by letter. */
struct spelling {
    unsigned letters[MOST_LETTERS];
    unsigned n;
};

struct country {
    const char *alpha2, *alpha3, *names;
};

static const struct country countries[] = {
#define COUNTRY(two, three, names) { #two, #three, names },
#include "ops/utils/countries.def"
#undef COUNTRY
};

enum { N_COUNTRIES = sizeof countries / sizeof *countries };

/* Signs that are no letters: those of ASCII and of the two blocks of other punctuation. */
static int is_sign(unsigned c)
{
    if (c < 0x80)
        return c != ' ' && !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z');
    return c < 0xc0 || (c >= 0x2000 && c < 0x2070);
}

/* -1 when it is longer than any name. */
static int spell(struct spelling *sp, const char *s, size_t n)
{
    sp->n = 0;
    utf8_trim(&s, &n);
    for (size_t i = 0, length; i < n; i += length) {
        unsigned c;

        if (!(length = utf8_length(s + i, n - i)))
            return -1;
        c = letter_lower(letter_at(s + i, length));
        if (is_sign(c))
            continue;
        if (sp->n == MOST_LETTERS)
            return -1;
        sp->letters[sp->n++] = c;
    }
    return 0;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* How many letters must be put, dropped or changed to make one of the other (Levenshtein). */
static unsigned distance(const struct spelling *a, const struct spelling *b)
{
    unsigned row[MOST_LETTERS + 1];

    for (unsigned j = 0; j <= b->n; j++)
        row[j] = j;
    for (unsigned i = 0; i < a->n; i++) {
        unsigned corner = row[0];

        row[0] = i + 1;
        for (unsigned j = 0; j < b->n; j++) {
            unsigned changed = corner + (a->letters[i] != b->letters[j]);

            corner = row[j + 1];
            row[j + 1] = least(changed, least(corner, row[j]) + 1);
        }
    }
    return row[b->n];
}

/* How far the nearest of a country's names is away. */
static unsigned nearest_name(const struct country *c, const struct spelling *wanted)
{
    unsigned best = MOST_LETTERS;
    struct spelling name;

    for (const char *s = c->names, *stop; s; s = *stop ? stop + 1 : NULL) {
        stop = strchrnul(s, '|');
        if (spell(&name, s, (size_t)(stop - s)) == 0)
            best = least(best, distance(wanted, &name));
    }
    return best;
}

/* NULL when none is near enough. The first of several wins. */
static const struct country *find(const struct spelling *wanted)
{
    unsigned limit = wanted->n / 4 > 3 ? wanted->n / 4 : 3, best = limit + 1;
    const struct country *found = NULL;

    for (unsigned i = 0; i < N_COUNTRIES && best; i++) {
        unsigned d = nearest_name(&countries[i], wanted);

        if (d < best) {
            best = d;
            found = &countries[i];
        }
    }
    return found;
}

KILN_OP(utils_country_name_to_iso_code, "utils.country-name-to-iso-code", KILN_PURE,
        "The ISO 3166 code of the country whose name is nearest.",
        KILN_INPUTS({ "country_name", "string", "The name, in English or at home.", KILN_REQUIRED },
                    { "code_type", "string", "alpha2 (when left out) or alpha3.", 0 }),
        KILN_OUTPUTS({ "value", "string", "The code.", 0 }),
        KILN_FLAGS(KILN_OP_BARE | KILN_OP_CHECKS))
{
    const char *op = "country-name-to-iso-code";
    const struct country *c = NULL;
    struct spelling wanted;
    kiln_value name, type;
    int is_alpha2;

    if (input_text(call, op, "country_name", &name) < 0
        || input_text_or(call, op, "code_type", "alpha2", &type) < 0)
        return -1;
    is_alpha2 = value_is(&type, "alpha2");
    if (!is_alpha2 && !value_is(&type, "alpha3"))
        return input_fail(call, "CAPABILITY_ERROR", "Code type must be 'alpha2' or 'alpha3'");
    if (spell(&wanted, name.u.s, name.n) == 0 && wanted.n)
        c = find(&wanted);
    if (!c)
        return input_fail(call, "CAPABILITY_ERROR", "Country not found: %.*s", (int)name.n,
                          name.u.s);
    return kiln_out_value(call, value_static(is_alpha2 ? c->alpha2 : c->alpha3));
}
