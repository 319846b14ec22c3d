/* embedded.h: the templates and the contract header as text inside the compiler.
 *
 * build/gen/embedded.c defines them; compiler/embed.c writes that file when Kiln is built, so an
 * installed compiler needs no data directory. NUL-terminated; the sizes leave the NUL out.
 */
#ifndef EMBEDDED_H
#define EMBEDDED_H

#include <stddef.h>

extern const char embedded_program_c[], embedded_forms_c[], embedded_main_c[], embedded_ops_c[];
extern const size_t embedded_program_c_size, embedded_forms_c_size, embedded_main_c_size;
extern const size_t embedded_ops_c_size;
extern const char embedded_kiln_program_h[];
extern const size_t embedded_kiln_program_h_size;

#endif
