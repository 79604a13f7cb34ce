"""Hearing: what typed words mean as amounts, rates, durations, shares, counts, days, dates and flags."""
