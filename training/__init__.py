"""Trains the learned model of `rules/learned/` from `sentences/`, and judges it; nothing here runs in the product."""
