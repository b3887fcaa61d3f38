"""Markdown as blocks with exact places and as masked prose; it knows CommonMark, not what a decision record is.

Everything is the parser's word: this module turns its byte ranges into character offsets and leaves out what is no
prose.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import accumulate
from typing import Any, TypeAlias

from pyromark import Options, events_with_range

from wrongfix.record.model import BlockKind
from wrongfix.text import Span

_OPTIONS = Options.ENABLE_TABLES | Options.ENABLE_TASKLISTS | Options.ENABLE_STRIKETHROUGH | Options.ENABLE_FOOTNOTES
_Value: TypeAlias = Any  # what an event says has another shape for every kind
_STARTS_CHARACTER = bytes(0 if 0x80 <= byte < 0xC0 else 1 for byte in range(256))


@dataclass(slots=True)
class Heading:
    """A heading outside lists and quotes: `line` is all of it without its line end, `words` the title's own words."""

    level: int
    line: Span
    words: Span
    end: int
    """Where the heading's lines end, an underline included."""


@dataclass(slots=True)
class Piece:
    """A block of prose as Markdown has it; `heading` is the index of the heading above it."""

    kind: BlockKind
    start: int
    end: int
    heading: int | None
    depth: int
    row: int | None = None
    column: int | None = None
    strong: tuple[int, int] | None = None
    """The bold words the block begins with."""


@dataclass(frozen=True, slots=True)
class InlineLink:
    """A link in prose: `words` is what is shown, `target` the address and `place` where the whole of it stands."""

    words: Span
    target: str
    place: Span


@dataclass(frozen=True, slots=True)
class Fence:
    """A block of code with the word after its fence."""

    info: str
    span: Span


@dataclass(slots=True)
class Document:
    """What Markdown text consists of, in the order of the text."""

    headings: list[Heading] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    links: list[InlineLink] = field(default_factory=list)
    fences: list[Fence] = field(default_factory=list)
    prose: list[tuple[int, int, str | None]] = field(default_factory=list)
    """Stretches of prose in order; the third is the character an entity stands for."""


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
        encoded = text.encode("utf-8", "replace")
        text = encoded.decode("utf-8")
        starts = encoded.translate(_STARTS_CHARACTER)
        if isinstance(places, range):
            at = array("I", accumulate(starts, initial=places.start))
        else:
            at = array("I", [places[character] for character in accumulate(starts, initial=0)])
    reader = _Reader(source, at)
    for event, place in events_with_range(text, options=_OPTIONS, merge_text=False):
        if type(event) is not str:
            reader.take(event, place["start"], place["end"])
    return reader.document


class _Reader:
    """Takes the parser's events one by one; `at` turns their byte offsets into offsets of the source."""

    def __init__(self, source: str, at: Sequence[int]) -> None:
        self.document = Document()
        self.source = source
        self.at = at
        self.entities = "&" in source
        self.piece: Piece | None = None
        self.items = 0
        self.quotes = 0
        self.silent = 0
        self.row = 0
        self.column = 0
        self.strong: int | None = None
        self.links: list[tuple[int, str]] = []
        self.fence: tuple[str, int] | None = None

    def take(self, event: _Value, start: int, end: int) -> None:
        """Take one event that lies between two byte offsets."""
        ((kind, value),) = event.items()
        if kind == "Text":
            if not self.silent:
                self.words(self.at[start], self.at[end])
        elif kind == "Start":
            opens = _OPENS.get(value if type(value) is str else next(iter(value)))
            if opens is not None:
                opens(self, value, self.at[start], self.at[end])
        elif kind == "End":
            closes = _CLOSES.get(value if type(value) is str else next(iter(value)))
            if closes is not None:
                closes(self, value, self.at[start], self.at[end])
        elif kind == "Code" and not self.silent:
            first, last = self.at[start], self.at[end]
            while first < last and self.source[first] == "`" == self.source[last - 1]:
                first, last = first + 1, last - 1
            self.words(first, last)

    def words(self, start: int, end: int) -> None:
        """Take a stretch of text or of inline code."""
        if start >= end:
            return
        character = None
        if self.entities and self.source[start] == "&" and self.source[end - 1] == ";":
            character = unescape(self.source[start:end])[:1]
        self.document.prose.append((start, end, character))
        piece = self.piece
        if piece is None:
            piece = self.open(BlockKind.QUOTE if self.quotes else BlockKind.PARAGRAPH)
        if piece.end < 0:
            piece.start = start
        piece.end = end

    def open(self, kind: BlockKind) -> Piece:
        """Begin a block; it counts once words come."""
        self.close()
        headings = self.document.headings
        self.piece = Piece(kind, -1, -1, len(headings) - 1 if headings else None, self.items)
        return self.piece

    def close(self, *_: object) -> None:
        """End the block that is open."""
        if self.piece is not None and self.piece.end >= 0:
            self.document.pieces.append(self.piece)
        self.piece = None

    def open_heading(self, value: _Value, start: int, end: int) -> None:
        if self.items or self.quotes:
            self.open_paragraph()
            return
        line_end = start
        while line_end < end and self.source[line_end] not in "\r\n":
            line_end += 1
        level = int(value["Heading"]["level"][1])
        self.close()
        self.document.headings.append(Heading(level, Span(start, line_end), Span(line_end, line_end), end))
        self.open(BlockKind.HEADING)

    def close_heading(self, *_: object) -> None:
        piece = self.piece
        if piece is not None and piece.kind is BlockKind.HEADING and piece.end >= 0:
            heading = self.document.headings[-1]
            heading.words = Span(piece.start, piece.end)
            heading.line = Span(heading.line.start, max(heading.line.end, piece.end))
        self.close()

    def open_paragraph(self, *_: object) -> None:
        if self.piece is None or self.piece.kind is not BlockKind.ITEM or self.piece.end >= 0:
            self.open(BlockKind.QUOTE if self.quotes and not self.items else BlockKind.PARAGRAPH)

    def open_item(self, *_: object) -> None:
        self.items += 1
        self.open(BlockKind.ITEM)

    def close_item(self, *_: object) -> None:
        self.close()
        self.items -= 1

    def open_quote(self, *_: object) -> None:
        self.close()
        self.quotes += 1

    def close_quote(self, *_: object) -> None:
        self.close()
        self.quotes -= 1

    def open_table(self, *_: object) -> None:
        self.close()
        self.row = -1

    def open_row(self, *_: object) -> None:
        self.row += 1
        self.column = 0

    def open_cell(self, *_: object) -> None:
        piece = self.open(BlockKind.CELL)
        piece.row, piece.column = self.row, self.column
        self.column += 1

    def open_strong(self, _value: _Value, start: int, _end: int) -> None:
        if self.piece is None or self.piece.end < 0:
            self.strong = start

    def close_strong(self, _value: _Value, start: int, _end: int) -> None:
        if self.strong == start and self.piece is not None:
            self.piece.strong = (self.piece.start, self.piece.end)
            self.strong = None

    def open_link(self, value: _Value, start: int, _: int) -> None:
        self.links.append((start, value["Link"]["dest_url"]))

    def close_link(self, _value: _Value, start: int, end: int) -> None:
        place, target = self.links.pop()
        last = next((stretch for stretch in reversed(self.document.prose)), None)
        words = Span(start, last[1]) if last is not None and last[1] > start else Span(start, start)
        self.document.links.append(InlineLink(words, target, Span(place, end)))

    def open_silent(self, *_: object) -> None:
        self.silent += 1

    def close_silent(self, *_: object) -> None:
        self.silent -= 1

    def open_code(self, value: _Value, start: int, end: int) -> None:
        self.close()
        self.silent += 1
        kind = value["CodeBlock"]
        info = kind.get("Fenced", "") if isinstance(kind, dict) else ""
        self.document.fences.append(Fence(info, Span(start, end)))


_OPENS: dict[str, Callable[[_Reader, _Value, int, int], object]] = {
    "Heading": _Reader.open_heading,
    "Paragraph": _Reader.open_paragraph,
    "Item": _Reader.open_item,
    "List": _Reader.close,
    "BlockQuote": _Reader.open_quote,
    "Table": _Reader.open_table,
    "TableHead": _Reader.open_row,
    "TableRow": _Reader.open_row,
    "TableCell": _Reader.open_cell,
    "Strong": _Reader.open_strong,
    "Link": _Reader.open_link,
    "Image": _Reader.open_silent,
    "CodeBlock": _Reader.open_code,
}
_CLOSES: dict[str, Callable[[_Reader, _Value, int, int], object]] = {
    "Heading": _Reader.close_heading,
    "Paragraph": _Reader.close,
    "Item": _Reader.close_item,
    "BlockQuote": _Reader.close_quote,
    "TableCell": _Reader.close,
    "Strong": _Reader.close_strong,
    "Link": _Reader.close_link,
    "Image": _Reader.close_silent,
    "CodeBlock": _Reader.close_silent,
}
