"""Reading the steps of a rollout in their order, with the approaches each is about; it judges no order.

A step is a numbered item (`Phase 2: …`, `Step 1`, an entry under `phases:`), or what a sentence puts first, next,
before or after.
"""

from __future__ import annotations

from collections.abc import Iterator

from wrongfix.evidence.factwords import FactWords
from wrongfix.evidence.model import Fact
from wrongfix.evidence.phrases import Hit
from wrongfix.evidence.words import Words, words_of
from wrongfix.findings import Confidence
from wrongfix.record.model import Block, BlockKind, Record
from wrongfix.text import Span

KEYS = ("phases", "rollout", "steps", "plan")
ROLES = ("decision", "rationale", "rollout", "consequences", "confirmation")
MOST = 40
"""How many steps a record is read for."""


def phases_of(record: Record, known: FactWords) -> Iterator[Fact]:
    """Return the steps as facts in order; the value is the ids of the approaches a step is about, parted by spaces."""
    steps = _stated(record, known) or _numbered(record, known) or _listed(record, known) or _told(record, known)
    return iter(steps[:MOST])


def _stated(record: Record, known: FactWords) -> list[Fact]:
    node = record.metadata.get(*KEYS) if record.metadata is not None else None
    if node is None:
        return []
    return [
        Fact("phases", each.span, _approaches(_inside(record, each.span), known), Confidence.STATED)
        for each in node.elements()
    ]


def _inside(record: Record, span: Span) -> Words:
    """Return the words of a YAML value; front matter is no prose, so they are read from the source."""
    return words_of(record.source.text, span.start, span.end)


def _numbered(record: Record, known: FactWords) -> list[Fact]:
    """Return the items, rows and headings that begin with a numbered step, each with what stands under it."""
    steps: list[Fact] = []
    for index, block in enumerate(record.blocks):
        if block.option is not None and block.kind is not BlockKind.HEADING:
            continue
        words = words_of(record.prose, block.span.start, min(block.span.end, block.span.start + 60))
        if not _is_step(words, known):
            continue
        span = Span(block.span.start, _end(record, index))
        steps.append(Fact("phases", block.span, _approaches(words_of(record.prose, span.start, span.end), known)))
    return steps if len(steps) > 1 else []


def _listed(record: Record, known: FactWords) -> list[Fact]:
    """Return the items of a list in a section about the rollout, where at least two of them are about approaches."""
    steps = [
        Fact("phases", block.span, _approaches(words_of(record.prose, block.span.start, block.span.end), known))
        for block in record.blocks
        if block.kind is BlockKind.ITEM and block.depth == 1 and record.role(block) == "rollout"
    ]
    return steps if sum(1 for step in steps if step.value) > 1 else []


def _is_step(words: Words, known: FactWords) -> bool:
    """Say whether the words begin `Phase 2`, `Week 1` and the like."""
    return (
        len(words.texts) > 1
        and words.texts[0] in known.data["phases"]["numbered"]
        and (words.texts[1][0].isdigit() or words.texts[1] in known.data["numbers"])
    )


def _end(record: Record, index: int) -> int:
    """Return where a step ends: a heading's with its section, a cell's with its row, any other with its block."""
    block = record.blocks[index]
    end = block.span.end
    for other in record.blocks[index + 1 : index + MOST]:
        same_row = block.kind is BlockKind.CELL and other.row == block.row and other.section == block.section
        below = block.kind is BlockKind.HEADING and other.section == block.section
        if not (same_row and other.kind is BlockKind.CELL) and not below:
            break
        end = max(end, other.span.end)
    return end


def _told(record: Record, known: FactWords) -> list[Fact]:
    """Return the steps of the first stretch that puts approaches of two kinds in an order."""
    for blocks in _sections(record):
        steps: list[Fact] = []
        ordered = False
        for block in blocks:
            words = words_of(record.prose, block.span.start, block.span.end)
            for said, sequence in _sentences(words, known):
                steps += said
                ordered = ordered or sequence
        steps = _merged(steps)
        if ordered and len(steps) > 1:
            return steps
    return []


def _sections(record: Record) -> Iterator[list[Block]]:
    """Yield the blocks that may hold a plan, section by section."""
    groups: dict[int | None, list[Block]] = {}
    for block in record.blocks:
        if block.option is None and record.role(block) in ROLES and block.kind is not BlockKind.HEADING:
            groups.setdefault(block.section, []).append(block)
    return iter(groups.values())


def _sentences(words: Words, known: FactWords) -> Iterator[tuple[list[Fact], bool]]:
    """Yield for each sentence its steps in the order of time, and whether it says anything of order."""
    sentence: list[Hit] = []
    for hit in known.steps.find(words):
        if sentence and any(words.ends_before(at) for at in range(sentence[-1].first + 1, hit.first + 1)):
            yield _ordered(sentence, words)
            sentence = []
        sentence.append(hit)
    if sentence:
        yield _ordered(sentence, words)


def _ordered(hits: list[Hit], words: Words) -> tuple[list[Fact], bool]:
    """Return a sentence's steps: as named, or turned round by `after` between two of them or `before` in front."""
    marks = [hit for hit in hits if not hit.name.startswith("approach:")]
    named = [hit for hit in hits if hit.name.startswith("approach:")]
    parts: list[list[Hit]] = [[]]
    cuts = sorted(mark.first for mark in marks if mark.name != "numbered")
    for hit in named:
        while cuts and cuts[0] <= hit.first:
            cuts.pop(0)
            if parts[-1]:
                parts.append([])
        parts[-1].append(hit)
    turned = any(
        (mark.name == "after" and named and named[0].first < mark.first)
        or (mark.name == "before" and named and mark.first < named[0].first and len(parts) == 1)
        for mark in marks
    )
    if (
        len(parts) == 1
        and len({hit.name for hit in named}) > 1
        and any(mark.name in ("after", "before") for mark in marks)
    ):
        parts = [[hit] for hit in named]
    if turned:
        parts.reverse()
    steps = [_fact(part, words) for part in parts if part]
    return steps, any(mark.name != "numbered" for mark in marks)


def _fact(hits: list[Hit], words: Words) -> Fact:
    span = Span(words.start(hits[0].first), words.end(hits[-1].last - 1))
    return Fact("phases", span, " ".join(dict.fromkeys(hit.name.partition(":")[2] for hit in hits)))


def _merged(steps: list[Fact]) -> list[Fact]:
    """Return the steps without neighbours about the same approaches."""
    merged: list[Fact] = []
    for step in steps:
        if not merged or merged[-1].value != step.value:
            merged.append(step)
    return merged


def _approaches(words: Words, known: FactWords) -> str:
    named = (hit.name.partition(":") for hit in known.steps.find(words))
    return " ".join(dict.fromkeys(name for use, _, name in named if use == "approach"))
