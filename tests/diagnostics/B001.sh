kiln build --cc no-such-cc -o program ../cli/hello.json
