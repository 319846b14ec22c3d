/* main.c: what `kiln build` puts beside a program to make it an executable. */
#include "kiln_program.h"

int kiln_program_main(const kiln_program *program, int argc, char **argv);

/*[[ program */
extern const kiln_program kiln_program_SYMBOL;

int main(int argc, char **argv)
{
    return kiln_program_main(&kiln_program_SYMBOL, argc, argv);
}
/*]] program */
