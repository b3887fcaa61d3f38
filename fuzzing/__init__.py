"""Fuzzing guided by coverage, behind its own command; not part of the everyday tests."""
