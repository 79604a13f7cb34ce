"""Tests of the truth: forecasts beside what came true, and what is proposed where they were not honest."""
