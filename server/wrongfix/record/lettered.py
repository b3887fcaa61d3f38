"""Options written as lines such as `A. Teach the model.`, which Markdown takes for running text."""

from __future__ import annotations

from wrongfix.frozen import replace
from wrongfix.record.model import Block, BlockKind, Option, OptionMark, Record, Text
from wrongfix.record.naming import cut, labelled
from wrongfix.record.words import Words
from wrongfix.text import Span

_ROLES = frozenset({"options", "rejected", "pros-and-cons"})
_FEWEST = 2


def lettered_options(record: Record, words: Words) -> tuple[Option, ...]:
    """Return the options of lines that are lettered one after the other; nothing where fewer than two are."""
    found = [
        option
        for block in record.blocks
        if block.kind is BlockKind.PARAGRAPH and record.role(block) in _ROLES
        for option in _of_block(record, block, words)
    ]
    letters = [option.label for option in found]
    follow = [chr(ord("A") + at) for at in range(len(letters))]
    return tuple(found) if len(found) >= _FEWEST and letters == follow else ()


def _of_block(record: Record, block: Block, words: Words) -> list[Option]:
    """Return the options of one paragraph; what stands up to the next one describes each."""
    found: list[Option] = []
    start = block.span.start
    mark = OptionMark.REJECTED if record.role(block) == "rejected" else None
    for line in record.prose[start : block.span.end].split("\n"):
        end = start + len(line)
        name = _name(line, start, words)
        if name is not None:
            sign, text = name
            found.append(Option(text, sign, mark, (Span(text.span.end, end),)))
        elif found:
            found[-1] = replace(found[-1], description=(Span(found[-1].name.span.end, end),))
        start = end + 1
    return found


def _name(line: str, start: int, words: Words) -> tuple[str, Text] | None:
    bare = line.strip()
    sign, offset = labelled(bare, words)
    if len(sign) != 1 or not sign.isupper():
        return None
    name = bare[offset : offset + cut(bare[offset:])].rstrip(" .:")
    first = start + len(line) - len(line.lstrip()) + offset
    return (sign, Text(name, Span(first, first + len(name)))) if name else None
