/* inbox.h: what other processes ask of the one that writes a store.
 *
 * Only the holder of the lock writes the journal; whoever else wants something - begin or fork a
 * run, send a signal, cancel, pause, resume - puts a message into DIR/inbox. A message is one file
 * that is there whole or not at all. It goes when what it asks for is in the journal, so one that
 * is met twice must do nothing the second time: that is what its key is for.
 */
#ifndef KILN_INBOX_H
#define KILN_INBOX_H

#include "base/list.h"
#include "value.h"

struct kiln_io;

enum inbox_verb {
    INBOX_START = 1,
    INBOX_SIGNAL = 2,
    INBOX_CANCEL = 3,
    INBOX_PAUSE = 4,
    INBOX_RESUME = 5,
    INBOX_FORK = 6
};

/* A message. Texts are NUL-terminated. */
struct inbox_message {
    enum inbox_verb verb;
    const char *run;            /* its id; not checked: whoever acts on it does that */
    const char *key;            /* of one key the first message counts; NULL: one is made */
    const char *name;           /* START: of the program; SIGNAL: of the signal; FORK: the run that
                                   is forked; else "" */
    unsigned long long hash[2]; /* START: of the program */
    kiln_value value;           /* START: the input; SIGNAL: the value; FORK: an array, the record
                                   it goes on behind and what people call that, or null; else
                                   ABSENT */
};

/* What it asks for is a new run. */
static inline int inbox_makes_run(const struct inbox_message *m)
{
    return m->verb == INBOX_START || m->verb == INBOX_FORK;
}

/* The names of messages, oldest first. A message sent after another was, comes after it. */
struct inbox_list {
    char **at;
    size_t n, cap;
};

/* Puts a message into the inbox of the store in the folder `store`, which is made if need be. It is
 * on disk when this returns 0; else a negative errno. */
int inbox_send(const struct kiln_io *io, const char *store, const struct inbox_message *m);
/* Lists the inbox; empty when there is none. 0 or a negative errno. */
int inbox_list(const struct kiln_io *io, const char *store, struct inbox_list *ret);
void inbox_list_fini(struct inbox_list *l);
/* Reads a message; its texts and its value are made in `h`. 0, -EUCLEAN when it is none, -ENOTSUP
 * when a newer kiln sent it, or another negative errno. */
int inbox_read(const struct kiln_io *io, const char *store, const char *name, kiln_heap *h,
               struct inbox_message *ret);
/* Calls `visit` for each message that can be read, oldest first; it lives for the call. 0 or
 * -ENOMEM.
 */
typedef void inbox_visit(void *ctx, const struct inbox_message *m);
int inbox_each(const struct kiln_io *io, const char *store, inbox_visit *visit, void *ctx);
/* What the message asked for is durable: it goes. 0 or a negative errno. */
int inbox_remove(const struct kiln_io *io, const char *store, const char *name);
/* Removes what a sender left half-made, more than a day ago: he has died. 0 or a negative errno. */
int inbox_sweep(const struct kiln_io *io, const char *store);
/* Puts aside what is no message, as "refused-NAME". 0 or a negative errno. */
int inbox_refuse(const struct kiln_io *io, const char *store, const char *name);

#endif
