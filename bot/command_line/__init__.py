"""The command line: one command a file; the folder is the register."""
