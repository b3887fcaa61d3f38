"""Reading the facts rules ask for: what is mentioned, amounts, phases; failures and choices are not its concern.

Words, units and keys stand in `rules/vocabulary/facts.yaml`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping

from wrongfix.evidence.amounts import amounts_of
from wrongfix.evidence.factwords import FactWords, fact_words
from wrongfix.evidence.model import Fact
from wrongfix.evidence.phases import phases_of
from wrongfix.evidence.phrases import Hit, Words
from wrongfix.evidence.statedfacts import stated_facts
from wrongfix.evidence.stretches import stretches_of
from wrongfix.evidence.subjects import beside_amounts, subject_of
from wrongfix.record.model import Record
from wrongfix.text import Span
from wrongfix.vocabulary import Vocabulary

NEGATION_REACH = 4
"""How many words before a mention may negate it."""


def read_facts(record: Record, vocabulary: Vocabulary) -> Mapping[str, tuple[Fact, ...]]:
    """Return the facts of a record by name, stated ones first; a name for which nothing was read is absent."""
    known = fact_words(vocabulary)
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in stated_facts(record, known):
        found[fact.name].append(fact)
    for words, has_amounts in stretches_of(record):
        for fact in _told(words, known, record.language, has_amounts=has_amounts):
            found[fact.name].append(fact)
    if not found["phases"]:
        found["phases"] = list(phases_of(record, known))
    return {name: tuple(facts) for name, facts in found.items() if facts}


def _told(words: Words, known: FactWords, language: str, *, has_amounts: bool) -> Iterator[Fact]:
    """Yield what one stretch of prose says."""
    mentions: list[Hit] = []
    negations: list[int] = []
    for hit in known.mentions.find(words):
        if hit.name:
            mentions.append(hit)
        else:
            negations.append(hit.first)
    for hit in _longest(mentions):
        if not _is_negated(hit, negations, words):
            yield Fact(hit.name, Span(words.start(hit.first), words.end(hit.last - 1)), value=True)
    amounts = tuple(amounts_of(words, known.scale, language)) if has_amounts else ()
    if amounts:
        beside = beside_amounts(words, known)
        for amount in amounts:
            subject = subject_of(amount, words, beside, known.amounts)
            if subject is not None:
                name, value, last = subject
                yield Fact(name, Span(words.start(amount.first), words.end(last - 1)), value)


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
