/* bell.c: one poll over an eventfd, an inotify watch and a signalfd (bell.h). No signal handler, so
 * nothing is told to a handler through a variable of the whole process.
 */
#include "bell.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum { POLL_MS = 100, SINK = 4096 };

static void ends(sigset_t *ret)
{
    sigemptyset(ret);
    sigaddset(ret, SIGTERM);
    sigaddset(ret, SIGINT);
}

int bell_open(struct bell *b)
{
    sigset_t set;
    int failed;

    ends(&set);
    b->folder = -1;
    b->end = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    b->ring = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (b->ring >= 0 && b->end >= 0 && !pthread_sigmask(SIG_BLOCK, &set, NULL))
        return 0;
    failed = -errno;
    bell_close(b);
    return failed ? failed : -EINVAL;
}

void bell_watch(struct bell *b, const char *folder)
{
    int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);

    if (fd >= 0 && inotify_add_watch(fd, folder, IN_MOVED_TO) >= 0)
        b->folder = fd;
    else if (fd >= 0)
        close(fd);
}

void bell_close(struct bell *b)
{
    sigset_t set;

    ends(&set);
    if (b->end >= 0)
        pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    if (b->ring >= 0)
        close(b->ring);
    if (b->folder >= 0)
        close(b->folder);
    if (b->end >= 0)
        close(b->end);
    *b = (struct bell){ -1, -1, -1 };
}

void bell_ring(const struct bell *b)
{
    eventfd_write(b->ring, 1); /* full means rung */
}

/* Takes all there is to read. */
static void drain(int fd)
{
    char sink[SINK];

    while (read(fd, sink, sizeof sink) > 0)
        ;
}

unsigned bell_wait(const struct bell *b, unsigned ms)
{
    struct pollfd all[3] = { { b->ring, POLLIN, 0 },
                             { b->folder, POLLIN, 0 }, /* -1 is passed over */
                             { b->end, POLLIN, 0 } };
    unsigned happened = b->folder < 0 ? BELL_FOLDER : 0;

    if (b->folder < 0 && ms > POLL_MS)
        ms = POLL_MS;
    if (poll(all, 3, (int)ms) <= 0)
        return happened;
    for (unsigned i = 0; i < 3; i++)
        if (all[i].revents & POLLIN) {
            drain(all[i].fd);
            happened |= 1u << i;
        }
    return happened;
}
