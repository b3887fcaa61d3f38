"""The statements that say what was chosen, in the forms records use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from wrongfix.record.deciding import deciding
from wrongfix.record.model import Block, BlockKind, Choice, OptionMark, Record
from wrongfix.record.referred import pointed
from wrongfix.record.statements import choice_of, named_choice, saying, statement_end
from wrongfix.record.tables import tables_of
from wrongfix.record.words import Words, folded
from wrongfix.text import Span

_SILENT = frozenset({"links", "history", "status", "date", "people", "tags", "metadata", "contents", "questions"})
_OF_LINES = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.VALUE, BlockKind.QUOTE})
_COLON = re.compile("[:：]")
_LONGEST_LABEL = 60
"""Characters of a label with its colon."""
_TICK = "[x]"
_LISTED = 12
"""How many blocks after a bare `Chosen options:` may name them."""
_OPENING = 30
"""Characters that hold the first words of a sentence such as `In the context of …`."""
_MOST = 40
"""How many statements of one record are kept: more is a design document, and its sections say as much."""


def read_choices(record: Record, words: Words) -> tuple[Choice, ...]:
    """Return every statement of the choice, in the order of the text."""
    found = [*islice(_labelled(record, words), _MOST), *islice(_marked(record, words), _MOST)]
    found += deciding(record, words, found, _MOST)
    found += islice(_y_statements(record, words), _MOST)
    found += islice(_pointing(record, words), _MOST)
    if not found:
        found += _elsewhere(record, words)
    kept: dict[Span, Choice] = {}
    for choice in sorted(found, key=lambda choice: (choice.span.start, choice.name is None, -choice.span.end)):
        kept.setdefault(choice.span, choice)
    return tuple(kept.values())[:_MOST]


def _labelled(record: Record, words: Words) -> Iterator[Choice]:
    """Yield statements of the form `Chosen option: X, because …`, in blocks and in headings."""
    prose = record.prose
    for index, block in enumerate(record.blocks):
        begin, end = block.span.start, block.span.end
        ticked = prose.find(_TICK, begin, end) >= 0
        if not ticked and prose.find(":", begin, end) < 0 > prose.find("：", begin, end):
            continue
        role = record.role(block)
        if role in _SILENT:
            continue
        if ticked and role == "decision":
            yield from _ticked(record, block, words)
            continue
        for start, label in _labels(prose, block):
            kind = words.labels.get(folded(label.rstrip("0123456789# ")))
            if kind == "choice" or (kind == "decision" and role in {None, "decision"}):
                yield from _valued(record, index, Span(start, end), start + len(label) + 1, words)
                break


def _ticked(record: Record, block: Block, words: Words) -> Iterator[Choice]:
    """Yield the ticked lines of a paragraph; Markdown knows boxes in lists only."""
    starts = [start for start, _ in _lines(record, block)]
    for start, end in zip(starts, [*starts[1:], block.span.end], strict=True):
        if record.prose.startswith(_TICK, start):
            name = start + len(_TICK)
            while name < end and record.prose[name].isspace():
                name += 1
            if name < end:
                yield named_choice(record, Span(start, end), name, words)


def _lines(record: Record, block: Block) -> Iterator[tuple[int, int]]:
    """Yield the beginning of each line of a block with the block's end; only the first where it is not a paragraph."""
    yield block.span.start, block.span.end
    if block.kind in _OF_LINES:
        start = record.prose.find("\n", block.span.start, block.span.end)
        while start >= 0:
            while start < block.span.end and record.prose[start].isspace():
                start += 1
            yield start, block.span.end
            start = record.prose.find("\n", start, block.span.end)


def _labels(prose: str, block: Block) -> Iterator[tuple[int, str]]:
    """Yield where a line of a block begins, with what stands before its first colon, where that is a label's length."""
    begin, end = block.span.start, block.span.end
    colons = _COLON.finditer(prose, begin, end)
    line = -1
    for found in colons:
        start = prose.rfind("\n", begin, found.start()) + 1 or begin
        if start == line or (start > begin and block.kind not in _OF_LINES):
            continue
        line = start
        while prose[start].isspace():
            start += 1
        if found.end() - start <= _LONGEST_LABEL:
            yield start, prose[start : found.start()]


def _valued(record: Record, index: int, whole: Span, start: int, words: Words) -> Iterator[Choice]:
    prose = record.prose
    while start < whole.end and prose[start] in " \t\r\n*_":
        start += 1
    if start < whole.end:
        yield named_choice(record, whole, start, words)
        return
    for block in record.blocks[index + 1 : index + _LISTED]:
        if block.section != record.blocks[index].section or block.kind is BlockKind.HEADING:
            return
        yield named_choice(record, block.span, block.span.start, words)
        if block.kind is not BlockKind.ITEM:
            return


def _marked(record: Record, words: Words) -> Iterator[Choice]:
    """Yield options that carry a mark such as `(chosen)`, in headings, lists and tables."""
    for index, option in enumerate(record.options):
        if option.mark is OptionMark.CHOSEN:
            yield Choice(option.name.span, option.name, (index,))
    for cells in tables_of(record):
        if record.role(cells[0]) in {"decision", None}:
            yield from _of_table(record, cells, words)


def _of_table(record: Record, cells: list[Block], words: Words) -> Iterator[Choice]:
    """Yield the second cell of a row whose first says `Decision` or `Chosen option`."""
    for before, cell in pairwise(cells):
        if before.column == 0 and cell.column == 1 and before.row == cell.row:
            kind = words.labels.get(folded(record.words(before.span)))
            if kind == "choice" or (kind == "decision" and cell.row):
                yield named_choice(record, cell.span, cell.span.start, words)


def _y_statements(record: Record, words: Words) -> Iterator[Choice]:
    """Yield the choice of `In the context of …, we decided for …`, which says all a record has to say."""
    low = record.prose.casefold()
    if not any(each in low for each in words.y_opens):
        return
    for block in record.blocks:
        if record.role(block) in {None, "context"} and _opening(record, block).startswith(words.y_opens):
            choice = choice_of(record, block.span, words)
            if choice.name is not None:
                yield choice


def _pointing(record: Record, words: Words) -> Iterator[Choice]:
    """Yield paragraphs that open with the number of the option they take, as `We pick 3.` does."""
    signs = [option.label for option in record.options]
    for block in record.blocks if signs else ():
        if block.kind is BlockKind.PARAGRAPH and _opening(record, block).startswith(words.picks):
            end = statement_end(record.prose, block.span.start, block.span.end)
            at = pointed(signs, record.prose[block.span.start : end], words, picks=True)
            if at is not None and record.role(block) not in _SILENT:
                yield Choice(Span(block.span.start, end), None, (at,))


def _opening(record: Record, block: Block) -> str:
    return record.prose[block.span.start : block.span.start + _OPENING].casefold().lstrip(" *_")


def _elsewhere(record: Record, words: Words) -> list[Choice]:
    """Return sentences that say what was decided in a record that has no section about it."""
    says = words.says.get(record.language, words.says["und"])
    leads = words.leads.get(record.language, words.leads["en"])
    blocks = [block for block in record.blocks if block.kind is not BlockKind.HEADING]
    telling = [block for block in blocks if record.role(block) in {None, "context", "rationale"}]
    unnamed = [block for block in telling if block.section is None or not record.sections[block.section].own_role]
    return _among(record, words, telling, says, ()) or _among(record, words, unnamed, (), leads)


def _among(
    record: Record, words: Words, blocks: list[Block], says: tuple[str, ...], leads: tuple[str, ...]
) -> list[Choice]:
    spans = (span for block in blocks for span in saying(record, block, says, leads, words))
    return [choice_of(record, span, words) for span in islice(spans, _MOST)]
