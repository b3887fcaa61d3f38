"""What a record is called and numbered: in its first heading, in its metadata, or in the name of its file."""

from __future__ import annotations

import re

from wrongfix.record.fields import Stated
from wrongfix.record.model import BlockKind, Record, Text
from wrongfix.record.words import Words, folded
from wrongfix.text import Span

_NUMBERED = re.compile(
    r"(?:(?:[A-Za-z]{1,10}[-_ ]){0,3}(?:#\s?)?(?P<number>\d{1,4}(?:\.\d{1,2})?)(?=[\s.:_)\]\-–—]|$))", re.ASCII
)
_DATED = re.compile(r"(?:(?:19|20)\d{2}[-.](?:0?[1-9]|1[0-2])(?:[-.]\d{1,2})?|\d{8}(?:\d{4,6})?)(?=[-_. ]|$)", re.ASCII)
_PREFIX = re.compile(r"(?:[A-Z][A-Za-z]{1,9}-){1,3}(?:\d{1,4}|[X#]+)(?=[\s:.])", re.ASCII)
_SIGNS = " \t.:)]-–—_|·"
_GENERIC = frozenset({"readme", "index", "decision", "adr", "decisions"})


_MOST_BEFORE = 25
"""Words before the first heading; a lower one after more of them begins a part of a record without a title."""


def title_and_number(record: Record, stated: Stated, words: Words) -> tuple[Text | None, Text | None]:
    """Return the title without its number, and the number as written; both from the file's name as a last resort."""
    number = stated.first("number")
    written = _heading(record, words) or stated.first("title")
    title = written
    if written is not None:
        exact = written.span.end - written.span.start == len(written.value)
        found = _NUMBERED.match(written.value) or _PREFIX.match(written.value)
        if found is not None and _parts_title(written.value, found):
            if "number" in found.re.groupindex:
                begin = written.span.start + found.start("number")
                place = Span(begin, begin + len(found["number"])) if exact else written.span
                number = number or Text(found["number"], place)
            rest = written.value[found.end() :].lstrip(_SIGNS)
            if rest:
                title = Text(rest, Span(written.span.end - len(rest), written.span.end) if exact else written.span)
    stem = _stem(record.source.name)
    if number is None and stem and not _DATED.match(stem):
        found = _NUMBERED.match(stem)
        number = Text(found["number"], Span(0, 0)) if found is not None else None
    if title is None and stem and record.format == "markdown":
        title = _from_name(stem)
    return title, number


def _parts_title(value: str, found: re.Match[str]) -> bool:
    """Say whether the match is a number before a title: followed by a sign, or with a series before it."""
    after = value[found.end() : found.end() + 1]
    return (
        after in {".", ":", ")", "]", "-", "–", "—", "_", ""}
        or found.start("number" if found.re is _NUMBERED else 0) > 0
        or (value[found.end() :].lstrip()[:1] in {"-", "–", "—", ":", "|"})
    )


def _heading(record: Record, words: Words) -> Text | None:
    """Return the words of the heading that names the record, or nothing where the first heading begins a part."""
    for index, block in enumerate(record.blocks):
        if block.kind is not BlockKind.HEADING or block.section is None:
            continue
        section = record.sections[block.section]
        text = Text(record.words(block.span), block.span)
        if not section.own_role:
            return text if section.level == 1 or not _is_part(record, block.section) else None
        before, colon, after = text.value.partition(":")
        if colon and after.strip() and words.role(before) == "decision":
            rest = after.strip()
            return Text(rest, Span(block.span.end - len(rest), block.span.end))
        if folded(text.value) == "title" and index + 1 < len(record.blocks):
            below = record.blocks[index + 1]
            return Text(record.words(below.span), below.span) if below.section == block.section else None
        if section.level == 1 and not _repeated(record, section.level):
            return text
        return None
    return None


def _is_part(record: Record, first: int) -> bool:
    """Say whether the first section is a part of a record: much stands before it, or parts beside it at its level."""
    section = record.sections[first]
    if len(record.prose[: section.heading.start].split()) > _MOST_BEFORE:
        return True
    return any(each.own_role and each.level == section.level for each in record.sections)


def _repeated(record: Record, level: int) -> bool:
    return sum(section.level == level for section in record.sections) > 1


def _stem(name: str) -> str:
    parts = name.replace("\\", "/").split("/")
    stem = parts[-1].rsplit(".", 1)[0]
    if folded(stem) in _GENERIC and len(parts) > 1:
        return parts[-2]
    return stem


def _from_name(stem: str) -> Text | None:
    found = _DATED.match(stem) or _NUMBERED.match(stem)
    bare = stem[found.end() :] if found is not None else stem
    words = " ".join(bare.replace("-", " ").replace("_", " ").split())
    return Text(words, Span(0, 0)) if words and folded(words) not in _GENERIC else None
