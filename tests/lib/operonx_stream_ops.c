/* operonx_stream_ops.c: operations of the recorded graphs with streams: generators, and what runs
 * for their items.
 */
#include <string.h>

#include "operonx_ops.h"
#include "operonx_words.h"

/* ---- generators ---- */

KILN_OP(case_each_item_prefix, "each_item", KILN_PURE, "The items, each with the prefix.",
        KILN_INPUTS(ANY("items"), ANY("prefix")), KILN_OUTPUTS(ANY("item"), ANY("prefix")),
        KILN_FLAGS(KILN_OP_GENERATOR))
{
    kiln_value items = kiln_in(call, "items");
    struct case_list l = case_list_new(call);

    for (unsigned i = 0; i < items.n; i++)
        case_list_frame(&l, "item", items.u.items[i], "prefix", kiln_in(call, "prefix"));
    return case_list_give(call, &l);
}

KILN_OP(case_each_item, "each_item", KILN_PURE, "The items.", KILN_INPUTS(ANY("items")),
        KILN_OUTPUTS(ANY("item")), KILN_FLAGS(KILN_OP_GENERATOR))
{
    kiln_value items = kiln_in(call, "items");
    struct case_list l = case_list_new(call);

    for (unsigned i = 0; i < items.n; i++)
        case_list_frame(&l, "item", items.u.items[i], NULL, kiln_null());
    return case_list_give(call, &l);
}

KILN_OP(case_each_number, "each_number", KILN_PURE, "The numbers.", KILN_INPUTS(ANY("numbers")),
        KILN_OUTPUTS(ANY("x")), KILN_FLAGS(KILN_OP_GENERATOR))
{
    kiln_value items = kiln_in(call, "numbers");
    struct case_list l = case_list_new(call);

    for (unsigned i = 0; i < items.n; i++)
        case_list_frame(&l, "x", items.u.items[i], NULL, kiln_null());
    return case_list_give(call, &l);
}

KILN_OP(case_halve_until, "halve_until", KILN_PURE, "Halves a number until it is below 5.",
        KILN_INPUTS(ANY("value")), KILN_OUTPUTS(ANY("value")), KILN_FLAGS(KILN_OP_GENERATOR))
{
    long long value = kiln_in_int(call, "value");
    struct case_list l = case_list_new(call);

    while (value >= 5) {
        value /= 2;
        case_list_frame(&l, "value", kiln_int(value), NULL, kiln_null());
    }
    return case_list_give(call, &l);
}

KILN_OP(case_async_counter, "async_counter", KILN_PURE, "1 to n with their squares.",
        KILN_INPUTS(ANY("n")), KILN_OUTPUTS(ANY("number"), ANY("squared")),
        KILN_FLAGS(KILN_OP_GENERATOR))
{
    struct case_list l = case_list_new(call);

    for (long long i = 1; i <= kiln_in_int(call, "n"); i++)
        case_list_frame(&l, "number", kiln_int(i), "squared", kiln_int(i * i));
    return case_list_give(call, &l);
}

KILN_OP(case_chunk_text, "chunk_text", KILN_PURE, "Groups of words.",
        KILN_INPUTS(ANY("text"), ANY("chunk_size")), KILN_OUTPUTS(ANY("chunk"), ANY("index")),
        KILN_FLAGS(KILN_OP_GENERATOR))
{
    const char *text = kiln_in_text(call, "text"), *word = case_next_word(&text, &(unsigned){ 0 });
    long long size = kiln_in_int(call, "chunk_size");
    struct case_list l = case_list_new(call);

    text = kiln_in_text(call, "text");
    for (int index = 0; word; index++) {
        const char *from = NULL, *end = NULL;
        kiln_value chunk = kiln_null();
        unsigned n;

        for (long long i = 0; i < (size < 1 ? 1 : size) && (word = case_next_word(&text, &n));
             i++) {
            from = from ? from : word;
            end = word + n;
        }
        if (!from)
            break;
        l.failed |= kiln_string(l.h, &chunk, from, (unsigned)(end - from)) < 0;
        case_list_frame(&l, "chunk", chunk, "index", kiln_int(index));
    }
    return case_list_give(call, &l);
}

KILN_OP(case_customer_audio, "customer_audio", KILN_PURE, "Pieces of sound.",
        KILN_INPUTS(ANY("sample_count")), KILN_OUTPUTS(ANY("audio"), ANY("timestamp_ms")),
        KILN_FLAGS(KILN_OP_GENERATOR))
{
    struct case_list l = case_list_new(call);

    for (long long i = 0; i < kiln_in_int(call, "sample_count"); i++) {
        kiln_value audio = kiln_null();

        l.failed |= kiln_textf(l.h, &audio, "chunk_%lld", i) < 0;
        case_list_frame(&l, "audio", audio, "timestamp_ms", kiln_int(32 * i));
    }
    return case_list_give(call, &l);
}

KILN_OP(case_vad, "vad", KILN_PURE, "The pieces that hold speech.",
        KILN_INPUTS(ANY("audio"), ANY("timestamp_ms")),
        KILN_OUTPUTS(ANY("segment"), ANY("start_ms"), ANY("end_ms")), KILN_FLAGS(KILN_OP_GENERATOR))
{
    long long at = kiln_in_int(call, "timestamp_ms");
    kiln_heap *h = kiln_call_heap(call);
    struct case_list l = case_list_new(call);
    kiln_value pairs[6], frame;

    if (at == 64 || at == 128) {
        if (kiln_string(h, &pairs[0], "segment", 7) < 0
            || kiln_textf(h, &pairs[1], "speech_from_%s", kiln_in_text(call, "audio")) < 0
            || kiln_string(h, &pairs[2], "start_ms", 8) < 0
            || kiln_string(h, &pairs[4], "end_ms", 6) < 0)
            return -1;
        pairs[3] = kiln_int(at);
        pairs[5] = kiln_int(at + 32);
        if (kiln_object(h, &frame, pairs, 3) < 0)
            return -1;
        case_list_add(&l, frame);
    }
    return case_list_give(call, &l);
}

KILN_OP(case_tts, "tts", KILN_PURE, "The words of a text as sound.", KILN_INPUTS(ANY("response")),
        KILN_OUTPUTS(ANY("audio_out"), ANY("index")), KILN_FLAGS(KILN_OP_GENERATOR))
{
    const char *text = kiln_in_text(call, "response"), *word;
    struct case_list l = case_list_new(call);
    unsigned n;

    for (int i = 0; (word = case_next_word(&text, &n)); i++) {
        kiln_value audio = kiln_null();

        l.failed |= kiln_textf(l.h, &audio, "tts_%d_%.*s", i, (int)n, word) < 0;
        case_list_frame(&l, "audio_out", audio, "index", kiln_int(i));
    }
    return case_list_give(call, &l);
}

/* ---- what runs for their items ---- */

KILN_OP(case_process_item_prefix, "process_item", KILN_PURE, "Prefix and item.",
        KILN_INPUTS(ANY("item"), ANY("prefix")), KILN_OUTPUTS(ANY("result")))
{
    return kiln_out_text(call, "result", "%s: %s", kiln_in_text(call, "prefix"),
                         kiln_in_text(call, "item"));
}

KILN_OP(case_process_item, "process_item", KILN_PURE, "A square.", KILN_INPUTS(ANY("item")),
        KILN_OUTPUTS(ANY("result"), ANY("status")))
{
    long long x = kiln_in_int(call, "item");

    kiln_out_text(call, "status", "ok");
    return kiln_out(call, "result", kiln_int(x * x));
}

KILN_OP(case_square, "square", KILN_PURE, "A square.", KILN_INPUTS(ANY("x")),
        KILN_OUTPUTS(ANY("squared")))
{
    long long x = kiln_in_int(call, "x");

    return kiln_out(call, "squared", kiln_int(x * x));
}

KILN_OP(case_safe_process, "safe_process", KILN_PURE, "Odd numbers times ten.",
        KILN_INPUTS(ANY("item")), KILN_OUTPUTS(ANY("result"), ANY("error")))
{
    long long x = kiln_in_int(call, "item");

    kiln_out(call, "result", x % 2 ? kiln_int(10 * x) : kiln_null());
    if (x % 2)
        return kiln_out(call, "error", kiln_null());
    return kiln_out_text(call, "error", "Even number: %lld", x);
}

KILN_OP(case_format_square, "format_square", KILN_PURE, "A line.",
        KILN_INPUTS(ANY("number"), ANY("squared")), KILN_OUTPUTS(ANY("label")))
{
    return kiln_out_text(call, "label", "%lld^2 = %lld", kiln_in_int(call, "number"),
                         kiln_in_int(call, "squared"));
}

KILN_OP(case_analyze_chunk, "analyze_chunk", KILN_PURE, "A score for a group of words.",
        KILN_INPUTS(ANY("chunk"), ANY("index")), KILN_OUTPUTS(ANY("result")))
{
    const char *text = kiln_in_text(call, "chunk"), *word;
    int words = 0, is_long = 0;
    unsigned n;

    for (; (word = case_next_word(&text, &n)); words++)
        is_long |= case_characters(word, n) > 6;
    return kiln_out_text(call, "result", "[%lld] %dw score=%d%s", kiln_in_int(call, "index"), words,
                         10 * words + (is_long ? 15 : 0), is_long ? "*" : "");
}

KILN_OP(case_stt, "stt", KILN_PURE, "What was said.",
        KILN_INPUTS(ANY("segment"), ANY("start_ms"), ANY("end_ms")),
        KILN_OUTPUTS(ANY("transcript")))
{
    return kiln_out_text(call, "transcript", "Hello from %s [%lld-%lldms]",
                         kiln_in_text(call, "segment"), kiln_in_int(call, "start_ms"),
                         kiln_in_int(call, "end_ms"));
}

KILN_OP(case_classify_intent, "classify_intent", KILN_PURE, "What is wanted.",
        KILN_INPUTS(ANY("transcript")), KILN_OUTPUTS(ANY("intent"), ANY("confidence")))
{
    int greets = strcasestr(kiln_in_text(call, "transcript"), "hello") != NULL;

    kiln_out(call, "confidence", kiln_double(greets ? 0.95 : 0.8));
    return kiln_out_text(call, "intent", "%s", greets ? "greeting" : "general");
}

KILN_OP(case_handle_intent, "handle_intent", KILN_PURE, "An answer.",
        KILN_INPUTS(ANY("intent"), ANY("transcript")), KILN_OUTPUTS(ANY("response")))
{
    if (!strcmp(kiln_in_text(call, "intent"), "greeting"))
        return kiln_out_text(call, "response", "Hello! How can I help you today?");
    return kiln_out_text(call, "response", "I understand. Let me help with: %s",
                         kiln_in_text(call, "transcript"));
}

const struct operonx_case_op operonx_stream_ops[] = {
    { "ex05", &kiln_op_case_each_item_prefix },
    { "ex05", &kiln_op_case_process_item_prefix },
    { NULL, &kiln_op_case_each_item },
    { NULL, &kiln_op_case_each_number },
    { NULL, &kiln_op_case_halve_until },
    { NULL, &kiln_op_case_async_counter },
    { NULL, &kiln_op_case_chunk_text },
    { NULL, &kiln_op_case_customer_audio },
    { NULL, &kiln_op_case_vad },
    { NULL, &kiln_op_case_tts },
    { NULL, &kiln_op_case_process_item },
    { NULL, &kiln_op_case_square },
    { NULL, &kiln_op_case_safe_process },
    { NULL, &kiln_op_case_format_square },
    { NULL, &kiln_op_case_analyze_chunk },
    { NULL, &kiln_op_case_stt },
    { NULL, &kiln_op_case_classify_intent },
    { NULL, &kiln_op_case_handle_intent },
    { NULL, NULL },
};
