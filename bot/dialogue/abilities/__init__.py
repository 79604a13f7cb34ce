"""What the dialogue can do, one ability a file; the folder is the register."""
