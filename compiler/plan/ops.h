/* ops.h: the operations of the plan, one row each. A list to include, so it has no guard.
 *
 *   OP(NAME, "text", "operands", EFFECT, "sentence")
 *
 * Operands, in order of the text form: `r` result register `%1 =`, `s` slot (`s3`, `^1 s3` one
 * frame up), `a` argument register, `*` any number of argument registers, `k` constant, `i`
 * integer, `f` pure function, `o` operation, `w` flow, `p` pairs of key constant and register.
 *
 * Effect: PURE work is never journalled, it is recomputed; BLOCK opens or closes a block of pure
 * work; WRITE puts a value in a slot; CONTROL decides which edges fire; JOURNAL may leave a record
 * and may suspend; END ends the frame.
 *
 * ORDER OPS: the enum, the reader, the printer, the verifier, DOT and spec/PLAN.md follow this
 * list.
 */
OP(CONST, "const", "rk", PURE, "a constant")
OP(SLOT, "slot", "rs", PURE, "what a slot holds now, or absent")
OP(FRESH, "fresh", "rs", PURE, "what a slot will hold when this task's own writes are applied")
OP(INDEX, "index", "ri", PURE, "the number of this item, iteration or turn, so many frames up")
OP(ERROR, "error", "r", PURE, "the error being handled in this frame, or absent")
OP(ABOUT, "about", "rk", PURE, "what is known of the run under this name, or absent")
OP(GET, "get", "rak", PURE, "a member of an object, or absent")
OP(AT, "at", "rai", PURE, "an item of an array, from the end when negative, or absent")
OP(CALL, "call", "rf*", PURE, "a pure function of its arguments; may fail the step")
OP(ARRAY, "array", "r*", PURE, "an array of its arguments")
OP(OBJECT, "object", "rp", PURE, "an object of its pairs; absent values are left out")
OP(COPY, "copy", "ra", PURE, "the same value under another register")
OP(IF, "if", "a", BLOCK, "what follows only when the argument is true")
OP(ELSE, "else", "", BLOCK, "what follows only when it was not")
OP(FOR, "for", "rxa", BLOCK, "what follows for each item `x` of an array; gathers what is yielded")
OP(YIELD, "yield", "a", PURE, "adds to what the enclosing `for` gathers")
OP(ENDBLOCK, "end", "", BLOCK, "closes `if` or `for`")
OP(SET, "set", "sa", WRITE, "writes a slot by its rule; an absent value is not written")
OP(TELL, "tell", "a", WRITE, "tells whoever listens to the run a value")
OP(TEST, "test", "a", CONTROL, "picks case 1 when the argument is true, else case 0")
OP(PICK, "pick", "a", CONTROL, "picks the case whose number the argument holds")
OP(TASK, "task", "oa", JOURNAL,
   "calls an operation with an input object; the result goes to the step's slot")
OP(CHILD, "child", "w*", JOURNAL,
   "runs a flow once; the arguments are its parameters; an index may follow")
OP(EACH, "each", "wa*", JOURNAL, "runs a flow for each item of an array; parameter 0 is the item")
OP(SLEEP, "sleep", "a", JOURNAL, "goes on in so many milliseconds; they go to the step's slot")
OP(AWAIT, "await", "a", JOURNAL,
   "goes on when a signal comes, an object {id, step, timeout}; its value goes to the step's slot")
OP(NOTE, "note", "a", JOURNAL, "writes a line to the run's log, once")
OP(BOUNDARY, "boundary", "", CONTROL,
   "applies a superstep's writes; picks 1 when they woke a step, else 0")
OP(FINISH, "finish", "a", END, "ends the flow with a value")
OP(FAIL, "fail", "a", END, "fails the step with an error value")
