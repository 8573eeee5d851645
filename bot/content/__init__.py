"""`flows/` and `knowledge/` as frozen models, or everything that is wrong with them, with line and column."""
