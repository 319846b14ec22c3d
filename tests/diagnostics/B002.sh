kiln build --cc false -o program ../cli/hello.json
