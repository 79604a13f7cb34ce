"""An operator's day, walked from a file of lines: in a chat on the street, and in a terminal beside it."""
