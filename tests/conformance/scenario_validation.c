/* scenario_validation.c: where stated codes and documents come from.
 *
 * Records bring their document or name a file by where the reference keeps it; the index of the
 * collection tells which file that is, and states the codes of the files beside it.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "scenario.h"

void scenario_validation(struct records *r, const kiln_value *list)
{
    for (unsigned i = 0; i < list->n; i++) {
        const kiln_value *record = &list->u.items[i];
        kiln_value document = value_member(record, "workflow");
        kiln_value expect = value_member(record, "expect");
        kiln_value catalog = value_member(record, "catalog");
        kiln_value children = value_member(record, "children");
        struct surroundings among = { .ops = records_catalog(r, &catalog),
                                      .children = records_children(r, &children) };

        records_judge_codes(r, records_name(r, list, i), &document, &expect, &among);
    }
}

static void push_all(kiln_heap *h, kiln_value *array, const kiln_value *stated, const char *key)
{
    kiln_value list = value_member(stated, key);

    for (unsigned i = 0; list.tag == KILN_ARRAY && i < list.n; i++)
        records_push(h, array, list.u.items[i]);
}

/* What is stated of a workflow and of each child, as if it were said of one: the compiler says it
 * all at once. */
static kiln_value gather_stated(kiln_heap *h, const kiln_value *expect)
{
    kiln_value root = value_member(expect, "root"), children = value_member(expect, "children");
    kiln_value errors = records_array(h), warnings = records_array(h), messages = records_array(h);

    for (unsigned i = 0; i <= (children.tag == KILN_ARRAY ? children.n : 0); i++) {
        const kiln_value *one = i ? &children.u.items[i - 1] : &root;

        push_all(h, &errors, one, "errors");
        push_all(h, &warnings, one, "warnings");
        push_all(h, &messages, one, "messages");
    }
    return records_object(h, "errors", errors, "warnings", warnings, "messages", messages, NULL);
}

void scenario_closures(struct records *r, const kiln_value *list)
{
    for (unsigned i = 0; i < list->n; i++) {
        kiln_value args = value_member(&list->u.items[i], "args");
        kiln_value expect = value_member(&list->u.items[i], "expect");
        kiln_value root = value_member(&args, "root"), stated = gather_stated(r->heap, &expect);
        kiln_value catalog = value_member(&args, "catalog"), id;
        kiln_value children = value_member(&args, "children");
        struct surroundings among = { .ops = records_catalog(r, &catalog),
                                      .children = records_children(r, &children) };

        id = value_member(&args, "rootWorkflowId");
        if (id.tag == KILN_STRING)
            among.id = records_plain(r->heap, &id);
        records_judge_codes(r, records_name(r, list, i), &root, &stated, &among);
    }
}

/* ---- files and their index ------------------------------------------------------------------- */

/* Reads the index.json in the nearest folder above the file. Sets *ret_folder to how many bytes of
 * r->path are that folder, slash included. 0 or -1. */
static int read_index(struct records *r, kiln_value *ret, int *ret_folder)
{
    char path[4096];
    int n = (int)strlen(r->path);

    while (n > 0) {
        while (n > 0 && r->path[n - 1] != '/')
            n--;
        snprintf(path, sizeof path, "%.*sindex.json", n, r->path);
        if (n > 0 && access(path, R_OK) == 0) {
            kiln_value index;

            if (conformance_read(r->heap, path, &index) < 0)
                return -1;
            *ret = value_member(&index, "files");
            *ret_folder = n;
            return ret->tag == KILN_ARRAY ? 0 : -1;
        }
        n--;
    }
    return -1;
}

static int has_item(const kiln_value *list, const kiln_value *item)
{
    for (unsigned i = 0; list->tag == KILN_ARRAY && i < list->n; i++)
        if (value_equal(&list->u.items[i], item))
            return 1;
    return 0;
}

/* The entry of the file the reference keeps at `source` as of `tag`; absent when there is none. */
static kiln_value entry_of_source(const kiln_value *index, const kiln_value *source,
                                  const kiln_value *tag)
{
    for (unsigned i = 0; i < index->n; i++) {
        const kiln_value *entry = &index->u.items[i];
        kiln_value its_source = value_member(entry, "source"), its_tag = value_member(entry, "tag");
        kiln_value tags = value_member(entry, "identical_at_tags");

        if (value_equal(&its_source, source)
            && (value_equal(&its_tag, tag) || has_item(&tags, tag)))
            return *entry;
    }
    return (kiln_value){ 0 };
}

static void judge_source(struct records *r, const char *part, const kiln_value *index, int folder,
                         const kiln_value *record, const struct surroundings *among)
{
    kiln_value source = value_member(record, "source"), tag = value_member(record, "tag");
    kiln_value entry = entry_of_source(index, &source, &tag), file = value_member(&entry, "file");
    kiln_value result = value_member(record, "result"), stated = value_member(&result, "head");
    kiln_value document;
    char path[4096];

    if (file.tag != KILN_STRING || stated.tag != KILN_OBJECT) {
        records_count(r, CASE_UNSUPPORTED, part, NULL, "the index does not tell the file");
        return;
    }
    snprintf(path, sizeof path, "%.*s%.*s", folder, r->path, (int)file.n, file.u.s);
    if (conformance_read(r->heap, path, &document) < 0)
        records_count(r, CASE_FAILED, part, "its workflow", "the file cannot be read");
    else
        records_judge_codes(r, part, &document, &stated, among);
}

void scenario_validation_files(struct records *r, const kiln_value *list)
{
    kiln_value index = value_null(), usual = value_null();
    int folder = 0, found = read_index(r, &index, &folder) == 0;
    struct surroundings among = { .ops = records_catalog(r, &usual) };

    for (unsigned i = 0; i < list->n; i++) {
        const char *part = records_name(r, list, i);

        if (found)
            judge_source(r, part, &index, folder, &list->u.items[i], &among);
        else
            records_count(r, CASE_UNSUPPORTED, part, NULL, "no index tells the file");
    }
}

void scenario_validation_file(struct records *r, const kiln_value *document)
{
    kiln_value index, usual = value_null();
    struct surroundings among = { .ops = records_catalog(r, &usual) };
    int folder;

    if (read_index(r, &index, &folder) == 0)
        for (unsigned i = 0; i < index.n; i++) {
            kiln_value file = value_member(&index.u.items[i], "file");
            kiln_value said = value_member(&index.u.items[i], "validator_reference_run");
            kiln_value stated = value_member(&said, "head");

            if (!value_is(&file, r->path + folder) || stated.tag != KILN_OBJECT)
                continue;
            records_judge_codes(r, "codes", document, &stated, &among);
            return;
        }
    records_count(r, CASE_UNSUPPORTED, "codes", NULL, "no index states them");
}
