"""The doors: each translates between one outside world and our plain messages."""
