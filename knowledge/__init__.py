"""The library: words with their sources. Knows the simulator's vocabulary and nothing above."""
