"""What a linear model hears in one short text: failures, approaches and stance, each with its words.

It weighs words and nothing else: section, negation and mode are read around it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from math import exp, log, sqrt
from operator import mul

from wrongfix.evidence.tokens import END, START, places, words
from wrongfix.evidence.trust import RIVALS_BEYOND, RIVALS_WITHIN, support
from wrongfix.evidence.weights import MAGIC, UNKNOWN, Kind, Model, load
from wrongfix.frozen import dataclass, field
from wrongfix.text import Span

__all__ = ["MAGIC", "Heard", "Kind", "Model", "Reading", "load", "read_all"]

_ZERO = 128
"""The byte that stands for weight 0."""

_ADDENDS = 257
"""So many bytes of 255 fit into a sum of two bytes."""

_MOST_REMEMBERED = 500
"""So many texts are remembered with what was heard in them: while somebody types, all but one stay as they are."""

_MOST_WORDS = 4
_FEWEST_WORDS = 3
"""A text of fewer words states nothing by itself; a name in it is for those who know names."""

_TELLING = 0.25
"""A term is named when it carries at least this share of what the strongest term carries."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One failure tag or approach heard in a text.

    `score` lies between 0 and 1 and is the share of such readings that were right in cross-validation.
    """

    id: str
    score: float
    tell: Callable[[], tuple[Span, ...]] = field(repr=False)

    @property
    def words(self) -> tuple[Span, ...]:
        """Return the places of the most telling words; they are sought when asked for, as few readings are believed."""
        return self.tell()


@dataclass(frozen=True, slots=True)
class Heard:
    """All that was heard in one text, best first."""

    failures: tuple[Reading, ...]
    approaches: tuple[Reading, ...]
    _scored: _Scored = field(repr=False)

    @property
    def tells(self) -> bool:
        """Say whether enough of its words are known to tell anything."""
        return bool(self._scored.weighed.scores)

    def choice(self, signs: Iterable[str]) -> float:
        """Return how likely something is chosen, given the signs found in the text."""
        return self._scored.choice(signs) if self.tells else 0.0

    @property
    def others(self) -> tuple[str, ...]:
        """Return the other stances, the likeliest first."""
        return self._scored.others


def read_all(model: Model, text: str, start: int, end: int) -> Heard:
    """Return failures, approaches and stances; what was heard in the same words before is remembered."""
    said = text[start:end]
    scored = model.remembered.get(said)
    if scored is None:
        if len(model.remembered) >= _MOST_REMEMBERED:
            model.remembered.clear()
        weighed = _weigh(model, said)
        failures, approaches = (_best(kind, model, weighed) for kind in (model.failures, model.approaches))
        scored = model.remembered[said] = _Scored(model, weighed, failures, approaches)

    if not scored.failures and not scored.approaches:
        return Heard((), (), scored)

    def at_place(readings: tuple[_Best, ...]) -> tuple[Reading, ...]:
        return tuple(
            Reading(name, chance, partial(_telling, model, lane, scored.weighed, start))
            for name, chance, lane in readings
        )

    return Heard(at_place(scored.failures), at_place(scored.approaches), scored)


_Best = tuple[str, float, int]
"""An id, how likely it is right, and its lane."""


@dataclass(frozen=True, eq=False)
class _Weighed:
    """A text with its rows in order, how many stood there after each word, each score, and what a byte is worth."""

    model: Model = field(repr=False)
    text: str
    rows: list[int]
    ends: list[int]
    different: set[int]
    scores: list[float]
    factor: float

    @cached_property
    def frame(self) -> tuple[float, float]:
        """Return what the frame weighs for something being chosen and for something failing."""
        return self.model.frames.weigh(words(self.text))

    def added(self, lane: int) -> Iterator[float]:
        """Yield what each row adds to the score of a lane, beyond what it adds to nothing being said."""
        table, lanes, nothing, factor = self.model.rows, self.model.lanes, self.model.nothing, self.factor
        for row in self.different:
            yield (table[row * lanes + lane] - table[row * lanes + nothing]) * factor


@dataclass(frozen=True, eq=False)
class _Scored:
    """What was heard in some words, wherever they stand; few are asked whether they choose something."""

    model: Model = field(repr=False)
    weighed: _Weighed
    failures: tuple[_Best, ...]
    approaches: tuple[_Best, ...]
    choices: dict[frozenset[str], float] = field(default_factory=dict, repr=False)
    """How likely something is chosen, by the signs it was asked with before."""

    def choice(self, signs: Iterable[str]) -> float:
        """Return how likely something is chosen."""
        found = frozenset(signs)
        if (known := self.choices.get(found)) is None:
            known = self.choices[found] = self._choice(found)
        return known

    def _choice(self, signs: frozenset[str]) -> float:
        model, weighed = self.model, self.weighed
        first, *others = weighed.scores[model.stances.lanes.start : model.stances.lanes.stop]
        first += weighed.frame[0] + model.frames.of_signs(sorted(signs))
        return model.stances.trees.chance((first, *others, *_margins(model.approaches, model, weighed)))

    @cached_property
    def others(self) -> tuple[str, ...]:
        """Return the stances other than that of a choice, the likeliest first."""
        kind, scores = self.model.stances, self.weighed.scores
        if not scores:
            return ()
        ranked = sorted(zip(kind.lanes[1:], kind.ids[1:], strict=True), key=lambda lane: -scores[lane[0]])
        return tuple(name for _, name in ranked)


def _weigh(model: Model, text: str) -> _Weighed:
    found = words(text)
    rows, ends = _walk(model, found) if len(found) >= _FEWEST_WORDS else ([], [])
    different = set(rows)
    scores, factor = _scores(model, different)
    return _Weighed(model, text, rows, ends, different, scores, factor)


def _walk(model: Model, found: list[str]) -> tuple[list[int], list[int]]:
    row_of, pair_of, beginnings = model.words, model.pairs, model.beginnings
    rows: list[int] = []
    ends: list[int] = []
    last = row_of[START]
    found.append(END)
    for word in found:
        row = row_of[word]
        if row >= beginnings or row == UNKNOWN:
            last = UNKNOWN
            if row != UNKNOWN:
                rows.append(row)
        else:
            rows.append(row)
            if last != UNKNOWN and (pair := pair_of[last << 16 | row]) != UNKNOWN:
                rows.append(pair)
            last = row
        ends.append(len(rows))
    return rows, ends


def _scores(model: Model, rows: set[int]) -> tuple[list[float], float]:
    """Return the score of each lane, and what a byte is worth, so that scores do not depend on the text's length."""
    if not rows:
        return [], 0.0
    *sums, length = _sums(model, rows)
    if not length:
        return [], 0.0
    factor, ground = model.scale / sqrt(length), _ZERO * len(rows)
    scores = [(total - ground) * factor + intercept for total, intercept in zip(sums, model.intercepts, strict=True)]
    return scores, factor


def _sums(model: Model, rows: set[int]) -> list[int]:
    lanes, addends = model.lanes, list(map(model.wide.__getitem__, rows))
    # two bytes a lane hold the sum of so many rows and no more
    parts = [sum(addends[at : at + _ADDENDS]) for at in range(0, len(addends), _ADDENDS)]
    columns = [memoryview(part.to_bytes(2 * lanes, sys.byteorder)).cast("H").tolist() for part in parts]
    if sys.byteorder == "big":
        columns = [column[::-1] for column in columns]
    return columns[0] if len(columns) == 1 else [sum(column) for column in zip(*columns, strict=True)]


def _best(kind: Kind, model: Model, weighed: _Weighed) -> tuple[_Best, ...]:
    """Return the best reading of a kind, and the next best where it is likely too; nothing below the kind's floor."""
    scores, lanes = weighed.scores, kind.lanes
    if not scores:
        return ()
    margins = _margins(kind, model, weighed)
    guess = _guess(kind, margins)
    if guess < kind.asked:
        return ()
    own = sorted(scores[lanes.start : lanes.stop], reverse=True)
    others = sorted((*scores[model.rivals.start : lanes.start], *scores[lanes.stop : model.rivals.stop]), reverse=True)
    rivals = (*own[1 : 1 + RIVALS_WITHIN], *others[:RIVALS_BEYOND])
    first = scores.index(own[0], lanes.start, lanes.stop)
    fails = scores[model.fails] + weighed.frame[1]
    chance = kind.trees.chance((*margins, *rivals, fails, *support(weighed.added(first))))
    if chance < kind.floor:
        return ()
    found = [(kind.ids[first - lanes.start], chance, first)]
    lead = margins[1]
    next_chance = min(chance, _guess(kind, (own[1], -lead, margins[2] - lead, margins[3] - lead, *margins[4:])))
    if next_chance >= kind.floor and own[1] < own[0]:
        second = scores.index(own[1], lanes.start, lanes.stop)
        found.append((kind.ids[second - lanes.start], next_chance, second))
    return tuple(found)


def _margins(kind: Kind, model: Model, weighed: _Weighed) -> tuple[float, ...]:
    """Return the score of the best label, how far it lies above its rivals, and how much was known of the text."""
    scores, lanes = weighed.scores, kind.lanes
    next_best, best = sorted(scores[lanes.start : lanes.stop])[-2:]
    other = max(*scores[model.rivals.start : lanes.start], *scores[lanes.stop : model.rivals.stop])
    sizes = log(len(weighed.ends)), log(len(weighed.different))
    return best, best - next_best, best - scores[model.nothing], best - other, *sizes


def _guess(kind: Kind, margins: Iterable[float]) -> float:
    return 1 / (1 + exp(-kind.intercept - sum(map(mul, kind.slopes, margins))))


def _telling(model: Model, lane: int, weighed: _Weighed, start: int) -> tuple[Span, ...]:
    """Return where the words stand that speak most for the lane and against nothing being said.

    A pair of words carries its weight through both of them.
    """
    table, lanes, nothing, singles = model.rows, model.lanes, model.nothing, model.singles
    carried = [0] * len(weighed.ends)
    last = 0
    for word, end in enumerate(weighed.ends):
        for row in weighed.rows[last:end]:
            at = row * lanes
            weight = table[at + lane] - table[at + nothing]
            carried[word] += weight
            if row >= singles:
                carried[word - 1] += weight
        last = end
    # before the first word stands its mark, which shares the last place with the mark after the last word
    carried.pop()
    ranked = sorted(range(len(carried)), key=carried.__getitem__, reverse=True)[:_MOST_WORDS]
    least = max(carried[ranked[0]] * _TELLING, 1)
    found = list(places(weighed.text, 0, len(weighed.text)))
    spans = (found[word][1:] for word in sorted(ranked) if carried[word] >= least)
    return tuple(Span(start + first, start + last) for first, last in spans)
