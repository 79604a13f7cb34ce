"""The truth: whether forecasts came true, what outcomes propose, and which examples outcomes could become."""
