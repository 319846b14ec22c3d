/* operonx_case.h: an operonx document compiled and run in one call, for tests.
 */
#ifndef OPERONX_CASE_H
#define OPERONX_CASE_H

/* Documents that begin with {' are written with single quotes instead of double ones.
 *
 * Compiles a document (with the operations of operonx_ops.h) through libtcc and runs it. The answer
 * is compact JSON of the output; "FAILED <json>" when the run failed; or all complaints as
 * "CODE sentence", one a line, errors only. Lives until the next call. */
const char *operonx_case_run(const char *document, const char *input);
/* All complaints of a document, warnings too, without running it. */
const char *operonx_case_complaints(const char *document);
/* A stage of a document as text: "model" or "plan". */
const char *operonx_case_stage(const char *document, const char *stage);

#endif
