"""Markdown as blocks with exact places and as masked prose; it knows CommonMark, not what a decision record is.

Everything is the parser's word: this module turns its byte ranges into character offsets and leaves out what is no
prose.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate

from pyromark import Options, events_with_range

from wrongfix.markdownblocks import TAKES, Builder, Document, Fence, Heading, InlineLink, Piece, Value

__all__ = ["Document", "Fence", "Heading", "InlineLink", "Piece", "masked", "parse", "parse_lines"]

_OPTIONS = Options.ENABLE_TABLES | Options.ENABLE_TASKLISTS | Options.ENABLE_STRIKETHROUGH | Options.ENABLE_FOOTNOTES
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_ASCII = bytes(range(0x80))
_STRETCH = 16
"""How many characters of ASCII to one byte beyond it make copying in stretches worth it."""
_STARTS_CHARACTER = bytes(0 if 0x80 <= byte < 0xC0 else 1 for byte in range(256))


def parse(source: str, start: int = 0) -> Document:
    """Return the blocks of the Markdown text that begins at an offset of the source and runs to its end."""
    return _parse(source, source[start:] if start else source, range(start, len(source) + 1))


def parse_lines(source: str, start: int, end: int) -> Document:
    """Return the blocks of Markdown text between two offsets whose lines may share an indent, as in a YAML scalar."""
    lines = source[start:end].split("\n")
    indents = [len(line) - len(line.lstrip(" ")) for line in lines[1:] if line.strip()]
    if lines[0][:1] == " ":
        indents.append(len(lines[0]) - len(lines[0].lstrip(" ")))
    indent = min(indents, default=0)
    parts: list[str] = []
    places = array("I")
    offset = start
    for line in lines:
        lead = min(indent, len(line) - len(line.lstrip(" ")))
        parts.append(line[lead:])
        places.extend(range(offset + lead, offset + len(line) + 1))
        offset += len(line) + 1
    return _parse(source, "\n".join(parts), places)


def masked(text: str, prose: Iterable[tuple[int, int, str | None]]) -> str:
    """Return text of the same length where everything outside the stretches is blank; line ends are kept."""
    blank = _blanked(text)
    parts: list[str] = []
    last = 0
    for start, end, character in prose:
        if start < last:
            continue
        parts.append(blank[last:start])
        parts.append(text[start:end] if character is None else character.ljust(end - start))
        last = end
    parts.append(blank[last:])
    return "".join(parts)


def _blanked(text: str) -> str:
    """Return spaces for every character but line ends."""
    if "\r" in text:
        return "\r".join([_blanked(part) for part in text.split("\r")])
    return "\n".join([" " * len(line) for line in text.split("\n")])


def _parse(source: str, text: str, places: Sequence[int]) -> Document:
    at = places
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode("utf-8")
        at = _of_bytes(text, places)
    builder = Builder(source)
    events: Iterable[tuple[Value, Value]] = events_with_range(text, options=_OPTIONS, merge_text=False)
    for event, place in events:
        if type(event) is str:
            continue
        ((kind, value),) = event.items()
        if kind == "Text":
            if not builder.silent:
                builder.words(at[place["start"]], at[place["end"]])
        elif kind in TAKES:
            takes = TAKES[kind].get(value if type(value) is str else next(iter(value)))
            if takes is not None:
                takes(builder, value, at, place)
        elif kind == "Code" and not builder.silent:
            builder.words(*_inside_ticks(source, at[place["start"]], at[place["end"]]))
    return builder.document


def _of_bytes(text: str, places: Sequence[int]) -> Sequence[int]:
    """Return the source's offset for each byte of a text in UTF-8; copied in stretches where few are beyond ASCII."""
    encoded = text.encode("utf-8")
    if not isinstance(places, range):
        characters = accumulate(encoded.translate(_STARTS_CHARACTER), initial=0)
        return array("I", [places[character] for character in characters])
    if len(encoded.translate(None, _ASCII)) * _STRETCH > len(text):
        return array("I", accumulate(encoded.translate(_STARTS_CHARACTER), initial=places.start))
    start, end = places.start, places.stop
    whole = _counted(1 << end.bit_length())
    at = array("I")
    last = start
    for found in _BEYOND_ASCII.finditer(text):
        place = start + found.start() + 1
        at += whole[last:place]
        at.extend([place] * (len(found.group().encode("utf-8")) - 1))
        last = place
    at += whole[last:end]
    return at


@lru_cache(maxsize=2)
def _counted(size: int) -> array[int]:
    return array("I", range(size))


def _inside_ticks(source: str, start: int, end: int) -> tuple[int, int]:
    while start < end and source[start] == "`" == source[end - 1]:
        start, end = start + 1, end - 1
    return start, end
