"""Calibration on outcomes: a table of real lines and a mapping in; a fitted, monotone, explained model out."""
