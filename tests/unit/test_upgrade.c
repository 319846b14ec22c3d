/* test_upgrade.c: runs that go on under a later version of their program, or must not.
 *
 * Two versions of a plan are compiled through libtcc. Random plans meet themselves with all numbers
 * moved: wherever the first version is stopped, the second goes on as the first would have. Plans
 * made by hand meet real changes, stopped at every call that changes the simulated disk.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "compiled.h"
#include "emit/emit.h"
#include "kiln.h"
#include "passes/passes.h"
#include "store.h"
#include "suites.h"
#include "test/io_sim.h"

/* ---- versions ---- */

static unsigned calls[16];

/* What comes of a call follows from its input alone; it counts those with an `n`. */
KILN_OP(upgrade_act, "test.act", KILN_EFFECTFUL, "Touches the world.",
        KILN_INPUTS({ "n", "any", "Which effect.", 0 }), KILN_FLAGS(KILN_OP_BARE))
{
    const kiln_value *in = kiln_input(call);
    kiln_value n = value_member(in, "n");
    struct text t = { 0 };
    unsigned sum = 0;

    json_write(&t, in);
    for (size_t i = 0; i < t.n; i++)
        sum = 31 * sum + (unsigned char)t.s[i];
    text_fini(&t);
    if (n.tag == KILN_INT)
        calls[n.u.i & 15]++;
    else if (sum % 7 == 0)
        return kiln_fail(call, "not this");
    if (n.tag != KILN_INT && sum % 3 == 0)
        kiln_later(call, sum % 50);
    return kiln_out_value(call, n.tag == KILN_INT ? n : kiln_int(sum % 100));
}

static const kiln_op *ops[2];

static void set_up(void)
{
    ops[0] = &kiln_op_upgrade_act;
    ops[1] = plans_find_op(NULL, "test.pure");
}

/* ---- playing ---- */

struct play {
    struct io_sim *sim;
    const struct compiled *v;
    const kiln_upgrade *upgrade;
    const char *signal; /* what comes when the run waits; NULL: it is parked, and left */
    int status;
    struct text said; /* the output, or why it is refused */
};

static void park(kiln_run *r)
{
    if (kiln_run_status(r) == KILN_RUNNING && kiln_run_park(r) < 0)
        ck_assert_int_ne(0, *kiln_run_error(r));
}

/* Whenever the run only waits it gets its signal. */
static int drive(struct play *p, kiln_run *r)
{
    const kiln_value *what;
    int status;

    while ((status = kiln_run_drive(r)) == KILN_RUNNING && p->signal
           && (what = kiln_run_awaits(r))) {
        kiln_value id = value_member(what, "id"), v = value_static(p->signal);
        char name[64];

        snprintf(name, sizeof name, "%.*s", (int)id.n, id.u.s);
        if ((status = kiln_run_signal(r, name, &v)) < 0)
            break;
    }
    if (status == KILN_RUNNING && !p->signal)
        park(r);
    return status;
}

static void play_run(struct play *p, struct store *s)
{
    kiln_options o = { .io = &p->sim->io, .store = s, .id = "r", .upgrade = p->upgrade };
    kiln_value input = value_int(3);
    kiln_run *r = NULL;

    ck_assert_int_eq(kiln_run_new(p->v->program, &o, &r), 0);
    p->status = store_find(s, "r") ? kiln_run_resume(r) : kiln_run_start(r, &input);
    if (!p->status)
        p->status = drive(p, r);
    if (p->status > 0)
        json_write(&p->said, kiln_run_output(r));
    else if (p->status < 0)
        text_printf(&p->said, "%s\n%s", kiln_run_error(r), kiln_run_upgrade_report(r));
    kiln_run_free(r);
}

static int play(struct play *p)
{
    struct store *s = NULL;

    text_clear(&p->said);
    p->status = store_open(&p->sim->io, "s", STORE_CREATE | STORE_SMALL, &s, NULL);
    if (p->status < 0)
        return p->status;
    play_run(p, s);
    store_close(s);
    return p->status;
}

static void fini(struct play *p)
{
    text_fini(&p->said);
    io_sim_free(p->sim);
}

/* ---- numbers that move ---- */

static void make_random(struct compiled *v, unsigned seed, int is_padded)
{
    struct diags diags = { .arena = &v->arena };
    struct text c = { 0 };

    *v = (struct compiled){ .jit = NULL };
    v->plan = plans_lively(&v->arena, seed, &kiln_op_upgrade_act);
    ck_assert_ptr_null(passes_run(v->plan, 1, NULL, NULL));
    if (is_padded)
        plans_pad(v->plan);
    ck_assert_ptr_null(plan_verify(v->plan));
    emit_program(v->plan, &c);
    ck_assert_int_eq(
        build_tcc(c.s, c.n, emit_symbol(v->plan), ops, 2, &v->arena, &diags, &v->jit, &v->program),
        0);
    text_fini(&c);
}

/* Stops the first version at a call and goes on with another: what comes of it. */
static void stop(struct play *p, const struct compiled *first, const struct compiled *then,
                 unsigned at)
{
    *p = (struct play){ .sim = io_sim_new(at), .v = first, .signal = "signal" };
    p->sim->crash_at = at;
    play(p);
    io_sim_restart(p->sim, at % 2 ? IO_SIM_LOSE : IO_SIM_KEEP);
    p->v = then;
    p->upgrade = &kiln_upgrade_do;
    play(p);
}

START_TEST(numbers_do_not_matter)
{
    struct compiled plain, padded;
    struct play p = { .signal = "signal" };
    unsigned n;

    make_random(&plain, (unsigned)_i, 0);
    make_random(&padded, (unsigned)_i, 1);
    ck_assert(memcmp(plain.program->hash, padded.program->hash, 16));
    p.sim = io_sim_new(1);
    p.v = &plain;
    ck_assert_int_ge(play(&p), 0);
    n = p.sim->calls;
    fini(&p);
    for (unsigned at = 1; at <= n; at += 1 + n / 24) {
        struct play same, other;

        stop(&same, &plain, &plain, at);
        stop(&other, &plain, &padded, at);
        ck_assert_msg(same.status == other.status
                          && !strcmp(text_cstr(&same.said), text_cstr(&other.said)),
                      "seed %d stopped at %u: %d %s, but %d %s\n%s", _i, at, same.status,
                      text_cstr(&same.said), other.status, text_cstr(&other.said),
                      plans_print(&plain.arena, plain.plan));
        fini(&same);
        fini(&other);
    }
    compiled_free(&plain);
    compiled_free(&padded);
}
END_TEST

/* ---- plans by hand ---- */

#define HEAD "plan \"p\" dialect \"test\"\n"
#define QUIET "step \"q\" wake quiet\n%0 = const \"quiet\"\nfinish %0\n"
#define ACT(id, wake, n, slot, to)                                                                 \
    "step \"" id "\" wake " wake "\n%0 = const {\"n\":" n "}\ntask \"test.act\" %0 -> " slot       \
    "\nnext -> \"" to "\"\n"
#define SLEEP(id, wake, to)                                                                        \
    "step \"" id "\" wake " wake "\n%0 = const 1000\nsleep %0\nnext -> \"" to "\"\n"
#define AWAIT(id, wake, slot, to)                                                                  \
    "step \"" id "\" wake " wake " timeout 0 \"late\"\n"                                           \
    "%0 = const {\"id\":\"w\",\"step\":\"w\"}\nawait %0 -> " slot "\nnext -> \"" to "\"\n"
#define END(slots) "step \"end\" wake count 1\n" slots QUIET
#define TWO "%0 = slot s0\n%1 = slot s1\n%2 = array %0 %1\nfinish %2\n"
#define SLOTS "slot s0 \"a\" last\nslot s1 \"b\" last\n"

/* a, sleep, b */
static const char before[] = HEAD "flow \"root\"\n" SLOTS ACT("a", "start", "1", "s0", "z")
    SLEEP("z", "count 1", "b") ACT("b", "count 1", "2", "s1", "end") END(TWO);

/* The same with another order of slots, a note behind the sleep and another call at the end. */
static const char after[] =
    HEAD "flow \"root\"\nslot s0 \"new\" last\nslot s1 \"b\" last\nslot s2 \"a\" last\n"
         "step \"note\" wake count 1\n%0 = const \"rested\"\nnote %0\nnext -> \"b\"\n" ACT(
             "a", "start", "1", "s2", "z") SLEEP("z", "count 1", "note")
             ACT("b", "count 1", "2", "s1", "c") ACT("c", "count 1", "3", "s0", "end")
                 END("%0 = slot s2\n%1 = slot s1\n%2 = slot s0\n%3 = array %0 %1 %2\nfinish %3\n");

/* One version is stopped at a call, the other at one of its own, and goes on. An effect happens
 * once, and once more a stop. */
static int stop_twice(const struct compiled *v, unsigned first, unsigned second,
                      enum io_sim_loss loss)
{
    struct play p = { .sim = io_sim_new(first), .v = &v[0], .signal = "signal" };

    memset(calls, 0, sizeof calls);
    p.sim->crash_at = first;
    p.sim->tear = 16 * second;
    play(&p);
    io_sim_restart(p.sim, loss);
    p.v = &v[1];
    p.upgrade = &kiln_upgrade_do;
    p.sim->crash_at = second ? p.sim->calls + second : 0;
    play(&p);
    if (p.sim->crashed) {
        io_sim_restart(p.sim, loss);
        play(&p);
    }
    if (p.status == -ESTALE) /* `b` was begun, and the note would have come before it */
        ck_assert_msg(strstr(p.said.s, "step 'note' of root would come first"),
                      "stopped at %u, %u: %s", first, second, p.said.s);
    else
        ck_assert_msg(!strcmp(text_cstr(&p.said), "[1,2,3]")
                          || !strcmp(text_cstr(&p.said), "[1,2]"),
                      "stopped at %u, %u: %s", first, second, text_cstr(&p.said));
    for (unsigned i = 1; i < 4; i++)
        ck_assert_uint_le(calls[i], 2 + !!second);
    fini(&p);
    return p.status == KILN_COMPLETED;
}

START_TEST(stopped_everywhere)
{
    struct compiled v[2];
    struct play p = { .signal = "signal" };
    unsigned n, moved = 0;

    compiled_load(&v[0], before, ops, 2);
    compiled_load(&v[1], after, ops, 2);
    p.sim = io_sim_new(1);
    p.v = &v[0];
    ck_assert_int_eq(play(&p), KILN_COMPLETED);
    ck_assert_str_eq(text_cstr(&p.said), "[1,2]");
    n = p.sim->calls;
    fini(&p);
    for (unsigned first = 1; first <= n; first++)
        for (unsigned second = 0; second <= 16; second++)
            for (int loss = IO_SIM_KEEP; loss <= IO_SIM_SHUFFLE; loss++)
                moved += (unsigned)stop_twice(v, first, second, (enum io_sim_loss)loss);
    ck_assert_uint_gt(moved, 17 * 3 * n / 2);
    compiled_free(&v[0]);
    compiled_free(&v[1]);
}
END_TEST

/* Begins a run under one version until it waits for its signal, written down, and tries another. */
static void meet(struct play *p, const char *from, const char *to)
{
    struct compiled v[2];

    compiled_load(&v[0], from, ops, 2);
    compiled_load(&v[1], to, ops, 2);
    memset(calls, 0, sizeof calls);
    *p = (struct play){ .sim = io_sim_new(1), .v = &v[0] };
    ck_assert_int_eq(play(p), KILN_RUNNING);
    p->v = &v[1];
    p->signal = "signal";
    p->upgrade = &kiln_upgrade_try;
    ck_assert_int_eq(play(p), -ESTALE);
    p->upgrade = &kiln_upgrade_do;
    play(p);
    compiled_free(&v[0]);
    compiled_free(&v[1]);
}

#define WAITS(slots, rest) HEAD "flow \"root\"\n" slots rest

static const struct {
    const char *from, *to, *says;
} meetings[] = {
    /* It waits at a step that is there, with a value and a step behind it that is gone. */
    { WAITS(SLOTS, ACT("a", "start", "1", "s0", "w") AWAIT("w", "count 1", "s1", "end") END(TWO)),
      WAITS(SLOTS, ACT("x", "start", "4", "s0", "w") AWAIT("w", "count 1", "s1", "end")
                       END("%0 = slot s1\nfinish %0\n")),
      "\"signal\"" },
    { WAITS(SLOTS, AWAIT("w", "start", "s1", "end") END(TWO)),
      WAITS(SLOTS, AWAIT("v", "start", "s1", "end") END(TWO)),
      "step 'w' awaits a signal, and is gone" },
    { WAITS(SLOTS, AWAIT("w", "start", "s1", "end") END(TWO)),
      WAITS(SLOTS, SLEEP("w", "start", "end") END(TWO)),
      "step 'w' awaits a signal, and now it sleeps" },
    /* Within an item, two frames down. */
    { WAITS(SLOTS,
            "step \"e\" wake start\n%0 = const [1]\neach \"item\" %0 -> s0\n"
            "next -> \"end\"\n" END(TWO) "flow \"item\" up \"root\"\nslot s0 \"i\" param\n"
                                         "slot s1 \"r\" last\n" AWAIT("w", "start", "s1", "end")
                                             END("%0 = slot s1\nfinish %0\n")),
      WAITS(SLOTS,
            "step \"first\" wake count 1\n%0 = slot s0\nset s1 %0\nnext -> \"end\"\n"
            "step \"e\" wake start\n%0 = const [1]\neach \"item\" %0 -> s0\n"
            "next -> \"first\"\n" END(
                TWO) "flow \"item\" up \"root\"\n"
                     "slot s0 \"i\" param\nslot s1 \"q\" last\nslot s2 \"r\" last\n"
                     "step \"last\" wake count 1\n%0 = slot s2\nset s1 %0\nnext -> \"end\"\n" AWAIT(
                         "w", "start", "s2", "last") END("%0 = slot s1\nfinish %0\n")),
      "[[\"signal\"],[\"signal\"]]" },
    { WAITS(SLOTS,
            "step \"e\" wake start\n%0 = const [1]\neach \"item\" %0 -> s0\n"
            "next -> \"end\"\n" END(TWO) "flow \"item\" up \"root\"\nslot s0 \"i\" param\n"
                                         "slot s1 \"r\" last\n" AWAIT("w", "start", "s1", "end")
                                             END("%0 = slot s1\nfinish %0\n")),
      WAITS(SLOTS,
            "step \"e\" wake start\n%0 = const [1]\neach \"other\" %0 -> s0\n"
            "next -> \"end\"\n" END(TWO) "flow \"other\" up \"root\"\nslot s0 \"i\" param\n"
                                         "slot s1 \"r\" last\n" AWAIT("w", "start", "s1", "end")
                                             END("%0 = slot s1\nfinish %0\n")),
      "item is gone, and the run is in it\nstep 'e' runs another flow now" },
    { WAITS(SLOTS,
            "step \"e\" wake start\n%0 = const [1]\neach \"item\" %0 -> s0\n"
            "next -> \"end\"\n" END(TWO) "flow \"item\" up \"root\"\nslot s0 \"i\" param\n"
                                         "slot s1 \"r\" last\n" AWAIT("w", "start", "s1", "end")
                                             END("%0 = slot s1\nfinish %0\n")),
      WAITS(SLOTS, AWAIT("w", "start", "s1", "end") END(TWO)),
      "is in the items of a step, and this program has no such steps" },
    { WAITS(SLOTS, AWAIT("w", "start", "s1", "end") END(TWO)),
      WAITS(SLOTS, ACT("a", "start", "1", "s0", "w") AWAIT("w", "count 1", "s1", "end") END(TWO)),
      "step 'end' reads 'a', which step 'a' would have set: it lies behind" },
};

START_TEST(parked_runs_move_or_say_why_not)
{
    struct play p;

    meet(&p, meetings[_i].from, meetings[_i].to);
    ck_assert_msg(strstr(text_cstr(&p.said), meetings[_i].says) != NULL, "%s", text_cstr(&p.said));
    fini(&p);
}
END_TEST

Suite *suite_upgrade(void);
Suite *suite_upgrade(void)
{
    Suite *s = suite_create("upgrade");
    TCase *t = tcase_create("upgrade");

    tcase_add_checked_fixture(t, set_up, NULL);
    tcase_set_timeout(t, 120);
    tcase_add_test(t, stopped_everywhere);
    tcase_add_loop_test(t, parked_runs_move_or_say_why_not, 0, sizeof meetings / sizeof *meetings);
    tcase_add_loop_test(t, numbers_do_not_matter, 0, 60);
    suite_add_tcase(s, t);
    return s;
}
