"""Reading numbers set beside each other, `0.60 against 0.32`, `3 s → 50 ms`, a row of a table: where a measure stood.

What the numbers measure is decided elsewhere; the words that compare stand in `rules/vocabulary/facts.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from wrongfix.evidence.amounts import Amount
from wrongfix.evidence.factwords import FactWords
from wrongfix.evidence.words import Words
from wrongfix.record.model import BlockKind, Record
from wrongfix.text import Span

APART = 4
"""How many words may stand between two numbers that are compared."""


def compared_in(words: Words, amounts: Sequence[Amount], known: FactWords) -> Iterator[tuple[str, float, int, int]]:
    """Yield the facts that two numbers of one kind beside each other are: name, value, first and last word."""
    for one, other in pairwise(amounts):
        name = known.compared.get(one.kind)
        if name is None or other.kind is not one.kind or other.first - one.last > APART:
            continue
        if any(words.ends_before(at) for at in range(one.last, other.first + 1)):
            continue
        between = range(one.last, other.first + 1)
        if any(_has_arrow(words.gaps[at], known) for at in between) or any(
            hit.last <= other.first for at in between[:-1] for hit in known.comparing.at(words, at)
        ):
            yield name, round(one.value * known.amounts[name].factor, 6), one.first, other.last


def rows_of(record: Record, known: FactWords) -> Iterator[tuple[Span, ...]]:
    """Yield the cells of each row of each table, without its label and the columns that say no measurement."""
    headings: dict[int | None, bool] = {}
    cells: list[Span] = []
    row: tuple[int | None, int | None] | None = None
    for block in record.blocks:
        if block.kind is not BlockKind.CELL or block.option is not None:
            continue
        if block.row == 0:
            headings = {} if block.column == 0 else headings
            headings[block.column] = known.is_unmeasured(record.prose, block.span)
        if (block.section, block.row) != row or block.column == 0:
            if len(cells) > 1:
                yield tuple(cells)
            cells, row = [], (block.section, block.row)
        if block.row and block.column and not headings.get(block.column):
            cells.append(block.span)
    if len(cells) > 1:
        yield tuple(cells)


def _has_arrow(gap: str, known: FactWords) -> bool:
    return any(arrow in gap for arrow in known.data["comparisons"]["arrows"])
