"""What a bot may call: one room for each family of Bot API methods."""
