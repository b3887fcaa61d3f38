"""The options a record weighs: from lists, subheadings and tables, and which blocks describe which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wrongfix.record.model import Block, BlockKind, Option, Record, Text
from wrongfix.record.words import Words, folded
from wrongfix.text import Span

ROLES = ("options", "rejected", "pros-and-cons")
_ENDS_NAME = (" – ", " — ", " - ", ": ", "：", "<br", " (", "（", ". ")


def read_options(record: Record, words: Words) -> tuple[Option, ...]:
    """Return the options in the order of the text, each once."""
    options: list[Option] = []
    known: set[str] = set()
    for block in record.blocks:
        name = _named(record, block)
        if name is None:
            continue
        key = normalised(name.value, words)
        if key and key not in known:
            known.add(key)
            options.append(Option(name=name))
    return tuple(options)


def assigned(record: Record, options: Sequence[Option]) -> tuple[Block, ...]:
    """Return the blocks with the option each of them describes."""
    if not options:
        return record.blocks
    starts = {option.name.span.start: index for index, option in enumerate(options)}
    blocks: list[Block] = []
    current: int | None = None
    for block in record.blocks:
        if record.role(block) not in {*ROLES, "pros", "cons"}:
            current = None
        elif block.span.start in starts:
            current = starts[block.span.start]
        elif block.kind is BlockKind.HEADING and _level_of_option(record, block):
            name = record.words(block.span).casefold()
            current = next((i for i, o in enumerate(options) if o.name.value.casefold() in name), None)
        blocks.append(block if current is None else replace(block, option=current))
    return tuple(blocks)


def normalised(name: str, words: Words) -> str:
    """Return an option's name as names of options are compared: without label, case and signs."""
    bare = folded(name)
    for label in words.option_labels:
        if bare.startswith(label + " "):
            rest = bare[len(label) :].lstrip(" 0123456789.:)(-–—")
            if len(rest) > 1 and rest[1:2] in {":", ")", ".", " "} and rest[0].isalpha():
                rest = rest[2:]
            return rest.strip(" :.-–—") or bare
    return bare


def _level_of_option(record: Record, block: Block) -> bool:
    section = record.sections[block.section] if block.section is not None else None
    return section is not None and not section.own_role


def _named(record: Record, block: Block) -> Text | None:
    if block.section is None or record.sections[block.section].role not in ROLES:
        return None
    section = record.sections[block.section]
    if block.kind is BlockKind.HEADING:
        parent = record.sections[section.parent] if section.parent is not None else None
        if section.own_role or parent is None or not parent.own_role:
            return None
    elif (
        block.kind is not BlockKind.ITEM or block.depth != 1 or not section.own_role or section.role == "pros-and-cons"
    ):
        return None
    line = record.prose[block.span.start : block.span.end].split("\n", 1)[0].rstrip()
    ends = [line.find(mark, 1) for mark in _ENDS_NAME]
    end = min((found for found in ends if found > 0), default=len(line))
    return Text(" ".join(line[:end].split()), Span(block.span.start, block.span.start + end))
