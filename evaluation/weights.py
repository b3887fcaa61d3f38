"""Rulebooks with weights that never saw what they are judged on: honest figures need them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from training import fit, pack, sentences, train

from wrongfix.evidence.learned import load
from wrongfix.rulebook import Rulebook

Readers = Callable[[int], Rulebook]
"""Gives the rulebook to read sentences of a hand with."""


def readers(book: Rulebook, *, held_out: bool) -> Readers:
    """Return rulebooks for the held-out part (one for all) or for the looked-at part (one for each hand)."""
    seen = [one for one in sentences.read() if not one.unseen]
    columns = fit.labels(seen)
    by_hand = {} if held_out else {hand: _without(seen, hand, columns) for hand in sentences.by_hand(seen)}
    scores = fit.across_hands(seen, columns) if held_out else _scores(seen, by_hand, columns)
    calibrations = fit.calibrate(seen, scores, train.sizes(seen), columns)
    if held_out:
        whole = _with(book, pack.pack(fit.weigh(seen, columns), columns, calibrations, seen))
        return lambda _: whole
    books = {
        hand: _with(book, pack.pack(weights, columns, calibrations, [one for one in seen if one.hand != hand]))
        for hand, weights in by_hand.items()
    }
    return books.__getitem__


def _without(seen: list[sentences.Sentence], hand: int, columns: fit.Labels) -> fit.Weights:
    return fit.weigh([one for one in seen if one.hand != hand], columns)


def _scores(seen: list[sentences.Sentence], by_hand: dict[int, fit.Weights], columns: fit.Labels) -> np.ndarray:
    scores = np.zeros((len(seen), len(columns.all) + len(fit.STANCES)))
    for hand, weights in by_hand.items():
        rows = [row for row, one in enumerate(seen) if one.hand == hand]
        scores[rows] = weights.scores([seen[row] for row in rows])
    return scores


def _with(book: Rulebook, data: bytes) -> Rulebook:
    other = replace(book)
    vars(other)["model"] = load(data)  # where a cached property keeps its value
    return other
