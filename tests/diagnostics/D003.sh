kiln check --dialect scenari ../cli/hello.json
