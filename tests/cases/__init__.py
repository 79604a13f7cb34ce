"""Tests of candidate cases: what they rest on, what they say, and how they come to be published."""
