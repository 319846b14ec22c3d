/* template.c: text.render-template (scenario 4.6): a template that is only known at run time. */
#include "template/template.h"

#include <string.h>

#include "kiln_op.h"
#include "ops/input.h"

static int fail_parse(kiln_call *call, const struct template_error *e)
{
    const char *said = arena_printf(&kiln_call_heap(call)->arena, "syntax error: %s (in tmpl:%u)",
                                    e->sentence, e->line);

    return input_fail_about(call, "TEXT_TEMPLATE_PARSE_ERROR", "parse_error", said ? said : "",
                            "Template parse error: %s", said ? said : "");
}

/* The heap's error is the sentence the function failed with. */
static int fail_render(kiln_call *call, const kiln_value *error)
{
    static const char begin[] = "Template render error: ";
    const char *said = arena_dup(&kiln_call_heap(call)->arena, error->u.s, error->n);

    if (!said || error->n < sizeof begin || memcmp(said, begin, sizeof begin - 1) != 0)
        return kiln_fail_value(call, *error);
    return input_fail_about(call, "TEXT_TEMPLATE_RENDER_ERROR", "render_error",
                            said + sizeof begin - 1, "%s", said);
}

KILN_OP(text_render_template, "text.render-template", KILN_PURE,
        "Renders a template with the members of a context.",
        KILN_INPUTS({ "text", "string", "The template.", 0 },
                    { "context", "any", "What its names mean.", 0 }),
        KILN_OUTPUTS({ "value", "string", "What it prints.", 0 }),
        KILN_FLAGS(KILN_OP_BARE | KILN_OP_CHECKS))
{
    kiln_heap *h = kiln_call_heap(call);
    kiln_value text, result, context = kiln_in(call, "context");
    struct template_error error;
    struct template t;

    if (input_optional_text(call, "render-template", "text", &text) < 0)
        return -1;
    if (text.tag == KILN_ABSENT)
        return input_fail(call, "TEXT_TEMPLATE_MISSING", "Template text is required");
    if (template_parse(&t, &h->arena, "tmpl", text.u.s, text.n, &error) < 0)
        return fail_parse(call, &error);
    if (template_render(h, &result, &t, &context) < 0)
        return fail_render(call, &h->error);
    return kiln_out_value(call, result);
}
