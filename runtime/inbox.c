/* inbox.c: messages as files (inbox.h).
 *
 * A name is a number, above that of every message there, and chance: so two messages never have the
 * same name, and of two senders one after the other the second has the greater number. A file gets
 * that name when all of it is on disk. Its content is one record (record.h), so that bytes which
 * changed on the way are noticed.
 */
#include "inbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "folder.h"
#include "ident.h"
#include "record.h"

enum { NUMBER_DIGITS = 12, MESSAGE_MAX = 256 << 20 };

static void put_folder(struct text *t, const char *store)
{
    text_printf(t, "%s/inbox", store);
}

static void put_path(struct text *t, const char *store, const char *prefix, const char *name)
{
    put_folder(t, store);
    text_printf(t, "/%s%s", prefix, name);
}

/* ---- names ---- */

/* The number a message's name begins with, or 0 when it is another file. */
static unsigned long long number_of(const char *name)
{
    unsigned long long number = 0;

    if (strlen(name) != NUMBER_DIGITS + IDENT_SIZE || name[NUMBER_DIGITS] != '-')
        return 0;
    for (int i = 0; i < NUMBER_DIGITS; i++) {
        if (name[i] < '0' || name[i] > '9')
            return 0;
        number = 10 * number + (unsigned)(name[i] - '0');
    }
    return number;
}

static void note_highest(void *ctx, const char *name)
{
    unsigned long long *highest = ctx, number = number_of(name);

    if (number > *highest)
        *highest = number;
}

struct listing {
    struct inbox_list list;
    int failed;
};

static void note_name(void *ctx, const char *name)
{
    struct listing *l = ctx;
    char *copy = number_of(name) ? strdup(name) : NULL;

    if (!number_of(name) || l->failed)
        free(copy);
    else if (!copy || list_push(&l->list, copy) < 0) {
        free(copy);
        l->failed = -ENOMEM;
    }
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int inbox_list(const struct kiln_io *io, const char *store, struct inbox_list *ret)
{
    struct listing l = { { 0 }, 0 };
    struct text folder = { 0 };
    int failed;

    put_folder(&folder, store);
    failed = folder.failed ? -ENOMEM : io->list_dir(io->self, folder.s, note_name, &l);
    text_fini(&folder);
    if (failed == -ENOENT)
        failed = 0;
    if (!failed)
        failed = l.failed;
    if (failed) {
        inbox_list_fini(&l.list);
        return failed;
    }
    if (l.list.n)
        qsort(l.list.at, l.list.n, sizeof *l.list.at, by_name);
    *ret = l.list;
    return 0;
}

void inbox_list_fini(struct inbox_list *l)
{
    for (size_t i = 0; i < l->n; i++)
        free(l->at[i]);
    list_fini(l);
}

/* ---- sending ---- */

/* The body: run, key and name as texts, the hash, and the value if there is one. */
static int put_message(struct text *t, const struct inbox_message *m)
{
    const struct record r = { .kind = m->verb, .sequence = 1 };
    size_t at = record_open(t);

    record_put_text(t, m->run, strlen(m->run));
    record_put_text(t, m->key, strlen(m->key));
    record_put_text(t, m->name, strlen(m->name));
    record_put_uint(t, m->hash[0]);
    record_put_uint(t, m->hash[1]);
    if (m->value.tag != KILN_ABSENT)
        value_encode(t, &m->value);
    if (record_seal(t, at, &r) < 0)
        return -ENOMEM;
    record_sign((unsigned char *)t->s, t->n, 0);
    return 0;
}

static int write_file(const struct kiln_io *io, const char *path, const struct text *bytes)
{
    int fd = io->open(io->self, path, O_RDWR | O_CREAT, 0666), failed = 0;
    ssize_t put;

    if (fd < 0)
        return fd;
    put = io->pwrite(io->self, fd, bytes->s, bytes->n, 0);
    if (put != (ssize_t)bytes->n)
        failed = put < 0 ? (int)put : -EIO;
    if (!failed)
        failed = io->sync(io->self, fd);
    io->close(io->self, fd);
    return failed;
}

/* The number for the next message. Where there is none yet, the folder may not be there, or not be
 * durable. */
static int number_next(const struct kiln_io *io, const char *store, const char *folder,
                       unsigned long long *ret)
{
    unsigned long long highest = 0;
    int failed = io->list_dir(io->self, folder, note_highest, &highest);

    if (failed == -ENOENT || (!failed && !highest)) {
        failed = folder_make(io, store);
        if (!failed)
            failed = folder_make(io, folder);
    }
    *ret = highest + 1;
    return failed;
}

static int send_bytes(const struct kiln_io *io, const char *store, const char *ident,
                      const struct text *bytes)
{
    struct text folder = { 0 }, fresh = { 0 }, path = { 0 };
    unsigned long long number = 0;
    int failed;

    put_folder(&folder, store);
    put_path(&fresh, store, "new-", ident);
    failed = folder.failed || fresh.failed ? -ENOMEM : number_next(io, store, folder.s, &number);
    text_printf(&path, "%s/%0*llu-%s", text_cstr(&folder), NUMBER_DIGITS, number, ident);
    if (!failed && (failed = write_file(io, fresh.s, bytes)) == 0)
        failed = path.failed ? -ENOMEM : io->rename(io->self, fresh.s, path.s);
    if (failed && fresh.s)
        io->remove(io->self, fresh.s);
    if (!failed)
        failed = io->sync_dir(io->self, folder.s);
    text_fini(&folder);
    text_fini(&fresh);
    text_fini(&path);
    return failed;
}

int inbox_send(const struct kiln_io *io, const char *store, const struct inbox_message *m)
{
    struct inbox_message full = *m;
    struct text bytes = { 0 };
    char ident[IDENT_SIZE];
    int failed;

    ident_make(io, ident);
    if (!full.key)
        full.key = ident;
    failed = put_message(&bytes, &full);
    if (!failed)
        failed = send_bytes(io, store, ident, &bytes);
    text_fini(&bytes);
    return failed;
}

/* ---- taking ---- */

static int read_file(const struct kiln_io *io, const char *path, struct text *ret)
{
    int fd = io->open(io->self, path, O_RDONLY, 0);
    off_t size;
    ssize_t got = -EUCLEAN;

    if (fd < 0)
        return fd;
    size = io->size(io->self, fd);
    if (size > 0 && size <= MESSAGE_MAX)
        got = text_reserve(ret, (size_t)size) ? io->pread(io->self, fd, ret->s, (size_t)size, 0)
                                              : -ENOMEM;
    io->close(io->self, fd);
    if (got > 0)
        ret->n = (size_t)got;
    return got < 0 ? (int)got : 0;
}

static int take_text(struct record_cursor *c, kiln_heap *h, const char **ret)
{
    const char *s;
    size_t n;

    if (record_take_text(c, &s, &n) < 0 || memchr(s, '\0', n))
        return -EUCLEAN;
    *ret = arena_dup(&h->arena, s, n);
    return *ret ? 0 : -ENOMEM;
}

static int take_message(const struct record *r, kiln_heap *h, struct inbox_message *ret)
{
    struct record_cursor c = { r->body, r->n, 0 };
    struct inbox_message m = { .verb = (enum inbox_verb)r->kind };
    int failed = take_text(&c, h, &m.run);

    if (!failed)
        failed = take_text(&c, h, &m.key);
    if (!failed)
        failed = take_text(&c, h, &m.name);
    if (failed)
        return failed;
    if (record_take_uint(&c, &m.hash[0]) < 0 || record_take_uint(&c, &m.hash[1]) < 0)
        return -EUCLEAN;
    if (c.at < c.n && value_decode(h, &m.value, c.bytes, c.n, &c.at) < 0)
        return -EUCLEAN;
    if ((inbox_makes_run(&m) || m.verb == INBOX_SIGNAL) != (m.value.tag != KILN_ABSENT))
        return -EUCLEAN;
    *ret = m;
    return 0;
}

int inbox_read(const struct kiln_io *io, const char *store, const char *name, kiln_heap *h,
               struct inbox_message *ret)
{
    struct text path = { 0 }, bytes = { 0 };
    struct record r;
    int failed;

    put_path(&path, store, "", name);
    failed = path.failed ? -ENOMEM : read_file(io, path.s, &bytes);
    if (!failed && !record_read((const unsigned char *)bytes.s, bytes.n, 0, &r))
        failed = -EUCLEAN;
    if (!failed && r.kind > INBOX_FORK)
        failed = -ENOTSUP;
    if (!failed)
        failed = take_message(&r, h, ret);
    text_fini(&path);
    text_fini(&bytes);
    return failed;
}

int inbox_each(const struct kiln_io *io, const char *store, inbox_visit *visit, void *ctx)
{
    struct inbox_list list = { 0 };
    int failed = inbox_list(io, store, &list);

    if (failed)
        return failed;
    for (size_t i = 0; i < list.n && failed != -ENOMEM; i++) {
        struct inbox_message m;
        kiln_heap h;

        heap_init(&h, 0);
        failed = inbox_read(io, store, list.at[i], &h, &m);
        if (!failed)
            visit(ctx, &m);
        heap_fini(&h);
    }
    inbox_list_fini(&list);
    return failed == -ENOMEM ? failed
                             : 0; /* what was taken meanwhile, or is damaged, is not seen */
}

int inbox_remove(const struct kiln_io *io, const char *store, const char *name)
{
    struct text path = { 0 };
    int failed;

    put_path(&path, store, "", name);
    failed = path.failed ? -ENOMEM : io->remove(io->self, path.s);
    text_fini(&path);
    return failed;
}

int inbox_refuse(const struct kiln_io *io, const char *store, const char *name)
{
    struct text from = { 0 }, to = { 0 };
    int failed;

    put_path(&from, store, "", name);
    put_path(&to, store, "refused-", name);
    failed = from.failed || to.failed ? -ENOMEM : io->rename(io->self, from.s, to.s);
    text_fini(&from);
    text_fini(&to);
    return failed;
}
