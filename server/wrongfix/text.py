r"""Text with places: sources, spans and edits in character offsets; it knows nothing of encodings or files.

Lines end as the Language Server Protocol says: at `\r\n`, `\n` or `\r`, and nowhere else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import pairwise

from wrongfix.frozen import dataclass

_LINE_END = re.compile(r"\r\n|\n|\r")
_RETURN = re.compile(r"\r(?!\n)")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text in characters, half-open: `start` is in it, `end` is not."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Say whether the other span lies inside this one."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Say whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Position:
    """A place as row and column, both counted from 0, the column in characters."""

    row: int
    column: int


@dataclass(frozen=True)
class Source:
    """The text of one document under the name it is reported with."""

    name: str
    text: str

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Return the offset at which each line begins."""
        return (0, *(found.end() for found in _LINE_END.finditer(self.text)))

    def slice(self, span: Span) -> str:
        """Return the words that stand in the span."""
        return self.text[span.start : span.end]

    def position(self, offset: int) -> Position:
        """Return where an offset lies; an offset outside the text is moved to its nearest end."""
        offset = min(max(offset, 0), len(self.text))
        row = bisect_right(self.line_starts, offset) - 1
        return Position(row, offset - self.line_starts[row])

    def offset(self, position: Position) -> int:
        """Return the offset of a position; one beyond its line or the text is moved to the end of it."""
        if position.row >= len(self.line_starts):
            return len(self.text)
        line = self.line(position.row)
        return min(line.start + max(position.column, 0), line.end)

    def line(self, row: int) -> Span:
        """Return the span of a line without its line end."""
        start = self.line_starts[row]
        if row + 1 == len(self.line_starts):
            return Span(start, len(self.text))
        end = self.line_starts[row + 1] - 1
        if end > start and self.text[end] == "\n" and self.text[end - 1] == "\r":
            end -= 1
        return Span(start, end)

    @cached_property
    def line_end(self) -> str:
        r"""Return the line end this text uses: that of its first line, or `\n`."""
        found = _LINE_END.search(self.text)
        return found.group() if found else "\n"


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace what stands in the span by the content; an empty span inserts."""

    span: Span
    content: str


def with_line_feeds(text: str) -> str:
    r"""Return the text with each `\r` that ends a line by itself as `\n`: every place in it stays the same."""
    return _RETURN.sub("\n", text) if "\r" in text else text


class OverlappingEditsError(ValueError):
    """Two edits touch the same characters, or one lies outside the text."""


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with the edits made, last to first; insertions at one place keep their order.

    Raises OverlappingEditsError and makes no edit when two overlap or one lies outside the text.
    """
    ordered = sorted(edits, key=lambda edit: (edit.span.start, edit.span.end))
    for before, after in pairwise(ordered):
        if before.span.end > after.span.start:
            raise OverlappingEditsError(f"edits overlap at {after.span.start}")
    if ordered and (ordered[0].span.start < 0 or ordered[-1].span.end > len(text)):
        raise OverlappingEditsError("an edit lies outside the text")
    for edit in reversed(ordered):
        text = text[: edit.span.start] + edit.content + text[edit.span.end :]
    return text


def difference(before: str, after: str) -> Edit:
    """Return the one edit that turns a text into another, as short as a common beginning and end allow."""
    most = min(len(before), len(after))
    start = _longest(most, lambda length: before[:length] == after[:length])
    end = _longest(most - start, lambda length: before[len(before) - length :] == after[len(after) - length :])
    return Edit(Span(start, len(before) - end), after[start : len(after) - end])


def _longest(most: int, holds: Callable[[int], bool]) -> int:
    """Return the greatest number up to the most that holds, where all smaller ones do."""
    least = 0
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if holds(middle) else (least, middle - 1)
    return least
