cp "$(command -v kiln)" alone
./alone build -o program ../cli/hello.json
