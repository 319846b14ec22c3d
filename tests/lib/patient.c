/* patient.c: see patient.h. */
#include "patient.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "build/build.h"
#include "emit/emit.h"
#include "passes/passes.h"
#include "plans.h"

/* ---- the world ---- */

/* One line, whole, however many write at once. */
static void tell_world(const char *key)
{
    char line[256];
    int fd = open("world", O_WRONLY | O_CREAT | O_APPEND, 0600);
    int n = snprintf(line, sizeof line, "%s\n", key);

    if (fd < 0 || write(fd, line, (size_t)n) != n)
        abort();
    close(fd);
}

KILN_OP(worker_tell_world, "test.tell", KILN_EFFECTFUL, "Tells the world.",
        KILN_INPUTS({ "hang", "boolean", "Until there is a file \"go\".", 0 }),
        KILN_OUTPUTS({ "key", "string", "", 0 }), KILN_FLAGS(KILN_OP_BARE))
{
    tell_world(kiln_call_key(call));
    while (kiln_in_bool(call, "hang") && access("go", F_OK))
        kiln_io_posix.sleep_ms(NULL, 5);
    return kiln_out_value(call, kiln_in(call, "n"));
}

static const kiln_op *find_op(void *ctx, const char *name)
{
    (void)ctx;
    return strcmp(name, "test.tell") ? NULL : &kiln_op_worker_tell_world;
}

/* Lines of the world; of the same key more than once: *ret_again. */
unsigned patient_count_world(unsigned *ret_again)
{
    struct text t = shell_read("world");
    struct map keys = { 0 };
    unsigned n = 0, again = 0;

    for (char *line = t.s ? strtok(t.s, "\n") : NULL; line; line = strtok(NULL, "\n"), n++) {
        again += map_get(&keys, line, strlen(line)) != NULL;
        ck_assert_int_eq(map_put(&keys, line, strlen(line), line), 0);
    }
    map_fini(&keys);
    text_fini(&t);
    *ret_again = again;
    return n;
}

/* ---- the program ---- */

static const char plan_text[] =
    "plan \"patient\" dialect \"test\"\nflow \"root\"\n"
    "slot s0 \"in\" param\nslot s1 \"first\" last\nslot s2 \"signal\" last\nslot s3 \"x\" last\n"
    "step \"first\" wake start\n%0 = slot s0\ntask \"test.tell\" %0 -> s1\nnext -> \"sleep\"\n"
    "step \"sleep\" wake count 1\n%0 = slot s0\n%1 = get %0 \"ms\"\nsleep %1\nnext -> \"gate\"\n"
    "step \"gate\" wake count 1\n%0 = slot s0\n%1 = get %0 \"wait\"\ntest %1\n"
    "case 1 -> \"await\"\ncase 0 -> \"second\"\n"
    "step \"await\" wake any timeout 0 1\n%0 = const {\"id\":\"go\",\"step\":\"await\"}\nawait %0 "
    "-> s2\n"
    "next -> \"second\"\n"
    "step \"second\" wake any\n%0 = slot s0\ntask \"test.tell\" %0 -> s3\nnext -> \"end\"\n"
    "step \"end\" wake count 1\n%0 = slot s2\n%1 = slot s1\n%2 = array %0 %1\nfinish %2\n"
    "step \"q\" wake quiet\n%0 = const \"quiet\"\nfinish %0\n";

static struct arena arena;
static struct plan *plan;
static struct build_jit *jit;
const kiln_program *patient_program;
static char folder[] = "/tmp/kiln-worker-XXXXXX";

static void load_program(void)
{
    static const kiln_op *const ops[] = { &kiln_op_worker_tell_world };
    struct diags diags = { .arena = &arena };
    const char *message = NULL;
    struct text c = { 0 };

    plan = plan_read(&arena, plan_text, strlen(plan_text), find_op, NULL, &message);
    ck_assert_msg(plan != NULL, "%s", message);
    message = passes_run(plan, 1, NULL, NULL);
    ck_assert_msg(!message, "%s", message);
    emit_program(plan, &c);
    ck_assert_int_eq(
        build_tcc(c.s, c.n, emit_symbol(plan), ops, 1, &arena, &diags, &jit, &patient_program), 0);
    text_fini(&c);
}

void patient_set_up(void)
{
    load_program();
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
}

void patient_tear_down(void)
{
    struct shell s;

    ck_assert_int_eq(chdir("/"), 0);
    s = shell_run(NULL, "rm -rf %s", folder);
    shell_fini(&s);
    build_jit_free(jit);
    plan_fini(plan);
    arena_fini(&arena);
}

/* ---- processes ---- */

/* The verb in `line`, its words parted by blanks, on the store "s". */
static int call(const char *line)
{
    char *copy = strdup(line), *argv[20] = { "order" };
    int argc = 1, code;

    for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
        argv[argc++] = word;
    argv[argc++] = "--store";
    argv[argc++] = "s";
    code = cli_main(patient_program, &kiln_io_posix, argc, argv);
    free(copy);
    return code;
}

/* The same in a process of its own; what it says goes to the files "out" and "err". */
pid_t patient_begin(const char *line)
{
    pid_t pid = fork();

    ck_assert_int_ge(pid, 0);
    if (pid)
        return pid;
    dup2(open("out", O_WRONLY | O_CREAT | O_APPEND, 0600), 1);
    dup2(open("err", O_WRONLY | O_CREAT | O_APPEND, 0600), 2);
    _exit(call(line));
}

int patient_end(pid_t pid)
{
    int status;

    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

int patient_run(const char *line)
{
    return patient_end(patient_begin(line));
}

int patient_is_said(const char *words)
{
    struct text said = shell_read("err");
    int found = strstr(text_cstr(&said), words) != NULL;

    text_fini(&said);
    return found;
}

void patient_sleep(unsigned ms)
{
    kiln_io_posix.sleep_ms(NULL, ms);
}

/* ---- what the store says ---- */

/* Messages a process would leave, without one. */
void patient_send(enum inbox_verb verb, const char *id, const char *value)
{
    struct inbox_message m = { .verb = verb, .run = id, .name = "go" };
    struct json_error e;
    kiln_heap h;

    heap_init(&h, 0);
    memcpy(m.hash, patient_program->hash, sizeof m.hash);
    if (value)
        ck_assert_int_eq(json_read(&h, &m.value, value, strlen(value), &e), 0);
    ck_assert_int_eq(inbox_send(&kiln_io_posix, "s", &m), 0);
    heap_fini(&h);
}

const char *patient_id(unsigned i)
{
    static char id[16];

    snprintf(id, sizeof id, "r%u", i);
    return id;
}

/* How many runs of the store are in a state. */
unsigned patient_count(enum journal_kind state)
{
    struct store *s = NULL;
    unsigned n = 0;

    if (store_open(&kiln_io_posix, "s", STORE_READONLY, &s, NULL) < 0)
        return 0;
    for (size_t i = 0; i < s->runs.n; i++)
        n += s->runs.at[i]->state == state;
    store_close(s);
    return n;
}

int patient_is_paused(const char *id)
{
    struct store *s = NULL;
    int paused = 0;

    ck_assert_int_eq(store_open(&kiln_io_posix, "s", STORE_READONLY, &s, NULL), 0);
    if (store_find(s, id))
        paused = store_find(s, id)->paused != 0;
    store_close(s);
    return paused;
}

unsigned patient_count_inbox(void)
{
    struct inbox_list l = { 0 };
    unsigned n;

    ck_assert_int_eq(inbox_list(&kiln_io_posix, "s", &l), 0);
    n = (unsigned)l.n;
    inbox_list_fini(&l);
    return n;
}

/* Waits until so many runs are in a state, or fails. */
void patient_await(enum journal_kind state, unsigned n)
{
    for (unsigned i = 0; patient_count(state) < n; i++) {
        ck_assert_msg(i < 3000, "%u of %u", patient_count(state), n);
        patient_sleep(10);
    }
}

void patient_start(unsigned n, const char *input)
{
    for (unsigned i = 0; i < n; i++)
        patient_send(INBOX_START, patient_id(i), input);
}

void patient_expect_world(unsigned n, unsigned most_again)
{
    unsigned again, lines = patient_count_world(&again);

    ck_assert_uint_eq(lines - again, n);
    ck_assert_uint_le(again, most_again);
}
