"""Reading numbers in words and digits: `1.2M`, `1,000`, `1.000`, `two hundred`; what they count is not its concern."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from wrongfix.evidence.phrases import Phrases
from wrongfix.evidence.words import Words
from wrongfix.frozen import dataclass

GROUPS = 8
"""How many groups of digits make one number at most."""
DAY = 86_400
"""Seconds."""

_GLUED = re.compile(r"(\d+)([^\W\d_]*)")


@dataclass(frozen=True)
class Scale:
    """The words amounts are written with, as `rules/vocabulary/facts.yaml` lists them, times in seconds."""

    data: Mapping[str, Any]

    @cached_property
    def starts(self) -> frozenset[str]:
        """Return the words an amount may begin with; digits begin one too."""
        phrases = (*self.data["numbers"], *self.data["every"])
        return frozenset({*(phrase.split()[0] for phrase in phrases), *self.data["adverbs"], *self.data["often"]})

    @cached_property
    def numbers(self) -> Phrases:
        """Return the number words, each under its value."""
        named: dict[str, list[str]] = {}
        for phrase, value in self.data["numbers"].items():
            named.setdefault(str(value), []).append(phrase)
        return Phrases(named)

    @cached_property
    def every(self) -> Phrases:
        """Return the words of `every`."""
        return Phrases({"every": self.data["every"]})

    def time(self, word: str) -> float | None:
        """Return how many days a word of time lasts."""
        seconds = self.data["times"].get(word)
        return None if seconds is None else seconds / DAY

    def adverb(self, word: str) -> float | None:
        """Return how many days lie between two times of `weekly` and the like."""
        seconds = self.data["adverbs"].get(word)
        return None if seconds is None else seconds / DAY


def number_at(words: Words, index: int, scale: Scale, *, comma_is_decimal: bool) -> tuple[float, int, str] | None:
    """Return the value, the word behind it and a unit glued to it."""
    if index >= len(words.texts):
        return None
    if not words.texts[index][0].isdigit():
        hit = max(scale.numbers.at(words, index), key=lambda hit: hit.last, default=None)
        return None if hit is None else _scaled(words, hit.last, float(hit.name), scale)
    last, most = index + 1, min(index + GROUPS, len(words.texts))
    while last < most and _goes_on(words, last, spaced=comma_is_decimal):
        last += 1
    signs = "".join(words.gaps[index + 1 : last])
    glued = _GLUED.fullmatch(words.texts[last - 1])
    value = (
        _value([*words.texts[index : last - 1], glued[1]], signs, comma_is_decimal=comma_is_decimal) if glued else None
    )
    if value is None or glued is None:
        return None
    if not glued[2]:
        return _scaled(words, last, value, scale)
    if glued[2] in scale.data["scales"]:
        return value * scale.data["scales"][glued[2]], last, ""
    return (value, last, glued[2]) if scale.time(glued[2]) is not None else None


def _goes_on(words: Words, last: int, *, spaced: bool) -> bool:
    """Say whether a word of digits belongs to the number before it; `spaced` allows `3 500`."""
    gap, text = words.gaps[last], words.texts[last]
    if spaced and gap == " " and len(text) == 3 and text.isdecimal():
        return words.texts[last - 1].isdecimal() and len(words.texts[last - 1]) <= 3
    return gap in tuple(".,'’\u00a0\u202f") and text[0].isdigit()


def _scaled(words: Words, last: int, value: float, scale: Scale) -> tuple[float, int, str]:
    if last < len(words.texts) and words.texts[last] in scale.data["scales"] and words.gaps[last].strip() == "":
        return value * scale.data["scales"][words.texts[last]], last + 1, ""
    return value, last, ""


def _value(groups: list[str], signs: str, *, comma_is_decimal: bool) -> float | None:
    """Return the number that groups of digits and the signs between them stand for; nothing for a version or a date."""
    if not all(group.isdecimal() for group in groups):
        return None
    thousand = "." if comma_is_decimal else ","
    in_threes = len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    one_sign = len(set(signs)) <= 1
    if not signs or (one_sign and in_threes and (signs[0] not in ".," or signs[0] == thousand or len(signs) > 1)):
        return float("".join(groups))
    if len(signs) == 1 or (signs[-1] in ".," and len(set(signs[:-1])) == 1 and signs[-1] != signs[0]):
        return float("".join(groups[:-1]) + "." + groups[-1])
    return None
