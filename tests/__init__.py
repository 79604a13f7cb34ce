"""The tests: properties, transcripts, faults and the house itself."""
