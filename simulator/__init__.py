"""Pure arithmetic of credit lines: facts in, ranges and reasons out. Knows nobody."""
