cat >own.c <<'END'
#include <kiln_op.h>

KILN_OP(find, "object-model.find", KILN_IDEMPOTENT, "Finds things.",
        KILN_INPUTS({ "condition", "any", "Which.", 0 }),
        KILN_OUTPUTS({ "value", "any", "They.", 0 }), KILN_FLAGS(KILN_OP_CONNECTS))
{
    return kiln_out_value(call, kiln_null());
}
END
cat >find.json <<'END'
{
  "entryPoint": "a",
  "steps": {
    "a": {
      "stepType": "Agent",
      "agentId": "object-model",
      "capabilityId": "find",
      "connectionId": "store",
      "inputMapping": {
        "condition": { "valueType": "immediate", "value": { "type": "operation", "op": "LENGTH" } }
      }
    },
    "f": { "stepType": "Finish" }
  },
  "executionPlan": [{ "fromStep": "a", "toStep": "f" }]
}
END
kiln check --ops own.c find.json
