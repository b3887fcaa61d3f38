"""Where the cursor stands in a text that is being typed: under which key, in which list, in a directive, in a link.

It looks at lines, not at a parse, so that half a line of YAML is as good as a whole one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from wrongfix.text import Source, Span

_FENCE = re.compile(r"---[ \t]*$")
_END = re.compile(r"(?:---|\.\.\.)[ \t]*$")
_PAIR = re.compile(
    r"(?P<lead>[ \t]*(?:-[ \t]+)*)(?P<quote>[\"']?)(?P<key>[^\s:#'\"\[\]{},][^:#'\"\[\]{},]*?)(?P=quote)"
    r"[ \t]*:(?:[ \t]+(?P<value>.*))?$"
)
_ITEM = re.compile(r"[ \t]*-[ \t]+(?P<value>[^:]*)$")
_WORD = re.compile(r"[^\W_][\w-]*$|$")
_REST = re.compile(r"[\w-]*")
_HASH = re.compile(r"#[ \t]*(?P<said>wrongfix:[ \t]*ignore\[[^\]]*|wrongfix:[ \t]*\w*|w\w*)$")
_HTML = re.compile(r"<!--[ \t]*(?:(?P<form>wrongfix-[\w-]+)[ \t]+(?P<names>[^>]*)|(?P<said>w?[\w-]*))$")
_TARGET = re.compile(r"\]\((?P<path>[^()\s]*)$")
_BRACKET = re.compile(r"(?<!\])\[(?P<name>[^\[\]()]*)$")
_LABEL = re.compile(r"[-*\s>]*(?:\*\*|__)?(?P<key>[^\W\d_][^:*]{0,40}?)(?:\*\*|__)?:(?:\*\*|__)?[ \t]+(?P<value>.*)$")
_LIST = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+(?P<value>.*)$")
_HEADING = re.compile(r"#{1,6}[ \t]+(?P<words>.*?)[ \t#]*$")

_LONGEST = 1000
"""Characters of a line that are looked at; nobody completes a tag further to the right."""


class Place(StrEnum):
    """What is being typed."""

    KEY = "key"
    VALUE = "value"
    DIRECTIVE = "directive"
    RULE = "rule"
    TARGET = "target"
    LINK = "link"
    LABELLED = "labelled"
    """A value after a label in prose."""
    LISTED = "listed"
    """An item of a list or a line under a heading."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place of the cursor: `typed` covers the word around it, `word` is its part left of the cursor.

    `path` are the keys above a value from the outermost, or the label or heading a value stands under.
    """

    place: Place
    typed: Span
    word: str
    path: tuple[str, ...] = ()
    region: Span | None = None
    """The YAML the cursor is in; nothing in prose."""


def find(source: Source, offset: int, language: str) -> Cursor | None:
    """Return where an offset lies; nothing where there is nothing to complete."""
    row = source.position(offset).row
    before = source.text[source.line(row).start : offset]
    if len(before) > _LONGEST:
        return None
    region = Span(0, len(source.text)) if language == "yaml" else front_matter(source, row)
    if region is not None and region.start <= offset <= region.end:
        return _in_yaml(source, offset, row, before, region)
    return _in_markdown(source, offset, row, before)


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
    lines = (_line(source, row) for row in range(first, last + 1))
    return frozenset(found["key"] for line in lines if (found := _PAIR.match(line)) and not found["lead"])


def listed(source: Source, cursor: Cursor) -> frozenset[str]:
    """Return the other words of the list the cursor is in, so that none is offered twice."""
    row = source.position(cursor.typed.start).row
    first = row
    while first > 0 and _ITEM.match(_line(source, first - 1)):
        first -= 1
    last = row
    while last + 1 < len(source.line_starts) and _ITEM.match(_line(source, last + 1)):
        last += 1
    text = source.text
    around = text[source.line(first).start : cursor.typed.start] + " " + text[cursor.typed.end : source.line(last).end]
    return frozenset(re.findall(r"[^\W_][\w-]*", around))


def _in_yaml(  # noqa: PLR0911 # one return for each form a line can have
    source: Source, offset: int, row: int, before: str, region: Span
) -> Cursor | None:
    if found := _HASH.search(before):
        return _directive(source, offset, found["said"], region)
    if re.search(r"(?:^|[ \t])#", before):
        return None
    above = tuple(reversed(tuple(_above(source, row, before, region))))
    pair, item = _PAIR.match(before), _ITEM.match(before)
    if opened := _open_flow(source, row, before, region):
        return _cursor(Place.VALUE, source, offset, opened, region)
    if pair is not None:
        return _cursor(Place.VALUE, source, offset, (*above, pair["key"]), region)
    if item is not None or before.strip() == "-":
        return _cursor(Place.VALUE, source, offset, above, region)
    if re.fullmatch(r"[ \t]*[\w-]*", before):
        return _cursor(Place.KEY, source, offset, above, region)
    return None


def _above(source: Source, row: int, before: str, region: Span) -> Iterator[str]:
    """Yield the keys a line stands under, the closest first: those of lines above that are indented less."""
    indent = len(before) - len(before.lstrip())
    is_item = before.lstrip().startswith("-")
    while row > 0 and source.line(row - 1).start >= region.start and (indent > 0 or is_item):
        row -= 1
        words = _line(source, row)
        pair = _PAIR.match(words)
        if not words.strip() or pair is None:
            continue
        column = len(pair["lead"])
        if column < indent or (is_item and column == indent and not words.lstrip().startswith("-")):
            yield pair["key"]
            indent, is_item = len(words) - len(words.lstrip()), words.lstrip().startswith("-")


def _open_flow(source: Source, row: int, before: str, region: Span) -> tuple[str, ...]:
    """Return the key of a bracket or brace that is still open at the cursor, some lines above perhaps."""
    text = before
    for _ in range(50):
        depth = text.count("[") + text.count("{") - text.count("]") - text.count("}")
        pair = _PAIR.match(text.partition("\n")[0])
        if pair is not None:
            inner = re.search(r"[{,][ \t\r\n]*([\w-]+):[ \t]+[^,{}\[\]]*$", text)
            return ((pair["key"], inner[1]) if inner else (pair["key"],)) if depth > 0 else ()
        if row == 0 or source.line(row - 1).start < region.start:
            return ()
        row -= 1
        text = _line(source, row) + "\n" + text
    return ()


def _in_markdown(  # noqa: PLR0911 # as above
    source: Source, offset: int, row: int, before: str
) -> Cursor | None:
    if found := _HTML.search(before):
        if found["form"]:
            return _cursor(Place.RULE, source, offset, (found["form"],)) if " --" not in found["names"] else None
        return _directive(source, offset, found["said"])
    if found := _TARGET.search(before):
        start = offset - len(found["path"])
        return Cursor(Place.TARGET, Span(start, offset), found["path"])
    if found := _BRACKET.search(before):
        return Cursor(Place.LINK, Span(offset - len(found["name"]) - 1, offset), found["name"])
    if found := _LABEL.match(before):
        return _cursor(Place.LABELLED, source, offset, (found["key"].strip(),))
    heading = next(
        (each["words"] for above in range(row - 1, -1, -1) if (each := _HEADING.match(_line(source, above)))),
        None,
    )
    found = _LIST.match(before)
    words = found["value"] if found else before
    if heading is not None and re.fullmatch(r"`?[\w-]*", words.strip()):
        return _cursor(Place.LISTED, source, offset, (heading,))
    if re.fullmatch(r"[\w-]*", before):
        return _cursor(Place.LISTED, source, offset, ())
    return None


def _directive(source: Source, offset: int, said: str, region: Span | None = None) -> Cursor:
    if "[" in said:
        return _cursor(Place.RULE, source, offset, (said,))
    return Cursor(Place.DIRECTIVE, Span(offset - len(said), offset), said, region=region)


def _cursor(place: Place, source: Source, offset: int, path: tuple[str, ...], region: Span | None = None) -> Cursor:
    line = source.line(source.position(offset).row)
    found = _WORD.search(source.text[line.start : offset])
    word = found.group() if found else ""
    rest = _REST.match(source.text, offset, line.end)
    return Cursor(place, Span(offset - len(word), rest.end() if rest else offset), word, path, region)


def _line(source: Source, row: int) -> str:
    line = source.line(row)
    return source.text[line.start : min(line.end, line.start + _LONGEST)]


def _written(source: Source, row: int) -> bool:
    return bool(source.slice(source.line(row)).strip())
