/* test_options.c: the flag tables of kiln: what is handed on to the program, values that are one of
 * a few words, and that the tables are sound. */
#include "options.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "diag.h"
#include "suites.h"

static const struct option *const tables[] = {
    options_check,    options_build,  options_run,  options_resume, options_start,
    options_worker,   options_signal, options_send, options_list,   options_show,
    options_describe, options_emit,   options_ops,
};

enum { N_TABLES = sizeof tables / sizeof *tables };

START_TEST(tables_are_sound)
{
    for (const struct option *o = tables[_i]; o->name; o++) {
        ck_assert_msg(o->help && *o->help, "--%s has no help", o->name);
        ck_assert_msg(!o->argument == (o->type == OPTION_FLAG), "--%s", o->name);
        ck_assert_uint_lt(o->offset, sizeof(struct options));
        for (const struct option *p = tables[_i]; p < o; p++) {
            ck_assert_str_ne(o->name, p->name);
            ck_assert_msg(!o->letter || o->letter != p->letter, "-%c twice", o->letter);
        }
    }
}
END_TEST

/* The same flag sets the same member in every verb. */
START_TEST(flags_mean_the_same_everywhere)
{
    for (size_t i = 0; i < N_TABLES; i++)
        for (const struct option *o = tables[_i]; o->name; o++)
            for (const struct option *p = tables[i]; p->name; p++)
                if (!strcmp(o->name, p->name))
                    ck_assert_uint_eq(o->offset, p->offset);
}
END_TEST

static struct text forwarded(const struct options *o, const struct option *table)
{
    struct option_list to = { 0 };
    struct arena a = { 0 };
    struct text t = { 0 };

    options_forward(table, o, &a, &to);
    for (size_t i = 0; i < to.n; i++)
        text_printf(&t, "%s ", to.at[i]);
    list_fini(&to);
    arena_fini(&a);
    return t;
}

START_TEST(the_program_gets_its_part)
{
    char *argv[] = { "w.json", "--input", "{}",    "--time", "-q",    "--store",
                     "s",      "--id",    "first", "--json", "--ops", "x.c" };
    struct option_list words = { 0 };
    struct options o = { 0 };
    struct text why = { 0 }, t;

    ck_assert_int_eq(option_parse(options_run, 12, argv, &o, &words, &why), 0);
    t = forwarded(&o, options_run);
    ck_assert_str_eq(text_cstr(&t), "--input {} --store s --id first --json --quiet ");
    ck_assert_uint_eq(words.n, 1);
    ck_assert_uint_eq(o.ops.n, 1);
    text_fini(&t);
    list_fini(&words);
    list_fini(&o.ops);
}
END_TEST

static const struct {
    struct options options;
    const char *why; /* NULL: good */
} choices[] = {
    { { 0 }, NULL },
    { { .color = "never", .format = "json", .backend = "cc", .libc = "host", .level = "s" }, NULL },
    { { .color = "alway" },
      "option '--color' takes auto, always or never, not 'alway'; did you "
      "mean 'always'?" },
    { { .backend = "interpreter" }, "option '--backend' takes tcc or cc, not 'interpreter'" },
    { { .stage = "plam" },
      "option '--stage' takes model, plan, c, dot, mermaid, graph or schema, not "
      "'plam'; did you mean 'plan'?" },
};

START_TEST(values_are_chosen_from_few)
{
    struct text why = { 0 };

    ck_assert_int_eq(options_verify(&choices[_i].options, &why), choices[_i].why ? -1 : 0);
    ck_assert_str_eq(text_cstr(&why), choices[_i].why ? choices[_i].why : "");
    text_fini(&why);
}
END_TEST

Suite *suite_options(void);

Suite *suite_options(void)
{
    Suite *s = suite_create("options");
    TCase *t = tcase_create("options");

    tcase_add_loop_test(t, tables_are_sound, 0, N_TABLES);
    tcase_add_loop_test(t, flags_mean_the_same_everywhere, 0, N_TABLES);
    tcase_add_test(t, the_program_gets_its_part);
    tcase_add_loop_test(t, values_are_chosen_from_few, 0, sizeof choices / sizeof *choices);
    suite_add_tcase(s, t);
    return s;
}
