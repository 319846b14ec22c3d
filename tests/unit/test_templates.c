/* test_templates.c: every template is C by itself: each compiler found takes it without a warning,
 * and the formatter leaves it. Forms hold what generated C is made of, so this is where a form that
 * one compiler dislikes is seen first.
 */
#include <glob.h>
#include <stdio.h>

#include "shell.h"
#include "suites.h"

struct checker {
    const char *program, *options;
};

/* $o is a scratch file. */
static const struct checker checkers[] = {
    { "gcc", "-std=c11 -Wall -Wextra -Werror -Iruntime -c -o $o" },
    { "clang", "-std=c11 -Wall -Wextra -Werror -Iruntime -c -o $o" },
    { "tcc", "-Wall -Werror -Iruntime -c -o $o" },
    { "clang-format", "--dry-run -Werror" },
};

static int is_missing(const char *program)
{
    struct shell s = shell_run(NULL, "command -v %s", program);
    int missing = s.code != 0;

    shell_fini(&s);
    if (missing)
        printf("skipped: %s is not here\n", program);
    return missing;
}

static void check_template(const struct checker *c, const char *path)
{
    struct shell s = shell_run(NULL, "o=$(mktemp); %s %s %s; code=$?; rm -f $o; exit $code",
                               c->program, c->options, path);

    ck_assert_msg(s.code == 0, "%s refuses %s: %s", c->program, path, text_cstr(&s.err));
    shell_fini(&s);
}

START_TEST(a_template_is_c)
{
    glob_t found;

    ck_assert_int_eq(glob("templates/*.c", 0, NULL, &found), 0);
    ck_assert_uint_ge(found.gl_pathc, 4);
    for (size_t i = 0; !is_missing(checkers[_i].program) && i < found.gl_pathc; i++)
        check_template(&checkers[_i], found.gl_pathv[i]);
    globfree(&found);
}
END_TEST

Suite *suite_templates(void);

Suite *suite_templates(void)
{
    Suite *s = suite_create("templates");
    TCase *t = tcase_create("templates");

    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, a_template_is_c, 0, sizeof checkers / sizeof *checkers);
    suite_add_tcase(s, t);
    return s;
}
