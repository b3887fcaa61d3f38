"""Where the cursor stands in a text that is being typed: under which key, in which list, in a directive, in a link.

It looks at lines, not at a parse, so that half a line of YAML is as good as a whole one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from wrongfix.lsp.yamllines import ITEM, LONGEST, PAIR, front_matter, keys_above, keys_beside, line_of, open_flow
from wrongfix.text import Source, Span

_WORD = re.compile(r"[^\W_][\w-]*$|$")
_WORDS = re.compile(r"[^\W_][\w-]*(?:[ \t]+[^\W_][\w-]*)*[ \t]*$|$")
_REST = re.compile(r"[\w-]*")
_HASH = re.compile(r"#[ \t]*(?P<said>wrongfix:[ \t]*ignore\[[^\]]*|wrongfix:[ \t]*\w*|w\w*)$")
_HTML = re.compile(r"<!--[ \t]*(?:(?P<form>wrongfix-[\w-]+)[ \t]+(?P<names>[^>]*)|(?P<said>w?[\w-]*))$")
_TARGET = re.compile(r"\]\((?P<path>[^()\s]*)$")
_BRACKET = re.compile(r"(?<!\])\[(?P<name>[^\[\]()]*)$")
_LABEL = re.compile(r"[-*\s>]*(?:\*\*|__)?(?P<key>[^\W\d_][^:*]{0,40}?)(?:\*\*|__)?:(?:\*\*|__)?[ \t]+(?P<value>.*)$")
_LIST = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+(?P<value>.*)$")
_HEADING = re.compile(r"#{1,6}[ \t]+(?P<words>.*?)[ \t#]*$")


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

    A value or a key may be several words: then they are one, as long as no sign stands between them.
    `path` are the keys above a value from the outermost, or the label or heading a value stands under.
    """

    place: Place
    typed: Span
    word: str
    path: tuple[str, ...] = ()
    region: Span | None = None
    """The YAML the cursor is in; nothing in prose."""
    beside: frozenset[str] | None = None
    """The keys that stand beside this one in its entry of a list; nothing where it is in none."""


def find(source: Source, offset: int, language: str) -> Cursor | None:
    """Return where an offset lies; nothing where there is nothing to complete."""
    row = source.position(offset).row
    before = source.text[source.line(row).start : offset]
    if len(before) > LONGEST:
        return None
    region = Span(0, len(source.text)) if language == "yaml" else front_matter(source, row)
    if region is not None and region.start <= offset <= region.end:
        return _in_yaml(source, offset, row, before, region)
    return _in_markdown(source, offset, row, before)


def listed(source: Source, cursor: Cursor) -> frozenset[str]:
    """Return the other words of the list the cursor is in, so that none is offered twice."""
    row = source.position(cursor.typed.start).row
    first = row
    while first > 0 and ITEM.match(line_of(source, first - 1)):
        first -= 1
    last = row
    while last + 1 < len(source.line_starts) and ITEM.match(line_of(source, last + 1)):
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
    above = tuple(reversed(tuple(keys_above(source, row, before, region))))
    pair, item = PAIR.match(before), ITEM.match(before)
    if opened := open_flow(source, row, before, region):
        if opened.beside is not None:
            return _cursor(Place.KEY, source, offset, opened.keys, region, opened.beside)
        return _cursor(Place.VALUE, source, offset, opened.keys, region)
    if pair is not None:
        return _cursor(Place.VALUE, source, offset, (*above, pair["key"]), region)
    if item is not None or before.strip() == "-":
        return _cursor(Place.VALUE, source, offset, above, region)
    if re.fullmatch(r"[ \t]*[\w-]*(?:[ \t]+[\w-]+)*", before):
        beside = keys_beside(source, row, len(before) - len(before.lstrip()), region)
        return _cursor(Place.KEY, source, offset, above, region, beside)
    return None


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
        (each["words"] for above in range(row - 1, -1, -1) if (each := _HEADING.match(line_of(source, above)))),
        None,
    )
    found = _LIST.match(before)
    words = found["value"] if found else before
    if heading is not None and re.fullmatch(r"`?[\w-]*(?:[ \t]+[\w-]+)*", words.strip()):
        return _cursor(Place.LISTED, source, offset, (heading,))
    if re.fullmatch(r"[\w-]*", before):
        return _cursor(Place.LISTED, source, offset, ())
    return None


def _directive(source: Source, offset: int, said: str, region: Span | None = None) -> Cursor:
    if "[" in said:
        return _cursor(Place.RULE, source, offset, (said,))
    return Cursor(Place.DIRECTIVE, Span(offset - len(said), offset), said, region=region)


def _cursor(
    place: Place,
    source: Source,
    offset: int,
    path: tuple[str, ...],
    region: Span | None = None,
    beside: frozenset[str] | None = None,
) -> Cursor:
    line = source.line(source.position(offset).row)
    found = (_WORD if place is Place.RULE else _WORDS).search(source.text[line.start : offset])
    word = found.group() if found else ""
    rest = _REST.match(source.text, offset, line.end)
    return Cursor(place, Span(offset - len(word), rest.end() if rest else offset), word, path, region, beside)
