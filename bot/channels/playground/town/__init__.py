"""What is true on the street: people, chats, messages and updates, pure and driven by a given clock and seed."""
