"""Reading the facts rules ask for: what is mentioned, amounts, phases; failures and choices are not its concern.

Words, units and keys stand in `rules/vocabulary/facts.yaml`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, reduce

from wrongfix.evidence.compared import rows_of
from wrongfix.evidence.factwords import FactWords, RememberedFact, fact_words
from wrongfix.evidence.model import Fact
from wrongfix.evidence.phases import phases_of
from wrongfix.evidence.statedfacts import stated_facts
from wrongfix.evidence.stretches import Stretch, stretches_of
from wrongfix.evidence.toldfacts import Reads, amounts_in, beside_in, mentions_in
from wrongfix.evidence.untold import LISTING, Untold, listings_of
from wrongfix.evidence.words import Words, words_of
from wrongfix.record.model import Block, BlockKind, Record
from wrongfix.text import Span
from wrongfix.vocabulary import Vocabulary

PHASES = "phases"
_MOST_REMEMBERED = 500
"""So many stretches are remembered with their facts: while somebody types, all but one stay as they are."""


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
        prose = (
            fact
            for each in self._stretches
            if each.mentions
            for fact in _facts_in(each, self._record, self._known, mentions_in)
            if self._may_stand(fact)
        )
        return _by_name((*prose, *self._listed()))

    def _listed(self) -> Iterator[Fact]:
        """Yield the facts that blocks of code may tell."""
        for span in listings_of(self._record):
            words = words_of(self._record.source.text, span.start, span.end)
            for name, value, first, last in mentions_in(words, self._known, self._record.language):
                if LISTING in self._known.told_in(name):
                    yield Fact(name, Span(words.start(first), words.end(last - 1)), value)

    def _may_stand(self, fact: Fact) -> bool:
        """Say whether a fact that counts in some sections only stands in one of those, and in no heading."""
        roles = self._known.roles(fact.name)
        if not roles:
            return True
        at = bisect_right(self._record.blocks, fact.span.start, key=_start) - 1
        block = self._record.blocks[at]
        return block.kind is not BlockKind.HEADING and self._record.role(block) in roles

    @cached_property
    def _amounts(self) -> Mapping[str, list[Fact]]:
        rows = (Stretch(row, mentions=False, amounts=True) for row in rows_of(self._record, self._known))
        read = ((each, amounts_in) for each in self._stretches if each.amounts)
        return _by_name(
            fact
            for each, how in (*read, *((row, beside_in) for row in rows))
            for fact in _facts_in(each, self._record, self._known, how)
        )

    @cached_property
    def _phases(self) -> tuple[Fact, ...]:
        return tuple(phases_of(self._record, self._known))


def _start(block: Block) -> int:
    return block.span.start


def _some(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    if not facts:
        raise KeyError
    return facts


def _by_name(facts: Iterable[Fact]) -> Mapping[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.name, []).append(fact)
    return found


def _facts_in(stretch: Stretch, record: Record, known: FactWords, read: Reads) -> list[Fact]:
    """Return the facts of one stretch of prose; what was read in the same words before is remembered."""
    prose, text, parts = record.prose, record.source.text, stretch.parts
    key = (
        read.__name__,
        record.language,
        *[prose[part.start : part.end] for part in parts],
        *[text[max(0, part.start - 1) : part.end] for part in parts],
    )
    found = known.remembered.get(key)
    if found is None:
        if len(known.remembered) >= _MOST_REMEMBERED:
            known.remembered.clear()
        found = known.remembered[key] = tuple(_placed(stretch, record, known, read))
    return [
        Fact(name, Span(parts[one].start + start, parts[other].start + end), value)
        for name, value, one, start, other, end in found
    ]


def _placed(stretch: Stretch, record: Record, known: FactWords, read: Reads) -> Iterator[RememberedFact]:
    """Yield facts by name and value, with the parts they begin and end in and the places in those."""
    words = reduce(_joined, [words_of(record.prose, part.start, part.end) for part in stretch.parts])
    untold: Untold | None = None
    for name, value, first, last in read(words, known, record.language):
        untold = untold or Untold(record, stretch.parts)
        begin, end = words.start(first), words.end(last - 1)
        if untold.kinds(begin, end - 1) <= known.told_in(name):
            yield name, value, *_place(begin, stretch), *_place(end, stretch)


def _joined(some: Words, more: Words) -> Words:
    """Return the words of two parts with a bar between, and the signs that stand on either side of it."""
    gaps = (*some.gaps[:-1], f"{some.gaps[-1]} | {more.gaps[0]}", *more.gaps[1:])
    return Words(some.texts + more.texts, gaps, some.starts + more.starts)


def _place(offset: int, stretch: Stretch) -> tuple[int, int]:
    return next(
        (number, offset - part.start) for number, part in enumerate(stretch.parts) if part.start <= offset <= part.end
    )
