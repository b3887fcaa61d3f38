"""Words of a short text as the learned model counts them; it knows no tag, no approach and no meaning.

Training and reading share this page, so that both see the same terms in the same text.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

START, END = "<", ">"
"""What stands before the first and after the last word, so that "use" as an opening word is a term of its own."""

PREFIX_LENGTH = 5
"""Letters by which a stem never met before is still known: `citable` by the beginning of `citation`."""

_WORD = re.compile(r"[^\W_]+(?:['\u2019][tT]\b)?|[%?!\"“”€$£|]")
_ENDINGS = ("ings", "ing", "edly", "ied", "ies", "ed", "es", "ly", "s", "e")
_SHORTEST_STEM = 3
_SINGLE = {"“": '"', "”": '"', "€": "$", "£": "$"}
_CENTURIES = ("19", "20")


def words(text: str) -> list[str]:
    """Return the words and telling marks of the text, in small letters."""
    if text.isascii():
        return _WORD.findall(text.lower())
    # small letters may be longer than the capitals they come from, and the words must stay where `places` finds them
    return [word.lower() for word in _WORD.findall(text)]


def places(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield each word of `text[start:end]` as `words` gives it, with the offsets where it stands."""
    for found in _WORD.finditer(text, start, end):
        yield found.group().lower(), found.start(), found.end()


def stem(word: str) -> str:
    """Return what the forms of a word have in common; numbers become one of two placeholders."""
    if word.isdigit():
        return "year" if len(word) == 4 and word[:2] in _CENTURIES else "0"
    if len(word) <= _SHORTEST_STEM:
        return _SINGLE.get(word, word)
    word = word.replace("\u2019", "'")
    if not word.isalpha():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)]
            break
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word[:-1] + "y" if word.endswith("i") else word


def terms(text: str, known: Container[str]) -> set[str]:
    """Return the known terms of the text: stems, pairs of neighbours, and the beginnings of unknown stems."""
    stems = [START, *map(stem, words(text)), END]
    found = {word for word in stems[1:-1] if word in known}
    found.update("^" + word[:PREFIX_LENGTH] for word in stems if word not in known and len(word) >= PREFIX_LENGTH)
    found.update(_pairs(stems))
    return {term for term in found if term in known}


def every_term(text: str) -> set[str]:
    """Return every stem of the text and every pair of neighbours."""
    stems = [START, *map(stem, words(text)), END]
    return {*stems[1:-1], *_pairs(stems)}


def _pairs(stems: Sequence[str]) -> Iterator[str]:
    return (f"{one} {two}" for one, two in pairwise(stems))
