"""The scalars of a record's YAML: where their words stand, and which of them one key alone holds; it edits nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wrongfix.record.model import Node, Record
from wrongfix.text import Span

_PLAIN = r"[^\W\d_](?:[\w ./()+-]*[\w.)+])?"
"""Words that mean themselves in YAML, wherever they stand."""
_WORDS_OF_YAML = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


def is_plain(words: str) -> bool:
    """Say whether words mean themselves in YAML, quoted or not."""
    return bool(re.fullmatch(_PLAIN, words)) and words.casefold() not in _WORDS_OF_YAML


def inside(text: str, node: Node) -> Span:
    """Return where the words of a scalar stand: without its quotes, or the lines below its block sign."""
    start, end = node.span.start, node.span.end
    if node.style in {"'", '"'}:
        return Span(start + 1, max(end - 1, start + 1))
    if node.style in {"|", ">"}:
        start = min((text.find("\n", start, end) + 1) or end, end)
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def is_in_yaml(record: Record, span: Span) -> bool:
    """Say whether a place lies in the YAML of a record: in its front matter, or anywhere in a YAML record."""
    if record.front_matter is not None:
        return record.front_matter.covers(span)
    return record.metadata is not None


def scalar_at(record: Record, span: Span) -> Node | None:
    """Return the scalar or key that covers a place; nothing where an anchor or a merge lets other keys hold it too."""
    around = tuple(_around(record, span))
    if not around or any("&" in node.properties for node in around):
        return None
    return around[-1] if isinstance(around[-1].value, str) else None


def is_value(record: Record, offset: int) -> bool:
    """Say whether what is written at a place, a comment too, becomes part of a scalar."""
    for node in _around(record, Span(offset, offset)):
        if isinstance(node.value, str) and node.span.start < offset:
            return offset < node.span.end or node.style in {"|", ">"}
    return False


def is_shared(record: Record, node: Node) -> bool:
    """Say whether an anchor, an alias or a merge lets other keys hold a list or mapping too."""
    elsewhere = any(not node.span.covers(element.span) for element in node.elements())
    return elsewhere or any("&" in each.properties for each in _around(record, node.span))


def _around(record: Record, span: Span) -> Iterator[Node]:
    """Yield the values around a place, the innermost last; several ways lead to what is merged."""
    waiting = [record.metadata] if record.metadata is not None else []
    while waiting:
        node = waiting.pop()
        yield node
        waiting += [element for element in node.elements() if element.span.covers(span)]
        for key, value in node.items():
            if key.span.covers(span):
                yield Node(key.span, "str", key.value)
            if value.span.covers(span):
                waiting.append(value)


def reached(node: Node, text: str) -> int:
    """Return where the last value of a node ends: to YAML, a block collection reaches to the next key."""
    while node.style != "flow" and (node.elements() or node.items()):
        inner = node.elements()[-1] if node.tag == "seq" else node.items()[-1][1]
        if inner.properties or not node.span.covers(inner.span):
            return len(text[: node.span.end].rstrip())
        node = inner
    return node.span.end
