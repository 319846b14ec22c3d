kiln check ../cli/children/a.json --child-dir ../cli/children
