/* hot.h: what every step goes through is inlined, however often it is named. */
#ifndef KILN_HOT_H
#define KILN_HOT_H

/* In place of `static`. For functions that a call would cost as much as they do. */
#define HOT static inline __attribute__((always_inline))

#endif
