/* test_emit.c: generated C: the same every time, taken without a warning by every compiler found,
 * left as it is by the formatter, and what is in it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "embedded.h"
#include "emit/emit.h"
#include "plans.h"
#include "shell.h"
#include "suites.h"

static struct arena arena;
static struct text out;
static struct plan *plan;

static void end(void)
{
    text_fini(&out);
    plan_fini(plan);
    plan = NULL;
    arena_fini(&arena);
}

static const char *emit(const char *text)
{
    plan_fini(plan);
    plan = plans_read(&arena, text);
    text_clear(&out);
    emit_program(plan, &out);
    return text_cstr(&out);
}

static const char *every(void)
{
    return emit(plans_load(&arena, "tests/templates/every.plan"));
}

/* Writes the text to a file of this process and gives its name. */
static const char *save(const char *c)
{
    const char *path = arena_printf(&arena, "/tmp/kiln-test-emit-%ld.c", (long)getpid());
    FILE *f = fopen(path, "w");

    ck_assert_ptr_nonnull(f);
    ck_assert_int_ge(fputs(c, f), 0);
    ck_assert_int_eq(fclose(f), 0);
    return path;
}

/* Runs a checker over the text ($o in its options is a scratch file): 0 when it has nothing to say
 * or is not there. */
static int refused(const char *program, const char *options, const char *c)
{
    const char *path = save(c);
    struct shell s =
        shell_run(NULL,
                  "command -v %s >/dev/null || exit 99; o=$(mktemp); %s %s %s; code=$?; "
                  "rm -f $o; exit $code",
                  program, program, options, path);

    if (s.code == 99)
        printf("skipped: %s is not here\n", program);
    else if (s.code)
        printf("%s: %s%s\n", program, text_cstr(&s.out), text_cstr(&s.err));
    unlink(path);
    int bad = s.code != 0 && s.code != 99;

    shell_fini(&s);
    return bad;
}

#define STRICT "-std=c11 -Wall -Wextra -Werror -O1 -c -o $o"

static int compilers_refuse(const char *c)
{
    return refused("gcc", STRICT, c) + refused("clang", STRICT, c)
           + refused("tcc", "-Wall -Werror -c -o $o", c);
}

static int formatter_refuses(const char *c)
{
    return refused("clang-format", "--style=file:.clang-format --dry-run -Werror", c);
}

START_TEST(every_compiler_takes_it)
{
    ck_assert_int_eq(compilers_refuse(every()), 0);
}
END_TEST

START_TEST(the_formatter_leaves_it)
{
    ck_assert_int_eq(formatter_refuses(every()), 0);
}
END_TEST

START_TEST(plans_made_at_random_are_taken_too)
{
    plan = plans_random(&arena, (unsigned)_i);
    emit_program(plan, &out);
    ck_assert_int_eq(compilers_refuse(text_cstr(&out)), 0);
    ck_assert_int_eq(formatter_refuses(text_cstr(&out)), 0);
}
END_TEST

START_TEST(the_same_plan_gives_the_same_bytes)
{
    const char *first = arena_printf(&arena, "%s", every());

    ck_assert_str_eq(every(), first);
}
END_TEST

START_TEST(the_contract_is_in_front)
{
    const char *header = strstr(every(), embedded_kiln_program_h);

    ck_assert_ptr_nonnull(header);
    ck_assert_ptr_nonnull(strstr(header, "\n#if KILN_ABI != 3\n"));
    ck_assert_int_eq(KILN_ABI, 3);
}
END_TEST

START_TEST(one_object_is_exported)
{
    struct shell s;
    const char *path = save(every());

    s = shell_run(NULL, "cc -c -o %s.o %s && nm -g --defined-only %s.o | wc -l; rm -f %s.o", path,
                  path, path, path);
    ck_assert_str_eq(text_cstr(&s.out), "1\n");
    unlink(path);
    shell_fini(&s);
    ck_assert_str_eq(emit_symbol(plan), "every_thing");
}
END_TEST

#define HEAD "plan \"p\" dialect \"operonx\"\nflow \"root\"\n  slot s0 \"a\" param\n"

START_TEST(a_leaf_reads_in_place_what_stands_still)
{
    const char *c = emit(HEAD "  step \"s\" at \"/s\" 1:1 wake quiet\n    %0 = slot s0\n"
                              "    %1 = get %0 \"k\"\n    finish %1\n");

    ck_assert_ptr_nonnull(strstr(c, "/* step s, /s */\n"
                                    "static kiln_next leaf_s(kiln_frame *f)\n{\n"
                                    "    f->out = kiln_get(&f->slots[SLOT_A], &text_k);\n"
                                    "    return KILN_FINISH;\n}\n"));
}
END_TEST

START_TEST(a_value_read_twice_is_a_local)
{
    const char *c = emit(HEAD "  step \"s\" wake quiet\n    %0 = slot s0\n"
                              "    %1 = get %0 \"k\"\n    set s0 %1\n    finish %1\n");

    ck_assert_ptr_nonnull(strstr(c, "    kiln_value v0, v1;\n\n"));
    ck_assert_ptr_nonnull(strstr(c, "    f->out = v1;\n    return KILN_FINISH;\n}\n"));
}
END_TEST

START_TEST(a_slot_that_is_written_is_read_first)
{
    const char *c = emit(HEAD "  slot s1 \"b\" last\n  step \"s\" wake quiet\n    %0 = slot s0\n"
                              "    %1 = slot s1\n    set s0 %1\n    set s1 %0\n    finish %0\n");

    ck_assert_ptr_nonnull(strstr(c, "    v0 = f->slots[SLOT_A];\n    v1 = f->slots[SLOT_B];\n"
                                    "    if (v1.tag != KILN_ABSENT)\n"
                                    "        f->slots[SLOT_A] = v1;\n"));
}
END_TEST

START_TEST(what_nobody_reads_leaves_nothing)
{
    const char *c = emit(HEAD "  step \"s\" wake quiet\n    %0 = slot s0\n    %1 = get %0 \"k\"\n"
                              "    %2 = call base.length %1\n    finish %0\n");

    ck_assert_ptr_null(strstr(c, "text_k"));
    ck_assert_ptr_null(strstr(c, "kiln_base_length"));
}
END_TEST

START_TEST(a_loop_may_carry_a_value)
{
    const char *c = emit(HEAD "  step \"s\" wake quiet\n    %0 = slot s0\n    %1 = copy %0\n"
                              "    %4 = const 0\n    %6 = copy %4\n    %2 = for %3 %0\n"
                              "      yield %1\n      %1 = copy %6\n      %6 = copy %3\n"
                              "    end\n    finish %2\n");

    ck_assert_ptr_nonnull(strstr(c, "        v1 = v6;\n        v6 = v3;\n"));
}
END_TEST

/* A step that makes an object of n members. */
static const char *emit_object(unsigned n)
{
    struct text t = { 0 };
    const char *c;

    text_puts(&t, HEAD "  step \"s\" wake quiet\n    %0 = slot s0\n    %1 = object");
    for (unsigned i = 0; i < n; i++)
        text_printf(&t, " \"k%u\" %%0", i);
    text_puts(&t, "\n    finish %1\n");
    c = emit(text_cstr(&t));
    text_fini(&t);
    return c;
}

START_TEST(only_a_long_object_goes_through_a_list)
{
    ck_assert_ptr_nonnull(strstr(emit_object(2), "return kiln_give(f, KILN_FINISH, 2, &text_k0, "
                                                 "&f->slots[SLOT_A], &text_k1,"));
    ck_assert_ptr_nonnull(
        strstr(emit_object(1), "return kiln_give_one(f, KILN_FINISH, &text_k0, "));
    ck_assert_ptr_nonnull(strstr(emit_object(200), "kiln_object(f->heap, &f->out, list, 200)"));
    ck_assert_ptr_nonnull(strstr(emit_object(0), "kiln_object(f->heap, &f->out, 0, 0)"));
    for (unsigned n = 15; n < 18; n++)
        ck_assert_int_eq(compilers_refuse(emit_object(n)), 0);
}
END_TEST

/* A chain of n steps, each with a name and a constant of its own. */
static double seconds_for(unsigned n)
{
    struct text t = { 0 };
    clock_t from;

    text_puts(&t, "plan \"long\" dialect \"operonx\"\nflow \"root\"\n");
    for (unsigned i = 0; i < n; i++)
        text_printf(&t, "  slot s%u \"x.%u\" last\n", i, i);
    for (unsigned i = 0; i < n; i++)
        text_printf(
            &t, "  step \"same name %u\" wake any\n    %%0 = const \"text %u\"\n    set s%u %%0\n",
            i, i, i);
    text_puts(&t, "  step \"q\" wake quiet\n    %0 = slot s0\n    finish %0\n"
                  "  step \"b\" wake start\n");
    from = clock();
    emit(text_cstr(&t));
    text_fini(&t);
    return (double)(clock() - from) / CLOCKS_PER_SEC;
}

START_TEST(ten_thousand_steps_take_ten_times_a_thousand)
{
    double thousand = seconds_for(1000), ten = seconds_for(10000);

    ck_assert_msg(ten < 30 * thousand + 0.2, "1,000 steps %.3f s, 10,000 steps %.3f s", thousand,
                  ten);
}
END_TEST

Suite *suite_emit(void);

Suite *suite_emit(void)
{
    Suite *s = suite_create("emit");
    TCase *t = tcase_create("emit");

    tcase_add_checked_fixture(t, NULL, end);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, every_compiler_takes_it);
    tcase_add_test(t, the_formatter_leaves_it);
    tcase_add_loop_test(t, plans_made_at_random_are_taken_too, 0, 8);
    tcase_add_test(t, the_same_plan_gives_the_same_bytes);
    tcase_add_test(t, the_contract_is_in_front);
    tcase_add_test(t, one_object_is_exported);
    tcase_add_test(t, a_leaf_reads_in_place_what_stands_still);
    tcase_add_test(t, a_value_read_twice_is_a_local);
    tcase_add_test(t, a_slot_that_is_written_is_read_first);
    tcase_add_test(t, what_nobody_reads_leaves_nothing);
    tcase_add_test(t, a_loop_may_carry_a_value);
    tcase_add_test(t, only_a_long_object_goes_through_a_list);
    tcase_add_test(t, ten_thousand_steps_take_ten_times_a_thousand);
    suite_add_tcase(s, t);
    return s;
}
