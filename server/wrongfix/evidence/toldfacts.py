"""Reading facts from the words of one stretch: what it mentions and does not deny, and what its amounts are about.

Which stretches a record has, and which of its words tell nothing, is decided elsewhere.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator

from wrongfix.evidence.amounts import Amount, amounts_of
from wrongfix.evidence.compared import compared_in
from wrongfix.evidence.factwords import FactWords
from wrongfix.evidence.phrases import Hit
from wrongfix.evidence.subjects import Beside, beside_amounts, subject_of
from wrongfix.evidence.words import Words

NEGATION_REACH = 4
"""How many words before a mention may negate it."""

Found = tuple[str, bool | float, int, int]
"""A fact's name and value, its first word and the word behind its last."""
Reads = Callable[[Words, FactWords, str], Iterator[Found]]


def mentions_in(words: Words, known: FactWords, _language: str) -> Iterator[Found]:
    """Yield what one stretch of prose mentions and does not deny."""
    mentions: list[Hit] = []
    negations: list[int] = []
    for hit in known.mentions.find(words):
        if hit.name:
            mentions.append(hit)
        else:
            negations.append(hit.first)
    for hit in _longest(mentions):
        if not _is_negated(hit, negations, words):
            yield hit.name, True, hit.first, hit.last


def amounts_in(words: Words, known: FactWords, language: str) -> Iterator[Found]:
    """Yield the amounts of one stretch of prose that are about something rules ask for."""
    amounts = tuple(amounts_of(words, known.scale, language))
    if not amounts:
        return
    beside = _with_signs(beside_amounts(words, known), amounts, words, known)
    for amount in amounts:
        for facts in known.rivals:
            subject = subject_of(amount, words, beside, facts)
            if subject is not None:
                name, value, last = subject
                yield name, value, amount.first, last
    yield from compared_in(words, amounts, known)


def beside_in(words: Words, known: FactWords, language: str) -> Iterator[Found]:
    """Yield what two numbers of one kind in the cells of a row are."""
    first: dict[str, Amount] = {}
    for amount in amounts_of(words, known.scale, language):
        name = known.compared.get(amount.kind)
        if name is None:
            continue
        one = first.setdefault(name, amount)
        if any("|" in words.gaps[at] for at in range(one.last, amount.first + 1)):
            yield name, round(one.value * known.amounts[name].factor, 6), one.first, one.last
            return


def _with_signs(beside: Beside, amounts: tuple[Amount, ...], words: Words, known: FactWords) -> Beside:
    """Return what stands beside amounts, a sign such as `≥` in front of one telling what a word would."""
    near = [
        Hit(name, amount.first, amount.first) for amount in amounts for name in known.signed(words.gaps[amount.first])
    ]
    return Beside(beside.units, tuple(sorted((*beside.near, *near), key=lambda hit: hit.first)), beside.but)


def _longest(hits: list[Hit]) -> Iterator[Hit]:
    """Yield one hit for each fact and place: of several that begin together the longest."""
    best: dict[tuple[str, int], Hit] = {}
    for hit in hits:
        known = best.get((hit.name, hit.first))
        if known is None or known.last < hit.last:
            best[hit.name, hit.first] = hit
    return iter(best.values())


def _is_negated(hit: Hit, negations: list[int], words: Words) -> bool:
    """Say whether a word just before the mention, in the same part of the sentence, denies it."""
    near = negations[bisect_left(negations, hit.first - NEGATION_REACH) : bisect_left(negations, hit.first)]
    return any(not any(words.pauses_before(index) for index in range(at + 1, hit.first + 1)) for at in near)
