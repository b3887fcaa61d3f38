"""The words of `rules/vocabulary/facts.yaml`, ready for looking up; put together once for each vocabulary."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property, lru_cache
from math import inf
from typing import Any

from wrongfix.evidence.amounts import Kind
from wrongfix.evidence.numbers import DAY, Scale
from wrongfix.evidence.phrases import Phrases, begun_by
from wrongfix.evidence.words import words_of
from wrongfix.frozen import dataclass
from wrongfix.text import Span
from wrongfix.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class AmountFact:
    """A fact with a number: what kind of amount it is, and whether it needs its unit or a telling word to be known.

    `factor` turns days into the fact's own unit of time; `most` is the largest value that makes sense.
    """

    name: str
    kind: Kind
    has_units: bool
    has_near: bool
    factor: float = 1.0
    most: float = inf


RememberedFact = tuple[str, Any, int, int, int, int]
"""Name, value, and twice which part of a stretch it is in and where there: for its beginning and its end."""


class FactWords:
    """Everything facts are read with, each part put together when it is first needed."""

    def __init__(self, data: Mapping[str, Any], begun: Mapping[str, Any] | None = None) -> None:
        """Take the content of the file, and what `begun_by_words` says of it where that was worked out before."""
        self.data = data
        self._begun = begun or {}
        self.remembered: dict[tuple[str, ...], tuple[RememberedFact, ...]] = {}
        """The facts of stretches read of late, by how they were read, language and text."""
        self.scale = Scale(data)

    @cached_property
    def mentions(self) -> Phrases:
        """Return the phrases of mentioned facts, and the words that negate one under no name."""
        return Phrases(_mentioned(self.data), self._begun.get("mentions"))

    @cached_property
    def beside(self) -> Phrases:
        """Return what stands beside amounts, each name led by its use: `near:`, `but:`, `unit:NAME=WORTH`."""
        return Phrases(dict(_beside(self.data)), self._begun.get("beside"))

    @cached_property
    def steps(self) -> Phrases:
        """Return what begins a step of a rollout, `first`, `then` …, and `approach:ID` for what steps are about."""
        phases = self.data["phases"]
        uses = {use: phases[use] for use in ("first", "then", "after", "before", "numbered")}
        return Phrases(uses | {f"approach:{each}": words for each, words in phases["approaches"].items()})

    @cached_property
    def amounts(self) -> Mapping[str, AmountFact]:
        """Return the facts with a number, by name."""
        return {
            name: AmountFact(
                name=name,
                kind=Kind(entry["is"]),
                has_units="units" in entry,
                has_near="near" in entry,
                factor=DAY if entry.get("in") == "seconds" else 1.0,
                most=entry.get("at-most", inf),
            )
            for name, entry in self.data["amounts"].items()
        }

    @cached_property
    def rivals(self) -> tuple[Mapping[str, AmountFact], ...]:
        """Return the facts with a number in groups: of each group one at most takes an amount."""
        groups: dict[str, dict[str, AmountFact]] = {}
        for name, fact in self.amounts.items():
            groups.setdefault(self.data["amounts"][name].get("among", ""), {})[name] = fact
        return tuple(groups.values())

    @cached_property
    def compared(self) -> Mapping[Kind, str]:
        """Return which fact two numbers of a kind set beside each other are."""
        entries = self.data["amounts"].items()
        return {Kind(entry["is"]): name for name, entry in entries if entry.get("compared")}

    @cached_property
    def comparing(self) -> Phrases:
        """Return the words that set two numbers beside each other."""
        return Phrases({"": self.data["comparisons"]["words"]})

    def signed(self, gap: str) -> Iterator[str]:
        """Yield the facts a number belongs to for the sign that stands before it, as in `≥ 88 %`."""
        sign = gap.rstrip(" ~$€£")
        if not sign or any(sign.endswith(arrow) for arrow in self.data["comparisons"]["arrows"]):
            return
        for name, entry in self.data["amounts"].items():
            if any(sign.endswith(each) for each in entry.get("signs", ())):
                yield name

    def is_unmeasured(self, prose: str, span: Span) -> bool:
        """Say whether a column's heading names no measurement: a target, a weight, a change."""
        words = words_of(prose, span.start, span.end)
        return next(self._unmeasured.find(words), None) is not None

    @cached_property
    def _unmeasured(self) -> Phrases:
        return Phrases({"": self.data["comparisons"]["unmeasured"]})

    def roles(self, name: str) -> Collection[str]:
        """Return the roles of the sections a mentioned fact counts in; nothing where it counts in all."""
        return frozenset(self.data["mentions"][name].get("roles", ()))

    def told_in(self, name: str) -> frozenset[str]:
        """Return where else than in its own prose a record tells a fact: `code`, `quotation`."""
        entry = self.data["amounts"].get(name) or self.data["mentions"][name]
        return frozenset(entry.get("also-in", ()))

    @cached_property
    def keys(self) -> Mapping[str, tuple[str, ...]]:
        """Return the facts each key states."""
        keys: dict[str, tuple[str, ...]] = {}
        for name, entry in (*self.data["mentions"].items(), *self.data["amounts"].items()):
            for each in entry["keys"]:
                keys[each] = (*keys.get(each, ()), name)
        return keys


def fact_words(vocabulary: Vocabulary) -> FactWords:
    """Return the words of a vocabulary; the last few vocabularies are remembered."""
    return _put_together(_Same(vocabulary))


class _Same:
    """A vocabulary as a key: equal only to itself."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def __hash__(self) -> int:
        return id(self.vocabulary)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.vocabulary is self.vocabulary


@lru_cache(maxsize=4)
def _put_together(key: _Same) -> FactWords:
    return FactWords(key.vocabulary.data("facts"), key.vocabulary.data("begun-facts"))


def begun_by_words(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the longest lists of the file by how their phrases begin: packing works it out so that no start has to."""
    return {"mentions": begun_by(_mentioned(data)), "beside": begun_by(dict(_beside(data)))}


def _mentioned(data: Mapping[str, Any]) -> dict[str, list[str]]:
    return {"": data["negations"], **{name: entry["words"] for name, entry in data["mentions"].items()}}


def _beside(data: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for name, entry in data["amounts"].items():
        yield f"near:{name}", entry.get("near", [])
        yield f"but:{name}", entry.get("but", [])
        units = entry.get("units", [])
        worth = units if isinstance(units, dict) else dict.fromkeys(units, 1)
        for factor in dict.fromkeys(worth.values()):
            yield f"unit:{name}={factor}", [unit for unit, each in worth.items() if each == factor]
