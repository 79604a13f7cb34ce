"""Conversations, journal and outbox in one database, one transaction a turn."""
