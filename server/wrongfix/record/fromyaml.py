"""YAML documents as records: one mapping, or a log of several; Markdown in block scalars is read as such."""

from __future__ import annotations

from collections.abc import Iterator

from wrongfix import markdown, yamltext
from wrongfix.frozen import replace
from wrongfix.record.frommarkdown import block_of, completed
from wrongfix.record.model import Block, BlockKind, Node, Problem, Record, Section
from wrongfix.record.options import ROLES
from wrongfix.record.scalars import inside
from wrongfix.record.words import Words, folded
from wrongfix.record.yamloptions import with_yaml_options
from wrongfix.text import Source, Span

_MARKUP = frozenset("`*_[<#&")


def read_yaml(source: Source, words: Words) -> tuple[Record, ...]:
    """Return the records of a YAML document in its order; one without parts where there is none to read.

    The records of a log share one prose: that of the document.
    """
    text = source.text
    start = int(text.startswith("\ufeff"))
    documents = yamltext.parse(_without_tabs(text), start)
    problems = [problem for document in documents for problem in document.problems]
    roots = [document.root for document in documents if document.root is not None]
    walks = [_Walk(text, node, words) for root in roots for node in _entries(root, words)]
    prose = markdown.masked(text, [stretch for walk in walks for stretch in walk.stretches])
    records = [_record(source, walk, prose, words) for walk in walks]
    if not records:
        if roots and not problems:
            problems.append(Problem("broken", "This YAML holds no `key: value` lines.", roots[0].span))
        records.append(Record(source, "yaml", Span(0, len(text)), prose))
    if problems:
        records[0] = replace(records[0], problems=tuple(problems))
    return tuple(records)


def _without_tabs(text: str) -> str:
    """Return JSON text with its tabs as spaces: JSON may be indented by tabs, YAML may not."""
    return text.replace("\t", " ") if text.lstrip("\ufeff \t\r\n")[:1] in {"{", "["} else text


def _entries(root: Node, words: Words) -> Iterator[Node]:
    """Yield the mappings that are records of their own: the root, or the entries of a log."""
    if root.tag == "seq":
        yield from (node for node in root.elements() if node.tag == "map")
        return
    logs = [value for key, value in root.items() if folded(key.value) in words.shapes["logs"]]
    entries = [
        entry
        for value in logs
        for entry in (*value.elements(), *(each for _, each in value.items()))
        if _is_record(entry, words)
    ]
    if entries and not any(_states(root, name) for name in ("title", "name", "context", "status")):
        yield from entries
    elif root.tag == "map":
        yield root


def _is_record(node: Node, words: Words) -> bool:
    keys = {folded(key.value) for key, _ in node.items()}
    return _states(node, "title", "name", "id", "adr-id", "summary") and bool(keys & words.shapes["record-keys"])


def _states(node: Node, *names: str) -> bool:
    found = node.get(*names)
    return found is not None and found.text() is not None


def _record(source: Source, walk: _Walk, prose: str, words: Words) -> Record:
    record = Record(
        source=source,
        format="yaml",
        span=walk.root.span,
        prose=prose,
        sections=tuple(walk.sections),
        blocks=tuple(walk.blocks),
        metadata=walk.root,
    )
    return with_yaml_options(completed(record, walk.links, words), walk.nodes, words)


class _Walk:
    """Goes through a mapping: each key becomes a section, each scalar one block or, with Markdown in it, several."""

    def __init__(self, text: str, root: Node, words: Words) -> None:
        self.text = text
        self.root = root
        self.words = words
        self.sections: list[Section] = []
        self.nodes: list[tuple[int, Node]] = []
        """The value of each section that is a collection, in the order of the sections."""
        self.blocks: list[Block] = []
        self.links: list[markdown.InlineLink] = []
        self.stretches: list[tuple[int, int, str | None]] = []
        self.mapping(root, None, 1)

    def mapping(self, node: Node, around: int | None, level: int) -> None:
        """Take the pairs of a mapping that stands in a section."""
        inherited = self.sections[around].role if around is not None else None
        for key, value in node.items():
            role = self.words.role(key.value)
            name = folded(key.value)
            if (inherited is not None and name in self.words.shapes["plain"]) or (
                inherited in ROLES and name in self.words.shapes["option-verdict"]
            ):
                role = None
            index = len(self.sections)
            self.sections.append(
                Section(key.value, role or inherited, level, key.span, value.span, around, own_role=role is not None)
            )
            self.nodes.append((index, value))
            self.value(value, index, level)

    def value(self, node: Node, section: int, level: int) -> None:
        """Take a value of a section, and what it holds."""
        if isinstance(node.value, str):
            if node.tag != "null" and self.sections[section].role != "metadata":
                self.scalar(node, section)
            return
        for element in node.elements():
            self.value(element, section, level)
        self.mapping(node, section, level + 1)

    def scalar(self, node: Node, section: int) -> None:
        """Take a scalar: its lines are Markdown where it is a block scalar or holds a sign of markup."""
        span = inside(self.text, node)
        written = self.text[span.start : span.end]
        if not written.strip():
            return
        if node.style not in {"|", ">"} and not _MARKUP.intersection(written):
            self.stretches.append((span.start, span.end, None))
            self.blocks.append(Block(BlockKind.VALUE, span, section))
            return
        document = markdown.parse_lines(self.text, span.start, span.end)
        self.stretches.extend(document.prose)
        self.links.extend(document.links)
        single = len(document.pieces) == 1 and document.pieces[0].kind is BlockKind.PARAGRAPH
        for piece in document.pieces:
            if single:
                piece.kind = BlockKind.VALUE
            self.blocks.append(replace(block_of(piece, self.text, self.words), section=section))
