"""The stretches of a record that facts are read from: not the options that lost, and tables with their headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wrongfix.evidence.phrases import Words, words_of
from wrongfix.record.model import Block, BlockKind, OptionMark, Record
from wrongfix.text import Span
from wrongfix.vocabulary import Vocabulary


def stretches_of(record: Record, vocabulary: Vocabulary) -> Iterator[tuple[Words, bool]]:
    """Yield the words of each stretch, and whether amounts are to be looked for in them.

    A table row is one stretch for what it mentions.
    Its amounts are read cell by cell, behind the heading of the column and the label of the row.
    """
    row: list[Block] = []
    headings: dict[int | None, Block] = {}
    tags = _tagging(record, vocabulary)
    for block in _standing(record):
        if any(span.covers(block.span) for span in tags) and _is_tag(record, block, vocabulary):
            continue
        if row and (block.kind is not BlockKind.CELL or (block.section, block.row) != (row[0].section, row[0].row)):
            yield from _of_row(record, row, headings)
            row = []
        if block.kind is not BlockKind.CELL:
            yield _words(record, block), True
            continue
        if block.row == 0:
            headings = {} if block.column == 0 else headings
            headings[block.column] = block
        row.append(block)
    if row:
        yield from _of_row(record, row, headings)


def _of_row(record: Record, row: Sequence[Block], headings: dict[int | None, Block]) -> Iterator[tuple[Words, bool]]:
    yield words_of(record.prose, row[0].span.start, max(row[0].span.start, row[-1].span.end)), row[0].row == 0
    if row[0].row == 0:
        return
    label = _words(record, row[0])
    for cell in row[1:]:
        words = label + _words(record, cell)
        heading = headings.get(cell.column)
        yield (words if heading is None else _words(record, heading) + words), True


def _words(record: Record, block: Block) -> Words:
    return words_of(record.prose, block.span.start, block.span.end)


def _tagging(record: Record, vocabulary: Vocabulary) -> tuple[Span, ...]:
    """Return where the values of the keys stand under which tags are stated, in a YAML record."""
    mapping = record.metadata
    if mapping is None or record.front_matter is not None:
        return ()
    keys = vocabulary.data("keys")
    nodes = (mapping.get(*names) for kind in ("failures", "approaches") for names in keys[kind].values() if names)
    return tuple(node.span for node in nodes if node is not None)


def _is_tag(record: Record, block: Block, vocabulary: Vocabulary) -> bool:
    """Say whether a block is nothing but a tag: it names an approach and tells nothing of it."""
    word = record.words(block.span)
    return any(vocabulary.resolve(kind, word) for kind in ("failure", "approach"))


def _standing(record: Record) -> Iterator[Block]:
    """Yield the blocks that do not describe an option that was not chosen."""
    chosen = {index for choice in record.choices for index in choice.options}
    chosen |= {index for index, option in enumerate(record.options) if option.mark is OptionMark.CHOSEN}
    return (block for block in record.blocks if not chosen or block.option is None or block.option in chosen)
