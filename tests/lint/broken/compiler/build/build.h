/* build.h: a door. */
