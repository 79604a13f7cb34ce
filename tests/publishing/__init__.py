"""Tests of publishing: what editors write, what they cannot, and that no turn sees half an edition."""
