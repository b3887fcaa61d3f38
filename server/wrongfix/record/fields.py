"""What a record states about itself: status, date, people, tags and their like, in metadata, lines and tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from wrongfix.frozen import dataclass, field
from wrongfix.record.model import Block, BlockKind, Node, Person, Record, Status, Text
from wrongfix.record.words import Words, folded
from wrongfix.text import Span

PEOPLE = ("decision-maker", "consulted", "informed", "author", "owner")
_HEADER = frozenset({None, "status", "date", "people", "tags", "metadata"})
_READ = _HEADER | {"links", "decision"}
_LATE = frozenset({"status", "date", "decision-maker", "author", "owner", "tags"})
"""What a record whose first heading is `Decision: …` states below it."""
_LINKING = frozenset({"supersedes", "superseded-by", "amends", "amended-by", "related"})
_BY_SECTION = {"status": "status", "date": "date", "people": "decision-maker", "tags": "tags"}
_LONGEST_LINE = 600
_LONGEST_NUMBER = 40


@dataclass(slots=True)
class Stated:
    """What was found, each kind in the order it was met: metadata first."""

    found: dict[str, list[Text]] = field(default_factory=dict)

    def add(self, kind: str, text: Text) -> None:
        """Keep one value that says something."""
        if text.value and text.value not in {"-", "—", "N/A", "n/a"}:
            self.found.setdefault(kind, []).append(text)

    def first(self, kind: str) -> Text | None:
        """Return the first value of a kind."""
        values = self.found.get(kind)
        return values[0] if values else None

    def all(self, kind: str) -> list[Text]:
        """Return every value of a kind."""
        return self.found.get(kind, [])


def read_fields(record: Record, words: Words) -> Stated:
    """Return what metadata, labelled lines, tables and small sections state."""
    stated = Stated()
    for node in _mappings(record.metadata, words):
        for key, value in node.items():
            kind = words.labels.get(folded(key.value))
            for text in values_of(value, record.source.text) if kind is not None else ():
                stated.add(kind or "", text)
    _read_blocks(record, stated, words)
    return stated


def status_of(stated: Stated, words: Words) -> Status | None:
    """Return the status: what metadata says, else a labelled line, else the section about it."""
    text = stated.first("status")
    if text is None:
        return None
    value = words.status(text.value)
    if value == "unknown":
        known = next((each for each in stated.all("status") if words.status(each.value) != "unknown"), None)
        if known is not None:
            text, value = known, words.status(known.value)
    return Status(value, text)


def people_of(stated: Stated) -> tuple[Person, ...]:
    """Return everybody who is named, each with the role."""
    return tuple(Person(role, text) for role in PEOPLE for value in stated.all(role) for text in parted(value))


def parted(value: Text) -> Iterator[Text]:
    """Yield the values of a list written with commas."""
    if "," not in value.value and "、" not in value.value:
        yield value
        return
    offset = value.span.start
    for part in value.value.replace("、", ",").split(","):
        bare = part.strip()
        begin = offset + len(part) - len(part.lstrip())
        if bare:
            yield Text(bare, Span(begin, min(begin + len(bare), max(value.span.end, begin))))
        offset += len(part) + 1


def values_of(node: Node, source: str) -> Iterator[Text]:
    """Yield the scalars of a value: itself, the elements of a list, or what stands in braces left from a template."""
    text = node.text()
    if text is not None:
        yield Text(" ".join(text.value.split()), text.span)
    for element in node.elements():
        yield from values_of(element, source)
    if node.tag != "map":
        return
    name = node.get("name", "title", "id", "handle")
    if name is not None:
        yield from values_of(name, source)
    elif node.style == "flow" and all(value.tag == "null" for _, value in node.items()):
        inner = Span(node.span.start + 1, max(node.span.end - 1, node.span.start + 1))
        yield Text(source[inner.start : inner.end].strip(), inner)


def _mappings(root: Node | None, words: Words) -> Iterator[Node]:
    if root is None:
        return
    yield root
    for key, value in root.items():
        if value.tag == "map" and folded(key.value) in words.shapes["wrappers"]:
            yield value
    for name in ("lifecycle", "links", "decision"):
        inner = root.get(name)
        if inner is not None and inner.tag == "map" and not inner.style:
            yield Node(inner.span, "map", tuple(pair for pair in inner.items() if folded(pair[0].value) != "status"))


def _read_blocks(record: Record, stated: Stated, words: Words) -> None:
    late: list[tuple[str, Text]] = []
    for block in record.blocks:
        role = record.role(block)
        if block.kind in {BlockKind.HEADING, BlockKind.CELL} or role not in _READ:
            continue
        for kind, text in _lines(record, block, words):
            if role == "decision":
                late += [(kind, text)] if kind in _LATE else []
            elif kind in _LINKING or (role in _HEADER and (kind != "number" or _is_number(record, block, text))):
                stated.add(kind, text)
    _read_cells(record, stated, words)
    _read_sections(record, stated)
    _read_badges(record, stated)
    for kind, text in late:
        if kind not in stated.found:
            stated.add(kind, text)


def _read_cells(record: Record, stated: Stated, words: Words) -> None:
    """Read tables whose first column holds labels and whose second the values."""
    cells = [block for block in record.blocks if block.kind is BlockKind.CELL]
    for before, cell in pairwise(cells):
        if before.column == 0 and cell.column == 1:
            label = folded(record.words(before.span)) if record.role(cell) in _HEADER else ""
            kind = words.labels.get(label, "")
            if kind and before.row == cell.row and (kind != "number" or cell.row):
                stated.add(kind, Text(record.words(cell.span), cell.span))


def _is_number(record: Record, block: Block, text: Text) -> bool:
    """Say whether a value under `ID:` is one: short, without spaces, and before the first section."""
    section = record.sections[block.section] if block.section is not None else None
    return (section is None or section.parent is None) and " " not in text.value and len(text.value) <= _LONGEST_NUMBER


def _read_sections(record: Record, stated: Stated) -> None:
    """Read the first words of sections such as `## Status`; a ticked box or the last dated line counts more."""
    taken: set[int] = set()
    for block in record.blocks:
        section = record.sections[block.section] if block.section is not None else None
        if section is None or not section.own_role or block.kind in {BlockKind.HEADING, BlockKind.CELL}:
            continue
        kind = _BY_SECTION.get(section.role or "", "")
        if not kind or block.kind is BlockKind.VALUE:
            continue
        ticked = record.source.text[max(block.span.start - 4, 0) : block.span.start].casefold()
        if "[x]" in ticked and kind == "status":
            stated.found[kind] = [_line(record, block.span)]
            taken.add(block.section or 0)
        elif block.section not in taken and (kind not in stated.found or kind == "decision-maker"):
            stated.add(kind, _line(record, block.span))
            taken.add(block.section or 0)


def _read_badges(record: Record, stated: Stated) -> None:
    """Read the words of a picture where a section about the status shows it as a badge and says nothing else."""
    for section in record.sections if "status" not in stated.found else ():
        if section.role == "status" and section.own_role:
            start = record.source.text.find("![", section.body.start, section.body.end)
            end = record.source.text.find("]", start, section.body.end) if start >= 0 else -1
            if end > start:
                span = Span(start + 2, end)
                stated.add("status", Text(record.source.slice(span).strip(), span))


def _lines(record: Record, block: Block, words: Words) -> Iterator[tuple[str, Text]]:
    """Yield the facts that lines of the form `Label: value` state; a line may hold several, parted by bars."""
    offset = block.span.start
    for line in record.prose[offset : block.span.end].splitlines(keepends=True):
        if (":" in line or "：" in line) and len(line) < _LONGEST_LINE:
            place = offset
            for part in line.split("|"):
                yield from _part(part, place, words)
                place += len(part) + 1
        offset += len(line)


def _part(part: str, place: int, words: Words) -> Iterator[tuple[str, Text]]:
    mark = ":" if ":" in part else "："
    label, colon, value = part.partition(mark)
    kind = words.labels.get(folded(label)) if colon and len(label) <= 40 else None
    if kind is not None:
        begin = place + len(label) + 1 + len(value) - len(value.lstrip())
        bare = value.strip()
        yield kind, Text(" ".join(bare.split()), Span(begin, begin + len(bare)))


def _line(record: Record, span: Span) -> Text:
    """Return the line of a section's first block that counts: the first, or the last where lines are dated."""
    lines = record.prose[span.start : span.end].splitlines(keepends=True)
    start = span.start
    chosen = lines[0]
    if len(lines) > 1 and all(line.strip()[:4].isdigit() for line in lines if line.strip()):
        chosen = lines[-1]
        start = span.end - len(chosen)
    bare = chosen.strip()
    begin = start + len(chosen) - len(chosen.lstrip())
    return Text(" ".join(bare.split()), Span(begin, begin + len(bare)))
