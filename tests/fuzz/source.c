/* source.c: any bytes as a workflow file. Every place must lie within the text, every node within
 * its parent, and the complaints must print. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_node(const struct source *s, const struct node *n, struct diags *d)
{
    unsigned line, column, children = 0;

    assert(n->at < n->end && n->end <= s->n);
    source_position(s, n->at, &line, &column);
    assert(line && column);
    if (!n->child && d->n < DIAG_MOST)
        diag_warning(d, n, "S000", "a leaf");
    node_each(c, n)
    {
        assert(c->parent == n && c->index == children++ && c->at > n->at && c->end < n->end);
        assert(!c->key || node_get_n(n, c->key, c->key_n) == c);
        check_node(s, c, d);
    }
}

static void print(const struct diags *d, enum diag_format format)
{
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);

    diag_print(d, f, format, 0);
    fclose(f);
    assert(n);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = { 0 };
    struct diags d = { 0 };
    struct source s;

    if (source_parse(&s, "fuzz.json", (const char *)data, size, &arena, &d) == 0)
        check_node(&s, s.root, &d);
    else
        assert(d.errors);
    print(&d, DIAG_TEXT);
    print(&d, DIAG_JSON);
    arena_fini(&arena);
    return 0;
}
