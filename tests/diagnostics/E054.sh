kiln check ../cli/children/gives.json --child-dir ../cli/children
