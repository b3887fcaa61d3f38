"""Slips of the pen: whether a word is a name that was only misspelt; it knows no names and guesses at no meaning."""

from __future__ import annotations

_MOST_EDITS = 2
_SHORT, _LONG, _VERY_LONG = 4, 8, 12
"""Letters: up to where a word is short, and from where one, of a longer name or alone, may hold two slips."""


def is_slip(word: str, name: str) -> bool:
    """Say whether one or two letters missing, doubled, swapped or wrong, or a blank, make the word of the name.

    Both are as names are compared (`vocabulary.folded`). A word of its own is held to more than one in a longer name,
    whose other words tell what was meant; what begins otherwise is another word (`consistent`, `inconsistent`).
    """
    if word.replace(" ", "") == name.replace(" ", ""):
        return word != name
    ones, others = word.split(), name.split()
    if len(ones) != len(others):
        return False
    edits = 0
    for one, other in zip(ones, others, strict=True):
        needed = _distance(one, other)
        if needed > _allowed(one, other, alone=len(others) == 1):
            return False
        edits += needed
    return 0 < edits <= _MOST_EDITS


def _allowed(one: str, other: str, *, alone: bool) -> int:
    """Return how many edits may lie between a word and the word of a name."""
    begins = one[:1] == other[:1] or one[:2] == other[1::-1]
    if alone and (len(other) <= _SHORT or len(other) < min(len(one), _VERY_LONG)):
        return int(begins and _keeps_letters(one, other))
    if len(other) <= _SHORT:
        return int(begins)
    if not begins:
        return int(not alone)
    return 2 if len(other) >= (_VERY_LONG if alone else _LONG) else 1


def _keeps_letters(one: str, other: str) -> bool:
    """Say whether two words differ by letters that stand the other way round, a doubled one or an `s` at the end."""
    if len(one) == len(other):
        return sorted(one) == sorted(other)
    short, long = sorted((one, other), key=len)
    if long == f"{short}s":
        return True
    at = next((at for at, (here, there) in enumerate(zip(short, long, strict=False)) if here != there), len(short))
    return at > 0 and long[at] == long[at - 1]


def _distance(one: str, other: str) -> int:
    """Return how many letters are missing, too many, wrong or swapped with the next; beyond two, some number beyond."""
    if abs(len(one) - len(other)) > _MOST_EDITS:
        return _MOST_EDITS + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, here in enumerate(one, 1):
        further = [at]
        for to, there in enumerate(other, 1):
            least = min(row[to] + 1, further[to - 1] + 1, row[to - 1] + (here != there))
            if before and to > 1 and here == other[to - 2] and one[at - 2] == there:
                least = min(least, before[to - 2] + 1)
            further.append(least)
        before, row = row, further
    return row[-1]
