kiln check ../cli/children/lacks.json --child-dir ../cli/children
