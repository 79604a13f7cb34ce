"""Tests of the street: the local Bot API server that the product is tried and tested on."""
