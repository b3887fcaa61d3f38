"""YAML documents as records: one mapping, or a log of several."""

from __future__ import annotations

from wrongfix import markdown, yamltext
from wrongfix.record import fields
from wrongfix.record.choices import read_choices
from wrongfix.record.language import language_of
from wrongfix.record.model import Block, BlockKind, Node, Problem, Record, Section
from wrongfix.record.words import Words
from wrongfix.text import Source, Span


def read_yaml(source: Source, words: Words) -> tuple[Record, ...]:
    """Return the records of a YAML document in its order."""
    documents = yamltext.parse(source.text)
    records = []
    for index, document in enumerate(documents):
        root = document.root
        problems = document.problems if index == 0 else ()
        if root is None or root.tag != "map":
            continue
        records.append(_record(source, root, problems, words))
    if not records:
        problems = documents[0].problems
        records.append(
            Record(source, "yaml", Span(0, len(source.text)), markdown.masked(source.text, ()), problems=problems)
        )
    return tuple(records)


def _record(source: Source, root: Node, problems: tuple[Problem, ...], words: Words) -> Record:
    walk = _Walk(source.text, words)
    walk.mapping(root, None, 1)
    record = Record(
        source=source,
        format="yaml",
        span=root.span,
        prose=markdown.masked(source.text, walk.stretches),
        sections=tuple(walk.sections),
        blocks=tuple(walk.blocks),
        metadata=root,
        problems=problems,
    )
    stated = fields.read_fields(record, words)
    record = fields.with_fields(record, stated, words)
    return fields.replaced(record, choices=read_choices(record, words), language=language_of(record, words))


class _Walk:
    """Goes through a mapping: each key becomes a section, each scalar a block."""

    def __init__(self, text: str, words: Words) -> None:
        self.text = text
        self.words = words
        self.sections: list[Section] = []
        self.blocks: list[Block] = []
        self.stretches: list[tuple[int, int, str | None]] = []

    def mapping(self, node: Node, around: int | None, level: int) -> None:
        """Take the pairs of a mapping that stands in a section."""
        inherited = self.sections[around].role if around is not None else None
        for key, value in node.items():
            role = self.words.role(key.value)
            index = len(self.sections)
            self.sections.append(
                Section(key.value, role or inherited, level, key.span, value.span, around, own_role=role is not None)
            )
            self.value(value, index, level)

    def value(self, node: Node, section: int, level: int) -> None:
        """Take a value of a section, and what it holds."""
        scalar = node.text()
        if scalar is not None:
            span = _inside(self.text, node)
            if span.start < span.end:
                self.stretches.append((span.start, span.end, None))
                self.blocks.append(Block(BlockKind.VALUE, span, section))
        for element in node.elements():
            self.value(element, section, level)
        self.mapping(node, section, level + 1)


def _inside(text: str, node: Node) -> Span:
    """Return where the words of a scalar stand, without its quotes or its block sign."""
    if node.style in {"'", '"'}:
        return Span(node.span.start + 1, node.span.end - 1)
    if node.style in {"|", ">"}:
        return Span(text.find("\n", node.span.start) + 1 or node.span.end, node.span.end)
    return node.span
