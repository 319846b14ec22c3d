/* heavy.c: what every program carries is small. */
void heavy_write(char *to, double d)
{
    text_printf(to, "%g", strtod(to, 0)); /* ours is not meant, the C library's is */
    snprintf(to, 9, "%g", d);
}
