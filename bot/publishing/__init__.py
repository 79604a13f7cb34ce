"""Publishing: editors change words and numbers as drafts; what is checked becomes an edition over the shipped files."""
