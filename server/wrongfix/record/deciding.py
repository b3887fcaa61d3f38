"""What sections about the decision say was chosen, in plain sentences, lists and headings of their parts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from wrongfix.record.model import Block, BlockKind, Choice, Record, Text
from wrongfix.record.naming import mentioned, named
from wrongfix.record.statements import choice_of, saying, statement_end, trimmed
from wrongfix.record.words import Words, folded
from wrongfix.text import Span

_FACTS = frozenset({"status", "date", "number", "tags", "decision-maker", "author", "owner"})
_TAIL = 30
"""How many characters before a colon tell what the list after it is about."""


def deciding(record: Record, words: Words, known: Iterable[Choice], most: int) -> list[Choice]:
    """Return the sentences of sections about the decision that say so, and the first of each where none does.

    A list that follows such a sentence after a colon, or that is all a section holds, states the choice too.
    `known` are choices found by their form: where a section holds one, its first sentence adds nothing.
    No more than about `most` are returned.
    """
    says = words.says.get(record.language, words.says["und"])
    leads = words.leads.get(record.language, words.leads["en"])
    blocks = [block for block in record.blocks if _decides(record, block, words)]
    said = [list(saying(record, block, says, leads, words)) for block in blocks]
    speaking = {block.section for block, sentences in zip(blocks, said, strict=True) if sentences}
    speaking |= set(_sections_of(record, known))
    own = _own_sections(record, {block.section for block in blocks}, words)
    found = list(_headings(record, own))[:most]
    listing: int | None = None
    for block, sentences in zip(blocks, said, strict=True):
        if len(found) > most:
            break
        section = block.section
        opens = section in own and section not in speaking
        own.pop(section, None)
        if block.kind is BlockKind.ITEM and (opens or (listing is not None and listing == section)):
            listing = section
            if block.depth <= 1:
                found.append(Choice(block.span, None, mentioned(record.options, record.words(block.span), words)))
            continue
        if opens and not record.words(block.span).casefold().startswith(words.because):
            sentences.append(Span(block.span.start, statement_end(record.prose, block.span.start, block.span.end)))
        found += [choice_of(record, sentence, words) for sentence in sentences[:most]]
        goes_on = sentences and _lists_more(record.prose[sentences[-1].start : block.span.end], words)
        listing = section if goes_on else None
    return [_with_options(record, choice, words) for choice in found]


def _decides(record: Record, block: Block, words: Words) -> bool:
    """Say whether a block is prose of a section about the decision, and no line such as `Status: …`."""
    return (
        record.role(block) == "decision"
        and block.kind is not BlockKind.HEADING
        and words.labels.get(block.label) not in _FACTS
    )


def _own_sections(record: Record, spoken: set[int | None], words: Words) -> dict[int | None, bool]:
    """Return the sections whose first words are the decision; the value says that one is a part of a bare section.

    They are the sections about the decision themselves, and the parts of one that holds nothing but parts.
    """
    own: dict[int | None, bool] = {}
    for index, section in enumerate(record.sections):
        if section.role != "decision":
            continue
        if section.own_role or (record.format == "yaml" and folded(section.title) in words.shapes["plain"]):
            own[index] = False
        elif record.format != "yaml" and own.get(section.parent) is False and section.parent not in spoken:
            own[index] = True
    return own


def _headings(record: Record, own: dict[int | None, bool]) -> Iterator[Choice]:
    """Yield the headings of the parts of a decision that holds nothing but parts: each says one of its points."""
    for index, is_part in own.items():
        if is_part and index is not None:
            section = record.sections[index]
            span = trimmed(record.prose, section.heading.start, section.heading.end)
            yield Choice(span, Text(section.title, span))


def _with_options(record: Record, choice: Choice, words: Words) -> Choice:
    if choice.options or choice.name is None:
        return choice
    return Choice(choice.span, choice.name, named(record.options, choice.name.value, words))


def _lists_more(sentence: str, words: Words) -> bool:
    """Say whether a sentence goes on in the list below it; a list of reasons is no part of the choice."""
    if not sentence.rstrip().endswith((":", "：")):
        return False
    tail = sentence[-_TAIL:].casefold()
    return not any(word in tail for word in words.because)


def _sections_of(record: Record, choices: Iterable[Choice]) -> Iterator[int | None]:
    """Yield the sections in whose text choices stand; one in a heading leaves the text below it to be read."""
    for choice in choices:
        at = bisect_right(record.blocks, choice.span.start, key=lambda block: block.span.start) - 1
        if at >= 0 and record.blocks[at].kind is not BlockKind.HEADING:
            yield record.blocks[at].section
