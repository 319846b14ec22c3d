/* version.h: the version of Kiln as a whole. The ABI of programs has its own (kiln_program.h). */
#ifndef VERSION_H
#define VERSION_H

#define KILN_VERSION "0.1.0"

#endif
