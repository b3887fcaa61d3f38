"""The sentences that say what was chosen, in the forms records use."""

from __future__ import annotations

from collections.abc import Iterator

from wrongfix.record.model import Block, BlockKind, Choice, Record, Text
from wrongfix.record.options import normalised
from wrongfix.record.words import Words, folded
from wrongfix.text import Span

_QUOTES = {
    '"': '"',
    "\u201c": "\u201d",
    "\u201e": "\u201c",
    "\u00ab": "\u00bb",
    "\u2018": "\u2019",
    "\u300c": "\u300d",
    "'": "'",
}


def read_choices(record: Record, words: Words) -> tuple[Choice, ...]:
    """Return every statement of the choice, in the order of the text."""
    choices = list(_stated(record, words))
    covered = {record.role(block) for block in record.blocks if any(c.span.meets(block.span) for c in choices)}
    if "decision" not in covered:
        choices.extend(_leading(record))
    return tuple(sorted(choices, key=lambda choice: choice.span))


def _stated(record: Record, words: Words) -> Iterator[Choice]:
    for block in record.blocks:
        role = record.role(block)
        if block.kind is BlockKind.HEADING:
            continue
        label, colon, _ = record.prose[block.span.start : min(block.span.end, block.span.start + 60)].partition(":")
        if colon and words.labels.get(folded(label)) == "choice" and role in {"decision", None, "context"}:
            yield _named(record, block, block.span.start + len(label) + 1, words)
            continue
        if role == "decision":
            yield from _saying(record, block, (*words.says, *words.leads))


def _named(record: Record, block: Block, start: int, words: Words) -> Choice:
    prose = record.prose
    while start < block.span.end and prose[start].isspace():
        start += 1
    end = block.span.end
    closing = _QUOTES.get(prose[start]) if start < end else None
    if closing is not None and (found := prose.find(closing, start + 1, end)) > 0:
        name = Span(start + 1, found)
    else:
        stops = [prose.find(word, start, end) for word in words.because] + [prose.find(",", start, end)]
        stop = min((found for found in stops if found > 0), default=end)
        name = Span(start, stop)
    text = Text(" ".join(prose[name.start : name.end].split()).rstrip(".,"), name)
    return Choice(block.span, text, _options(record, text.value, words))


def _options(record: Record, name: str, words: Words) -> tuple[int, ...]:
    wanted = normalised(name, words)
    exact = [index for index, option in enumerate(record.options) if normalised(option.name.value, words) == wanted]
    if exact or not wanted:
        return tuple(exact)
    return tuple(
        index
        for index, option in enumerate(record.options)
        if (known := normalised(option.name.value, words)) and (known in wanted or wanted in known)
    )


def _saying(record: Record, block: Block, sayings: tuple[str, ...]) -> Iterator[Choice]:
    words = record.prose[block.span.start : block.span.end].casefold().replace("\u2019", "'")
    if any(saying in words for saying in sayings):
        yield Choice(block.span)


def _leading(record: Record) -> Iterator[Choice]:
    for block in record.blocks:
        if record.role(block) == "decision" and block.kind is not BlockKind.HEADING:
            end = record.prose.find(". ", block.span.start, block.span.end)
            yield Choice(Span(block.span.start, end + 1 if end > 0 else block.span.end))
            return
