"""The commands of the simulator alone, one file each; adding a file adds a command."""
