"""How likely a sentence chooses what it names: by its words, its frame and the signs in it; it names no approach.

The frame of a sentence is its common words in order, with all others reduced to their endings: it is the same whatever
is chosen, so that what tells a choice from a mention in one field tells it in another.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import exp, sqrt

from wrongfix.evidence.lexicon import Hit
from wrongfix.evidence.stance import Surroundings, mood_of, stance_of
from wrongfix.frozen import dataclass, field

LONGEST_RUN = 4
_START, _END, _OTHER, _NUMBER = 1, 2, 3, 4
_ENDINGS = (("ing", 5), ("ed", 6))
FIRST_WORD = 7
"""The number of the first common word."""

_BITS = 10
MOST_WORDS = (1 << _BITS) - FIRST_WORD


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """What tells a choice from a mention: the common words by number, the weights of runs and those of signs.

    `slope` and `intercept` make a chance of the sum.
    """

    common: Mapping[str, int] = field(repr=False)
    runs: array[int] = field(repr=False)
    """The keys of all runs that have a weight, in order."""
    weights: array[float] = field(repr=False)
    signs: Mapping[str, float] = field(repr=False)
    slope: float
    intercept: float

    def of_frame(self, words: Iterable[str]) -> float:
        """Return what the frame of a sentence weighs, made independent of its length."""
        runs, found = self.runs, []
        for key in runs_of(words, self.common):
            at = bisect_left(runs, key)
            if at < len(runs) and runs[at] == key:
                found.append(self.weights[at])
        return sum(found) / sqrt(len(found)) if found else 0.0

    def chance(self, heard: float, signs: Iterable[str]) -> float:
        """Return how likely something is chosen, for what words and frame weigh and for the signs."""
        known = self.signs
        total = heard + sum(known.get(sign, 0.0) for sign in signs)
        return 1 / (1 + exp(-self.intercept - self.slope * total))


def runs_of(words: Iterable[str], common: Mapping[str, int]) -> set[int]:
    """Return the runs of one to four places in the frame of a sentence, each as one number."""
    frame = [_START, *_reduced(words, common), _END]
    found: set[int] = set()
    for at in range(len(frame)):
        key = 0
        for place in frame[at : at + LONGEST_RUN]:
            key = key << _BITS | place
            found.add(key)
    return found


def _reduced(words: Iterable[str], common: Mapping[str, int]) -> Iterator[int]:
    """Yield the places of a frame; several other words in a row make one."""
    last = _START
    for word in words:
        place = common.get(word) or _place(word)
        if place != _OTHER or last != _OTHER:
            yield place
        last = place


def _place(word: str) -> int:
    if word[:1].isdigit():
        return _NUMBER
    return next((place for ending, place in _ENDINGS if word.endswith(ending)), _OTHER)


def signs_of(hits: Sequence[Hit], around: Surroundings) -> set[str]:
    """Return the signs in a sentence: its cues, its mood, and how it stands to each name in it."""
    signs = {f"cue {cue.id}" for cue in around.cues}
    signs.add(f"mood {mood_of(around)}")
    signs.update(f"name {stance_of(hit, around)}" for hit in hits)
    if around.struck:
        signs.add("struck")
    return signs
