kiln check --ops nowhere.c ../cli/hello.json
