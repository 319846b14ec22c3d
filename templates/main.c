/* main.c: put behind a program to make it an executable. KILN_MAIN is defined in front of it. */
#ifndef KILN_PROGRAM_H
#include "kiln_program.h"
#endif

#ifndef KILN_MAIN
#define KILN_MAIN kiln_program_sample
#endif

int kiln_main(const kiln_program *program, int argc, char **argv);

extern const kiln_program KILN_MAIN;

int main(int argc, char **argv)
{
    return kiln_main(&KILN_MAIN, argc, argv);
}
