"""Fixes that add or move sections: a block of `rules/blocks.yaml` at the place where this record keeps such things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wrongfix.findings import Applicability, Fix
from wrongfix.fixing import keys
from wrongfix.judging import MISFITS, Judgement
from wrongfix.markdown import parse
from wrongfix.record.frontmatter import split
from wrongfix.record.model import Record, Section
from wrongfix.record.scalars import is_in_yaml, scalar_at
from wrongfix.rulebook import Rulebook
from wrongfix.text import Edit, Span, apply

_HIDING = ("<", "```", "~~~")
"""Signs that may begin what is not read."""


def insertion(judgement: Judgement, rulebook: Rulebook, name: str) -> Iterator[Fix]:
    """Insert a block as a section of its own, filled with the record's words and with questions to the author.

    A section says more of a choice and makes no misfit good: for one, nothing is offered.
    """
    if any(pair.open and pair.fit in MISFITS for pair in judgement.match.pairs):
        return
    block: Mapping[str, Any] = rulebook.blocks[name]
    record = judgement.case.evidence.record
    text = judgement.filled(block["text"]).rstrip()
    in_yaml = record.format.startswith("yaml")
    edit = _yaml(record, name, text) if in_yaml else _markdown(record, block, text)
    if edit is not None and (keys.is_read(record, (edit,), (name,)) if in_yaml else _is_read(record, edit)):
        yield Fix(f"Insert a section “{block['title']}”", Applicability.UNSAFE, (edit,))


def reordering(judgement: Judgement, _rulebook: Rulebook, _argument: object) -> Iterator[Fix]:
    """Swap two phases of a list so that the one named too early comes after the one it waits for."""
    facts = judgement.case.facts.get("phases", ())
    late = judgement.match.facts
    record = judgement.case.evidence.record
    for first in late[:1]:
        later = [fact for fact in facts if fact.span.start >= first.span.end]
        if later and _may_swap(record, first.span, later[0].span):
            one, other = first.span, later[0].span
            edits = (Edit(one, record.source.slice(other)), Edit(other, record.source.slice(one)))
            yield Fix("Swap the two phases", Applicability.UNSAFE, edits)


def _may_swap(record: Record, one: Span, other: Span) -> bool:
    """Say whether two places may hold each other's words: in YAML, what one kind of scalar means another may not."""
    if not is_in_yaml(record, one):
        return True
    first, second = scalar_at(record, one), scalar_at(record, other)
    return first is not None and second is not None and (first is second or first.style == second.style == "")


def _markdown(record: Record, block: Mapping[str, Any], text: str) -> Edit:
    end = record.source.line_end
    section, inside = _home(record, block.get("after", ()))
    level = min((section.level + 1 if inside else section.level) if section else 2, 6)
    at = section.body.end if section else record.span.end
    while at > record.span.start and record.source.text[at - 1].isspace():
        at -= 1
    lines = [f"{'#' * level} {block['title']}", "", *text.splitlines()]
    return Edit(
        Span(at, at),
        end * 2 + end.join(lines) + ("" if record.source.text[at:].strip() or at < len(record.source.text) else end),
    )


def _is_read(record: Record, edit: Edit) -> bool:
    """Say whether an inserted heading is one: in a comment, code or front matter that nobody closed it is not."""
    text = record.source.text
    if record.problems:
        front = split(apply(text, (edit,)))
        if (front.content if front is not None else None) != record.front_matter:
            return False
    if not any(sign in text for sign in _HIDING):
        return True
    start = edit.span.start + len(edit.content) - len(edit.content.lstrip())
    body = record.front_matter.end if record.front_matter is not None else 0
    after = text[: edit.span.start] + edit.content.rstrip()
    return any(heading.line.start == start for heading in parse(after, body).headings)


def _home(record: Record, roles: tuple[str, ...]) -> tuple[Section | None, bool]:
    """Return the section to insert after: the last top-most one with the first role that the record has."""
    for role in roles:
        fitting = [section for section in record.sections if section.role == role and section.own_role]
        if fitting:
            level = min(section.level for section in fitting)
            section = [each for each in fitting if each.level == level][-1]
            return section, section.level == 1
    level = min((section.level for section in record.sections if section.level > 1), default=0)
    last = [section for section in record.sections if section.level == level]
    return (last[-1], False) if last else (None, False)


def _yaml(record: Record, name: str, text: str) -> Edit | None:
    """Return the edit that writes the block as a key of the record, in a block scalar; nothing for flow mappings."""
    if record.metadata is None or record.metadata.style == "flow" or not record.metadata.items():
        return None
    source = record.source
    first = record.metadata.items()[0][0].span.start
    column = source.position(first).column
    if "&" in record.metadata.properties or source.slice(Span(first - column, first)).strip(" -"):
        return None
    at = record.span.end
    while at > record.span.start and source.text[at - 1].isspace():
        at -= 1
    end = source.line_end
    lead = " " * column
    lines = [f"{lead}{name}: |", *(f"{lead}  {line}" if line else "" for line in text.splitlines())]
    tail = "" if source.text[at:] else end
    return Edit(Span(at, at), end + end.join(lines) + tail)
