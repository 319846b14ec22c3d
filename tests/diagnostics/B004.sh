kiln build -o /nowhere/program ../cli/hello.json
