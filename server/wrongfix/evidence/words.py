"""Prose as words: lower case, with what stands between them, and where sentences end; it knows no language.

Offsets are those of the source, also where a letter has another length in lower case.
"""

from __future__ import annotations

import re
from itertools import accumulate

from wrongfix.frozen import dataclass

REACH = 40
"""How many words a sentence is followed to either side."""

_WORD = re.compile(r"([^\W_]+)")


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

    def __add__(self, other: Words) -> Words:
        """Return these words followed by others from elsewhere, with a bar between."""
        return Words(self.texts + other.texts, (*self.gaps[:-1], " | ", *other.gaps[1:]), self.starts + other.starts)

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
        return gap != " " and len(gap) > 1 and any(sign in gap for sign in ".?!;") and gap[-1].isspace()

    def pauses_before(self, index: int) -> bool:
        """Say whether a comma, colon, dash, bracket or the end of a sentence stands just before a word."""
        return any(sign in self.gaps[index] for sign in ",;:.!?()—–")


def words_of(prose: str, start: int, end: int) -> Words:
    """Return the words of a stretch of prose."""
    parts = _WORD.split(_lowered(prose[start:end]))
    offsets = tuple(accumulate(map(len, parts), initial=start))
    return Words(tuple(parts[1::2]), tuple(parts[0::2]), offsets[1::2][: len(parts) // 2])


def _lowered(text: str) -> str:
    """Return the text in lower case with its length kept."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
