"""Links of a record: to the records it replaces or changes, and to everything else it points at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wrongfix.markdown import InlineLink
from wrongfix.record.fields import Stated
from wrongfix.record.model import Link, LinkKind, Record, Text
from wrongfix.record.words import Words, folded
from wrongfix.text import Span

_KINDS = {kind.value: kind for kind in LinkKind}
_INLINE = re.compile(r"\[([^\[\]\n]{1,300})\]\(\s*([^()\s]{1,500})[^()\n]{0,200}\)")
_REFERENCE = re.compile(r"\S+\.(?:md|ya?ml)\b|(?:[A-Za-z]{2,10}[-_ #]{1,2}){0,3}\d{1,6}(?:\.\d+)?", re.ASCII)
_LONGEST = 2000
_BEFORE = 60
"""How many characters before a link may say what it means."""
_EMPTY = frozenset({"n/a", "none", "null", "", "na", "keine", "aucun", "ninguno", "nenhum", "无", "なし"})


def read_links(record: Record, stated: Stated, inline: Sequence[InlineLink], words: Words) -> tuple[Link, ...]:
    """Return the links in the order of the text; a link in a line about supersession carries that meaning."""
    links: list[Link] = []
    told: set[Span] = set()
    for name, kind in _KINDS.items():
        for value in stated.all(name):
            links.extend(_targets(record, kind, value, inline, told))
    if record.status is not None:
        links.extend(_in_status(record, record.status.text, inline, words, told))
    links += [
        Link(_kind_before(record, link, words), _target(record, link), record.words(link.words))
        for link in inline
        if link.place not in told and link.target
    ]
    return tuple(sorted(links, key=lambda link: link.target.span))


def _targets(
    record: Record, kind: LinkKind, value: Text, inline: Sequence[InlineLink], told: set[Span]
) -> Iterator[Link]:
    """Yield what a value points at: the links inside it, written links in a YAML scalar, or numbers and paths."""
    inside = [link for link in inline if value.span.covers(link.words)]
    for link in inside:
        told.add(link.place)
        yield Link(kind, _target(record, link), record.words(link.words))
    written = record.source.text[value.span.start : min(value.span.end, value.span.start + _LONGEST)]
    found = list(_INLINE.finditer(written)) if not inside else []
    for match in found:
        begin = value.span.start + match.start(2)
        yield Link(kind, Text(match[2], Span(begin, begin + len(match[2]))), match[1])
    if not inside and not found and value.value.casefold() not in _EMPTY:
        matches = [] if len(value.value.split()) == 1 and "," not in value.value else list(_REFERENCE.finditer(written))
        for match in matches:
            span = Span(value.span.start + match.start(), value.span.start + match.end())
            yield Link(kind, Text(match.group(), span), match.group())
        if not matches and (kind is not LinkKind.RELATED or len(value.value.split()) == 1):
            yield Link(kind, value, value.value)


def _in_status(
    record: Record, status: Text, inline: Sequence[InlineLink], words: Words, told: set[Span]
) -> Iterator[Link]:
    """Yield the links of a status such as `superseded by [ADR-0062](0062-x.md)`."""
    lower = status.value.casefold()
    for label, name in words.linking.items():
        place = lower.find(label) if name.endswith("by") else -1
        if place >= 0:
            written = record.source.text[status.span.start : status.span.end]
            start = written.casefold().find(label)
            rest = Span(
                status.span.start + max(start, 0) + (len(label) if start >= 0 else 0), _line_end(record, status)
            )
            value = Text(" ".join(record.source.text[rest.start : rest.end].split()), rest)
            yield from _targets(record, _KINDS[name], value, inline, told)
            return


def _line_end(record: Record, status: Text) -> int:
    """Return the end of the status, or of its line where a link goes on after its words."""
    end = record.source.text.find("\n", status.span.end)
    line_end = end if end >= 0 else len(record.source.text)
    return line_end if record.front_matter is None or status.span.start >= record.front_matter.end else status.span.end


def _kind_before(record: Record, link: InlineLink, words: Words) -> LinkKind:
    """Return what the words before a link on its line say of it."""
    earliest = max(link.place.start - _BEFORE, 0)
    start = max(record.source.text.rfind("\n", earliest, link.place.start) + 1, earliest)
    before = folded(record.prose[start : link.place.start])
    for label, name in words.linking.items() if before.endswith(tuple(words.linking)) else ():
        if before.endswith(label):
            return _KINDS[name]
    return LinkKind.RELATED


def _target(record: Record, link: InlineLink) -> Text:
    """Return the target where it stands in the text; the link's own words where its address stands elsewhere."""
    at = record.source.text.find(link.target, link.words.end, link.place.end)
    return Text(link.target, Span(at, at + len(link.target)) if at >= 0 else link.words)
