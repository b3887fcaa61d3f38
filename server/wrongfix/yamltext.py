"""YAML as nodes that know their place; it constructs nothing, follows no tag and stops at bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

import yaml

from wrongfix.record.model import Node, Problem, Text
from wrongfix.text import Span

DEPTH = 100
"""How deep collections may nest."""
NODES = 200_000
"""How many values a document may hold, each alias counted as all it stands for."""
REPAIRS = 8
"""How many broken entries of one document are left out before the rest is given up."""

_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTRY = re.compile(r"^(?=[^\s#\-\]}.])|^(?=-\s)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML document: its root, or nothing when it is empty, and what could not be read."""

    root: Node | None
    problems: tuple[Problem, ...] = ()


def parse(source: str, start: int = 0, end: int | None = None) -> tuple[Document, ...]:
    """Return the documents of the YAML text between two offsets of a source; it never raises.

    An entry that cannot be read is left out and becomes a problem at its place; the entries around it are read.
    """
    text = source[start:end]
    problems: list[Problem] = []
    found = _FORBIDDEN.search(text)
    if found is not None:
        place = start + found.start()
        code = ord(found.group())
        message = f"A character that YAML does not allow (code {code}) stands here: remove it."
        problems.append(Problem("broken", message, Span(place, place + 1)))
        text = _FORBIDDEN.sub(" ", text)
    for _ in range(REPAIRS):
        builder = _Builder(start)
        try:
            for event in yaml.parse(text, Loader=yaml.CSafeLoader):
                builder.take(event)
        except yaml.MarkedYAMLError as error:
            problem, offset = _explained(error, text, start)
            problems.append(problem)
            problems.extend(builder.problems)
            repaired = _without_entry(text, offset)
            if repaired is None or repaired == text:
                return builder.documents(problems)
            text = repaired
        except _BoundError as error:
            problems.append(Problem("broken", str(error), error.span))
            return builder.documents(problems)
        else:
            return builder.documents([*problems, *builder.problems])
    return builder.documents(problems)


class _Mark(Protocol):
    """A place as either of the parsers gives it."""

    index: int


class _BoundError(Exception):
    """The document nests or repeats more than anything a person writes."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.span = span


class _Open:
    """A collection whose end has not come yet."""

    __slots__ = ("anchor", "children", "key", "keys", "pairs", "start", "style", "tag")

    def __init__(self, tag: str, start: int, style: str, anchor: str | None) -> None:
        self.tag = tag
        self.start = start
        self.style = style
        self.anchor = anchor
        self.key: Text | None = None
        self.keys: set[str] = set()
        self.pairs: list[tuple[Text, Node]] = []
        self.children: list[Node] = []


class _Builder:
    """Builds nodes from events without recursion, so that depth is a number and not a crash."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.roots: list[Node | None] = []
        self.problems: list[Problem] = []
        self.open: list[_Open] = []
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.nodes = 0
        self.sizes: list[int] = []

    def at(self, mark: _Mark | None) -> int:
        """Return the source's offset of a mark; events always have one."""
        return self.start + (mark.index if mark is not None else 0)

    def documents(self, problems: list[Problem]) -> tuple[Document, ...]:
        """Return what was built; collections still open end with their last value."""
        self.nodes = 0
        while self.open:
            last = self.open[-1]
            ends = [node.span.end for _, node in last.pairs] + [node.span.end for node in last.children]
            self.finish(max(ends, default=last.start))
        first = Document(self.roots[0] if self.roots else None, tuple(problems))
        return (first, *(Document(root) for root in self.roots[1:]))

    def take(self, event: yaml.Event) -> None:
        """Take one event of the parser."""
        if isinstance(event, yaml.ScalarEvent):
            self.place(_scalar(event, Span(self.at(event.start_mark), self.at(event.end_mark))), 1, event.anchor)
        elif isinstance(event, yaml.CollectionStartEvent):
            self.begin(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.finish(self.at(event.end_mark))
        elif isinstance(event, yaml.AliasEvent):
            span = Span(self.at(event.start_mark), self.at(event.end_mark))
            node, size = self.anchors.get(event.anchor or "", (Node(span, "null", ""), 1))
            self.place(Node(span, node.tag, node.value, node.style), size, None)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.roots.append(None)
            self.anchors = {}

    def begin(self, event: yaml.CollectionStartEvent) -> None:
        """Open a mapping or a sequence."""
        start = self.at(event.start_mark)
        if len(self.open) >= DEPTH:
            message = f"The YAML nests more than {DEPTH} levels deep here: the rest is not read."
            raise _BoundError(message, Span(start, start + 1))
        tag = "map" if isinstance(event, yaml.MappingStartEvent) else "seq"
        self.open.append(_Open(tag, start, "flow" if event.flow_style else "", event.anchor))
        self.sizes.append(self.nodes)

    def finish(self, end: int) -> None:
        """Close the innermost collection."""
        opened = self.open.pop()
        value = tuple(opened.pairs) if opened.tag == "map" else tuple(opened.children)
        node = Node(Span(opened.start, max(end, opened.start)), opened.tag, value, opened.style)
        self.place(node, 1, opened.anchor, self.nodes - self.sizes.pop() + 1)

    def place(self, node: Node, size: int, anchor: str | None, total: int | None = None) -> None:
        """Put a finished node where it belongs."""
        self.nodes += size
        if self.nodes > NODES:
            raise _BoundError(f"The YAML holds more than {NODES} values: the rest is not read.", node.span)
        if anchor is not None:
            self.anchors[anchor] = (node, total or size)
        if not self.open:
            if self.roots:
                self.roots[-1] = node
            return
        parent = self.open[-1]
        if parent.tag == "seq":
            parent.children.append(node)
        elif parent.key is None:
            parent.key = _key(node)
        else:
            self.pair(parent, parent.key, node)
            parent.key = None

    def pair(self, parent: _Open, key: Text, node: Node) -> None:
        """Add a pair to a mapping; a key that stands there already is a problem and its first value stays."""
        if key.value == "<<" and node.tag == "map":
            parent.pairs.extend(pair for pair in node.items() if pair[0].value not in parent.keys)
            return
        if key.value in parent.keys:
            message = f"The key `{key.value}` stands here twice: keep one of them. The first is read."
            self.problems.append(Problem("broken", message, key.span))
            return
        parent.keys.add(key.value)
        parent.pairs.append((key, node))


def _scalar(event: yaml.ScalarEvent, span: Span) -> Node:
    style = event.style or ""
    plain = not style and event.implicit[0]
    tag = "null" if plain and event.value in {"", "~", "null", "Null", "NULL"} else "str"
    return Node(span, tag, event.value, style)


def _key(node: Node) -> Text:
    return Text(node.value if isinstance(node.value, str) else "", node.span)


def _explained(error: yaml.MarkedYAMLError, text: str, start: int) -> tuple[Problem, int]:
    """Return the problem in the reader's words and the offset in the text where it begins."""
    mark = error.problem_mark or error.context_mark
    index = min(mark.index if mark is not None else 0, len(text))
    begins = min(error.context_mark.index if error.context_mark is not None else index, index)
    message = f"This YAML cannot be read: {_remedy(error, text, index)}."
    place = index if index < len(text.rstrip()) else begins
    line_end = place
    while line_end < len(text) and text[line_end] not in "\r\n":
        line_end += 1
    return Problem("broken", message, Span(start + place, start + max(line_end, place + 1))), begins


_REMEDIES = (
    ("mapping values are not allowed", "a colon with a space stands inside a value, so put the value into quotes"),
    ("expected ',' or", "a bracket or brace is not closed, or a comma is missing"),
    ("end of stream", "a quote or bracket is not closed"),
    ("could not find expected ':'", "a key has no colon after it"),
    ("cannot start any token", "a value must not begin with this sign, so put it into quotes"),
    ("did not find expected key", "this line does not line up with the entry it belongs to"),
)


def _remedy(error: yaml.MarkedYAMLError, text: str, index: int) -> str:
    if text[index : index + 1] == "\t":
        return "a tab stands where YAML takes spaces only"
    said = str(error.problem or "it does not parse")
    return next((remedy for sign, remedy in _REMEDIES if sign in said), said)


def _without_entry(text: str, offset: int) -> str | None:
    """Return the text with the top-level entry that holds the offset blanked, or nothing when there is only one."""
    starts = [found.start() for found in _ENTRY.finditer(text)]
    before = [start for start in starts if start <= offset]
    if len(starts) < 2 or not before:
        return None
    begin = before[-1]
    finish = next((start for start in starts if start > offset), len(text))
    blank = "\n".join(" " * len(line) for line in text[begin:finish].split("\n"))
    return text[:begin] + blank + text[finish:]
