"""A new title written where the old one stands: in a heading, in a link, or in a YAML scalar, with the quotes it needs.

It offers no edit where the new words could not be written there without changing what the YAML says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from wrongfix.lsp.index import Entry
from wrongfix.record.scalars import is_plain
from wrongfix.text import Edit, Source, Span

_KEY = re.compile(r"[ \t]*(?:-[ \t]+)*(?P<key>[\w-]+|\"[\w -]+\"|'[\w -]+')[ \t]*:[ \t]+")
_SCALAR = re.compile(
    r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^\s\"'\[{|>&*!#](?:[^#]|(?<=\S)#)*?(?=[ \t]*(?:[ \t]#.*)?$)"
)
_SIGN = re.compile(r"(?P<ticks>`+)(?:(?!`).)+(?<!`)(?P=ticks)(?!`)|\\[^\w\s]|[`\[\]]|\\$")
"""Code, a sign that is escaped, a bracket, or what would make one of the bracket after it."""


def titles(entry: Entry, title: str) -> Iterator[Edit]:
    """Yield the edits that give a record its new title; none where it cannot be written."""
    if entry.title is None:
        return
    place = _in_yaml(entry, entry.title.span, title)
    if place is not None:
        yield place
        yield from (edit for edit in _in_front_matter(entry, title) if not edit.span.meets(place.span))


def in_brackets(title: str) -> str:
    """Return a title as the words of a Markdown link: what would end the link early, or begin another, is escaped."""
    depth, risky = 0, "](" in title or "][" in title
    for found in _SIGN.finditer(title):
        depth += {"[": 1, "]": -1}.get(found.group(), 0)
        risky = risky or depth < 0
    risky = risky or depth > 0

    def escaped(found: re.Match[str]) -> str:
        sign = found.group()
        return f"\\{sign}" if sign in ("`", "\\") or (risky and sign in "[]") else sign

    return _SIGN.sub(escaped, title)


def is_yaml(entry: Entry, span: Span) -> bool:
    """Say whether a place lies in YAML: in a YAML record, or in front matter."""
    return entry.yaml or (entry.front_matter is not None and entry.front_matter.covers(span))


def _in_yaml(entry: Entry, span: Span, title: str) -> Edit | None:
    """Return the edit of one place."""
    source = entry.source
    if not is_yaml(entry, span):
        return Edit(span, title)
    whole = _scalar_at(source, span)
    if whole == span or (whole is not None and source.text[whole.start] in "\"'"):
        return Edit(whole, _quoted(source.text[whole.start], title))
    return Edit(span, title) if is_plain(title) else None


def _in_front_matter(entry: Entry, title: str) -> Iterator[Edit]:
    """Yield the edit of a title that the front matter states beside the heading."""
    if entry.front_matter is None or entry.title is None:
        return
    source = entry.source
    for row in range(source.position(entry.front_matter.start).row, source.position(entry.front_matter.end).row + 1):
        line = source.line(row)
        found = _KEY.match(source.text, line.start, line.end)
        if found is None or found["key"].strip("\"'").casefold() != "title":
            continue
        scalar = _SCALAR.match(source.text, found.end(), line.end)
        if scalar is not None and scalar.group().strip("\"'") == entry.title.value:
            yield Edit(Span(*scalar.span()), _quoted(scalar.group()[0], title))


def _scalar_at(source: Source, span: Span) -> Span | None:
    """Return the scalar of one line that a span is, or lies in, after its key."""
    line = source.line(source.position(span.start).row)
    found = _KEY.match(source.text, line.start, line.end)
    scalar = _SCALAR.match(source.text, found.end(), line.end) if found else None
    return Span(*scalar.span()) if scalar is not None and Span(*scalar.span()).covers(span) else None


def _quoted(first: str, title: str) -> str:
    """Return a title as a scalar that is quoted as the old one was, and where it must be."""
    if first == "'":
        return "'" + title.replace("'", "''") + "'"
    return title if first != '"' and is_plain(title) else json.dumps(title, ensure_ascii=False)
