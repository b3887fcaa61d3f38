"""What is done to a record: cut, doubled, reordered, stripped, rewritten; it says nothing of what must hold then."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from wrongfix.rulebook import Rulebook

_SPLIT = re.compile(r"(\n[ \t]*\n)")
_HEADING = re.compile(r"^(#{1,6}[ \t]+)(.*?)([ \t]*#*)$", re.MULTILINE)
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def pieces(text: str) -> list[str]:
    """Return the blocks of a text, each with the blank line after it."""
    parts = _SPLIT.split(text)
    return ["".join(parts[at : at + 2]) for at in range(0, len(parts), 2)]


def broken(text: str, most: int | None = None, seed: int = 0) -> Iterator[str]:
    """Yield the text cut at block boundaries from either end, with a block doubled, with neighbours swapped, and cut anywhere.

    With `most`, so many boundaries and as many other places are drawn; always among them are the first and the last.
    """
    blocks = pieces(text)
    drawn = random.Random(f"{seed}{text[:200]}")  # noqa: S311 # a sample that is the same in every run
    places = list(range(len(blocks) + 1))
    if most is not None and len(places) > most:
        places = sorted({0, len(blocks), *drawn.sample(places, most)})
    for at in places:
        yield "".join(blocks[:at])
        yield "".join(blocks[at:])
        yield "".join((*blocks[:at], *blocks[max(at - 1, 0) :]))
        yield "".join((*blocks[:at], *blocks[at + 1 : at + 2], *blocks[at : at + 1], *blocks[at + 2 :]))
    step = max(len(text) // (most or 20), 1)
    yield from (text[: at + drawn.randrange(step)] for at in range(0, len(text), step))


def doubled_sections(text: str) -> Iterator[str]:
    """Yield the text with each section twice, and with the sections in reverse order."""
    starts = [found.start() for found in _HEADING.finditer(text)]
    if not starts:
        return
    sections = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    lead = text[: starts[0]]
    yield lead + "".join(section.rstrip("\n") + "\n\n" + section for section in sections)
    yield lead + "\n\n".join(section.rstrip("\n") for section in reversed(sections)) + "\n"


def without_front_matter(text: str) -> str:
    """Return a text without its front matter."""
    return _FRONT.sub("", text)


def translated(text: str, book: Rulebook, language: str) -> str:
    """Return a text whose English headings stand in another language, where the vocabulary knows them."""
    known = {
        words.casefold(): entry["headings"][language][0]
        for entry in book.vocabulary.sections
        if entry["headings"].get(language)
        for words in entry["headings"].get("en", ())
    }
    return _HEADING.sub(lambda found: found[1] + known.get(found[2].strip().casefold(), found[2]) + found[3], text)


def with_emoji(text: str, places: tuple[int, ...]) -> str:
    """Return a text with an emoji and a space before each place."""
    told, at = [], 0
    for place in sorted(set(places)):
        told.append(text[at:place])
        at = place
    return "😀 ".join((*told, text[at:]))
