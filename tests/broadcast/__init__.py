"""Broadcasts: to whom they go, how, how fast, and what crashes, floods and wishes change."""
