"""What a record states about itself: title, number, status, date, people, tags; in front matter, lines and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from wrongfix.record.model import Block, BlockKind, Node, Person, Record, Status, Text
from wrongfix.record.words import Words, folded
from wrongfix.text import Span

PEOPLE = ("decision-maker", "consulted", "informed", "author", "owner")
_STATED_ROLES = frozenset({None, "status", "date", "people", "tags", "metadata", "links"})
_BY_SECTION = {"status": "status", "date": "date", "people": "decision-maker", "tags": "tags"}
_NUMBER = re.compile(r"(?:[A-Za-z]{2,10}[-_ ]){0,3}?(?:#\s?)?(?P<number>\d{1,4}(?:\.\d{1,2})?)(?=$|[\s.:_)\-–—])")
_FILE_DATE = re.compile(r"(?:\d{4}-\d{2}-\d{2}|\d{8}(?:\d{6})?)(?=[-_. ]|$)")


@dataclass(slots=True)
class Stated:
    """What was found, each kind in the order of the text."""

    found: dict[str, list[Text]] = field(default_factory=dict)

    def add(self, kind: str, text: Text) -> None:
        """Keep one value."""
        if text.value:
            self.found.setdefault(kind, []).append(text)

    def first(self, kind: str) -> Text | None:
        """Return the first value of a kind."""
        values = self.found.get(kind)
        return values[0] if values else None


def read_fields(record: Record, words: Words) -> Stated:
    """Return what front matter, labelled lines, tables and small sections state."""
    stated = Stated()
    for key, node in record.metadata.items() if record.metadata is not None else ():
        kind = words.labels.get(folded(key.value))
        for text in values_of(node, record.source.text) if kind is not None else ():
            stated.add(kind or "", text)
    for block in record.blocks:
        if block.kind is not BlockKind.HEADING and record.role(block) in _STATED_ROLES:
            for kind, text in _labelled(record, block, words):
                stated.add(kind, text)
    for block in record.blocks:
        section = record.sections[block.section] if block.section is not None else None
        if section is not None and section.own_role and block.kind is not BlockKind.HEADING:
            kind = _BY_SECTION.get(section.role or "")
            if kind is not None and kind not in stated.found:
                stated.add(kind, _line_text(record, block.span))
    return stated


def values_of(node: Node, source: str) -> Iterator[Text]:
    """Yield the scalars of a value: itself, the elements of a list, or what stands in braces left from a template."""
    text = node.text()
    if text is not None:
        yield Text(" ".join(text.value.split()), text.span)
    for element in node.elements():
        yield from values_of(element, source)
    if node.tag == "map" and node.style == "flow":
        inner = Span(node.span.start + 1, max(node.span.end - 1, node.span.start + 1))
        yield Text(source[inner.start : inner.end].strip(), inner)
    elif node.tag == "map":
        name = node.get("name", "id", "title")
        if name is not None:
            yield from values_of(name, source)


def with_fields(record: Record, stated: Stated, words: Words, **parts: Any) -> Record:  # noqa: ANN401 # fields of Record
    """Return the record with what it states."""
    title, number = _title(record, stated)
    status = stated.first("status")
    return replace(
        record,
        title=title,
        number=number,
        status=Status(words.status(status.value), status) if status is not None else None,
        date=stated.first("date"),
        people=tuple(
            Person(role, text) for role in PEOPLE for value in stated.found.get(role, ()) for text in _names(value)
        ),
        tags=tuple(text for value in stated.found.get("tags", ()) for text in _names(value)),
        **parts,
    )


def replaced(record: Record, **parts: Any) -> Record:  # noqa: ANN401 # fields of Record
    """Return the record with parts of it replaced."""
    return replace(record, **parts)


def _labelled(record: Record, block: Block, words: Words) -> Iterator[tuple[str, Text]]:
    """Yield the facts that lines of the form `Label: value` state; a line may hold several, parted by bars."""
    start, end = block.span.start, block.span.end
    prose = record.prose
    if block.kind is BlockKind.CELL:
        return
    offset = start
    for line in prose[start:end].splitlines(keepends=True):
        if (":" in line or "：" in line) and len(line) < 400:
            place = offset
            for part in line.split("|"):
                yield from _part(part, place, words)
                place += len(part) + 1
        offset += len(line)


def _part(part: str, place: int, words: Words) -> Iterator[tuple[str, Text]]:
    mark = ":" if ":" in part else "："
    label, colon, value = part.partition(mark)
    if not colon or len(label) > 40:
        return
    kind = words.labels.get(folded(label))
    if kind is None:
        return
    begin = place + len(label) + 1 + len(value) - len(value.lstrip())
    stripped = value.strip()
    yield kind, Text(" ".join(stripped.split()), Span(begin, begin + len(stripped)))


def _line_text(record: Record, span: Span) -> Text:
    """Return the first line of a block as a value."""
    line = record.prose[span.start : span.end].splitlines()[0].rstrip()
    return Text(" ".join(line.split()), Span(span.start, span.start + len(line)))


def _names(value: Text) -> Iterable[Text]:
    offset = value.span.start
    if "," not in value.value:
        yield value
        return
    for part in value.value.split(","):
        stripped = part.strip()
        begin = offset + len(part) - len(part.lstrip())
        if stripped:
            yield Text(stripped, Span(begin, begin + len(stripped)))
        offset += len(part) + 1


def _title(record: Record, stated: Stated) -> tuple[Text | None, Text | None]:
    """Return title and number: from the first heading of the first level, front matter, or the file's name."""
    heading = next((b for b in record.blocks if b.kind is BlockKind.HEADING and b.section is not None), None)
    title: Text | None = None
    if heading is not None and heading.section is not None:
        section = record.sections[heading.section]
        if section.level == 1 or not section.own_role:
            title = Text(record.words(heading.span), heading.span)
    title = title or stated.first("title")
    number = stated.first("number")
    if title is not None:
        found = _NUMBER.match(title.value)
        if found is not None and title.span.end - title.span.start == len(title.value):
            begin = title.span.start + found.start("number")
            number = number or Text(found["number"], Span(begin, begin + len(found["number"])))
            rest = title.value[found.end() :]
            stripped = rest.lstrip(" .:)-–—_")
            if stripped:
                title = Text(stripped, Span(title.span.end - len(stripped), title.span.end))
    if number is None:
        number = _number_of(record.source.name)
    return title, number


def _number_of(name: str) -> Text | None:
    stem = name.replace("\\", "/").rsplit("/", 1)[-1]
    if _FILE_DATE.match(stem):
        return None
    found = _NUMBER.match(stem)
    return Text(found["number"], Span(0, 0)) if found is not None else None
