"""Evidence the author stated: tags under keys, in a list of failure tags or on a tag line; prose is left to others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wrongfix.evidence.model import Approach, Attempt, Failure, Mode, Stance, UnknownTag
from wrongfix.findings import Confidence
from wrongfix.frozen import dataclass, field
from wrongfix.record.model import Block, BlockKind, Node, Record, Text
from wrongfix.record.scalars import inside
from wrongfix.text import Span
from wrongfix.vocabulary import Vocabulary, folded

_LOOKED_UP = 50
_MOST_DIGITS = 9
"""How many unknown words of a record are held against the known ones; a list with more is no list of tags."""
_AFTER_TAG = ":,;(–—"


@dataclass(frozen=True)
class Stated:
    """What the author wrote as tags, and the words there that are none."""

    failures: tuple[Failure, ...] = ()
    approaches: tuple[Approach, ...] = ()
    tried: tuple[Attempt, ...] = ()
    ruled_out: tuple[Attempt, ...] = ()
    out_of_scope: tuple[Attempt, ...] = ()
    unknown: tuple[UnknownTag, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    """One value under a key: the word, and what else the entry says of it."""

    word: Text
    count: int | None = None
    evidence: bool | None = None
    result: str = ""


@dataclass(slots=True)
class _Found:
    failures: list[Failure] = field(default_factory=list)
    approaches: list[Approach] = field(default_factory=list)
    unknown: list[UnknownTag] = field(default_factory=list)


def read_stated(record: Record, vocabulary: Vocabulary) -> Stated:
    """Return the stated evidence of a record: front matter or top-level keys first, then the body's tag lists."""
    keys = vocabulary.data("keys")
    found = _Found()
    for mapping in _mappings(record):
        for kind, names in (("failure", keys["failures"]), ("approach", keys["approaches"])):
            for certainty in ("always", "maybe"):
                for name in names[certainty]:
                    entries = tuple(_entries(mapping.get(name), keys, record.source.text))
                    _sort(kind, entries, certainty == "always", vocabulary, found)
    for entry, sure in _body(record, keys, vocabulary):
        _sort("failure", (entry,), sure, vocabulary, found)
    attempts = {each: _attempts(record, keys, each, vocabulary) for each in ("tried", "ruled-out", "out-of-scope")}
    return Stated(
        failures=tuple(found.failures),
        approaches=tuple(found.approaches),
        tried=attempts["tried"],
        ruled_out=attempts["ruled-out"],
        out_of_scope=attempts["out-of-scope"],
        unknown=tuple(found.unknown),
    )


def _mappings(record: Record) -> Iterator[Node]:
    """Yield the mapping that holds a record's keys, and the one under `adr:` where a shape nests them."""
    if record.metadata is not None:
        yield record.metadata
        nested = record.metadata.get("adr")
        if nested is not None:
            yield nested


def _entries(node: Node | None, keys: Mapping[str, Any], written: str) -> Iterator[_Entry]:
    if node is None:
        return
    yield from _listed(node, written)
    for element in node.elements():
        if element.tag == "map":
            yield from _mapped(element, keys)
        else:
            yield from _listed(element, written)
    if node.tag == "map":
        for key, value in node.items():
            number = value.text()
            yield _Entry(key, count=_count(number.value) if number is not None else None)


def _mapped(element: Node, keys: Mapping[str, Any]) -> Iterator[_Entry]:
    """Yield the entry of `{tag: …, count: …}`, or of `stale-knowledge: 41`."""
    names = keys["entry"]
    tag = element.get(*names["tag"])
    word = tag.text() if tag is not None else None
    if word is None:
        yield from (_Entry(key) for key, _ in element.items()[:1])
        return
    count = _text(element.get(*names["count"]))
    answer = _text(element.get(*names["evidence"])).casefold()
    evidence = True if answer in keys["affirmed"] else False if answer in keys["denied"] else None
    yield _Entry(word, _count(count), evidence)


def _count(word: str) -> int | None:
    """Return a number of occurrences; nothing for what is none or has more digits than anybody counts to."""
    return int(word) if word.isdecimal() and len(word) <= _MOST_DIGITS else None


def _listed(node: Node, written: str) -> Iterator[_Entry]:
    """Yield the words of a scalar that lists several with commas, each at its place; else all of it as one."""
    text = node.text()
    if text is None:
        return
    lines = inside(written, node)
    parts = written[lines.start : lines.end].split(",") if "," in text.value else []
    if [part.split() for part in parts] != [part.split() for part in text.value.split(",")]:
        parts = []  # escapes, or none that are parted
    at = lines.start
    for part in parts:
        if word := part.strip():
            start = at + len(part) - len(part.lstrip())
            yield _Entry(Text(word, Span(start, start + len(word))))
        at += len(part) + 1
    if not parts:
        yield _Entry(text)


def _body(record: Record, keys: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[tuple[_Entry, bool]]:
    headings, labels = set(keys["headings"]), set(keys["labels"])
    certain = {
        index: folded(section.title) in labels
        for index, section in enumerate(record.sections)
        if folded(section.title) in headings
    }
    for block in record.blocks:
        if block.section in certain and block.kind is BlockKind.ITEM:
            yield from ((entry, certain[block.section]) for entry in _leading(record, block, vocabulary))
        elif folded(block.label.rstrip(": ")) in labels:
            yield from ((entry, True) for entry in _line(record, block))


def _leading(record: Record, block: Block, vocabulary: Vocabulary) -> Iterator[_Entry]:
    """Yield the tag an item is, or begins with before a colon, comma, dash or bracket."""
    prose = record.prose[block.span.start : block.span.end]
    line = prose.split("\n", 1)[0]
    start = block.span.start + len(line) - len(line.lstrip())
    whole = line.strip().rstrip(".")
    head = whole
    for sign in _AFTER_TAG:
        head = head.split(sign, 1)[0]
    head = head.rstrip()
    if vocabulary.resolve("failure", whole):
        yield _Entry(Text(whole, Span(start, start + len(whole))))
    elif head and (head in vocabulary.failures or (" " not in head and "-" in head)):
        yield _Entry(Text(head, Span(start, start + len(head))))


def _line(record: Record, block: Block) -> Iterator[_Entry]:
    """Yield the tags of a line such as `Failure tags: a, b`."""
    line = record.prose[block.span.start : block.span.end].split("\n", 1)[0]
    before, colon, rest = line.partition(":")
    if not colon:
        return
    start = block.span.start + len(before) + 1
    yield from _listed_at(rest, start)


def _listed_at(rest: str, start: int) -> Iterator[_Entry]:
    at = start
    for part in rest.split(","):
        word = part.strip().rstrip(".")
        lead = len(part) - len(part.lstrip())
        if word:
            yield _Entry(Text(word, Span(at + lead, at + lead + len(word))))
        at += len(part) + 1


def _sort(kind: str, entries: tuple[_Entry, ...], sure: bool, vocabulary: Vocabulary, found: _Found) -> None:  # noqa: FBT001 # one caller, one meaning
    resolved = [(entry, vocabulary.resolve(kind, entry.word.value)) for entry in entries]
    some_known = any(term for _, term in resolved)
    for entry, known in resolved:
        term = known
        if known is None:
            meanings = vocabulary.meanings(kind, entry.word.value)
            if sure or some_known or len(meanings) > 1 or vocabulary.one_edit_from(kind, entry.word.value):
                close = not meanings and len(found.unknown) < _LOOKED_UP
                term = vocabulary.nearest(kind, entry.word.value) if close else None
                found.unknown.append(UnknownTag(kind, entry.word, term, meanings))
        if term is not None:
            _keep(kind, term, entry, found)


def _keep(kind: str, term: str, entry: _Entry, found: _Found) -> None:
    """Keep a tag once; a misspelt one is judged as what it will be renamed to, so that renaming it reveals nothing."""
    if kind == "failure":
        if all(known.id != term for known in found.failures):
            place, mode = entry.word.span, Mode.OBSERVED
            found.failures.append(
                Failure(term, Confidence.STATED, place, mode, count=entry.count, evidence_in_prompt=entry.evidence)
            )
    elif all(known.id != term for known in found.approaches):
        found.approaches.append(Approach(term, Stance.CHOSEN, Confidence.STATED, entry.word.span))


def _attempts(record: Record, keys: Mapping[str, Any], name: str, vocabulary: Vocabulary) -> tuple[Attempt, ...]:
    kind = "failure" if name == "out-of-scope" else "approach"
    attempts: list[Attempt] = []
    for mapping in _mappings(record):
        node = mapping.get(*keys[name])
        if node is None:
            continue
        pairs = [(key, _text(value)) for key, value in node.items()]
        pairs += [(entry.word, "") for entry in _entries(node, keys, record.source.text)] if not pairs else []
        for word, result in pairs:
            if (term := vocabulary.resolve(kind, word.value)) is not None:
                attempts.append(Attempt(term, word.span, result))
    return tuple(attempts)


def _text(node: Node | None) -> str:
    text = node.text() if node is not None else None
    return text.value.strip() if text is not None else ""
