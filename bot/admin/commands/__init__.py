"""The operators' commands, one a file; the folder is the register."""
