/* test_migrate.c: a later version takes runs over, in other processes and other back ends: what one
 * of them began under the older version, another goes on with.
 */
#include <string.h>

#include "exit.h"
#include "shell.h"
#include "suites.h"

static char *scratch;

static void set_up(void)
{
    scratch = shell_scratch();
}

static void tear_down(void)
{
    shell_scratch_free(scratch);
}

/* The older version waits for the signal "w"; the newer one gives the answer another name. */
#define OLD "tests/cli/wait.json "
#define NEW "new/wait.json "
#define VERSIONS "mkdir new && sed 's/\"o\":/\"answer\":/' " OLD "> " NEW "&& "
#define PARKED(program) program " --store s --id r --quiet; test $? = 8 && "
#define ANSWERED "{\"answer\":{\"outputs\":7,"

static const struct {
    const char *line;
    int code;
    const char *out, *err; /* words that must be there */
} cases[] = {
    { VERSIONS PARKED("kiln run " OLD) "kiln resume " NEW "--store s --signal w=7 r",
      KILN_EXIT_PROGRAM, "", "runs go on under another version only when told so: --migrate" },
    { VERSIONS PARKED("kiln run " OLD) "kiln resume " NEW "--store s --signal w=7 --migrate r", 0,
      ANSWERED, "run r goes on under this version" },
    { VERSIONS PARKED("kiln run " OLD) "kiln build " NEW "-o n && "
                                       "./n resume --store s --signal w=7 --migrate r",
      0, ANSWERED, "run r goes on under this version" },
    { VERSIONS PARKED("kiln run " OLD) "kiln build " NEW "--libc host -o n && "
                                       "./n resume --store s --signal w=7 --migrate --all",
      0, ANSWERED, "run r goes on under this version" },
    { VERSIONS "kiln build " OLD "-o o && " PARKED("./o run") "kiln resume " NEW
                                                              "--store s --signal w=7 --migrate",
      0, ANSWERED, "run r goes on under this version" },
    { VERSIONS "kiln build " OLD "--libc host -o o && " PARKED(
          "./o run") "kiln build " NEW "-o n && ./n resume --store s --signal w=7 --migrate",
      0, ANSWERED, "run r goes on under this version" },
    { VERSIONS PARKED("kiln run " OLD) "kiln worker " NEW "--store s --exit-when-idle && "
                                       "kiln list " OLD "--store s",
      0, "r                           waiting",
      "1 unfinished runs are left alone: they belong to other programs" },
    { VERSIONS PARKED("kiln run " OLD) "kiln signal " NEW "r w 7 --store s && "
                                       "kiln worker " NEW "--store s --exit-when-idle && "
                                       "kiln list " OLD "--store s",
      0, "r                           waiting", "left alone" },
    { VERSIONS PARKED("kiln run " OLD) "kiln signal " NEW "r w 7 --store s && "
                                       "kiln worker " NEW "--store s --exit-when-idle --migrate && "
                                       "kiln show " NEW "r --store s",
      0, ANSWERED, "run r goes on under this version" },
    { VERSIONS PARKED("kiln run " OLD) "kiln build " NEW "-o n && "
                                       "./n worker --store s --exit-when-idle --migrate && "
                                       "./n resume --store s --signal w=7 r",
      0, ANSWERED, "run r goes on under this version" },
};

START_TEST(versions_share_a_store)
{
    struct shell s = shell_run(scratch, "%s", cases[_i].line);

    ck_assert_msg(s.code == cases[_i].code && strstr(text_cstr(&s.out), cases[_i].out)
                      && strstr(text_cstr(&s.err), cases[_i].err),
                  "%s: %d\n%s\n%s", cases[_i].line, s.code, text_cstr(&s.out), text_cstr(&s.err));
    shell_fini(&s);
}
END_TEST

Suite *suite_migrate(void);
Suite *suite_migrate(void)
{
    Suite *s = suite_create("migrate");
    TCase *t = tcase_create("versions");

    tcase_set_timeout(t, 120);
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_loop_test(t, versions_share_a_store, 0, sizeof cases / sizeof *cases);
    suite_add_tcase(s, t);
    return s;
}
