"""Folding: front matter and sections."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from wrongfix.lsp.view import View
from wrongfix.text import Span


def answer(view: View, _params: types.FoldingRangeParams) -> list[types.FoldingRange]:
    """Return what can be folded, as whole lines."""
    return [
        types.FoldingRange(first, last, kind=types.FoldingRangeKind.Region)
        for first, last in dict.fromkeys(_rows(view))
        if last > first
    ]


def _rows(view: View) -> Iterator[tuple[int, int]]:
    source = view.source
    for record in view.records:
        if record.front_matter is not None:
            first = source.position(record.front_matter.start).row - 1
            yield max(first, 0), source.position(record.front_matter.end).row
        for section in record.sections:
            yield source.position(section.heading.start).row, _last_row(view, section.body)


def _last_row(view: View, body: Span) -> int:
    """Return the last row of a section that holds words."""
    text, end = view.source.text, body.end
    while end > body.start and text[end - 1].isspace():
        end -= 1
    return view.source.position(end).row
