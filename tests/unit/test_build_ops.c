/* test_build_ops.c: the user's operations are compiled and loaded, and what is wrong with them is
 * told.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "build/build.h"
#include "shell.h"
#include "suites.h"

static struct arena arena;
static struct diags diags;
static char file[] = "/tmp/kiln-test-ops-XXXXXX.c";
static const kiln_op *const *ops;
static size_t n_ops;

static void begin(void)
{
    char home[PATH_MAX];
    int fd;

    snprintf(home, sizeof home, "%s/home", shell_build());
    setenv("KILN_HOME", home, 1);
    diags = (struct diags){ .arena = &arena };
    strcpy(file + strlen(file) - 8, "XXXXXX.c");
    fd = mkstemps(file, 2);
    ck_assert_int_ge(fd, 0);
    close(fd);
}

static void end(void)
{
    unlink(file);
    arena_fini(&arena);
}

static int load(struct build_ops **ret)
{
    const char *files[] = { file };

    return build_ops_load(files, 1, &arena, &diags, ret, &ops, &n_ops);
}

static int load_text(const char *text, struct build_ops **ret)
{
    FILE *f = fopen(file, "w");

    ck_assert(f && fputs(text, f) >= 0 && fclose(f) == 0);
    return load(ret);
}

static void expect(const char *code, const char *words)
{
    ck_assert_uint_ge(diags.n, 1);
    ck_assert_str_eq(diags.at[0].code, code);
    ck_assert_msg(strstr(diags.at[0].sentence, words) != NULL, "%s", diags.at[0].sentence);
}

static const struct {
    const char *text, *code, *words;
} bad_ops[] = {
    { "int x;", "B021", "no operations" },
    { "int x = ;", "B002", "expected expression" },
    { "#include <kiln_op.h>\nKILN_OP(a, \"a\", KILN_PURE, \"\") { (void)call; return 0; }", "B022",
      "has no sentence" },
    { "#include <kiln_op.h>\nKILN_OP(a, \"\", KILN_PURE, \"A.\") { (void)call; return 0; }", "B022",
      "has no name" },
    { "#include <kiln_op.h>\nKILN_OP(a, \"a\", 7, \"A.\") { (void)call; return 0; }", "B022",
      "unknown effect" },
    { "#include <kiln_op.h>\nKILN_OP(a, \"a\", KILN_PURE, \"A.\", KILN_FLAGS(KILN_OP_BARE))"
      "{ (void)call; return 0; }",
      "B022", "exactly one output" },
    { "#include <kiln_op.h>\nKILN_OP(a, \"a\", KILN_PURE, \"A.\", KILN_INPUTS({ \"i\", \"int\", "
      "\"\", 0 })) { (void)call; return 0; }",
      "B022", "no type 'int'" },
    { "#include <kiln_op.h>\nKILN_OP(a, \"a\", KILN_PURE, \"A.\", KILN_INPUTS({ \"i\", \"any\", "
      "\"\", 0 }, { \"i\", \"any\", \"\", 0 })) { (void)call; return 0; }",
      "B022", "two inputs 'i'" },
    { "#include <kiln_op.h>\nKILN_OP(a, \"a\", KILN_PURE, \"A.\") { (void)call; return 0; }\n"
      "KILN_OP(b, \"a\", KILN_PURE, \"A.\") { (void)call; return 0; }",
      "B023", "two operations" },
};

START_TEST(bad_operations_are_told)
{
    struct build_ops *o = NULL;

    ck_assert_int_eq(load_text(bad_ops[_i].text, &o), -1);
    expect(bad_ops[_i].code, bad_ops[_i].words);
    ck_assert_ptr_null(o);
}
END_TEST

/* What libtcc does not know goes to the system's compiler. */
START_TEST(operations_may_use_what_only_cc_knows)
{
    struct build_ops *o = NULL;

    ck_assert_int_eq(
        load_text("#include <stdatomic.h>\n#include <kiln_op.h>\nstatic _Atomic int n;\n"
                  "KILN_OP(a, \"a\", KILN_EFFECTFUL, \"Counts.\")\n"
                  "{ return kiln_out_value(call, kiln_int(atomic_fetch_add(&n, 1))); }",
                  &o),
        0);
    ck_assert_uint_eq(n_ops, 1);
    build_ops_free(o);
}
END_TEST

START_TEST(a_missing_file_is_told)
{
    struct build_ops *o;

    unlink(file);
    ck_assert_int_eq(load(&o), -1);
    expect("B020", file);
}
END_TEST

Suite *suite_build_ops(void);

Suite *suite_build_ops(void)
{
    Suite *s = suite_create("build_ops");
    TCase *t = tcase_create("build_ops");

    tcase_add_checked_fixture(t, begin, end);
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, bad_operations_are_told, 0, sizeof bad_ops / sizeof *bad_ops);
    tcase_add_test(t, operations_may_use_what_only_cc_knows);
    tcase_add_test(t, a_missing_file_is_told);
    suite_add_tcase(s, t);
    return s;
}
