"""The room that decides: pure functions from a conversation and what came in to replies."""
