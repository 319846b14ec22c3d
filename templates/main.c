/* main.c: put behind a program to make it an executable. KILN_MAIN is defined in front of it, and
 * KILN_VERBS, a list of its verbs, where it does not have all of them. */
#ifndef KILN_PROGRAM_H
#include "kiln_program.h"
#endif

#ifndef KILN_MAIN
#define KILN_MAIN kiln_program_sample
#endif

extern const kiln_program KILN_MAIN;

#ifdef KILN_VERBS

typedef struct kiln_verb kiln_verb;
int kiln_main_with(const kiln_program *program, const kiln_verb *const *verbs, int argc,
                   char **argv);

#define VERB(name) extern const kiln_verb kiln_verb_##name;
KILN_VERBS(VERB)
#undef VERB
#define VERB(name) &kiln_verb_##name,
static const kiln_verb *const verbs[] = { KILN_VERBS(VERB) 0 };

int main(int argc, char **argv)
{
    return kiln_main_with(&KILN_MAIN, verbs, argc, argv);
}

#else

int kiln_main(const kiln_program *program, int argc, char **argv);

int main(int argc, char **argv)
{
    return kiln_main(&KILN_MAIN, argc, argv);
}

#endif
