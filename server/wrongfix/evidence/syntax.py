"""How phrases are written in word lists, taken apart into places; it finds nothing.

A phrase is words with a space or hyphen between them. In it may stand
`stem*` (any ending), `this|that` (either), `word?` (or nothing), `@group` (any phrase of a named group),
`..` (up to two words between) and `...` (up to six words between).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

WORD = re.compile(r"[^\W_]+")

_GAPS = {"..": 2, "...": 6}


def beginnings(part: str, groups: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield the words that the first part of a phrase can begin with, a stem with its `*`."""
    for form in part.removesuffix("?").split("|"):
        for member in groups[form[1:]] if form.startswith("@") else (form,):
            first = WORD.match(member.lower().lstrip("\"'“"))
            if first is not None:
                yield first[0] + "*" * (member[first.end() : first.end() + 1] == "*")


def variants(wording: str, groups: Mapping[str, Sequence[str]]) -> Iterator[tuple[tuple[str, int], ...]]:
    """Yield the ways to write a phrase: each a row of places with the gap allowed before them."""
    choices: list[tuple[tuple[tuple[str, int], ...], ...]] = []
    gap = 0
    for part in wording.split():
        if part in _GAPS:
            gap = _GAPS[part]
            continue
        choices.append(tuple(_ways(part, gap, groups)))
        gap = 0
    for combination in product(*choices):
        yield tuple(place for way in combination for place in way)


def _ways(part: str, gap: int, groups: Mapping[str, Sequence[str]]) -> Iterator[tuple[tuple[str, int], ...]]:
    single: dict[str, None] = {}
    for form in part.removesuffix("?").split("|"):
        for member in groups[form[1:]] if form.startswith("@") else (form,):
            words = [word for piece in member.split() for word in _words(piece)]
            if len(words) == 1:
                single[words[0]] = None
            elif words:
                yield tuple((word, 0 if index else gap) for index, word in enumerate(words))
    if single:
        yield (("|".join(single), gap),)
    if part.endswith("?"):
        yield ()


def _words(form: str) -> list[str]:
    words = WORD.findall(form.lower())
    if form.endswith("*") and words:
        words[-1] += "*"
    return words
