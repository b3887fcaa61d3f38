"""Judges what the reader makes of sentences and labelled records: `python -m evaluation`; it changes nothing."""
