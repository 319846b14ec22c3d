/* share.c: a store that several threads use at once: its mutex, and waiting for a flush that
 * another thread has under way. A program whose verbs drive one run at a time never calls
 * store_share, and so does not carry this, nor what the C library has for it.
 */
#include "base/mutex.h"
#include "store.h"

static void take(struct store *s)
{
    mutex_take(&s->mutex);
}

static void give(struct store *s)
{
    pthread_mutex_unlock(&s->mutex);
}

static void await(struct store *s)
{
    pthread_cond_wait(&s->flushed, &s->mutex);
}

static void wake(struct store *s)
{
    pthread_cond_broadcast(&s->flushed);
}

static void end(struct store *s)
{
    pthread_cond_destroy(&s->flushed);
    pthread_mutex_destroy(&s->mutex);
}

/* It may be taken again by who has it: to append is a part of larger moves. */
void store_share(struct store *s)
{
    static const struct store_share share = { take, give, await, wake, end };
    pthread_mutexattr_t attributes;

    if (s->share)
        return;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&s->mutex, &attributes);
    pthread_mutexattr_destroy(&attributes);
    pthread_cond_init(&s->flushed, NULL);
    s->share = &share;
}
