"""Source lines with marks below them, fitted to the width of a terminal; wide and combining characters counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wrongfix.frozen import dataclass
from wrongfix.report.paint import paint
from wrongfix.report.plain import plain
from wrongfix.text import Source, Span

_TAB = "    "


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to underline; the main one with carets, the others with dashes and a label."""

    span: Span
    label: str
    main: bool


def excerpt(source: Source, marks: Sequence[Mark], severity: str, *, width: int, colour: bool) -> list[str]:
    """Return the lines the marks stand on, in order, each followed by its underlines; `...` stands for a gap."""
    if not source.text:
        return []
    rows: dict[int, list[Mark]] = {}
    for mark in sorted(marks, key=lambda mark: (mark.span.start, not mark.main)):
        rows.setdefault(source.position(mark.span.start).row, []).append(mark)
    gutter = len(str(max(rows) + 1))
    rail = paint(f"{' ' * gutter} |", "rail", on=colour)
    lines = [f" {rail}"]
    last = None
    for row in sorted(rows):
        if last is not None and row > last + 1:
            lines.append(paint(" ...", "rail", on=colour))
        last = row
        first = rows[row][0]
        room = max(20, width - gutter - 4)
        shown = _Line(source, row, first.span, room)
        number = paint(f"{row + 1:>{gutter}} |", "rail", on=colour)
        lines.append(f" {number} {shown.text}".rstrip())
        for mark in rows[row]:
            lines += [f" {rail} {line}" for line in _underline(shown, mark, severity, room, colour=colour)]
    return [*lines, f" {rail}"]


def _underline(line: _Line, mark: Mark, severity: str, room: int, *, colour: bool) -> Iterable[str]:
    start, length = line.columns(mark.span)
    sign, part = ("^", severity) if mark.main else ("-", "related")
    under = " " * start + paint(sign * length, part, on=colour)
    label = plain(mark.label)
    if not label:
        return [under]
    if start + length + 1 + len(label) <= room:
        return [f"{under} {paint(label, part, on=colour)}"]
    from textwrap import wrap  # noqa: PLC0415 # few labels are that long

    indent = " " * min(start, max(0, room - 40))
    return [under, *(f"{indent}{paint(words, part, on=colour)}" for words in wrap(label, room - len(indent)))]


class _Line:
    """One line of the source as it is shown: cut to fit around the span, with signs that take one column."""

    def __init__(self, source: Source, row: int, around: Span, room: int) -> None:
        line = source.line(row)
        start, end = line.start, line.end
        if end - start > room or _width(plain(source.slice(line)).replace("\t", _TAB)) > room:
            wanted = min(around.end, end) - around.start
            before = room // 3 if wanted > room // 2 else (room - wanted) // 2
            start = max(start, around.start - before // (1 if source.text.isascii() else 2))
        self._start = start
        self._lead = "" if start == line.start else "…"
        self._columns: list[int] = []
        column = len(self._lead)
        parts = [self._lead]
        for character in source.text[start : min(end, start + room + 1)]:
            sign = _TAB if character == "\t" else plain(character)
            taken = _width(sign)
            if column + taken > room - 1 and start + len(self._columns) < end - 1:
                parts.append("…")
                break
            self._columns.append(column)
            parts.append(sign)
            column += taken
        self._columns.append(column)
        self.text = "".join(parts)

    def columns(self, span: Span) -> tuple[int, int]:
        """Return the column a span begins at and how many it takes, at least one; a span of several lines ends here."""
        last = len(self._columns) - 1
        start = self._columns[min(max(0, span.start - self._start), last)]
        end = self._columns[min(max(0, span.end - self._start), last)]
        return start, max(1, end - start)


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width  # noqa: PLC0415 # ASCII text needs none

    return sum(0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in text)
