"""What the frame of a sentence and the signs in it tell of a choice or a failure; it names neither.

The frame of a sentence is its common words in order, with all others reduced to their endings: it is the same whatever
is chosen, so that what tells a choice from a mention in one field tells it in another.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import sqrt

from wrongfix.evidence.lexicon import Hit
from wrongfix.evidence.stance import Surroundings, mood_of, stance_of
from wrongfix.frozen import dataclass, field

LONGEST_RUN = 4
_START, _END, _OTHER, _NUMBER = 1, 2, 3, 4
_ENDINGS = (("ing", 5), ("ed", 6))
FIRST_WORD = 7
"""The number of the first common word."""

UNKNOWN_RUN = (0.0, 0.0)
_MOST_RUNS = 200_000
"""So many are remembered before remembering starts anew."""

_BITS = 10
MOST_WORDS = (1 << _BITS) - FIRST_WORD


class Runs(dict[int, tuple[float, float]]):
    """What runs weigh for something being chosen and for something failing, each looked up when first asked for."""

    __slots__ = ("_keys", "_weights")

    def __init__(self, keys: Sequence[int], weights: Sequence[float]) -> None:
        """Take all keys in order, and two weights for each."""
        super().__init__()
        self._keys, self._weights = keys, weights

    def __missing__(self, key: int) -> tuple[float, float]:
        """Return the weights of a run, none for one never learned, and keep them."""
        if len(self) >= _MOST_RUNS:
            self.clear()
        keys, weights = self._keys, self._weights
        at = bisect_left(keys, key)
        known = at < len(keys) and keys[at] == key
        self[key] = found = (weights[2 * at], weights[2 * at + 1]) if known else UNKNOWN_RUN
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """The common words by number, the weights of runs for choices and for failures, and of signs for choices."""

    common: Mapping[str, int] = field(repr=False)
    runs: Runs = field(repr=False)
    signs: Mapping[str, float] = field(repr=False)

    def weigh(self, words: Iterable[str]) -> tuple[float, float]:
        """Return what a frame weighs for something being chosen and for something failing, whatever its length."""
        found = [
            weights for weights in map(self.runs.__getitem__, runs_of(words, self.common)) if weights is not UNKNOWN_RUN
        ]
        if not found:
            return UNKNOWN_RUN
        root = sqrt(len(found))
        choice, failing = map(sum, zip(*found, strict=True))
        return choice / root, failing / root

    def of_signs(self, signs: Iterable[str]) -> float:
        """Return what signs weigh for something being chosen."""
        known = self.signs
        return sum(known.get(sign, 0.0) for sign in signs)


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
    stances = [stance_of(hit, around) for hit in hits]
    signs.update(f"name {stance}" for stance in stances)
    signs.update(f"then {one} {other}" for one, other in pairwise(stances) if one is not other)
    if around.struck:
        signs.add("struck")
    return signs
