kiln check nowhere.json
