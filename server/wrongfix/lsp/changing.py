r"""The changes of one message made in a text, one after the other: many of them line by line, joined once at the end.

Lines keep their ends here; a change may tear `\r` and `\n` apart or bring them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from lsprotocol import types

from wrongfix.lsp.ruler import Ruler
from wrongfix.text import Source

Change = types.TextDocumentContentChangeEvent


def changed(source: Source, changes: Sequence[Change], ruler: Ruler) -> Source:
    """Return the text after the changes."""
    if len(changes) > 1:
        return Source(source.name, _one_after_the_other(source.text, changes, ruler))
    for change in changes:
        source = Source(source.name, _with(source, change, ruler))
    return source


def _with(source: Source, change: Change, ruler: Ruler) -> str:
    if not isinstance(change, types.TextDocumentContentChangePartial):
        return change.text
    span = ruler.span(source, *_places(change))
    return source.text[: span.start] + change.text + source.text[span.end :]


def _one_after_the_other(text: str, changes: Sequence[Change], ruler: Ruler) -> str:
    lines = _lines(text)
    for change in changes:
        if not isinstance(change, types.TextDocumentContentChangePartial):
            lines = _lines(change.text)
            continue
        start, end = (_within(lines, place, ruler) for place in _places(change))
        _replace(lines, start, max(start, end), change.text)
    return "".join(lines)


def _replace(lines: list[str], start: tuple[int, int], end: tuple[int, int], text: str) -> None:
    """Replace what stands between two places, each a row and a character of it."""
    (first, column), (last, end_column) = start, end
    new = _lines(text)
    new[0] = lines[first][:column] + new[0]
    new[-1] += lines[last][end_column:]
    if len(new) > 1 and new[-2].endswith("\r") and new[-1].startswith("\n"):
        new[-2:] = [new[-2] + new[-1]]
    if first and lines[first - 1].endswith("\r") and new[0].startswith("\n"):
        first -= 1
        new[0] = lines[first] + new[0]
    lines[first : last + 1] = new


def _places(change: types.TextDocumentContentChangePartial) -> tuple[tuple[int, int], tuple[int, int]]:
    start, end = change.range.start, change.range.end
    return (start.line, start.character), (end.line, end.character)


def _lines(text: str) -> list[str]:
    """Return the lines with their ends; the last one has none."""
    return [text[start:end] for start, end in pairwise((*Source("", text).line_starts, len(text)))]


def _within(lines: Sequence[str], place: tuple[int, int], ruler: Ruler) -> tuple[int, int]:
    """Return the row and the character of a place in units; one beyond its line or the text is moved to its end."""
    row, units = place
    if row >= len(lines):
        return len(lines) - 1, len(lines[-1])
    line = lines[max(row, 0)]
    return max(row, 0), ruler.characters(line.removesuffix("\n").removesuffix("\r"), units)
