head -c 17000000 /dev/zero | tr '\0' ' ' >large.json
kiln check large.json
