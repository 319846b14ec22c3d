/* cc.c: C text -> a stripped executable, through the system's C compiler.
 *
 * Two commands: the program is compiled, then linked with the runtime. Generated C includes
 * nothing, so any compiler may do the first (--cc clang, or tcc for the fastest build); the second
 * is done by the compiler that knows the libc. The executable appears under its name only when it
 * is complete.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "build/build.h"
#include "build/command.h"
#include "build/libraries.h"
#include "build/scratch.h"
#include "cli_verbs.h"
#include "embedded.h"

/* One build while it goes. */
struct work {
    const struct build_options *options;
    struct arena *a;
    struct diags *d;
    const char *home;    /* the runtime */
    const char *linker;  /* the compiler that knows the libc */
    const char *archive; /* its runtime */
    const char *scratch; /* our folder */
    int musl;
};

enum { LARGE = 128 << 10 }; /* bytes of C */

static const char *join(struct work *w, const char *folder, const char *name)
{
    return scratch_path(w->a, folder, name);
}

static int choose_libc(struct work *w)
{
    const char *libc = w->options->libc;
    const char *musl = join(w, w->home, "libkiln-musl.a");

    if (libc && strcmp(libc, "musl") != 0 && strcmp(libc, "host") != 0) {
        diag_hint(w->d, diag_error(w->d, NULL, "B005", "there is no libc '%s'", libc),
                  "known: musl, host");
        return -1;
    }
    w->musl =
        libc ? strcmp(libc, "musl") == 0 : access(musl, R_OK) == 0 && command_exists("musl-gcc");
    w->linker = w->musl ? "musl-gcc" : "cc";
    w->archive = w->musl ? musl : join(w, w->home, "libkiln.a");
    if (access(w->archive, R_OK) == 0)
        return 0;
    diag_hint(w->d, diag_error(w->d, NULL, "B003", "there is no runtime %s", w->archive),
              w->musl ? "install musl-tools and build Kiln again, or use --libc host"
                      : "build Kiln again, or set KILN_HOME");
    return -1;
}

/* Leaves only call the runtime, which is compiled with -O2 in any case: little is to be gained, and
 * from some hundred steps on the C compiler's time for it is felt. */
const char *build_level(size_t n)
{
    return n < LARGE ? "1" : "0";
}

static const char *program_level(const struct work *w, size_t n)
{
    return w->options->level ? w->options->level : build_level(n);
}

/* Operations may compute. */
static const char *ops_level(const struct work *w)
{
    return w->options->level ? w->options->level : "2";
}

static void add_level(struct work *w, struct command *c, const char *level)
{
    command_add(c, diag_must_have(arena_printf(w->a, "-O%s", level)));
}

static int compile(struct work *w, size_t n)
{
    static const char *const flags[] = { "-std=c11",
                                         "-ffunction-sections",
                                         "-fdata-sections",
                                         "-fno-asynchronous-unwind-tables",
                                         "-c",
                                         NULL };
    struct command c = { 0 };
    int failed;

    command_add(&c, w->options->cc ? w->options->cc : w->linker);
    add_level(w, &c, program_level(w, n));
    command_add_all(&c, flags);
    if (w->musl)
        command_add(&c, "-fno-pie"); /* tables are constants then, not relocated data */
    command_add(&c, join(w, w->scratch, "program.c"));
    command_add(&c, "-o");
    command_add(&c, join(w, w->scratch, "program.o"));
    failed = command_run(&c, w->options->verbose, w->d) < 0;
    command_fini(&c);
    return failed ? -1 : 0;
}

/* A static program at a fixed address: its tables are constants, and with no page kept apart for
 * relocations the data follows them without padding. */
static const char *const static_flags[] = {
    "-static", "-no-pie", "-fno-pie", "-Wl,-z,norelro", "-Wl,-z,common-page-size=64", NULL
};

/* The user's operations are compiled here too: they include headers, so they need the libc. */
static int link_all(struct work *w, const char *output)
{
    static const char *const flags[] = { "-D_GNU_SOURCE",
                                         "-ffunction-sections",
                                         "-fdata-sections",
                                         "-Wl,--gc-sections",
                                         "-Wl,--build-id=none",
                                         "-Wl,-z,noexecstack",
                                         "-Wl,-z,noseparate-code",
                                         "-s",
                                         NULL };
    const char *libraries = w->musl ? join(w, w->home, "sysroot/lib") : NULL;
    struct command c = { 0 };
    int failed;

    command_add(&c, w->linker);
    add_level(w, &c, ops_level(w));
    command_add_all(&c, flags);
    if (w->musl)
        command_add_all(&c, static_flags);
    command_add(&c, diag_must_have(arena_printf(w->a, "-I%s/include", w->home)));
    command_add(&c, join(w, w->scratch, "program.o"));
    for (unsigned i = 0; i < w->options->n_op_files; i++)
        command_add(&c, command_file(w->a, w->options->op_files[i]));
    command_add(&c, w->archive);
    failed = libraries_add(&c, w->options, libraries, w->a, w->d) < 0;
    command_add_all(&c, (const char *const[]){ "-lm", "-lpthread", "-o", output, NULL });
    failed = failed || command_run(&c, w->options->verbose, w->d) < 0;
    command_fini(&c);
    return failed ? -1 : 0;
}

static int cannot_write(struct work *w)
{
    diag_error(w->d, NULL, "B004", "cannot write %s: %s", w->options->output, strerror(errno));
    return -1;
}

/* An empty file where the linker will write, so that a place nobody can write to is told before
 * the compiler takes its time. */
static int claim(struct work *w, const char *temporary)
{
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

    return fd < 0 ? cannot_write(w) : close(fd);
}

static int put_in_place(struct work *w, const char *temporary)
{
    return rename(temporary, w->options->output) < 0 ? cannot_write(w) : 0;
}

/* The program's verbs, for templates/main.c; nothing when it has all. */
static const char *list_verbs(struct work *w)
{
#define NAME(name) #name,
    static const char *const names[] = { CLI_VERBS(NAME) };
#undef NAME
    const char *list = "#define KILN_VERBS(VERB)";

    if (!w->options->verbs)
        return "";
    for (unsigned i = 0; i < CLI_N_VERBS; i++)
        if (w->options->verbs >> i & 1)
            list = diag_must_have(arena_printf(w->a, "%s VERB(%s)", list, names[i]));
    return diag_must_have(arena_printf(w->a, "%s\n", list));
}

static int build(struct work *w, const char *c, size_t n, const char *symbol)
{
    const char *temporary =
        diag_must_have(arena_printf(w->a, "%s.tmp-%ld", w->options->output, (long)getpid()));
    int failed;

    if (scratch_write(join(w, w->scratch, "program.c"), w->d, c,
                      "\n#define KILN_MAIN kiln_program_", symbol, "\n", list_verbs(w), "\n",
                      embedded_main_c, (char *)NULL)
        < 0)
        return -1;
    failed = claim(w, temporary) < 0 || compile(w, n) < 0 || link_all(w, temporary) < 0
             || put_in_place(w, temporary) < 0;
    if (failed)
        unlink(temporary);
    return failed ? -1 : 0;
}

/* --keep: the generated C stays beside the executable, also when the compiler refused it. */
static int keep_text(struct work *w, const char *c)
{
    if (!w->options->keep)
        return 0;
    return scratch_write(diag_must_have(arena_printf(w->a, "%s.program.c", w->options->output)),
                         w->d, c, (char *)NULL);
}

int build_cc(const char *c, size_t n, const char *symbol, const struct build_options *options,
             struct arena *a, struct diags *d)
{
    struct work w = { .options = options, .a = a, .d = d };
    int failed;

    if (!(w.home = build_home(a, d)) || choose_libc(&w) < 0)
        return -1;
    if (!(w.scratch = scratch_make(a, d)))
        return -1;
    failed = keep_text(&w, c) < 0 || build(&w, c, n, symbol) < 0;
    scratch_remove(w.scratch);
    return failed ? -1 : 0;
}
