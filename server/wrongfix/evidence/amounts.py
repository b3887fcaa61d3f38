"""Reading amounts as people write them: `1.2M/day`, `~50`, `6k tokens`, `two weeks`, `every quarter`, `1.000`.

It says what stands there, in days and plain numbers; what an amount is about is decided by who asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from wrongfix.evidence.numbers import Scale, number_at
from wrongfix.evidence.words import Words
from wrongfix.frozen import dataclass

AHEAD = 4
"""How many words may stand between a number and its `per day`."""
MONEY_SIGNS = "$€£"


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
    SHARE = "share"
    """A part of one, as scores are written, in percent: 85 for `0.85`."""
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and where it stands: words `first` to `last` exclusive."""

    kind: Kind
    value: float
    first: int
    last: int


def amounts_of(words: Words, scale: Scale, language: str) -> Iterator[Amount]:
    """Yield the amounts in order; none overlaps another."""
    comma_is_decimal = language in scale.data["comma-is-decimal"]
    behind = 0
    for index, word in enumerate(words.texts):
        if index < behind or not (word[0].isdigit() or word in scale.starts):
            continue
        if _is_name(words, index, scale):
            continue
        amount = _amount(words, index, scale, comma_is_decimal=comma_is_decimal)
        if amount is not None:
            behind = amount.last
            yield amount


def _is_name(words: Words, index: int, scale: Scale) -> bool:
    """Say whether a digit numbers something, as in `tier 1/2`, and counts nothing."""
    while index > 1 and words.gaps[index] in ("/", "–") and words.texts[index - 1].isdecimal():
        index -= 1
    return (
        index > 0
        and words.texts[index][0].isdigit()
        and words.texts[index - 1].removesuffix("s") in scale.data["numbering"]
        and words.gaps[index].strip() in ("", "-", "#")
    )


def _amount(words: Words, index: int, scale: Scale, *, comma_is_decimal: bool) -> Amount | None:
    word = words.texts[index]
    if word in scale.data["often"]:
        return _often(words, index, index + 1, scale.data["often"][word], scale)
    if (adverb := scale.adverb(word)) is not None:
        return Amount(Kind.INTERVAL, adverb, index, index + 1)
    hit = next(scale.every.at(words, index), None)
    if hit is not None:
        return _every(words, index, hit.last, scale, comma_is_decimal=comma_is_decimal)
    number = number_at(words, index, scale, comma_is_decimal=comma_is_decimal)
    if number is None:
        return None
    value, last, unit = number
    return _often(words, index, last, value, scale) or _measured(words, index, last, value, unit, scale)


def _every(words: Words, index: int, last: int, scale: Scale, *, comma_is_decimal: bool) -> Amount | None:
    """Read `every week`, `every two weeks`, `every other day`."""
    value = 1.0
    if last < len(words.texts) and words.texts[last] in ("other", "second"):
        value, last = 2.0, last + 1
    elif number := number_at(words, last, scale, comma_is_decimal=comma_is_decimal):
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
    bare = Amount(Kind.SHARE, value * 100, index, last) if 0 < value < 1 else Amount(Kind.COUNT, value, index, last)
    return Amount(Kind.RATE, value / time, index, behind) if time else bare


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
