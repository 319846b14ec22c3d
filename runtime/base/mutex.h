/* mutex.h: taking a mutex that is never held for long.
 *
 * To sleep and be woken costs a hundred times what such a mutex is held for, so who finds it taken
 * looks again for a while first.
 */
#ifndef KILN_MUTEX_H
#define KILN_MUTEX_H

#include <pthread.h>

/* Takes the mutex; a recursive one also again. */
static inline void mutex_take(pthread_mutex_t *m)
{
    enum { LOOKS = 100 };

    for (int i = 0; i < LOOKS; i++)
        if (pthread_mutex_trylock(m) == 0)
            return;
    pthread_mutex_lock(m);
}

#endif
