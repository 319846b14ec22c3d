/* parse.h: reading the parts of a scenario document. Complaints go to the unit; what could not be
 * read is NULL or empty, and the compilation stops after the stage. */
#ifndef SCENARIO_PARSE_H
#define SCENARIO_PARSE_H

#include "dialects/scenario/grammar.h"

/* ---- fields.c: members of an object, by type. `what` names the object in complaints. ---- */

/* Complains about members that are not among the `known` ones: E203, under --legacy W200. */
void field_known(struct unit *u, const struct node *object, const char *what,
                 const struct grammar_field *known);
/* Makes E203 the errors they are. Until all else has been said they are warnings, for nothing they
 * are about keeps the rest from being looked at. */
void field_refuse_unknown(struct unit *u);
/* As field_known for objects that the reference takes with any members: W200. */
void field_known_loosely(struct unit *u, const struct node *object, const char *what,
                         const struct grammar_field *known);
/* The string, or NULL; E201 when it must be there, E202 when it is no string. */
const char *field_text(struct unit *u, const struct node *object, const char *what, const char *key,
                       int required);
/* The object or array, or NULL when left out or null. */
const struct node *field_object(struct unit *u, const struct node *object, const char *what,
                                const char *key, int required);
const struct node *field_array(struct unit *u, const struct node *object, const char *what,
                               const char *key);
/* The integer at least `least`, or `otherwise` when left out or null. */
long long field_integer(struct unit *u, const struct node *object, const char *what,
                        const char *key, long long least, long long otherwise);
int field_flag(struct unit *u, const struct node *object, const char *what, const char *key);
/* The string, which must be one of the words that the field `key` of `fields` has (E205), or
 * `otherwise`. */
const char *field_word(struct unit *u, const struct node *object, const char *what, const char *key,
                       const struct grammar_field *fields, const char *otherwise);
/* E205: `word` is none of the words. */
void field_bad_word(struct unit *u, const struct node *at, const char *what, const char *word,
                    const char *const *words);
/* E202: it is of the wrong type. */
void field_bad_type(struct unit *u, const struct node *at, const char *what, const char *wanted);

/* ---- parse_value.c ---- */

/* A mapping value, or NULL. */
struct value *parse_value(struct unit *u, const struct node *n);
/* The mapping under `key`; empty when it was left out. `nested`: references inside literals are
 * resolved too, as Agent inputs have them (scenario 1.6.2). */
void parse_mapping(struct unit *u, const struct node *object, const char *what, const char *key,
                   int nested, struct mapping *ret);
/* A Switch's output: a literal in which mapping values are resolved (scenario 1.7.5). */
struct value *parse_output(struct unit *u, const struct node *n);

/* ---- parse_condition.c ---- */
struct condition *parse_condition(struct unit *u, const struct node *n);

/* ---- parse_step.c and the files of a few step types ---- */

/* parse_filter.c: Filter and GroupBy. */
void parse_filter(struct unit *u, struct step *s);
void parse_group_by(struct unit *u, struct step *s);
/* parse_embed.c: EmbedWorkflow, in older documents StartScenario. */
void parse_embed(struct unit *u, struct step *s);
/* parse_connection.c: what a step says of the connection it uses; Connection; AiAgent. */
void parse_connection_use(struct unit *u, struct step *s);
void parse_connection(struct unit *u, struct step *s);
void parse_ai_agent(struct unit *u, struct step *s);

/* parse_wait.c: Delay and WaitForSignal. */
void parse_delay(struct unit *u, struct step *s);
void parse_wait(struct unit *u, struct step *s);
/* maxRetries, retryDelay and timeout among the members of `object`; `tries` when it does not say.
 */
void parse_policy(struct unit *u, const struct node *object, const char *what, long long tries,
                  struct policy *ret);

/* Reads one member of `steps` into the subgraph; its body as well. NULL when it is none. */
struct step *parse_step(struct unit *u, struct subgraph *g, const struct node *n);

/* ---- parse.c ---- */
struct subgraph *parse_subgraph(struct unit *u, const struct node *n, struct subgraph *up,
                                struct step *owner);

#endif
