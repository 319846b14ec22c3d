/* command.c: posix_spawn, one pipe for all the command says, and wait. */
#include "build/command.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"

extern char **environ;

enum { MOST_SAID = 64 * 1024, MOST_LINES = 12 };

void command_add(struct command *c, const char *word)
{
    diag_must_have(list_push(&c->words, word) == 0 ? c : NULL);
}

void command_add_all(struct command *c, const char *const *words)
{
    for (; *words; words++)
        command_add(c, *words);
}

void command_fini(struct command *c)
{
    list_fini(&c->words);
}

int command_exists(const char *program)
{
    const char *path = getenv("PATH");
    struct text file = { 0 };
    int found = 0;

    if (strchr(program, '/'))
        return access(program, X_OK) == 0;
    for (path = path ? path : "/usr/bin:/bin"; *path && !found;) {
        size_t n = strcspn(path, ":");

        text_clear(&file);
        text_put(&file, n ? path : ".", n ? n : 1);
        text_printf(&file, "/%s", program);
        found = access(text_cstr(&file), X_OK) == 0;
        path += n + (path[n] == ':');
    }
    text_fini(&file);
    return found;
}

static const char *package_of(const char *program)
{
    static const char *const packages[][2] = {
        { "musl-gcc", "musl-tools" }, { "cc", "gcc" },  { "gcc", "gcc" },
        { "clang", "clang" },         { "tcc", "tcc" },
    };

    for (size_t i = 0; i < sizeof packages / sizeof *packages; i++)
        if (strcmp(packages[i][0], program) == 0)
            return packages[i][1];
    return NULL;
}

static int complain_missing(const char *program, int error, struct diags *d)
{
    struct diag *x =
        diag_error(d, NULL, "B001", "cannot run the C compiler '%s': %s", program, strerror(error));
    const char *package = package_of(program);

    if (package)
        diag_hint(d, x, "on Debian: apt-get install %s", package);
    else
        diag_hint(d, x, "--cc names the compiler to use");
    return -1;
}

/* Reads all that comes, keeps the beginning. */
static void hear(int fd, struct text *said)
{
    char bytes[4096];
    ssize_t n;

    while ((n = read(fd, bytes, sizeof bytes)) > 0 || (n < 0 && errno == EINTR))
        if (n > 0 && said->n < MOST_SAID)
            text_put(said, bytes, (size_t)n);
}

/* Starts the command with its output on `fd`. 0 or an errno. */
static int spawn(struct command *c, int fd, pid_t *ret)
{
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);

    if (error)
        return error;
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, fd, 1);
    posix_spawn_file_actions_adddup2(&actions, fd, 2);
    error = posix_spawnp(ret, c->words.at[0], &actions, NULL, (char *const *)c->words.at, environ);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* Runs the command, keeps what it says. 0 with *ret_status set, or an errno. */
static int run(struct command *c, struct text *said, int *ret_status)
{
    int ends[2], error;
    pid_t pid;

    if (pipe2(ends, O_CLOEXEC) < 0)
        return errno;
    error = spawn(c, ends[1], &pid);
    close(ends[1]);
    if (!error) {
        hear(ends[0], said);
        while (waitpid(pid, ret_status, 0) < 0 && errno == EINTR)
            continue;
    }
    close(ends[0]);
    return error;
}

/* Cuts text behind its first lines. */
static const char *first_lines(struct text *said)
{
    size_t at = 0, lines = 0;

    while (at < said->n && lines < MOST_LINES)
        lines += said->s[at++] == '\n';
    while (at && said->s[at - 1] == '\n')
        at--;
    if (!at)
        return "it did not say why";
    said->s[at] = '\0';
    return said->s;
}

static void print_command(const struct command *c)
{
    for (size_t i = 0; c->words.at[i]; i++)
        fprintf(stderr, "%s%s", i ? " " : "", c->words.at[i]);
    fputc('\n', stderr);
}

int command_run(struct command *c, int verbose, struct diags *d)
{
    struct text said = { 0 };
    int status = 0, error;

    command_add(c, NULL);
    if (verbose)
        print_command(c);
    error = run(c, &said, &status);
    if (error)
        complain_missing(c->words.at[0], error, d);
    else if (status != 0)
        diag_error(d, NULL, "B002", "%s failed: %s", c->words.at[0], first_lines(&said));
    text_fini(&said);
    return error || status ? -1 : 0;
}

const char *command_file(struct arena *a, const char *path)
{
    return *path == '-' ? diag_must_have(arena_printf(a, "./%s", path)) : path;
}
