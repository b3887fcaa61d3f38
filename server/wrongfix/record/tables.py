"""Options that stand in tables: one a row with a verdict beside it, or one a column."""

from __future__ import annotations

from collections.abc import Iterator

from wrongfix.frozen import replace
from wrongfix.record.model import Block, BlockKind, Option, OptionMark, Record, Text
from wrongfix.record.naming import labelled
from wrongfix.record.words import Words, folded
from wrongfix.text import Span

_ROLES = frozenset({"options", "rejected", "pros-and-cons", "decision", None})


def options_of_tables(record: Record, words: Words) -> tuple[tuple[Option, ...], tuple[Block, ...]]:
    """Return the options of the first table that has any, and the blocks with the option each describes."""
    for cells in tables_of(record):
        role = record.role(cells[0])
        if role in _ROLES:
            options, of_cell = _read(record, cells, role, words)
            if options:
                blocks = [replace(b, option=of_cell[b.span]) if b.span in of_cell else b for b in record.blocks]
                return tuple(options), tuple(blocks)
    return (), record.blocks


def tables_of(record: Record) -> Iterator[list[Block]]:
    """Yield the cells of each table, in order."""
    cells: list[Block] = []
    for block in record.blocks:
        if block.kind is BlockKind.CELL and (not cells or (block.row or 0) >= (cells[-1].row or 0)):
            cells.append(block)
            continue
        if cells:
            yield cells
        cells = [block] if block.kind is BlockKind.CELL else []
    if cells:
        yield cells


def _read(record: Record, cells: list[Block], role: str | None, words: Words) -> tuple[list[Option], dict[Span, int]]:
    header = {cell.column: folded(record.words(cell.span)) for cell in cells if cell.row == 0}
    named = next((column for column, title in header.items() if title in words.option_columns), None)
    if named is None and header.get(0, "") not in words.criteria_columns:
        named = 0 if any(title in words.sole_verdicts for column, title in header.items() if column) else None
    if named is None:
        compared = header.get(0, "") in words.criteria_columns and role in {"options", "pros-and-cons"}
        return _by_column(record, cells, words) if compared else ([], {})
    verdicts = {column for column, title in header.items() if title in words.verdicts and column != named}
    options: list[Option] = []
    of_cell: dict[Span, int] = {}
    of_row: dict[int | None, int] = {}
    for cell in cells:
        if cell.row and cell.column == named:
            of_row[cell.row] = len(options)
            options.append(_option(record, cell, words, OptionMark.REJECTED if role == "rejected" else None))
    for cell in cells:
        index = of_row.get(cell.row)
        if index is None:
            continue
        of_cell[cell.span] = index
        option = options[index]
        if cell.column in verdicts and (mark := _verdict(record, cell, header, words)) is not None:
            option = replace(option, mark=mark)
        options[index] = replace(option, description=(*option.description, cell.span))
    rejecting = words.labels.get(next((t for c, t in header.items() if c != named), ""), "") == "rejection"
    return [replace(o, mark=o.mark or (OptionMark.REJECTED if rejecting else None)) for o in options], of_cell


def _verdict(record: Record, cell: Block, header: dict[int | None, str], words: Words) -> OptionMark | None:
    """Return what a cell says of its row's option; `yes` and `no` count under a heading such as `Chosen`."""
    said, title = record.words(cell.span), header.get(cell.column, "")
    mark, name = words.mark(said), folded(said)
    if mark is not None or not name or (words.labels.get(title) != "choice" and title not in words.sole_verdicts):
        return mark
    if name in words.shapes["true-words"]:
        return OptionMark.CHOSEN
    return OptionMark.REJECTED if name in words.shapes["false-words"] else None


def _by_column(record: Record, cells: list[Block], words: Words) -> tuple[list[Option], dict[Span, int]]:
    options: list[Option] = []
    of_cell: dict[Span, int] = {}
    of_column: dict[int | None, int] = {}
    for cell in cells:
        if cell.row == 0 and cell.column:
            of_column[cell.column] = len(options)
            options.append(_option(record, cell, words, None))
    for cell in cells:
        index = of_column.get(cell.column)
        if index is not None:
            of_cell[cell.span] = index
            options[index] = replace(options[index], description=(*options[index].description, cell.span))
    return options, of_cell


def _option(record: Record, cell: Block, words: Words, mark: OptionMark | None) -> Option:
    text = record.prose[cell.span.start : cell.span.end]
    label, start = labelled(text, words)
    start = start if start < len(text) else 0
    name = text[start:]
    for sign in (" (", " ✅", " ❌"):
        place = name.rfind(sign)
        if place > 0 and words.mark(name[place:].strip(" ()")) is not None:
            mark = words.mark(name[place:].strip(" ()"))
            name = name[:place]
    begin = cell.span.start + start
    return Option(Text(" ".join(name.split()), Span(begin, begin + len(name))), label.upper(), mark)
