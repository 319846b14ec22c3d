/* test_libraries.c: programs carry the libraries of their operations and no others, for both
 * libcs; where there is none, that is told at the step.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "shell.h"
#include "suites.h"

static char *folder;

static void begin(void)
{
    folder = shell_scratch();
}

static void end(void)
{
    shell_scratch_free(folder);
}

/* The command ends with this code, and these words are on one of its streams. */
static void expect(const char *command, int code, const char *words)
{
    struct shell s = shell_run(folder, "%s", command);

    ck_assert_msg(s.code == code
                      && (strstr(text_cstr(&s.out), words) || strstr(text_cstr(&s.err), words)),
                  "%s: %d\n%s%s", command, s.code, text_cstr(&s.out), text_cstr(&s.err));
    shell_fini(&s);
}

static int has_sysroot(void)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/home/sysroot/lib", shell_build());
    if (access(path, R_OK) == 0)
        return 1;
    printf("skipped: there is no sysroot (make sysroot)\n");
    return 0;
}

#define DIGEST " run -q --input '{\"text\":\"abc\"}'"
#define ABC "{\"hash\":\"900150983cd24fb0d6963f7d28e17f72\"}"

START_TEST(in_process)
{
    expect("kiln" DIGEST " tests/cli/digest.json", 0, ABC);
    expect("kiln" DIGEST " tests/cli/digest.json --backend cc", 0, ABC);
}
END_TEST

START_TEST(of_the_host)
{
    expect("kiln build tests/cli/digest.json --libc host -o digest && ./digest" DIGEST, 0, ABC);
    expect("kiln build tests/cli/hello.json --libc host --verbose -o hello", 0, "libkiln.a -lm");
}
END_TEST

START_TEST(of_the_sysroot)
{
    if (!has_sysroot())
        return;
    expect("kiln build tests/cli/digest.json --libc musl -o digest && ./digest" DIGEST, 0, ABC);
    expect("kiln build tests/cli/hello.json --libc musl --verbose -o hello", 0,
           "libkiln-musl.a -lm");
}
END_TEST

/* A name out of PCRE2's tables of properties. */
#define ENGINE " | grep -c oldpersian"

START_TEST(a_regex_engine_only_for_regexes)
{
    if (!has_sysroot())
        return;
    expect("kiln build tests/cli/regex.json --libc musl -o regex && ./regex run -q --input "
           "'{\"text\":\"é 42\"}'",
           0, "{\"number\":\"42\"}");
    expect("strings -a regex" ENGINE, 0, "1");
    expect("kiln build tests/cli/digest.json --libc musl -o digest && strings -a digest" ENGINE, 1,
           "0");
}
END_TEST

START_TEST(of_a_sysroot_that_is_not_there)
{
    if (!has_sysroot())
        return;
    expect("cp -RL build/home bare && rm -r bare/sysroot && "
           "KILN_HOME=bare kiln build tests/cli/digest.json --libc musl -o digest",
           1,
           "tests/cli/digest.json:6:15: error[B006]: the operation crypto.hash needs the library "
           "nettle");
    expect("test ! -e digest && echo none", 0, "none");
    expect("KILN_HOME=bare kiln build tests/cli/hello.json --libc musl -o hello && echo made", 0,
           "made");
}
END_TEST

Suite *suite_libraries(void);

Suite *suite_libraries(void)
{
    Suite *s = suite_create("libraries");
    TCase *c = tcase_create("libraries");

    tcase_set_timeout(c, 120);
    tcase_add_checked_fixture(c, begin, end);
    tcase_add_test(c, in_process);
    tcase_add_test(c, of_the_host);
    tcase_add_test(c, of_the_sysroot);
    tcase_add_test(c, a_regex_engine_only_for_regexes);
    tcase_add_test(c, of_a_sysroot_that_is_not_there);
    suite_add_tcase(s, c);
    return s;
}
