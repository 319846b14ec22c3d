kiln check ../cli/children/twice.json --child-dir ../cli/children
