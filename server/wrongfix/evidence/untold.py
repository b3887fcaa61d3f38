"""Finding the stretches of prose that tell no fact by themselves: code, names of things and what somebody asks.

It does not say which facts may be read from them all the same; `rules/vocabulary/facts.yaml` does.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from wrongfix.record.model import Record
from wrongfix.text import Span

CODE = "code"
"""Inline code, paths, addresses, identifiers, placeholders and options of a command."""
QUOTATION = "quotation"
"""A question or a long sentence between quotation marks: somebody's words, not the record's."""

LISTING = "listing"
"""A fenced block of code, which is no prose at all."""

LONG = 8
"""So many words between quotation marks are a sentence, not a term."""
_FENCED = re.compile(r"^(?P<fence>```|~~~)[^\n`]*\n(?P<code>.{0,4000}?)^(?P=fence)", re.MULTILINE | re.DOTALL)
_TICKS = re.compile(r"`+")
_TOKEN = re.compile(r"\S+")
_LONGEST_NAME = 200
_NAME = re.compile(
    r"""
    [^\W_]_[^\W_]                       # made_up
    | ^[("'\[]*(?:~|\.{1,2})?/[\w.-]+   # /a/path, ./here
    | \w\.[a-z][a-z0-9]{1,4}(?![\w])    # a-file.md
    | ://
    | ^--[a-z][\w-]+ | \$[A-Za-z_{]    # --an-option, $VARIABLE
    """,
    re.VERBOSE,
)
_PLACEHOLDER = re.compile(r"\{\{[^{}\n]{1,200}\}\}")
_QUOTED = re.compile(r'(?<!\w)"(?=\S)[^"]{8,600}"(?!\w)|[“„][^“”„]{8,600}[“”]|«[^«»]{8,600}»')


class Untold:
    """The stretches of some blocks that tell nothing, asked by place."""

    def __init__(self, record: Record, blocks: Iterable[Span]) -> None:
        """Find them; overlapping ones of a kind become one."""
        self._ends: dict[str, tuple[list[int], list[int]]] = {}
        for kind, span in sorted((each for block in blocks for each in untold_in(record, block)), key=_place):
            starts, ends = self._ends.setdefault(kind, ([], []))
            if ends and span.start <= ends[-1]:
                ends[-1] = max(ends[-1], span.end)
            else:
                starts.append(span.start)
                ends.append(span.end)

    def kinds(self, *offsets: int) -> frozenset[str]:
        """Return the kinds of stretches that one of the characters stands in."""
        return frozenset(
            kind
            for kind, (starts, ends) in self._ends.items()
            if any((at := bisect_right(starts, offset) - 1) >= 0 and offset < ends[at] for offset in offsets)
        )


def untold_in(record: Record, span: Span) -> Iterator[tuple[str, Span]]:
    """Yield the stretches of a block that tell no fact by themselves, each with its kind."""
    prose = record.prose[span.start : span.end]
    for code in _coded(record, span):
        yield CODE, code
    for found in _TOKEN.finditer(prose):
        if found.end() - found.start() <= _LONGEST_NAME and _NAME.search(found.group()):
            yield CODE, _placed(found, span)
    if "{{" in prose:
        yield from ((CODE, _placed(found, span)) for found in _PLACEHOLDER.finditer(prose))
    if any(sign in prose for sign in '"“„«'):
        names = [choice.name.span for choice in record.choices if choice.name is not None]
        for found in _QUOTED.finditer(prose):
            quoted = _placed(found, span)
            if _is_said(found.group()) and not any(quoted.meets(name) for name in names):
                yield QUOTATION, quoted


def listings_of(record: Record) -> Iterator[Span]:
    """Yield what stands between the fences of blocks of code."""
    for found in _FENCED.finditer(record.source.text, record.span.start, record.span.end):
        yield Span(found.start("code"), found.end("code"))


def _coded(record: Record, span: Span) -> Iterator[Span]:
    """Yield what stands between backticks that mark code; those are blank in the prose."""
    text, prose = record.source.text, record.prose
    if text.find("`", max(0, span.start - 1), span.end) < 0:
        return
    marks = [
        found for found in _TICKS.finditer(text, max(0, span.start - 1), span.end) if prose[found.start()].isspace()
    ]
    ends = [*(found.span() for found in marks), (span.end, span.end)]
    for (_, start), (end, _) in list(pairwise(ends))[::2]:
        yield Span(start, end)


def _is_said(quoted: str) -> bool:
    return "?" in quoted or len(quoted.split()) >= LONG


def _place(stretch: tuple[str, Span]) -> int:
    return stretch[1].start


def _placed(found: re.Match[str], span: Span) -> Span:
    return Span(span.start + found.start(), span.start + found.end())
