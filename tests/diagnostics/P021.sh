awk 'BEGIN {
    printf "{\"channels\": {\"x\": {}}, \"edges\": [[\"__start__\", \"n0\"]], \"nodes\": {"
    for (i = 0; i < 1500; i++)
        printf "%s\"n%d\": {\"do\": {\"command\": {\"goto\": {\"get\": \"x\"}}}}", i ? ", " : "", i
    print "}}"
}' >large.json
kiln check large.json
