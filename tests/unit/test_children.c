/* test_children.c: workflows in workflows: which file answers, and what is checked. */
#include <stdlib.h>
#include <string.h>

#include "shell.h"
#include "suites.h"
#include "workflows.h"

/* ---- which file ---- */

static const struct child_file *find(const struct child_set *s, const char *id, long long version)
{
    static const struct child_file none = { .path = "none" };
    const struct child_file *f = child_set_find(s, id, version);

    return f ? f : &none;
}

START_TEST(words_offer_files)
{
    static const char *const wrong[] = { "a",     "=f",     "a=",    "@1=f",           "a@=f",
                                         "a@0=f", "a@-1=f", "a@x=f", "a@12345678901=f" };
    struct child_set s = { 0 };
    struct arena a = { 0 };
    const char *why = NULL;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ck_assert_int_eq(child_set_add_word(&s, &a, wrong[i], &why), -1);
        ck_assert_ptr_nonnull(strstr(why, wrong[i]));
    }
    ck_assert_int_eq(child_set_add_word(&s, &a, "a@2=two", &why), 0);
    ck_assert_int_eq(child_set_add_word(&s, &a, "a@10=ten", &why), 0);
    ck_assert_int_eq(child_set_add_word(&s, &a, "b@3=three", &why), 0);
    ck_assert_int_eq(child_set_add_word(&s, &a, "b=any=b", &why), 0);
    ck_assert_int_eq(child_set_add_word(&s, &a, "b=again", &why), -1);
    ck_assert_str_eq(find(&s, "a", 0)->path, "ten");
    ck_assert_str_eq(find(&s, "a", 2)->path, "two");
    ck_assert_str_eq(find(&s, "a", 3)->path, "none");
    ck_assert_str_eq(find(&s, "b", 0)->path, "any=b");
    ck_assert_str_eq(find(&s, "b", 3)->path, "three");
    ck_assert_str_eq(find(&s, "b", 4)->path, "any=b");
    arena_fini(&a);
}
END_TEST

START_TEST(folders_offer_files)
{
    char *folder = shell_scratch();
    struct child_set s = { 0 };
    struct arena a = { 0 };
    const char *why = NULL;
    struct shell made =
        shell_run(folder, "touch a.json a@2.json b@x.json @1.json c.txt .json 'd e.json'");

    ck_assert_int_eq(made.code, 0);
    ck_assert_int_eq(child_set_add_folder(&s, &a, folder, &why), 0);
    ck_assert_uint_eq(s.n, 3);
    ck_assert_ptr_nonnull(strstr(find(&s, "a", 2)->path, "/a@2.json"));
    ck_assert_ptr_nonnull(strstr(find(&s, "d e", 1)->path, "/d e.json"));
    ck_assert_int_eq(child_set_add_folder(&s, &a, "/nowhere at all", &why), -1);
    ck_assert_ptr_nonnull(strstr(why, "/nowhere at all"));
    shell_fini(&made);
    shell_scratch_free(folder);
    arena_fini(&a);
}
END_TEST

/* ---- checking ---- */

START_TEST(missing_children_are_told)
{
    static const struct offered offered[] = { { "mid", 0, RUNS("leaf", "1", "") }, { 0 } };

    workflow_expect_offered_codes(offered, RUNS("mid", "1", ""), "E124");
    workflow_expect_offered_codes(offered, RUNS("mod", "1", ""), "E124");
    workflow_expect_codes(RUNS("mid", "1", ""), "E124");
}
END_TEST

START_TEST(circles_are_told)
{
    static const struct offered offered[] = { { "a", 0, RUNS("b", "1", "") },
                                              { "b", 0, RUNS("a", "'latest'", "") },
                                              { "c", 0, RUNS("own", "1", "") },
                                              { "d", 0, RUNS("d", "1", "") },
                                              { 0 } };
    struct workflow w;

    workflow_expect_offered_codes(offered, RUNS("c", "1", ""), "E056");
    workflow_expect_offered_codes(offered, RUNS("own", "1", ""), "E056");
    workflow_expect_offered_codes(offered, RUNS("d", "1", ""), "E056 E125");
    workflow_offer(&w, offered);
    workflow_compile_offered(&w, RUNS("c", "1", ""), STAGE_PLAN, 0);
    ck_assert_str_eq(w.compilation.diags.at[0].sentence,
                     "workflows embed each other in a circle: 'own' -> 'c' -> 'own'");
    ck_assert_str_eq(w.compilation.diags.at[0].source->path, "c");
    workflow_fini(&w);
    workflow_offer(&w, offered);
    workflow_compile_offered(&w, RUNS("a", "1", ""), STAGE_PLAN, 1);
    ck_assert_str_eq(w.compilation.diags.at[0].sentence,
                     "workflows embed each other in a circle: 'a' -> 'b' -> 'a'");
    workflow_fini(&w);
}
END_TEST

START_TEST(inputs_are_checked_against_the_childs_schema)
{
    static const struct offered offered[] = {
        { "bare", 0, GIVES(LIT("1")) },
        { "kid", 0,
          "{'inputSchema':{'a':{'type':'string','required':true}},'entryPoint':'f','steps':"
          "{" FINISH("f", "'o':" REF("data.a")) "},'executionPlan':[]}" },
        { 0 }
    };

    workflow_expect_offered_codes(offered, RUNS("bare", "1", "'a':" LIT("1")), "E054");
    workflow_expect_offered_codes(offered, RUNS("kid", "1", "'b':" LIT("1")), "E055 W020");
    workflow_expect_offered_codes(offered, RUNS("kid", "1", "'a.x':" LIT("1")), "W213");
    workflow_expect_offered_codes(offered, RUNS("kid", "0", "'a':" LIT("1")), "E050");
    workflow_expect_offered_codes(offered, RUNS("kid", "'next'", "'a':" LIT("1")), "E050");
    workflow_expect_offered_codes(offered, RUNS("kid", "1.5", "'a':" LIT("1")), "E202");
}
END_TEST

START_TEST(step_ids_stand_once_in_all_of_them)
{
    static const struct offered offered[] = {
        { "mid", 0, GRAPH("x", EMBED("x", "leaf", "1", "") "," FINISH("f", ""), EDGE("x", "f")) },
        { "leaf", 0, GIVES(LIT("1")) },
        { 0 }
    };

    workflow_expect_offered_codes(
        offered, GRAPH("x", EMBED("x", "mid", "1", "") "," FINISH("f", ""), EDGE("x", "f")),
        "E125");
}
END_TEST

/* A complaint in a child names the child's file. */
START_TEST(complaints_name_their_file)
{
    static const struct offered offered[] = {
        { "kid", 0, GRAPH("f", FINISH("f", "'o':" REF("steps.nowhere.outputs")), "") },
        { "broken", 0, "{'entryPoint':'f'" },
        { "strange", 0, "{'a':1}" },
        { 0 }
    };
    struct workflow w;

    workflow_offer(&w, offered);
    workflow_compile_offered(&w, RUNS("kid", "1", ""), STAGE_PLAN, 0);
    ck_assert_str_eq(text_cstr(&w.codes), "E010");
    ck_assert_str_eq(w.compilation.diags.at[0].source->path, "kid");
    workflow_fini(&w);
    workflow_expect_offered_codes(offered, RUNS("broken", "1", ""), "S002");
    workflow_expect_offered_codes(offered, RUNS("strange", "1", ""), "D002");
}
END_TEST

Suite *suite_children(void);

Suite *suite_children(void)
{
    Suite *s = suite_create("children");
    TCase *t = tcase_create("children");

    tcase_add_test(t, words_offer_files);
    tcase_add_test(t, folders_offer_files);
    tcase_add_test(t, missing_children_are_told);
    tcase_add_test(t, circles_are_told);
    tcase_add_test(t, inputs_are_checked_against_the_childs_schema);
    tcase_add_test(t, step_ids_stand_once_in_all_of_them);
    tcase_add_test(t, complaints_name_their_file);
    suite_add_tcase(s, t);
    return s;
}
