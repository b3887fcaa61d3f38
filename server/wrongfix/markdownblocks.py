"""The blocks a Markdown text consists of, and the builder that puts them together from a parser's events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from wrongfix.frozen import dataclass, field
from wrongfix.record.model import BlockKind
from wrongfix.text import Span

Value: TypeAlias = Any  # what an event says has another shape for every kind
_Takes: TypeAlias = "dict[str, Callable[[Builder, Value, Sequence[int], Value], object]]"
_PROSE_FENCES = frozenset({"adr", "y-statement"})


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


class Builder:
    """Takes the beginnings and ends of elements and the words between them, all in offsets of the source."""

    def __init__(self, source: str) -> None:
        self.document = Document()
        self.source = source
        self.piece: Piece | None = None
        self.items = 0
        self.quotes = 0
        self.silent = 0
        """How many elements are open whose words are no prose."""
        self.coded = 0
        self.row = 0
        self.column = 0
        self.strong: int | None = None
        self.first = 0
        """Where the words of the link begin that is open."""
        self.links: list[str] = []

    def words(self, start: int, end: int) -> None:
        """Take a stretch of text or of inline code; it begins a block where none is open, as after a nested list."""
        if start >= end:
            return
        character = None
        if self.source[start] == "&" and self.source[end - 1] == ";":
            from html import unescape  # noqa: PLC0415 # few texts hold a character by its name

            character = unescape(self.source[start:end])[:1]
        self.document.prose.append((start, end, character))
        piece = self.piece or self.open(BlockKind.QUOTE if self.quotes else BlockKind.PARAGRAPH)
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


def _open_heading(builder: Builder, value: Value, at: Sequence[int], place: Value) -> None:
    if builder.items or builder.quotes:
        _open_paragraph(builder)
        return
    start, end = at[place["start"]], at[place["end"]]
    ends = [found for sign in "\n\r" if (found := builder.source.find(sign, start, end)) >= 0]
    line_end = min(ends, default=end)
    level = int(value["Heading"]["level"][1])
    builder.close()
    builder.document.headings.append(Heading(level, Span(start, line_end), Span(line_end, line_end), end))
    builder.open(BlockKind.HEADING)


def _close_heading(builder: Builder, *_: object) -> None:
    piece = builder.piece
    if piece is not None and piece.kind is BlockKind.HEADING and piece.end >= 0:
        heading = builder.document.headings[-1]
        heading.words = Span(piece.start, piece.end)
        heading.line = Span(heading.line.start, max(heading.line.end, piece.end))
    builder.close()


def _open_paragraph(builder: Builder, *_: object) -> None:
    if builder.piece is None or builder.piece.kind is not BlockKind.ITEM or builder.piece.end >= 0:
        builder.open(BlockKind.QUOTE if builder.quotes and not builder.items else BlockKind.PARAGRAPH)


def _open_item(builder: Builder, *_: object) -> None:
    builder.items += 1
    builder.open(BlockKind.ITEM)


def _close_item(builder: Builder, *_: object) -> None:
    builder.close()
    builder.items -= 1


def _open_quote(builder: Builder, *_: object) -> None:
    builder.close()
    builder.quotes += 1


def _close_quote(builder: Builder, *_: object) -> None:
    builder.close()
    builder.quotes -= 1


def _open_table(builder: Builder, *_: object) -> None:
    builder.close()
    builder.row = -1


def _open_row(builder: Builder, *_: object) -> None:
    builder.row += 1
    builder.column = 0


def _open_cell(builder: Builder, *_: object) -> None:
    piece = builder.open(BlockKind.CELL)
    piece.row, piece.column = builder.row, builder.column
    builder.column += 1


def _open_strong(builder: Builder, _value: Value, _at: Sequence[int], place: Value) -> None:
    if builder.piece is None or builder.piece.end < 0:
        builder.strong = place["start"]


def _close_strong(builder: Builder, _value: Value, _at: Sequence[int], place: Value) -> None:
    if builder.strong == place["start"] and builder.piece is not None:
        builder.piece.strong = (builder.piece.start, builder.piece.end)
        builder.strong = None


def _open_link(builder: Builder, value: Value, at: Sequence[int], place: Value) -> None:
    start = at[place["start"]]
    builder.links.append(value["Link"]["dest_url"])
    prose = builder.document.prose
    builder.first = start + 1 if not prose else max(prose[-1][1], start + 1)


def _close_link(builder: Builder, _value: Value, at: Sequence[int], place: Value) -> None:
    start, end = at[place["start"]], at[place["end"]]
    target = builder.links.pop()
    last = builder.document.prose[-1][1] if builder.document.prose else start
    words = Span(builder.first, last) if builder.first < last else Span(start, start)
    builder.document.links.append(InlineLink(words, target, Span(start, end)))


def _open_silent(builder: Builder, *_: object) -> None:
    builder.silent += 1


def _close_silent(builder: Builder, *_: object) -> None:
    builder.silent -= 1


def _open_code(builder: Builder, value: Value, at: Sequence[int], place: Value) -> None:
    builder.close()
    kind = value["CodeBlock"]
    info = kind.get("Fenced", "") if isinstance(kind, dict) else ""
    builder.document.fences.append(Fence(info, Span(at[place["start"]], at[place["end"]])))
    builder.coded = builder.silent
    builder.silent = 0 if info.strip() in _PROSE_FENCES and not builder.silent else builder.silent + 1


def _close_code(builder: Builder, *_: object) -> None:
    builder.close()
    builder.silent = builder.coded


_OPENS: _Takes = {
    "Heading": _open_heading,
    "Paragraph": _open_paragraph,
    "Item": _open_item,
    "List": Builder.close,
    "BlockQuote": _open_quote,
    "Table": _open_table,
    "TableHead": _open_row,
    "TableRow": _open_row,
    "TableCell": _open_cell,
    "Strong": _open_strong,
    "Link": _open_link,
    "Image": _open_silent,
    "CodeBlock": _open_code,
}
_CLOSES: _Takes = {
    "Heading": _close_heading,
    "Paragraph": Builder.close,
    "Item": _close_item,
    "BlockQuote": _close_quote,
    "TableCell": Builder.close,
    "Strong": _close_strong,
    "Link": _close_link,
    "Image": _close_silent,
    "CodeBlock": _close_code,
}
TAKES = {"Start": _OPENS, "End": _CLOSES}
"""What is done where an element begins or ends, by its name."""
