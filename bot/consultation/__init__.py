"""Consultations: an adviser and several members in a group, of whom the group sees anonymous banded cards only."""
