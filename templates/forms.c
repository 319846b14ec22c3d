/* forms.c: what each operation of the plan looks like in C.
 *
 * A form is the text between its marks; all else here is scaffolding that lets the file compile as
 * it stands. Words in capitals are holes (templates/README.md). Indentation is taken off when the
 * form is read and put back for the depth where it is used.
 */
#include "kiln_program.h"

#define ARGS &A, &B
#define LIST list
extern kiln_function2 FUNCTION;
#define ANSWER KILN_GO
enum { SLOT, NUMBER, COUNT = 1 };

/*[[ leaf */
/* step COMMENT */
static kiln_next leaf_NAME(kiln_frame *f)
{
    /*]] leaf */
    const kiln_value A = { KILN_NULL, 0, 0, 0, { 0 } }, B = A, KEY = A;
    kiln_value RET, ITEM, list[2];
    const kiln_frame *FRAME = f->up;

    /*[[ unused */
    (void)f;
    /*]] unused */
    /*[[ load */
    RET = A;
    /*]] load */
    /*[[ index */
    RET = (kiln_value){ KILN_INT, 0, 0, 0, { .i = FRAME->index } };
    /*]] index */
    /*[[ about */
    RET = kiln_about(f, &KEY);
    /*]] about */
    /*[[ fresh */
    if (kiln_fresh(f, SLOT, &RET) < 0)
        return KILN_ERROR;
    /*]] fresh */
    /*[[ get */
    RET = kiln_get(&A, &KEY);
    /*]] get */
    /*[[ at */
    RET = kiln_at(&A, NUMBER);
    /*]] at */
    /*[[ call */
    FUNCTION(f->heap, &RET, ARGS);
    /*]] call */
    /*[[ call_failing */
    if (FUNCTION(f->heap, &RET, ARGS) < 0)
        return KILN_ERROR;
    /*]] call_failing */
    /*[[ item */
    list[NUMBER] = A;
    /*]] item */
    /*[[ array */
    if (kiln_array(f->heap, &RET, LIST, COUNT) < 0)
        return KILN_ERROR;
    /*]] array */
    /*[[ object */
    if (kiln_object_of(f->heap, &RET, COUNT, ARGS) < 0)
        return KILN_ERROR;
    /*]] object */
    /*[[ object_long */
    if (kiln_object(f->heap, &RET, LIST, COUNT) < 0)
        return KILN_ERROR;
    /*]] object_long */
    /*[[ if */
    if (kiln_truthy(&A)) {
        /*]] if */
        RET = B;
        /*[[ else */
    } else {
        /*]] else */
        RET = A;
        /*[[ end */
    }
    /*]] end */
    /*[[ empty */
    if (kiln_array(f->heap, &RET, 0, 0) < 0)
        return KILN_ERROR;
    /*]] empty */
    /*[[ for */
    for (unsigned INDEX = 0; A.tag == KILN_ARRAY && INDEX < A.n; INDEX++) {
        /*]] for */
        /*[[ each_item */
        ITEM = A.u.items[INDEX];
        /*]] each_item */
        RET = ITEM;
        /*[[ yield */
        if (kiln_push(f->heap, &RET, &A) < 0)
            return KILN_ERROR;
        /*]] yield */
    }
    return KILN_GO;
    /*[[ close */
}
/*]] close */

static kiln_next sample_answers(kiln_frame *f)
{
    const kiln_value A = { KILN_NULL, 0, 0, 0, { 0 } }, B = A;
    kiln_frame *FRAME = f->up;

    /*[[ store */
    FRAME->slots[SLOT] = A;
    /*]] store */
    /*[[ store_present */
    if (A.tag != KILN_ABSENT)
        FRAME->slots[SLOT] = A;
    /*]] store_present */
    /*[[ set */
    if (kiln_set(FRAME, SLOT, &A) < 0)
        return KILN_ERROR;
    /*]] set */
    /*[[ write */
    if (kiln_write(FRAME, SLOT, &A) < 0)
        return KILN_ERROR;
    /*]] write */
    /*[[ tell */
    kiln_tell(f, &A);
    /*]] tell */
    /*[[ test */
    f->pick = kiln_truthy(&A) ? 1 : 0;
    /*]] test */
    /*[[ pick */
    f->pick = (unsigned)A.u.i;
    /*]] pick */
    /*[[ out */
    f->out = A;
    /*]] out */
    /*[[ arg */
    f->args[NUMBER] = A;
    /*]] arg */
    /*[[ give_one */
    return kiln_give_one(f, ANSWER, ARGS);
    /*]] give_one */
    /*[[ give */
    return kiln_give(f, ANSWER, COUNT, ARGS);
    /*]] give */
    /*[[ answer */
    return ANSWER;
    /*]] answer */
}

extern kiln_leaf *const sample_leaves[2];
kiln_leaf *const sample_leaves[2] = { leaf_NAME, sample_answers };
