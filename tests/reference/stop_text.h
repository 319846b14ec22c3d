/* stop_text.h: a plan written by hand, stopped everywhere. */
#ifndef STOP_TEXT_H
#define STOP_TEXT_H

#include "test/crash.h"

/* Worlds (acts.h) in which the first call of "test.act" fails, or the first two or three, and those
 * that a plan here makes after them do not. */
enum { FAILS_FIRST = 0, FAILS_TWICE = 191, FAILS_THRICE = 602 };

/* Stops a plan everywhere, every byte of every write, and many times twice; its output alone is as
 * expected. It may call "test.act" and the operations of plans.h. */
void stop_text_in(unsigned world, const char *text, const struct crash_signal *signals,
                  unsigned n_signals, const char *expected);
/* The same where the first call fails. */
void stop_text(const char *text, const struct crash_signal *signals, unsigned n_signals,
               const char *expected);

/* Parts of plans. */
#define HEAD "plan \"p\" dialect \"test\"\n"
#define QUIET "step \"q\" wake quiet\n%0 = const \"quiet\"\nfinish %0\n"
/* What follows an effect is tried with an effect behind it: so it is known when it is stopped. */
#define BEHIND                                                                                     \
    "step \"t\" wake count 1\n%0 = slot s0\ntask \"test.effect\" %0\nnext -> \"end\"\n"            \
    "step \"end\" wake count 1\n%0 = slot s0\nfinish %0\n" QUIET

#endif
