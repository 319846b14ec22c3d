/* cli_worker.c: the verb that works on all runs of a store until it is told to end.
 *
 * Threads drive runs (worker.h); the first thread looks at the clock and the inbox, sleeps by a
 * bell (bell.h), and tells how it goes. Asked to end, it lets every turn under way come to its end;
 * all else is in the store already.
 */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bell.h"
#include "cli_metrics.h"
#include "folder.h"

enum {
    THREADS = 4,
    MAX_RUNS = 1000,
    LOOK_MS = 1000,   /* at least so often, also because the clock may have been set */
    STUCK_LOOKS = 30, /* after so many a turn is too long */
    STACK_SIZE = 8 << 20
};

struct hand {
    struct crew *crew;
    unsigned seat;
    pthread_t thread;
};

struct crew {
    struct cli *c;
    struct worker *worker;
    struct bell bell;
    struct hand hands[WORKER_SEATS];
    unsigned n;
    int failed; /* the first code of a hand; the worker has stopped then */
    int is_terminal;
    long long told_ms;
};

/* ---- those who drive ---- */

static void *work(void *ctx)
{
    struct hand *hand = ctx;
    struct crew *crew = hand->crew;
    int code = 0;

    while (code >= 0 && worker_await(crew->worker)) {
        code = worker_drive(crew->worker, hand->seat);
        if (code > 1 || code < 0)
            bell_ring(&crew->bell);
    }
    if (code < 0)
        worker_stop(crew->worker);
    return code < 0 ? crew : NULL;
}

static int begin_threads(struct crew *crew, unsigned n)
{
    pthread_attr_t attributes;
    int failed = pthread_attr_init(&attributes);

    if (!failed)
        failed = pthread_attr_setstacksize(&attributes, STACK_SIZE);
    for (unsigned i = 0; i < n && !failed; i++) {
        struct hand *hand = &crew->hands[i];

        *hand = (struct hand){ crew, i, 0 };
        failed = pthread_create(&hand->thread, &attributes, work, hand);
        crew->n += !failed;
    }
    pthread_attr_destroy(&attributes);
    return -failed;
}

static void end_threads(struct crew *crew)
{
    void *failed;

    worker_stop(crew->worker);
    for (unsigned i = 0; i < crew->n; i++) {
        pthread_join(crew->hands[i].thread, &failed);
        crew->failed |= failed != NULL;
    }
}

/* ---- telling ---- */

static void tell(void *ctx, const char *sentence)
{
    cli_complain(ctx, KILN_EXIT_OK, "%s", sentence);
}

/* Once a second: the line on a terminal, the file. */
static void report(struct crew *crew, int is_last)
{
    struct cli *c = crew->c;
    long long now = c->io->now_ms(c->io->self);
    struct worker_counts n = worker_count(crew->worker);
    struct text t = { 0 };
    int failed = 0;

    if (!is_last && now - crew->told_ms >= 0 && now - crew->told_ms < LOOK_MS)
        return;
    crew->told_ms = now;
    worker_watch(crew->worker, STUCK_LOOKS);
    if (c->options.metrics)
        failed = cli_write_metrics(c, c->options.metrics, &n);
    if (failed)
        cli_complain(c, KILN_EXIT_OK, "cannot write '%s': %s", c->options.metrics,
                     strerror(-failed));
    if (crew->is_terminal) {
        text_puts(&t, "\r\033[K");
        cli_put_progress(&t, &n);
        text_puts(&t, is_last ? "\n" : "");
        cli_put(c, 2, &t);
    }
    text_fini(&t);
}

/* ---- the first thread ---- */

static unsigned wait_ms(struct crew *crew)
{
    long long due = worker_due(crew->worker);
    long long now = crew->c->io->now_ms(crew->c->io->self);

    if (due <= now)
        return 0;
    return due == KILN_DUE_NEVER || due - now > LOOK_MS ? LOOK_MS : (unsigned)(due - now);
}

/* Nothing but signals could bring any run further. */
static int is_idle(struct crew *crew)
{
    struct worker_counts n = worker_count(crew->worker);

    return !n.ready && !n.driven && !n.timed;
}

static int command(struct crew *crew)
{
    unsigned happened = BELL_FOLDER;
    int failed = 0;

    while (!failed && !(happened & BELL_END)) {
        int inbox_too = !happened || happened & BELL_FOLDER || crew->c->options.exit_when_idle;

        failed = worker_look(crew->worker, inbox_too);
        if (failed || (crew->c->options.exit_when_idle && is_idle(crew)))
            break;
        report(crew, 0);
        happened = bell_wait(&crew->bell, wait_ms(crew));
        if (worker_is_stopped(crew->worker))
            break;
    }
    return failed;
}

static int work_on(struct crew *crew, struct store *s)
{
    struct cli *c = crew->c;
    unsigned threads = c->options.threads ? c->options.threads : THREADS;
    int failed = begin_threads(crew, threads < WORKER_SEATS ? threads : WORKER_SEATS);

    if (!failed)
        failed = command(crew);
    end_threads(crew);
    worker_park(crew->worker);
    report(crew, 1);
    if (failed || crew->failed)
        return cli_complain(c, failed == -ENOMEM ? KILN_EXIT_BROKEN : KILN_EXIT_STORE,
                            "the worker ends: %s",
                            *store_error(s) ? store_error(s) : strerror(failed ? -failed : EIO));
    return KILN_EXIT_OK;
}

static int begin(struct cli *c, struct store *s, struct crew *crew)
{
    struct worker_options o = { .program = c->program,
                                .max_runs = c->options.max_runs ? c->options.max_runs : MAX_RUNS,
                                .tell = tell,
                                .tell_ctx = c };
    struct text inbox = { 0 };
    int failed;

    o.run = cli_run_options(c, s, NULL);
    if (c->options.migrate)
        o.run.upgrade = cli_find_verb(c, "migrate")->upgrades;
    text_printf(&inbox, "%s/inbox", c->options.store);
    failed = inbox.failed ? -ENOMEM : folder_make(c->io, inbox.s);
    if (!failed)
        bell_watch(&crew->bell, inbox.s);
    if (!failed)
        failed = worker_new(&o, &crew->worker);
    text_fini(&inbox);
    return failed;
}

static int open_and_work(struct cli *c, struct crew *crew)
{
    struct store *s = NULL;
    int code = cli_open_store(c, STORE_CREATE, &s), failed;

    if (code != KILN_EXIT_OK)
        return code;
    failed = begin(c, s, crew);
    if (failed) {
        code = cli_complain(c, KILN_EXIT_STORE, "the worker cannot begin: %s", strerror(-failed));
    } else {
        code = work_on(crew, s);
        worker_free(crew->worker);
    }
    store_close(s);
    return code;
}

/* Whoever asks it to end while it still opens a large store is heard, too. */
static int do_worker(struct cli *c)
{
    struct crew crew = { .c = c, .is_terminal = !c->options.quiet && isatty(2) };
    int code, failed;

    if (c->rest.n)
        return cli_complain(c, KILN_EXIT_USAGE, "what is '%s'? A worker takes all runs",
                            c->rest.at[0]);
    code = cli_prepare(c);
    if (code != KILN_EXIT_OK)
        return code;
    failed = bell_open(&crew.bell);
    if (failed)
        return cli_complain(c, KILN_EXIT_BROKEN, "the worker cannot begin: %s", strerror(-failed));
    code = open_and_work(c, &crew);
    bell_close(&crew.bell);
    return code;
}

static const struct option worker_options[] = CLI_TABLE(CLI_WORKER);
const kiln_verb kiln_verb_worker = {
    { "worker", "", "Works on all runs of a store, until it is told to end.", worker_options,
      "worker --store runs --exit-when-idle" },
    .run = do_worker,
};
