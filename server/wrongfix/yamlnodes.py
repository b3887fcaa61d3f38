"""Nodes put together from the events of a YAML parser: without recursion, within bounds, and as far as they came."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

import yaml

from wrongfix.frozen import dataclass, replace
from wrongfix.record.model import Node, Problem, Text
from wrongfix.text import Span

DEPTH = 100
"""How deep collections may nest."""
TOLD = 20
"""How many keys that stand twice are told of."""
ALIASED = 20_000
"""How many values all aliases of a document may stand for together."""
_PROPERTIES = r"(?:(?:&[\w-]*|!(?:<[^>\s]*>|[^\s,\[\]{}]*))(?:\s|#[^\r\n]*)*)*"
_BLANK = " \t\r\n\x85\u2028\u2029"


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML document: its root, or nothing when it is empty, and what could not be read."""

    root: Node | None
    problems: tuple[Problem, ...] = ()


class BoundError(Exception):
    """The document nests or repeats more than anything a person writes."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.span = span


class _Mark(Protocol):
    """A place as either of the parsers gives it."""

    index: int


class _Open:
    """A collection whose end has not come yet."""

    __slots__ = ("anchor", "children", "key", "keys", "merged", "pairs", "properties", "start", "style", "tag")

    def __init__(self, tag: str, start: int, style: str, anchor: str | None, properties: str) -> None:
        self.tag = tag
        self.start = start
        self.style = style
        self.anchor = anchor
        self.properties = properties
        self.key: Text | None = None
        self.keys: set[str] = set()
        self.pairs: list[tuple[Text, Node]] = []
        self.merged: list[tuple[Text, Node]] = []
        """What a merge key brings in: it counts where the mapping says nothing itself."""
        self.children: list[Node] = []


class Builder:
    """Builds nodes from events without recursion, so that depth is a number and not a crash."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.start = start
        self.roots: list[Node | None] = []
        self.problems: list[Problem] = []
        self.open: list[_Open] = []
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.nodes = 0
        self.aliased = 0
        self.sizes: list[int] = []

    def at(self, mark: _Mark | None) -> int:
        """Return the source's offset of a mark; events always have one."""
        return self.start + (mark.index if mark is not None else 0)

    def documents(self, problems: list[Problem], salvaged: Sequence[tuple[Text, Node]] = ()) -> tuple[Document, ...]:
        """Return what was built, with entries saved from a broken part; collections still open end as they are."""
        while self.open:
            self.finish(self.reached())
        root = self.roots[0] if self.roots else None
        if salvaged and (root is None or root.tag in {"map", "null"}):
            known = root.items() if root is not None else ()
            pairs = (*known, *(pair for pair in salvaged if pair[0].value not in {key.value for key, _ in known}))
            span = Span(min(key.span.start for key, _ in salvaged), max(node.span.end for _, node in salvaged))
            root = Node(root.span if root is not None else span, "map", pairs)
        return (Document(root, tuple(problems)), *(Document(each) for each in self.roots[1:]))

    def reached(self) -> int:
        """Return where the last value of the innermost open collection ends."""
        last = self.open[-1]
        ends = [node.span.end for _, node in last.pairs[-1:]] + [node.span.end for node in last.children[-1:]]
        return max(ends, default=last.start)

    def unfinished(self, end: int) -> list[tuple[Text, Node]]:
        """Return the outermost mapping's entry whose value was being read, with what was read up to a place."""
        if len(self.open) < 2 or self.open[0].tag != "map" or self.open[0].key is None:
            return []
        while len(self.open) > 1:
            self.finish(self.reached())
        return [(key, _until(node, end)) for key, node in self.open[0].pairs[-1:] if node.value]

    def take(self, event: yaml.Event) -> None:
        """Take one event of the parser."""
        if isinstance(event, yaml.ScalarEvent):
            self.place(_scalar(event, self.written(event)), 1, event.anchor)
        elif isinstance(event, yaml.CollectionStartEvent):
            self.begin(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.finish(self.at(event.end_mark))
        elif isinstance(event, yaml.AliasEvent):
            span = Span(self.at(event.start_mark), self.at(event.end_mark))
            node, size = self.anchors.get(event.anchor or "", (Node(span, "null", ""), 1))
            self.aliased += size
            if self.aliased > ALIASED:
                message = f"The aliases stand for more than {ALIASED} values up to here: the rest is not read."
                raise BoundError(message, span)
            style = "" if isinstance(node.value, str) else node.style
            self.place(Node(span, node.tag, node.value, style, "*"), size, None)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.roots.append(None)
            self.anchors = {}

    def written(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> Span:
        """Return where a value itself stands: behind its anchor and tag, without the blanks after a block scalar."""
        first, last = self.at(event.start_mark) - self.start, self.at(event.end_mark) - self.start
        if event.anchor is not None or event.tag is not None:
            found = re.match(_PROPERTIES, self.text[first:last])
            first += found.end() if found is not None else 0
        if isinstance(event, yaml.ScalarEvent) and event.style in {"|", ">"}:
            last = first + len(self.text[first:last].rstrip(_BLANK))
        return Span(self.start + first, self.start + last)

    def begin(self, event: yaml.CollectionStartEvent) -> None:
        """Open a mapping or a sequence."""
        start = self.written(event).start
        if len(self.open) >= DEPTH:
            message = f"The YAML nests more than {DEPTH} levels deep here: the rest is not read."
            raise BoundError(message, Span(start, start + 1))
        tag = "map" if isinstance(event, yaml.MappingStartEvent) else "seq"
        style = "flow" if event.flow_style else ""
        self.open.append(_Open(tag, start, style, event.anchor, _properties(event)))
        self.sizes.append(self.nodes)

    def finish(self, end: int) -> None:
        """Close the innermost collection."""
        opened = self.open.pop()
        opened.pairs += [pair for pair in opened.merged if pair[0].value not in opened.keys]
        value = tuple(opened.pairs) if opened.tag == "map" else tuple(opened.children)
        node = Node(Span(opened.start, max(end, opened.start)), opened.tag, value, opened.style, opened.properties)
        self.place(node, 1, opened.anchor, self.nodes - self.sizes.pop() + 1)

    def place(self, node: Node, size: int, anchor: str | None, total: int | None = None) -> None:
        """Put a finished node where it belongs."""
        self.nodes += size
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
            parent.properties += node.properties
        else:
            self.pair(parent, parent.key, node)
            parent.key = None

    def pair(self, parent: _Open, key: Text, node: Node) -> None:
        """Add a pair to a mapping; a key that stands there already is a problem and its first value stays."""
        if key.value == "<<" and node.tag == "map":
            parent.merged.extend((name, replace(value, properties="&")) for name, value in node.items())
            return
        if key.value in parent.keys:
            if len(self.problems) >= TOLD:
                return
            message = f"The key `{key.value}` stands here twice: keep one of them. The first is read."
            self.problems.append(Problem("broken", message, key.span))
            return
        parent.keys.add(key.value)
        parent.pairs.append((key, node))


def _scalar(event: yaml.ScalarEvent, span: Span) -> Node:
    style = event.style or ""
    plain = not style and event.implicit[0]
    tag = "null" if plain and event.value in {"", "~", "null", "Null", "NULL"} else "str"
    return Node(span, tag, event.value, style, _properties(event))


def _properties(event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> str:
    return ("&" if event.anchor is not None else "") + ("!" if event.tag is not None else "")


def _key(node: Node) -> Text:
    return Text(node.value if isinstance(node.value, str) else "", node.span)


def _until(node: Node, end: int) -> Node:
    """Return a collection with the parts that begin before a place."""
    pairs = tuple(pair for pair in node.items() if pair[0].span.start < end)
    elements = tuple(element for element in node.elements() if element.span.start < end)
    return Node(node.span, node.tag, pairs or elements or node.value, node.style, node.properties)
