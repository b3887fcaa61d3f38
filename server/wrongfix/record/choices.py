"""The statements that say what was chosen, in the forms records use."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from wrongfix.record.model import Block, BlockKind, Choice, OptionMark, Record, Section, Text
from wrongfix.record.naming import mentioned, named
from wrongfix.record.statements import choice_of, named_choice, saying, statement_end, trimmed
from wrongfix.record.tables import tables_of
from wrongfix.record.words import Words, folded
from wrongfix.text import Span

_SILENT = frozenset({"links", "history", "status", "date", "people", "tags", "metadata", "contents", "questions"})
_TAIL = 30
_LISTED = 12
"""How many blocks after a bare `Chosen options:` may name them."""
_MOST = 40
"""How many statements of one record are kept: more is a design document, and its sections say as much."""


def read_choices(record: Record, words: Words) -> tuple[Choice, ...]:
    """Return every statement of the choice, in the order of the text."""
    found = [*_labelled(record, words), *_marked(record, words)]
    found += _deciding(record, words, found)
    if not found:
        found += _elsewhere(record, words)
    kept: dict[Span, Choice] = {}
    for choice in sorted(found, key=lambda choice: (choice.span.start, choice.name is None, -choice.span.end)):
        kept.setdefault(choice.span, choice)
    return tuple(kept.values())[:_MOST]


def _labelled(record: Record, words: Words) -> Iterator[Choice]:
    """Yield statements of the form `Chosen option: X, because …`, in blocks and in headings."""
    for index, block in enumerate(record.blocks):
        role = record.role(block)
        if role in _SILENT:
            continue
        head = record.prose[block.span.start : block.span.end]
        if ":" not in head and "：" not in head:
            continue
        for start, end in _lines(record, block):
            label, colon = _label(record.prose, start, end)
            kind = words.labels.get(folded(label)) if colon else None
            if kind == "choice" or (kind == "decision" and role in {None, "decision"}):
                yield from _valued(record, index, Span(start, end), start + len(label) + 1, words)
                break


def _lines(record: Record, block: Block) -> Iterator[tuple[int, int]]:
    """Yield the beginning of each line of a block with the block's end; only the first where it is not a paragraph."""
    yield block.span.start, block.span.end
    if block.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.VALUE, BlockKind.QUOTE}:
        start = record.prose.find("\n", block.span.start, block.span.end)
        while start >= 0:
            while start < block.span.end and record.prose[start].isspace():
                start += 1
            yield start, block.span.end
            start = record.prose.find("\n", start, block.span.end)


def _label(prose: str, start: int, end: int) -> tuple[str, bool]:
    head = prose[start : min(end, start + 60)]
    place = min((at for at in (head.find(":"), head.find("：")) if at >= 0), default=-1)
    return (head[:place], "\n" not in head[:place]) if place >= 0 else ("", False)


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


def _deciding(record: Record, words: Words, known: list[Choice]) -> list[Choice]:
    """Return the sentences of sections about the decision that say so, and the first of each where none does."""
    says, leads = (
        words.says.get(record.language, words.says["und"]),
        words.leads.get(record.language, words.leads["en"]),
    )
    spoken = {section for choice in known if (section := _section_at(record, choice.span)) is not None}
    found: list[Choice] = []
    firsts: dict[int, Block] = {}
    listing = False
    for block in record.blocks:
        section = block.section
        if (
            section is None
            or record.role(block) != "decision"
            or block.kind is BlockKind.HEADING
            or _stated(block, words)
        ):
            listing = False
        elif block.kind is BlockKind.ITEM and block.depth > 1 and listing:
            continue
        elif block.kind is BlockKind.ITEM and (
            listing or (section not in firsts and record.sections[section].own_role)
        ):
            listing = True
            spoken.add(section)
            firsts.setdefault(section, block)
            found.append(Choice(block.span, None, mentioned(record.options, record.words(block.span), words)))
        else:
            firsts.setdefault(section, block)
            sentences = list(saying(record, block, says, leads, words.denies))
            found += [choice_of(record, sentence, words) for sentence in sentences]
            spoken.update({section} if sentences else ())
            listing = bool(sentences) and _lists_more(record.prose[sentences[-1].start : block.span.end], words)
    return [*found, *_opening(record, firsts, spoken, words)]


def _lists_more(sentence: str, words: Words) -> bool:
    """Say whether a sentence goes on in the list below it; a list of reasons is no part of the choice."""
    if not sentence.rstrip().endswith((":", "：")):
        return False
    tail = sentence[-_TAIL:].casefold()
    return not any(word in tail for word in words.because)


def _opening(record: Record, firsts: dict[int, Block], spoken: set[int], words: Words) -> Iterator[Choice]:
    """Yield the first sentence of a section about the decision, or the headings and first sentences of its parts."""
    stating = set(firsts) | spoken
    for index, section in enumerate(record.sections):
        if section.role != "decision":
            continue
        parent = section.parent
        part = parent is not None and record.sections[parent].own_role and record.sections[parent].role == "decision"
        in_parts = part and parent not in stating
        named_here = folded(section.title) in words.shapes["plain"] if record.format == "yaml" else in_parts
        if not (section.own_role or named_here) or (index not in firsts and not in_parts):
            continue
        if in_parts and not section.own_role and record.format != "yaml":
            span = _heading_words(record, section)
            yield Choice(span, Text(section.title, span), named(record.options, section.title, words))
        if index in firsts and index not in spoken:
            block = firsts[index]
            end = statement_end(record.prose, block.span.start, block.span.end)
            yield choice_of(record, Span(block.span.start, end), words)


def _heading_words(record: Record, section: Section) -> Span:
    return trimmed(record.prose, section.heading.start, section.heading.end)


def _stated(block: Block, words: Words) -> bool:
    return words.labels.get(block.label) in {"status", "date", "number", "tags", "decision-maker", "author", "owner"}


def _section_at(record: Record, span: Span) -> int | None:
    at = bisect_right(record.blocks, span.start, key=lambda block: block.span.start) - 1
    return record.blocks[at].section if at >= 0 else None


def _elsewhere(record: Record, words: Words) -> list[Choice]:
    """Return sentences that say what was decided in a record that has no section about it."""
    says = words.says.get(record.language, words.says["und"])
    leads = words.leads.get(record.language, words.leads["en"])
    return _among(record, words, {None, "context", "rationale"}, says, ()) or _among(record, words, {None}, (), leads)


def _among(
    record: Record, words: Words, roles: set[str | None], says: tuple[str, ...], leads: tuple[str, ...]
) -> list[Choice]:
    return [
        choice_of(record, span, words)
        for block in record.blocks
        if record.role(block) in roles and block.kind is not BlockKind.HEADING
        for span in saying(record, block, says, leads, words.denies)
    ]
