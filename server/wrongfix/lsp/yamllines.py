"""Lines of YAML as they are typed: the keys above a place, beside it and around it; it parses nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wrongfix.text import Source, Span

LONGEST = 1000
"""Characters of a line that are looked at; nobody completes a tag further to the right."""
PAIR = re.compile(
    r"(?P<lead>[ \t]*(?:-[ \t]+)*)(?P<quote>[\"']?)(?P<key>[^\s:#'\"\[\]{},][^:#'\"\[\]{},]*?)(?P=quote)"
    r"[ \t]*:(?:[ \t]+(?P<value>.*))?$"
)
ITEM = re.compile(r"[ \t]*-[ \t]+(?P<value>[^:]*)$")
_FENCE = re.compile(r"---[ \t]*$")
_END = re.compile(r"(?:---|\.\.\.)[ \t]*$")
_BEGUN = re.compile(r"\s*[\"']?[\w \t-]*")
_KEY_IN_BRACE = re.compile(r"(?:^|,)[ \t\r\n]*[\"']?([\w-]+)[\"']?[ \t]*:")


@dataclass(frozen=True, slots=True)
class Flow:
    """A bracket or brace: the keys it stands under, and those beside the one being typed, where it is a brace's."""

    keys: tuple[str, ...]
    beside: frozenset[str] | None


def front_matter(source: Source, row: int) -> Span | None:
    """Return the lines between the fences of front matter; without a second fence, those up to a blank line."""
    if not _FENCE.match(source.slice(source.line(0)).lstrip("\ufeff")) or row == 0:
        return None
    rows = len(source.line_starts)
    end = next((each for each in range(1, rows) if _END.match(source.slice(source.line(each)))), None)
    if end is None:
        end = next((each for each in range(1, rows) if each > row and not _written(source, each)), rows)
        if not all(_written(source, each) for each in range(1, row)):
            return None
    start = source.line_starts[1]
    return Span(start, max(start, source.line(end - 1).end)) if row < end else None


def keys_of(source: Source, region: Span) -> frozenset[str]:
    """Return the keys that stand at the beginning of a line."""
    first, last = source.position(region.start).row, source.position(region.end).row
    lines = (line_of(source, row) for row in range(first, last + 1))
    return frozenset(found["key"] for line in lines if (found := PAIR.match(line)) and not found["lead"])


def keys_above(source: Source, row: int, before: str, region: Span) -> Iterator[str]:
    """Yield the keys a line stands under, the closest first: those of lines above that are indented less."""
    indent = len(before) - len(before.lstrip())
    is_item = before.lstrip().startswith("-")
    while row > 0 and source.line(row - 1).start >= region.start and (indent > 0 or is_item):
        row -= 1
        words = line_of(source, row)
        pair = PAIR.match(words)
        if not words.strip() or pair is None:
            continue
        column = len(pair["lead"])
        if column < indent or (is_item and column == indent and not words.lstrip().startswith("-")):
            yield pair["key"]
            indent, is_item = len(words) - len(words.lstrip()), words.lstrip().startswith("-")


def keys_beside(source: Source, row: int, column: int, region: Span) -> frozenset[str] | None:
    """Return the other keys of the entry of a list that a key at a column is in; nothing where it is in none."""
    rows = range(source.position(region.start).row, source.position(region.end).row + 1)
    keys = set()
    for each in range(row + 1, rows.stop):
        pair = PAIR.match(line_of(source, each))
        if pair is None or len(pair["lead"]) != column or "-" in pair["lead"]:
            break
        keys.add(pair["key"])
    for each in range(row - 1, rows.start - 1, -1):
        words = line_of(source, each)
        pair = PAIR.match(words)
        if pair is not None and len(pair["lead"]) == column:
            keys.add(pair["key"])
            if "-" in pair["lead"]:
                return frozenset(keys)
        elif words.strip() and len(words) - len(words.lstrip()) <= column:
            return None
    return None


def open_flow(source: Source, row: int, before: str, region: Span) -> Flow | None:
    """Return the bracket or brace that is still open at the cursor, some lines above perhaps."""
    text = before
    for _ in range(50):
        depth = text.count("[") + text.count("{") - text.count("]") - text.count("}")
        pair = PAIR.match(text.partition("\n")[0])
        if pair is not None:
            inner = re.search(r"[{,][ \t\r\n]*([\w-]+):[ \t]+[^,{}\[\]]*$", text)
            keys = (pair["key"], inner[1]) if inner else (pair["key"],)
            return Flow(keys, None if inner else _keys_in_brace(text)) if depth > 0 else None
        if row == 0 or source.line(row - 1).start < region.start:
            return None
        row -= 1
        text = line_of(source, row) + "\n" + text
    return None


def line_of(source: Source, row: int) -> str:
    """Return what is looked at of a line."""
    line = source.line(row)
    return source.text[line.start : min(line.end, line.start + LONGEST)]


def _keys_in_brace(text: str) -> frozenset[str] | None:
    """Return the keys of the brace that a text ends in, where a key is being typed; nothing where it ends in none."""
    _, brace, pairs = text.rpartition("{")
    if not brace or not _BEGUN.fullmatch(pairs.rpartition(",")[2]) or any(sign in pairs for sign in "[]}"):
        return None
    return frozenset(_KEY_IN_BRACE.findall(pairs))


def _written(source: Source, row: int) -> bool:
    return bool(source.slice(source.line(row)).strip())
