kiln check --ops ../../examples/operonx/03-stream/ops.c O060.json
