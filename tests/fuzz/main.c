/* main.c: runs a fuzz target over files and folders of files, for compilers without libFuzzer.
 *
 *     replay-NAME PATH...
 *
 * The corpus so is a test as well: what once broke stays in it.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    struct text t = { 0 };
    char buf[1 << 14];
    uint8_t *exact;
    size_t n;

    if (!f)
        return -1;
    while ((n = fread(buf, 1, sizeof buf, f)) > 0)
        text_put(&t, buf, n);
    fclose(f);
    exact = malloc(t.n ? t.n : 1); /* of exactly this size, so that a sanitizer sees its end */
    if (!exact)
        return -1;
    if (t.n)
        memcpy(exact, t.s, t.n);
    LLVMFuzzerTestOneInput(exact, t.n);
    free(exact);
    text_fini(&t);
    return 1;
}

/* How many files were replayed, or -1. */
static int replay(const char *path)
{
    struct dirent **entries;
    struct stat st;
    int n, count = 0;

    if (stat(path, &st) < 0)
        return -1;
    if (S_ISREG(st.st_mode))
        return replay_file(path);
    n = scandir(path, &entries, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        char *inner;
        int more = 0;

        if (entries[i]->d_name[0] != '.'
            && asprintf(&inner, "%s/%s", path, entries[i]->d_name) >= 0) {
            more = replay(inner);
            free(inner);
        }
        free(entries[i]);
        count = more < 0 || count < 0 ? -1 : count + more;
    }
    if (n >= 0)
        free(entries);
    return count;
}

int main(int argc, char **argv)
{
    int total = 0;

    for (int i = 1; i < argc; i++) {
        int n = replay(argv[i]);

        if (n <= 0) {
            fprintf(stderr, "%s: %s: nothing to replay\n", argv[0], argv[i]);
            return 1;
        }
        total += n;
    }
    printf("%s: %d inputs\n", strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argv[0], total);
    return 0;
}
