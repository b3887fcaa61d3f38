"""Finding phrases in words: literals, stems (`chang*`) and gaps (`..`), in time linear in the text; no phrase is a regular expression.

A phrase is written as people write it: hyphens part words, `a|b` allows either word, `..` skips up to four words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

GAP = 4
"""How many words a gap may skip."""
REACH = 40
"""How many words a sentence is followed to either side."""

_WORD = re.compile(r"([^\W_]+)")
_KEY = 4


@dataclass(frozen=True)
class Words:
    """The words of one stretch of prose in lower case, with what stands between them; offsets are the source's."""

    texts: tuple[str, ...]
    gaps: tuple[str, ...]
    """What stands before each word, and after the last."""
    starts: tuple[int, ...]

    def start(self, index: int) -> int:
        """Return the offset at which a word begins."""
        return self.starts[index]

    def end(self, index: int) -> int:
        """Return the offset just behind a word."""
        return self.starts[index] + len(self.texts[index])

    def at(self, offset: int) -> int:
        """Return the index of the first word that begins at the offset or later."""
        return bisect_right(self.starts, offset - 1)

    def sentence(self, index: int) -> tuple[int, int]:
        """Return the first word and the word behind the last of the sentence around a word, within reach."""
        first, last = index, index + 1
        while first > max(0, index - REACH) and not self.ends_before(first):
            first -= 1
        while last < min(len(self.texts), index + REACH) and not self.ends_before(last):
            last += 1
        return first, last

    def ends_before(self, index: int) -> bool:
        """Say whether a sentence ends just before a word."""
        gap = self.gaps[index]
        return len(gap) > 1 and any(sign in gap for sign in ".?!;") and gap[-1].isspace()

    def pauses_before(self, index: int) -> bool:
        """Say whether a comma, colon, dash, bracket or the end of a sentence stands just before a word."""
        return any(sign in self.gaps[index] for sign in ",;:.!?()—–")


def words_of(prose: str, start: int, end: int) -> Words:
    """Return the words of a stretch of prose."""
    parts = _WORD.split(_lowered(prose[start:end]))
    offsets = tuple(accumulate(map(len, parts), initial=start))
    return Words(tuple(parts[1::2]), tuple(parts[0::2]), offsets[1::2][: len(parts) // 2])


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: its name and its words, `first` to `last` exclusive."""

    name: str
    first: int
    last: int


class Phrases:
    """Named lists of phrases, found together in one pass; a phrase is taken apart when its first word is first met."""

    def __init__(self, named: Mapping[str, Iterable[str]]) -> None:
        self._waiting: dict[str, list[tuple[str, str]]] = {}
        self._ready: dict[str, tuple[tuple[str, _Slots], ...]] = {}
        for name, phrases in named.items():
            for phrase in phrases:
                for key in _keys(phrase):
                    self._waiting.setdefault(key, []).append((name, phrase))

    def find(self, words: Words) -> Iterator[Hit]:
        """Yield every phrase that begins at each word, in order."""
        waiting = self._waiting
        for index, word in enumerate(words.texts):
            if word[:_KEY] in waiting:
                yield from self.at(words, index)

    def at(self, words: Words, index: int) -> Iterator[Hit]:
        """Yield every phrase that begins at one word."""
        for name, slots in self._candidates(words.texts[index][:_KEY]):
            last = _match(slots, words, index)
            if last:
                yield Hit(name, index, last)

    def _candidates(self, key: str) -> tuple[tuple[str, _Slots], ...]:
        if key not in self._ready:
            self._ready[key] = tuple(dict.fromkeys((name, slots_of(phrase)) for name, phrase in self._waiting.get(key, ())))
        return self._ready[key]


_Slots = tuple[tuple[tuple[str, bool], ...], ...]
"""For each word of a phrase the words allowed there, each with whether it is a stem; a gap allows none."""


def slots_of(phrase: str) -> _Slots:
    """Return a phrase in parts.

    Raises ValueError for one that begins or ends with a gap and for a stem of less than three letters, four in front.
    """
    slots: list[tuple[tuple[str, bool], ...]] = []
    for part in phrase.lower().split():
        if part == "..":
            slots.append(())
        elif "|" in part:
            slots.append(tuple((word.rstrip("*"), word.endswith("*")) for word in part.split("|")))
        else:
            pieces = _WORD.findall(part)
            slots += [((piece, False),) for piece in pieces[:-1]]
            slots += [((piece, part.endswith("*")),) for piece in pieces[-1:]]
    if not slots or not slots[0] or not slots[-1]:
        raise ValueError(f"a phrase begins and ends with a word: {phrase!r}")
    for at, slot in enumerate(slots):
        if any(stem and len(word) < (3 if at else _KEY) for word, stem in slot):
            raise ValueError(f"a stem has three letters or more, at the beginning of a phrase four: {phrase!r}")
    return tuple(slots)


def _keys(phrase: str) -> set[str]:
    first = phrase.split(maxsplit=1)[0].lower()
    return {(_WORD.findall(word) or [word])[0][:_KEY] for word in first.split("|")}


def _match(slots: _Slots, words: Words, index: int) -> int:
    """Return the word behind the phrase if it stands at the word, else 0."""
    at = index
    skip = 0
    for slot in slots:
        if not slot:
            skip = GAP
            continue
        for ahead in range(at, min(at + skip + 1, len(words.texts))):
            if ahead > index and words.ends_before(ahead):
                return 0
            if _fits(slot, words.texts[ahead]):
                at = ahead + 1
                break
        else:
            return 0
        skip = 0
    return at


def _fits(slot: tuple[tuple[str, bool], ...], text: str) -> bool:
    return any(text.startswith(word) if stem else text == word for word, stem in slot)


def _lowered(text: str) -> str:
    """Return the text in lower case with its length kept."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
