/* coin.c: an operation may open files but not throw dice of its own. */
int coin_run(void)
{
    return open("coin", 0) + rand();
}
