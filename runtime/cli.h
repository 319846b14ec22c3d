/* cli.h: the inside of the command line of a compiled program (kiln_main).
 *
 * One rule for the streams: what was asked for goes to stdout, everything else to stderr.
 */
#ifndef KILN_CLI_H
#define KILN_CLI_H

#include "base/list.h"
#define CLI_BASE 0 /* in struct cli_options itself */
#include "cli_options.h"
#include "cli_verbs.h"
#include "exit.h"
#include "kiln.h"
#include "store.h"

/* A step that has begun, as the events of --track-events tell it apart. */
struct begun {
    char *key; /* owned */
    long long ms;
};

struct cli_mail; /* cli_mail.c: what the inbox has */

struct cli {
    const kiln_program *program;
    const kiln_verb *const *verbs; /* those there are; NULL ends */
    const struct kiln_io *io;
    const char *name; /* of the command, for messages */
    struct cli_options options;
    struct option_list rest; /* words that are not options */
    struct {
        int fd, is_open;          /* fd: -1 when nobody listens */
        unsigned n;               /* told so far */
        LIST(struct begun) begun; /* steps that have begun and not ended */
    } events;
    struct cli_mail *mail;  /* NULL: not looked yet */
    kiln_heap heap;         /* of the next two */
    kiln_value connections; /* by their ids, or absent */
    kiln_value about;       /* what the program may ask of the run (kiln.h) */
};

struct shape; /* shape.h */

/* cli_events.c: what --track-events does in programs that have something to tell. */
struct cli_tracking {
    /* Opens what the flag names. KILN_EXIT_OK or the complaint's code. */
    int (*open)(struct cli *c);
    /* Writes one event, {subtype, payload}, with its time; and how long it took to the end of a
     * step. */
    void (*put)(struct cli *c, const kiln_value *event);
    void (*close)(struct cli *c);
};

/* A verb: a row of the help, and what it does. A program carries those that its list names
 * (cli_verbs.h) and nothing of the others, so what is only behind one is reached through it. */
struct kiln_verb {
    struct option_verb shown;
    int (*run)(
        struct cli *c); /* an exit code (exit.h); NULL: of `migrate` and `track`, which are none */
    /* `fork`: how `show` prints the past, too */
    int (*show_past)(struct cli *c, struct store *s, const struct store_run *run);
    /* `migrate`: without and with --migrate; and what the store knows of other versions */
    const kiln_upgrade *tries, *upgrades;
    int (*read_shape)(struct shape *s, const char *text, size_t n, const kiln_program *parts);
    const struct cli_tracking *tracking; /* `track` */
};

#define CLI_EXTERN(name) extern const kiln_verb kiln_verb_##name;
CLI_VERBS(CLI_EXTERN)
#undef CLI_EXTERN

/* The verb with this name, or NULL where it was left out. */
const kiln_verb *cli_find_verb(const struct cli *c, const char *name);

/* The same as kiln_main and kiln_main_with, with a world of their own. */
int cli_main(const kiln_program *program, const struct kiln_io *io, int argc, char **argv);
int cli_main_with(const kiln_program *program, const kiln_verb *const *verbs,
                  const struct kiln_io *io, int argc, char **argv);

/* Prints "name: sentence" on stderr and returns `code`. */
int cli_complain(struct cli *c, enum kiln_exit code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Writes a text to stdout (1) or stderr (2) and clears it. KILN_EXIT_OK or KILN_EXIT_BROKEN. */
int cli_put(struct cli *c, int fd, struct text *t);
/* Reads an input: JSON text, @FILE, or - for stdin; NULL: {}. KILN_EXIT_OK or the complaint's code.
 */
int cli_read_input(struct cli *c, const char *input, kiln_heap *h, kiln_value *ret);
/* Reads a file whole. KILN_EXIT_OK or the complaint's code. */
int cli_read_file(struct cli *c, const char *path, struct text *ret);
/* Sets c->connections from --connections or the environment. KILN_EXIT_OK or the complaint's code.
 */
int cli_find_connections(struct cli *c);
/* Checks and opens what the options of a verb that drives runs name, c->about too; before the store
 * is touched. KILN_EXIT_OK or the complaint's code. */
int cli_prepare(struct cli *c);
/* How a run is made after cli_prepare; `id` may be NULL. */
kiln_options cli_run_options(struct cli *c, struct store *s, const char *id);
/* Opens --store, which must have been given. KILN_EXIT_OK or the complaint's code. */
int cli_open_store(struct cli *c, unsigned flags, struct store **ret);
/* The same for writing, unless another program does: then *ret is NULL. */
int cli_open_free_store(struct cli *c, struct store **ret);
/* "90s", "15m", "2h", "7d" in milliseconds. 0, or -1 when it is no such text. */
int cli_read_span(const char *s, long long *ret_ms);
/* Asks whoever writes the store to let a paused run go on. An exit code. */
int cli_send_resume(struct cli *c, const char *id);
/* The exit code for a negative errno of a run or a store. */
enum kiln_exit cli_exit_of(int code);

/* The trace of a run: notes to stderr, the events of --stream to stdout; ctx is the struct cli. */
void cli_trace(void *ctx, enum kiln_event kind, const kiln_step *step, const kiln_value *v);
/* What --track-events does, or NULL where it was not given or there is nothing to tell. */
const struct cli_tracking *cli_find_tracking(const struct cli *c);
/* The events cli_trace has a use for. */
unsigned cli_wanted(const struct cli *c);
/* Whether --stream can be done. KILN_EXIT_OK or the complaint's code. */
int cli_check_stream(struct cli *c);
/* Whether every --signal is NAME=JSON. KILN_EXIT_OK or the complaint's code. */
int cli_check_signals(struct cli *c);
/* The name and the value of one that is, made in the heap; text that is no JSON is itself the value
 * (scenario 1.7.13). 0, or -1 when memory is out. */
int cli_read_signal(kiln_heap *h, const char *word, const char **ret_name, kiln_value *ret_payload);
/* Gives a run the signals; it keeps what nobody awaits yet. 0 or a negative code. */
int cli_give_signals(struct cli *c, kiln_run *r);
/* Lets a run that was taken up have what was left in the inbox for it. 0 or a negative code. */
int cli_take_mail(struct cli *c, kiln_run *r, struct store *s);
void cli_free_mail(struct cli *c);
/* The run waits at a breakpoint (scenario 1.12). */
int cli_is_at_break(const kiln_run *r);
/* Drives a started run to its end and prints what came of it. An exit code. */
int cli_drive(struct cli *c, kiln_run *r, struct store *s);
/* Whether --id, if it is there, can be one: KILN_EXIT_OK or the complaint's code. */
int cli_check_id(struct cli *c);
/* Prints the id of a run that was asked for. KILN_EXIT_OK or KILN_EXIT_BROKEN. */
int cli_put_id(struct cli *c, const char *id);
/* Complains of a call on a run that returned the negative `code`; `s` may be NULL. */
int cli_complain_run(struct cli *c, kiln_run *r, struct store *s, int code);
/* What a run is at, in a word or two; and {"id":...} without the brace at its end. */
const char *cli_status_of(const struct store_run *r);
void cli_put_run(struct text *t, const struct store_run *r);
/* A value as a line has room for it. */
void cli_put_value(struct text *t, const kiln_value *v);

struct cli_version; /* cli_names.c */

/* The names of what records of a run tell of. Zeroed but for the first three, it is empty. */
struct cli_names {
    const kiln_program *mine; /* in hand */
    struct store *store;
    const kiln_verb *migrate;    /* what knows of other versions, or NULL */
    const kiln_program *program; /* of the record at hand; NULL: its names are not known */
    LIST(struct cli_version *) versions;
};
/* A record of the run comes next. Records come in their order. */
void cli_names_follow(struct cli_names *n, const struct entry *e);
void cli_names_fini(struct cli_names *n);

/* cli_place.c: the place of a record, "loop[2]/charge"; numbers where `program` is NULL. */
void cli_put_place(struct text *t, const kiln_program *program, const struct entry *e);
/* The record is one of a step; when it was written, milliseconds since the run began. */
int cli_is_step(const struct entry *e);
long long cli_ms_of(const struct entry *e);
/* Visits all records of the run that are still there, each once. As store_each. */
int cli_each_record(struct store *s, const struct store_run *run, store_visit *visit, void *ctx);

/* A moment in the past of a run. */
struct cli_point {
    unsigned long long record; /* just behind this one */
    char *step;                /* of that record, or NULL; to be freed */
    long long ms;              /* since the run began */
};
/* cli_point.c: the moment that --at or --before names. KILN_EXIT_OK or the complaint's code. */
int cli_find_point(struct cli *c, struct store *s, const struct store_run *run,
                   struct cli_point *ret);
/* cli_past.c: prints the run as it was at that moment. An exit code. */
int cli_show_past(struct cli *c, struct store *s, const struct store_run *run);

/* Whether the run was begun by the program in hand, and the complaint that it was not. */
int cli_is_ours(const struct cli *c, const struct store_run *run);
int cli_complain_hash(struct cli *c, const struct store_run *run);
/* Whether a version of it began it. */
int cli_is_version(const struct cli *c, const struct store_run *run);

/* A NUL-terminated text as a JSON string; the same, or null, as a member of the JSON object that
 * was begun; a program hash as 32 digits; a time as 2026-01-31 12:00:00.000 (UTC). */
void cli_put_string(struct text *t, const char *s);
void cli_put_member(struct text *t, const char *key, const char *s);
void cli_put_hash(struct text *t, const unsigned long long hash[2]);
void cli_put_time(struct text *t, long long ms);

#endif
