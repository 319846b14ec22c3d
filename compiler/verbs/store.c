/* store.c: kiln store list|verify|repair DIR: the folder that remembers runs, whatever program they
 * are of. What is wrong with it is found by runtime/survey.h, and put right by runtime/repair.h;
 * here it is told.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "repair.h"
#include "verbs/verbs.h"

enum { NAMES_MOST = 10, STATES_MOST = 16 };

static const char *path_of(const struct request *r)
{
    return r->words.at[1];
}

/* How many runs are at what. */
struct states {
    struct {
        const char *status;
        size_t runs;
    } at[STATES_MOST];
    size_t n;
};

static struct states count_states(const struct survey *v)
{
    struct states s = { .n = 0 };

    for (size_t i = 0; i < v->runs.n; i++) {
        const char *status = cli_status_of(v->runs.at[i].run);
        size_t k = 0;

        while (k < s.n && strcmp(s.at[k].status, status))
            k++;
        if (k == s.n && s.n < STATES_MOST)
            s.at[s.n++].status = status;
        s.at[k].runs++;
    }
    return s;
}

/* ---- as text ---- */

static void put_segments(struct text *t, const struct survey *v)
{
    for (size_t i = 0; i < v->segments.n; i++) {
        const struct survey_segment *s = &v->segments.at[i];

        text_printf(t, "segment  %u, journal-%08u: ", s->segment->number, s->segment->file);
        if (s->records)
            text_printf(t, "%llu records (%llu to %llu), ", s->records, s->first, s->last);
        text_printf(t, "%llu of %llu bytes\n", s->used, s->segment->size);
    }
}

static void put_parts(struct text *t, const struct survey *v)
{
    const struct states states = count_states(v);

    text_printf(t, "store    %s\n", v->path);
    put_segments(t, v);
    for (size_t i = 0; i < v->store->spares.n; i++)
        text_printf(t, "%sjournal-%08u", i ? ", " : "spare    ", v->store->spares.at[i].file);
    text_puts(t, v->store->spares.n ? "\n" : "");
    if (v->messages || v->refused)
        text_printf(t, "inbox    %u messages, %u put aside\n", v->messages, v->refused);
    text_printf(t, "runs     %zu", v->runs.n);
    for (size_t i = 0; i < states.n; i++)
        text_printf(t, "%s%zu %s", i ? ", " : ": ", states.at[i].runs, states.at[i].status);
    text_putc(t, '\n');
    if (v->torn_at)
        text_printf(t,
                    "end      a commit that nobody was told of begins at byte %zu of the last "
                    "segment; it does not count\n",
                    v->torn_at);
}

static void put_concerned(struct text *t, const struct survey *v, const struct survey_finding *f)
{
    size_t n = 0;

    for (size_t i = 0; i < v->runs.n; i++) {
        if (!survey_concerns(f, &v->runs.at[i]) || n++ >= NAMES_MOST)
            continue;
        text_printf(t, "%s%s", n == 1 ? "  runs that may miss them: " : ", ",
                    v->runs.at[i].run->id);
    }
    if (n > NAMES_MOST)
        text_printf(t, " and %zu more", n - NAMES_MOST);
    text_puts(t, n ? "\n" : "");
}

static void put_finding(struct text *t, const struct survey *v, const struct survey_finding *f)
{
    text_printf(t, "%s", *f->name ? f->name : v->path);
    if (f->end)
        text_printf(t, ", bytes %zu to %zu", f->at, f->end - 1);
    else if (f->at || f->first)
        text_printf(t, ", byte %zu", f->at);
    text_printf(t, ": %s%s\n", f->why, f->is_mended ? " (nothing of it is lost)" : "");
    if (f->first && f->last == ~0ull)
        text_printf(t, "  lost: records %llu and what followed\n", f->first);
    else if (f->first)
        text_printf(t, "  lost: records %llu to %llu\n", f->first, f->last);
    put_concerned(t, v, f);
}

static void put_survey(struct text *t, const struct survey *v)
{
    put_parts(t, v);
    for (size_t i = 0; i < v->findings.n; i++) {
        text_puts(t, i ? "" : "\n");
        put_finding(t, v, &v->findings.at[i]);
    }
}

/* ---- as JSON ---- */

static void put_segments_json(struct text *t, const struct survey *v)
{
    text_puts(t, ",\"segments\":[");
    for (size_t i = 0; i < v->segments.n; i++) {
        const struct survey_segment *s = &v->segments.at[i];

        text_printf(t,
                    "%s{\"number\":%u,\"file\":\"journal-%08u\",\"records\":%llu,\"first\":%llu,"
                    "\"last\":%llu,\"used\":%llu,\"size\":%llu}",
                    i ? "," : "", s->segment->number, s->segment->file, s->records, s->first,
                    s->last, s->used, s->segment->size);
    }
    text_puts(t, "],\"spares\":[");
    for (size_t i = 0; i < v->store->spares.n; i++)
        text_printf(t, "%s\"journal-%08u\"", i ? "," : "", v->store->spares.at[i].file);
    text_puts(t, "]");
}

static void put_parts_json(struct text *t, const struct survey *v)
{
    const struct states states = count_states(v);

    verb_put_string(t, "{\"store\":", v->path);
    put_segments_json(t, v);
    text_printf(t, ",\"messages\":%u,\"refused\":%u,\"runs\":{", v->messages, v->refused);
    for (size_t i = 0; i < states.n; i++)
        text_printf(t, "%s\"%s\":%zu", i ? "," : "", states.at[i].status, states.at[i].runs);
    text_puts(t, "}");
    if (v->torn_at)
        text_printf(t, ",\"unfinished\":%zu", v->torn_at);
}

static void put_finding_json(struct text *t, const struct survey *v, const struct survey_finding *f)
{
    const char *comma = "";

    verb_put_string(t, "{\"file\":", f->name);
    text_printf(t, ",\"at\":%zu", f->at);
    if (f->end)
        text_printf(t, ",\"end\":%zu", f->end);
    verb_put_string(t, ",\"what\":", f->why);
    text_printf(t, ",\"mended\":%s", f->is_mended ? "true" : "false");
    if (f->first)
        text_printf(t, ",\"first\":%llu", f->first);
    if (f->first && f->last != ~0ull)
        text_printf(t, ",\"last\":%llu", f->last);
    text_puts(t, ",\"runs\":[");
    for (size_t i = 0; i < v->runs.n; i++)
        if (survey_concerns(f, &v->runs.at[i])) {
            verb_put_string(t, comma, v->runs.at[i].run->id);
            comma = ",";
        }
    text_puts(t, "]}");
}

/* An object that is still open. */
static void put_survey_json(struct text *t, const struct survey *v)
{
    put_parts_json(t, v);
    text_puts(t, ",\"findings\":[");
    for (size_t i = 0; i < v->findings.n; i++) {
        text_puts(t, i ? "," : "");
        put_finding_json(t, v, &v->findings.at[i]);
    }
    text_puts(t, "]");
}

/* ---- verify ---- */

static int complain(const struct request *r, int failed, const struct text *why)
{
    return request_complain(r, failed == -ENOMEM ? KILN_EXIT_BROKEN : KILN_EXIT_STORE, "%s",
                            text_cstr(why));
}

static int verify(struct request *r)
{
    struct survey v = { .path = NULL };
    struct text t = { 0 }, why = { 0 };
    int failed = survey_open(&v, &kiln_io_posix, path_of(r), STORE_READONLY, &why);
    int code = failed ? complain(r, failed, &why) : KILN_EXIT_OK;

    if (!failed && r->options.program.json) {
        put_survey_json(&t, &v);
        text_printf(&t, ",\"sound\":%s}\n", v.findings.n ? "false" : "true");
    } else if (!failed) {
        put_survey(&t, &v);
    }
    if (!failed)
        code = request_put(r, &t);
    if (code == KILN_EXIT_OK && v.findings.n)
        code = request_complain(r, KILN_EXIT_DAMAGED,
                                "the store '%s' is damaged ('%s store repair %s' saves what can be "
                                "saved)",
                                v.path, r->name, v.path);
    survey_fini(&v);
    text_fini(&t);
    text_fini(&why);
    return code;
}

/* ---- repair ---- */

static void put_repair(const struct request *r, struct text *t, const struct survey *v,
                       const struct repair *done)
{
    if (r->options.program.json) {
        put_survey_json(t, v);
        verb_put_string(t, ",\"copies\":", text_cstr(&done->aside));
        text_printf(t,
                    ",\"written\":%u,\"kept\":%u,\"damaged\":%u,\"dropped\":%u,\"refused\":%u}\n",
                    done->segments, done->runs, done->damaged, done->dropped, done->refused);
        return;
    }
    put_survey(t, v);
    text_puts(t, done->segments || done->refused ? "\n" : "\nthere is nothing to repair\n");
    if (done->refused)
        text_printf(t, "refused  messages: %u; they are still in the inbox, as refused-...\n",
                    done->refused);
    if (done->segments)
        text_printf(t, "written  segments: %u, runs: %u; as it was: %s/%s\n", done->segments,
                    done->runs, v->path, text_cstr(&done->aside));
    if (done->damaged)
        text_printf(t,
                    "damaged  runs: %u; they may miss records and will not go on "
                    "('--drop-damaged' ends them)\n",
                    done->damaged);
    if (done->dropped)
        text_printf(t, "dropped  runs: %u; they ended with the code STORE_DAMAGED\n",
                    done->dropped);
}

/* The lock is held until the survey is over. */
static int repair(struct request *r)
{
    const int drop = r->options.drop_damaged;
    struct survey v = { .path = NULL };
    struct repair done = { 0 };
    struct text t = { 0 }, why = { 0 };
    int failed = survey_open(&v, &kiln_io_posix, path_of(r), 0, &why), code;

    if (!failed && repair_is_needed(&v, drop))
        failed = repair_store(&v, drop, &done, &why);
    if (!failed)
        put_repair(r, &t, &v, &done);
    code = failed ? complain(r, failed, &why) : request_put(r, &t);
    repair_fini(&done);
    survey_fini(&v);
    text_fini(&t);
    text_fini(&why);
    return code;
}

/* ---- list ---- */

static int list(struct request *r)
{
    const struct cli_options *o = &r->options.program;
    struct cli c = { .io = &kiln_io_posix, .name = r->name };

    c.options.store = path_of(r);
    c.options.status = o->status;
    c.options.since = o->since;
    c.options.limit = o->limit;
    c.options.json = o->json;
    return kiln_verb_list.run(&c);
}

int verb_store(struct request *r)
{
    static const struct {
        const char *name;
        int (*carry_out)(struct request *r);
    } deeds[] = { { "list", list }, { "verify", verify }, { "repair", repair } };

    if (r->words.n == 2)
        for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
            if (!strcmp(r->words.at[0], deeds[i].name))
                return deeds[i].carry_out(r);
    return request_complain(r, KILN_EXIT_USAGE,
                            "say '%s store list DIR', '%s store verify DIR' or '%s store repair "
                            "DIR'",
                            r->name, r->name, r->name);
}
