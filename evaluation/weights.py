"""Rulebooks with weights that never saw what they are judged on: honest figures need them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from training import fit, pack, sentences, train

from wrongfix.evidence.learned import load
from wrongfix.rulebook import Rulebook

Readers = Callable[[int], Rulebook]
"""Gives the rulebook to read sentences of a hand with."""


def readers(book: Rulebook, *, held_out: bool) -> Readers:
    """Return rulebooks for the held-out part (one for all) or for the looked-at part (one for each hand)."""
    seen = [one for one in sentences.read() if not one.unseen]
    columns = fit.labels(seen)
    calibrations = train.calibrate(seen, columns)

    def without(hands: set[int]) -> Rulebook:
        rest = [one for one in seen if one.hand not in hands]
        return _with(book, pack.pack(fit.weigh(rest, columns), columns, calibrations, rest))

    if held_out:
        whole = without(set())
        return lambda _: whole
    return {hand: other for hands in fit.folds(seen) for other in (without(hands),) for hand in hands}.__getitem__


def _with(book: Rulebook, data: bytes) -> Rulebook:
    other = replace(book)
    vars(other)["model"] = load(data)  # where a cached property keeps its value
    return other
