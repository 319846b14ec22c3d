/* pregel.h: another dialect. */
