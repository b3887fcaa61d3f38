"""The words of `rules/vocabulary/facts.yaml`, ready for looking up; put together once for each vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import inf
from typing import Any

from wrongfix.evidence.amounts import DAY, Kind, Scale
from wrongfix.evidence.phrases import Phrases
from wrongfix.frozen import dataclass
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


@dataclass(frozen=True)
class FactWords:
    """Everything facts are read with.

    `mentions` holds the phrases of mentioned facts, and the words that negate one under no name.
    `beside` holds what stands beside amounts, each name led by its use: `near:`, `but:`, `unit:` (a unit's name ends in
    what one is worth).
    `keys` leads from a folded key to the facts it states.
    """

    data: Mapping[str, Any]
    mentions: Phrases
    beside: Phrases
    scale: Scale
    amounts: Mapping[str, AmountFact]
    keys: Mapping[str, tuple[str, ...]]
    steps: Phrases
    """What begins a step of a rollout, and the approaches steps are about, as `first:`, `then:` … and `approach:ID`."""


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
    data = key.vocabulary.data("facts")
    keys: dict[str, list[str]] = {}
    for name, entry in (*data["mentions"].items(), *data["amounts"].items()):
        for each in entry["keys"]:
            keys.setdefault(each, []).append(name)
    phases = data["phases"]
    steps = {use: phases[use] for use in ("first", "then", "after", "before", "numbered")}
    steps.update({f"approach:{each}": words for each, words in phases["approaches"].items()})
    return FactWords(
        data=data,
        mentions=Phrases({"": data["negations"], **{name: each["words"] for name, each in data["mentions"].items()}}),
        beside=Phrases(dict(_beside(data))),
        scale=Scale(data),
        amounts={
            name: AmountFact(
                name=name,
                kind=Kind(entry["is"]),
                has_units="units" in entry,
                has_near="near" in entry,
                factor=DAY if entry.get("in") == "seconds" else 1.0,
                most=entry.get("at-most", inf),
            )
            for name, entry in data["amounts"].items()
        },
        keys={each: tuple(names) for each, names in keys.items()},
        steps=Phrases(steps),
    )


def _beside(data: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for name, entry in data["amounts"].items():
        yield f"near:{name}", entry.get("near", [])
        yield f"but:{name}", entry.get("but", [])
        units = entry.get("units", [])
        worth = units if isinstance(units, dict) else dict.fromkeys(units, 1)
        for factor in dict.fromkeys(worth.values()):
            yield f"unit:{name}={factor}", [unit for unit, each in worth.items() if each == factor]
