TMPDIR=/nowhere kiln build -o program ../cli/hello.json
