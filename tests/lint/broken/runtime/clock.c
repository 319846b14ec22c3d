/* clock.c: the runtime may not ask the world itself. */
long clock_now(void)
{
    return time(0) + io->time(0) + open_time(1); /* time( in a comment is no call */
}
