"""The street: a strict local Telegram with people, groups and weather, to try and test the bot without an account."""
