"""What can be done in and around a consultation, one act a file; the folder is the register."""
