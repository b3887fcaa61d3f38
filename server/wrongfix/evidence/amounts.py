"""Reading amounts as people write them: `1.2M/day`, `~50`, `6k tokens`, `two weeks`, `every quarter`, `1.000`.

It says what stands there, in days and plain numbers; what an amount is about is decided by who asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Any

from wrongfix.evidence.phrases import Phrases, Words
from wrongfix.frozen import dataclass

AHEAD = 4
"""How many words may stand between a number and its `per day`."""
GROUPS = 8
"""How many groups of digits make one number at most."""
MONEY_SIGNS = "$€£"
DAY = 86_400
"""Seconds."""

_GLUED = re.compile(r"(\d+)([^\W\d_]*)")


class Kind(StrEnum):
    """What an amount is."""

    COUNT = "count"
    RATE = "rate"
    """So many a day."""
    INTERVAL = "interval"
    """So many days from one time to the next."""
    DURATION = "duration"
    """So many days long."""
    PERCENT = "percent"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and where it stands: words `first` to `last` exclusive."""

    kind: Kind
    value: float
    first: int
    last: int


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


def amounts_of(words: Words, scale: Scale, language: str) -> Iterator[Amount]:
    """Yield the amounts in order; none overlaps another."""
    comma_is_decimal = language in scale.data["comma-is-decimal"]
    behind = 0
    for index, word in enumerate(words.texts):
        if index < behind or not (word[0].isdigit() or word in scale.starts):
            continue
        amount = _amount(words, index, scale, comma_is_decimal=comma_is_decimal)
        if amount is not None:
            behind = amount.last
            yield amount


def _amount(words: Words, index: int, scale: Scale, *, comma_is_decimal: bool) -> Amount | None:
    word = words.texts[index]
    if word in scale.data["often"]:
        return _often(words, index, index + 1, scale.data["often"][word], scale)
    if (adverb := scale.adverb(word)) is not None:
        return Amount(Kind.INTERVAL, adverb, index, index + 1)
    hit = next(scale.every.at(words, index), None)
    if hit is not None:
        return _every(words, index, hit.last, scale, comma_is_decimal=comma_is_decimal)
    number = _number(words, index, scale, comma_is_decimal=comma_is_decimal)
    if number is None:
        return None
    value, last, unit = number
    return _often(words, index, last, value, scale) or _measured(words, index, last, value, unit, scale)


def _every(words: Words, index: int, last: int, scale: Scale, *, comma_is_decimal: bool) -> Amount | None:
    """Read `every week`, `every two weeks`, `every other day`."""
    value = 1.0
    if last < len(words.texts) and words.texts[last] in ("other", "second"):
        value, last = 2.0, last + 1
    elif number := _number(words, last, scale, comma_is_decimal=comma_is_decimal):
        value, last, _ = number
    time = scale.time(words.texts[last]) if last < len(words.texts) else None
    return None if time is None else Amount(Kind.INTERVAL, value * time, index, last + 1)


def _often(words: Words, index: int, last: int, value: float, scale: Scale) -> Amount | None:
    """Read `twice a week`, `three times a month`."""
    if last < len(words.texts) and words.texts[last] in scale.data["often-words"]:
        last += 1
    elif words.texts[index] not in scale.data["often"]:
        return None
    time, behind = _per(words, last, last + 1, scale)
    return Amount(Kind.INTERVAL, time / value, index, behind) if time and value else None


def _measured(words: Words, index: int, last: int, value: float, unit: str, scale: Scale) -> Amount:
    sign = words.gaps[last].strip()[:1]
    following = words.texts[last] if last < len(words.texts) else ""
    if _is_money(words.gaps[index][-1:]) or _is_money(sign):
        return Amount(Kind.MONEY, value, index, last)
    if following in scale.data["currencies"]:
        return Amount(Kind.MONEY, value, index, last + 1)
    if sign == "%" or following in scale.data["percent"]:
        return Amount(Kind.PERCENT, value, index, last)
    if unit:
        return Amount(Kind.DURATION, value * (scale.time(unit) or 0.0), index, last)
    if (time := scale.time(following)) is not None and sign in ("", "-"):
        return Amount(Kind.DURATION, value * time, index, last + 1)
    time, behind = _per(words, last, last + AHEAD, scale)
    return Amount(Kind.RATE, value / time, index, behind) if time else Amount(Kind.COUNT, value, index, last)


def _is_money(sign: str) -> bool:
    return sign != "" and sign in MONEY_SIGNS


def _per(words: Words, first: int, last: int, scale: Scale) -> tuple[float, int]:
    """Return the days of the first `per day`, `/day`, `a month` or `daily` among the words, and the word behind it."""
    for at in range(first, min(last, len(words.texts))):
        if words.ends_before(at):
            break
        word = words.texts[at]
        if (adverb := scale.adverb(word)) is not None:
            return adverb, at + 1
        if "/" in words.gaps[at] and (time := scale.time(word)):
            return time, at + 1
        if word in scale.data["per"] and at + 1 < len(words.texts) and (time := scale.time(words.texts[at + 1])):
            return time, at + 2
    return 0.0, first


def _number(words: Words, index: int, scale: Scale, *, comma_is_decimal: bool) -> tuple[float, int, str] | None:
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
