/* embed.c: a tool of the build: embed FILE... prints C that holds each file as an array of bytes.
 *
 * Numbers and not string literals, because a standard compiler need not take a literal of more than
 * 4095 bytes. The name of the array is made of the file's name: templates/program.c becomes
 * embedded_program_c.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    fputs("embedded_", stdout);
    for (const char *c = slash ? slash + 1 : path; *c; c++)
        putchar(isalnum((unsigned char)*c) ? *c : '_');
}

static void print_bytes(FILE *file)
{
    size_t n = 0;
    int c;

    while ((c = getc(file)) != EOF)
        printf("%s%d,", n++ % 20 ? " " : "\n    ", c < 128 ? c : c - 256);
    fputs("\n    0\n", stdout);
}

static int embed(const char *path)
{
    FILE *file = fopen(path, "rb");

    if (!file) {
        fprintf(stderr, "embed: %s: %s\n", path, strerror(errno));
        return -1;
    }
    fputs("\nconst char ", stdout);
    print_name(path);
    fputs("[] = {", stdout);
    print_bytes(file);
    fputs("};\nconst size_t ", stdout);
    print_name(path);
    fputs("_size = sizeof ", stdout);
    print_name(path);
    fputs(" - 1;\n", stdout);
    fclose(file);
    return 0;
}

int main(int argc, char **argv)
{
    fputs("/* Made by compiler/embed.c. */\n#include \"embedded.h\"\n", stdout);
    for (int i = 1; i < argc; i++)
        if (embed(argv[i]) < 0)
            return EXIT_FAILURE;
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
