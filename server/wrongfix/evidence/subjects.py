"""Deciding what an amount is about: of the facts it could belong to, the one whose words stand closest."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from wrongfix.evidence.amounts import Amount, Kind
from wrongfix.evidence.factwords import AmountFact, FactWords
from wrongfix.evidence.phrases import Hit
from wrongfix.evidence.words import Words
from wrongfix.frozen import dataclass

NEAR = 12
"""How many words away the telling word may stand."""
AHEAD = 3
"""How many words may stand between a number and its unit."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands in a stretch that tells of amounts: units, telling words and words that speak against."""

    units: tuple[Hit, ...]
    near: tuple[Hit, ...]
    but: tuple[Hit, ...]


def beside_amounts(words: Words, known: FactWords) -> Beside:
    """Return what the stretch holds."""
    found: dict[str, list[Hit]] = {"unit": [], "near": [], "but": []}
    for hit in known.beside.find(words):
        use, _, name = hit.name.partition(":")
        found[use].append(Hit(name, hit.first, hit.last))
    return Beside(tuple(found["unit"]), tuple(found["near"]), tuple(found["but"]))


def subject_of(
    amount: Amount, words: Words, beside: Beside, facts: Mapping[str, AmountFact]
) -> tuple[str, float, int] | None:
    """Return the fact's name, the value in its unit and the word behind the amount; nothing if no fact takes it."""
    sentence = words.sentence(amount.first)
    telling = _distances(_around(beside.near, amount), amount, sentence)
    denying = _distances(_around(beside.but, amount), amount, sentence)
    units = _around(beside.units, amount)
    best: tuple[float, str, float, int] | None = None
    for fact in facts.values():
        if fact.kind is not amount.kind or amount.value * fact.factor > fact.most:
            continue
        unit = _unit(fact, amount, units, words) if fact.has_units else None
        if fact.has_units and unit is None and not (amount.kind is Kind.RATE and fact.name in telling):
            continue
        away = telling.get(fact.name)
        if fact.has_near and away is None and not (amount.kind is Kind.RATE and unit is not None):
            continue
        if denying.get(fact.name, NEAR + 1) < (NEAR if away is None else away):
            continue
        worth, behind = unit or (1.0, amount.last)
        rank = float(NEAR if away is None else away)
        if best is None or rank < best[0]:
            best = (rank, fact.name, round(amount.value * worth * fact.factor, 6), max(amount.last, behind))
    return None if best is None else best[1:]


def _around(hits: Sequence[Hit], amount: Amount) -> Sequence[Hit]:
    """Return the hits near enough to matter; they are in the order of the text, so that long texts cost no more."""
    return hits[
        bisect_left(hits, amount.first - 2 * NEAR, key=_first) : bisect_right(hits, amount.last + NEAR, key=_first)
    ]


def _first(hit: Hit) -> int:
    return hit.first


def _distances(hits: Sequence[Hit], amount: Amount, sentence: tuple[int, int]) -> dict[str, int]:
    """Return how many words lie between an amount and the closest hit of each name in the same sentence."""
    found: dict[str, int] = {}
    for hit in hits:
        if hit.first < sentence[0] or hit.last > sentence[1]:
            continue
        away = hit.first - amount.last if hit.first >= amount.last else max(0, amount.first - hit.last)
        if away <= NEAR and away < found.get(hit.name, NEAR + 1):
            found[hit.name] = away
    return found


def _unit(fact: AmountFact, amount: Amount, units: Sequence[Hit], words: Words) -> tuple[float, int] | None:
    """Return what one of the unit is worth and the word behind it: inside or after the amount, else just before it."""
    before = None
    for hit in units:
        name, _, worth = hit.name.partition("=")
        if name != fact.name or not amount.first - 2 <= hit.first <= amount.last + AHEAD:
            continue
        if hit.first > amount.first and not any(words.pauses_before(at) for at in range(amount.last, hit.first + 1)):
            return float(worth), hit.last
        if hit.last <= amount.first and not any(
            words.pauses_before(at) and ":" not in words.gaps[at] for at in range(hit.last, amount.first + 1)
        ):
            before = float(worth), amount.last
    return before
