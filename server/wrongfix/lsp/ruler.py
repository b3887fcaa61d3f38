"""Columns in the units a client counts in: UTF-8, UTF-16 or UTF-32; it measures lines and knows no protocol type."""

from __future__ import annotations

from dataclasses import dataclass

from wrongfix.text import Position, Source, Span

UTF8, UTF16, UTF32 = "utf-8", "utf-16", "utf-32"


@dataclass(frozen=True, slots=True)
class Ruler:
    """Measures in the position encoding agreed on with the client."""

    encoding: str = UTF16

    def width(self, text: str) -> int:
        """Return how many units a text is wide."""
        if self.encoding == UTF32 or text.isascii():
            return len(text)
        if self.encoding == UTF8:
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text.encode("utf-16-le", "surrogatepass")) // 2

    def characters(self, text: str, units: int) -> int:
        """Return how many whole characters fit into the first units of a text."""
        if self.encoding == UTF32 or text.isascii():
            return min(max(units, 0), len(text))
        if self.encoding == UTF8:
            return _of_utf8(text, units)
        return _of_utf16(text, units)

    def place(self, source: Source, offset: int) -> Position:
        """Return the row and the column, in units, of an offset."""
        at = source.position(offset)
        start = source.line_starts[at.row]
        return Position(at.row, self.width(source.text[start : start + at.column]))

    def offset(self, source: Source, row: int, units: int) -> int:
        """Return the offset of a row and a column in units; a place beyond a line is the line's end."""
        if row >= len(source.line_starts):
            return len(source.text)
        line = source.line(max(row, 0))
        return line.start + self.characters(source.slice(line), units)

    def span(self, source: Source, start: tuple[int, int], end: tuple[int, int]) -> Span:
        """Return the span between two places in units; an end before its start counts as the start."""
        first = self.offset(source, *start)
        return Span(first, max(first, self.offset(source, *end)))


def _of_utf8(text: str, units: int) -> int:
    data = text.encode("utf-8", "surrogatepass")
    end = min(max(units, 0), len(data))
    while 0 < end < len(data) and data[end] & 0xC0 == 0x80:
        end -= 1
    return len(data[:end].decode("utf-8", "surrogatepass"))


def _of_utf16(text: str, units: int) -> int:
    data = text.encode("utf-16-le", "surrogatepass")
    end = min(max(units, 0) * 2, len(data))
    if 0 < end < len(data) and 0xD8 <= data[end - 1] <= 0xDB and 0xDC <= data[end + 1] <= 0xDF:
        end -= 2
    return len(data[:end].decode("utf-16-le", "surrogatepass"))
