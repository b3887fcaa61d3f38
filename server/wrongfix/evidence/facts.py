"""Reading the facts rules ask for: what is mentioned, amounts, phases; failures and choices are not its concern.

Words, units and keys stand in `rules/vocabulary/facts.yaml`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, reduce
from operator import add

from wrongfix.evidence.amounts import amounts_of
from wrongfix.evidence.factwords import FactWords, RememberedFact, fact_words
from wrongfix.evidence.model import Fact
from wrongfix.evidence.phases import phases_of
from wrongfix.evidence.phrases import Hit
from wrongfix.evidence.statedfacts import stated_facts
from wrongfix.evidence.stretches import Stretch, stretches_of
from wrongfix.evidence.subjects import beside_amounts, subject_of
from wrongfix.evidence.words import Words, words_of
from wrongfix.record.model import Record
from wrongfix.text import Span
from wrongfix.vocabulary import Vocabulary

PHASES = "phases"
_MOST_REMEMBERED = 500
"""So many stretches are remembered with their facts: while somebody types, all but one stay as they are."""

NEGATION_REACH = 4
"""How many words before a mention may negate it."""


def read_facts(record: Record, vocabulary: Vocabulary) -> Mapping[str, tuple[Fact, ...]]:
    """Return the facts of a record by name, stated ones first; a name for which nothing was read is absent.

    Mentions, amounts and phases are each read when the first fact of their kind is asked for.
    """
    return _Facts(record, fact_words(vocabulary), vocabulary)


class _Facts(Mapping[str, tuple[Fact, ...]]):
    def __init__(self, record: Record, known: FactWords, vocabulary: Vocabulary) -> None:
        self._record = record
        self._known = known
        self._vocabulary = vocabulary

    def __getitem__(self, name: str) -> tuple[Fact, ...]:
        if name == PHASES:
            return _some(self._phases)
        kind = self._amounts if name in self._known.amounts else self._mentions
        return _some((*self._stated.get(name, ()), *kind.get(name, ())))

    def __iter__(self) -> Iterator[str]:
        names = dict.fromkeys((*self._stated, *self._mentions, *self._amounts))
        return iter([*names, PHASES] if self._phases else names)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @cached_property
    def _stretches(self) -> tuple[Stretch, ...]:
        return tuple(stretches_of(self._record, self._vocabulary))

    @cached_property
    def _stated(self) -> Mapping[str, list[Fact]]:
        return _by_name(stated_facts(self._record, self._known))

    @cached_property
    def _mentions(self) -> Mapping[str, list[Fact]]:
        return _by_name(
            fact
            for each in self._stretches
            if each.mentions
            for fact in _facts_in(each, self._record, self._known, _mentioned)
        )

    @cached_property
    def _amounts(self) -> Mapping[str, list[Fact]]:
        return _by_name(
            fact
            for each in self._stretches
            if each.amounts
            for fact in _facts_in(each, self._record, self._known, _counted)
        )

    @cached_property
    def _phases(self) -> tuple[Fact, ...]:
        return tuple(phases_of(self._record, self._known))


def _some(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    if not facts:
        raise KeyError
    return facts


def _by_name(facts: Iterable[Fact]) -> Mapping[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.name, []).append(fact)
    return found


_Found = tuple[str, bool | float, int, int]
"""A fact's name and value, its first word and the word behind its last."""


def _facts_in(
    stretch: Stretch, record: Record, known: FactWords, read: Callable[[Words, FactWords, str], Iterator[_Found]]
) -> list[Fact]:
    """Return the facts of one stretch of prose; what was read in the same words before is remembered."""
    prose, parts = record.prose, stretch.parts
    key = (read.__name__, record.language, *[prose[part.start : part.end] for part in parts])
    found = known.remembered.get(key)
    if found is None:
        if len(known.remembered) >= _MOST_REMEMBERED:
            known.remembered.clear()
        found = known.remembered[key] = tuple(_placed(stretch, record, known, read))
    return [
        Fact(name, Span(parts[one].start + start, parts[other].start + end), value)
        for name, value, one, start, other, end in found
    ]


def _placed(
    stretch: Stretch, record: Record, known: FactWords, read: Callable[[Words, FactWords, str], Iterator[_Found]]
) -> Iterator[RememberedFact]:
    """Yield facts by name and value, with the parts they begin and end in and the places in those."""
    words = reduce(add, [words_of(record.prose, part.start, part.end) for part in stretch.parts])
    for name, value, first, last in read(words, known, record.language):
        yield name, value, *_place(words.start(first), stretch), *_place(words.end(last - 1), stretch)


def _place(offset: int, stretch: Stretch) -> tuple[int, int]:
    return next(
        (number, offset - part.start) for number, part in enumerate(stretch.parts) if part.start <= offset <= part.end
    )


def _mentioned(words: Words, known: FactWords, _language: str) -> Iterator[_Found]:
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


def _counted(words: Words, known: FactWords, language: str) -> Iterator[_Found]:
    """Yield the amounts of one stretch of prose that are about something rules ask for."""
    amounts = tuple(amounts_of(words, known.scale, language))
    beside = beside_amounts(words, known) if amounts else None
    for amount in amounts:
        subject = subject_of(amount, words, beside, known.amounts) if beside else None
        if subject is not None:
            name, value, last = subject
            yield name, value, amount.first, last


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
