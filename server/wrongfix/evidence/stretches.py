"""The stretches of a record that facts are read from: not the options that lost, and tables with their headings."""

from __future__ import annotations

from collections.abc import Iterator

from wrongfix.frozen import dataclass
from wrongfix.record.model import Block, BlockKind, OptionMark, Record
from wrongfix.text import Span
from wrongfix.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Stretch:
    """Places whose words are read together, for what they mention, for their amounts, or both."""

    parts: tuple[Span, ...]
    mentions: bool
    amounts: bool


def stretches_of(record: Record, vocabulary: Vocabulary) -> Iterator[Stretch]:
    """Yield the stretches of a record in order.

    A table cell mentions what stands in it alone.
    Its amounts are read behind the heading of its column and the label of its row.
    """
    headings: dict[int | None, Span] = {}
    label: Span | None = None
    tags = _tagging(record, vocabulary)
    for block in _standing(record):
        if any(span.covers(block.span) for span in tags) and _is_tag(record, block, vocabulary):
            continue
        yield Stretch((block.span,), mentions=True, amounts=block.kind is not BlockKind.CELL)
        if block.kind is not BlockKind.CELL:
            continue
        if block.row == 0:
            headings = {} if block.column == 0 else headings
            headings[block.column] = block.span
        elif block.column == 0:
            label = block.span
        else:
            parts = (headings.get(block.column), label, block.span)
            yield Stretch(tuple(part for part in parts if part is not None), mentions=False, amounts=True)


def _tagging(record: Record, vocabulary: Vocabulary) -> tuple[Span, ...]:
    """Return where the values of the keys stand under which tags are stated, in a YAML record."""
    mapping = record.metadata
    if mapping is None or record.front_matter is not None:
        return ()
    keys = vocabulary.data("keys")
    lists = (*keys["failures"].values(), *keys["approaches"].values(), keys["out-of-scope"])
    nodes = (mapping.get(*names) for names in lists)
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
