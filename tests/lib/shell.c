/* shell.c: running commands. Output goes through unnamed files, so that no command can fill a pipe
 * nobody reads. */
#include "shell.h"

#include <check.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

const char *shell_build(void)
{
    static char path[PATH_MAX];
    const char *named = getenv("KILN_BUILD");

    if (!*path && !realpath(named ? named : "build", path))
        ck_abort_msg("there is no build in %s", named ? named : "build");
    return path;
}

static void read_back(FILE *f, struct text *t)
{
    char buf[1 << 14];
    size_t n;

    rewind(f);
    while ((n = fread(buf, 1, sizeof buf, f)) > 0)
        text_put(t, buf, n);
    fclose(f);
}

struct text shell_read(const char *path)
{
    FILE *f = fopen(path, "rb");
    struct text t = { 0 };

    if (f)
        read_back(f, &t);
    else
        t.failed = 1;
    return t;
}

static void become(const char *folder, const char *line, FILE *out, FILE *err)
{
    struct text path = { 0 };

    text_printf(&path, "%s:%s", shell_build(), getenv("PATH"));
    setenv("PATH", text_cstr(&path), 1);
    setenv("NO_COLOR", "1", 1);
    if ((folder && chdir(folder) < 0) || dup2(fileno(out), 1) < 0 || dup2(fileno(err), 2) < 0
        || !freopen("/dev/null", "r", stdin))
        _exit(127);
    execl("/bin/sh", "sh", "-c", line, (char *)NULL);
    _exit(127);
}

struct shell shell_run(const char *folder, const char *format, ...)
{
    FILE *out = tmpfile(), *err = tmpfile();
    struct text line = { 0 };
    struct shell s = { 0 };
    int status;
    va_list ap;
    pid_t pid;

    ck_assert(out && err);
    va_start(ap, format);
    text_vprintf(&line, format, ap);
    va_end(ap);
    pid = fork();
    if (pid == 0)
        become(folder, text_cstr(&line), out, err);
    ck_assert(pid > 0 && waitpid(pid, &status, 0) == pid);
    s.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    read_back(out, &s.out);
    read_back(err, &s.err);
    text_fini(&line);
    return s;
}

void shell_fini(struct shell *s)
{
    text_fini(&s->out);
    text_fini(&s->err);
}

char *shell_scratch(void)
{
    char *folder = strdup("/tmp/kiln-scratch-XXXXXX");
    struct shell s;

    ck_assert_ptr_nonnull(mkdtemp(folder));
    s = shell_run(NULL,
                  "cp -R README.md spec examples %s/ && mkdir %s/tests && "
                  "cp -R tests/cli tests/diagnostics %s/tests "
                  "&& ln -s %s %s/build",
                  folder, folder, folder, shell_build(), folder);
    ck_assert_msg(s.code == 0, "%s", text_cstr(&s.err));
    shell_fini(&s);
    return folder;
}

void shell_scratch_free(char *folder)
{
    struct shell s = shell_run(NULL, "rm -rf %s", folder);

    shell_fini(&s);
    free(folder);
}

void shell_write(const char *folder, const char *name, const char *text)
{
    char path[400];
    FILE *f;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    for (; *text; text++)
        fputc(*text == '\'' ? '"' : *text, f);
    ck_assert_int_eq(fclose(f), 0);
}
