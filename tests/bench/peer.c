/* peer.c: a chain of durable steps beside the same chain in another engine, LangGraph with its
 * SQLite saver (peer.py): there, too, a step is on disk before the next begins. Nothing of ours
 * needs it: where the Python of KILN_PEER_PYTHON (else python3) does not have it, the row is left
 * out.
 */
#include "bench.h"

#include <string.h>
#include <unistd.h>

#include "io.h"
#include "journal.h"

enum { STEPS = 200, ROUNDS = 3 };

/* Microseconds a step of a whole run. */
static double our_us(const kiln_program *p, const char *dir)
{
    kiln_options o = { 0 };
    kiln_heap h;
    kiln_value input = bench_input(&h);
    char path[64];
    double t;

    snprintf(path, sizeof path, "%s/store", dir);
    if (store_open(&kiln_io_posix, path, STORE_CREATE, &o.store, NULL) < 0)
        exit(1);
    t = bench_now();
    bench_run(p, &o, &input);
    t = bench_now() - t;
    store_close(o.store);
    heap_fini(&h);
    return t * 1e6 / STEPS;
}

/* The same of the peer, or a negative number when it is not there. */
static double peer_us(const char *dir)
{
    const char *python = getenv("KILN_PEER_PYTHON");
    char command[256];
    double us = -1;
    FILE *f;

    snprintf(command, sizeof command, "%s tests/bench/peer.py %d %s/peer.db 2>/dev/null",
             python ? python : "python3", STEPS, dir);
    f = popen(command, "r");
    if (!f || fscanf(f, "%lf", &us) != 1)
        us = -1;
    return f && pclose(f) == 0 ? us : -1;
}

static void compare(const kiln_program *p)
{
    double ours[ROUNDS], peer[ROUNDS];

    for (int i = 0; i < ROUNDS; i++) { /* side by side: the disk has moods */
        char dir[BENCH_PATH];

        bench_make_folder(dir);
        peer[i] = peer_us(dir);
        if (peer[i] >= 0)
            ours[i] = our_us(p, dir);
        bench_remove_folder(dir);
        if (peer[i] < 0) {
            printf("%-46s skipped: LangGraph is not installed\n", "durable chain beside a peer");
            return;
        }
    }
    bench_line("durable chain beside a peer, a step", bench_median(ours, ROUNDS), "us",
               "LangGraph on SQLite", bench_median(peer, ROUNDS), "");
}

int main(void)
{
    struct text t = { 0 };

    bench_chain(&t, STEPS, "utils", "get-current-unix-timestamp", "");
    bench_program(&t, compare);
    return 0;
}
