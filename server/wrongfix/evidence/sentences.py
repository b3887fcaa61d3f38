"""Prose cut into sentences and words, each at its place; it judges nothing of what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wrongfix.evidence.lexicon import WORD
from wrongfix.record.model import Block, Record
from wrongfix.text import Span

_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+|\n[^\S\n]*\n\s*|\s[|]\s")
_ABBREVIATIONS = "e.g i.e vs cf ca approx resp no nr fig sec vol al z.b d.h bzw usw inkl p.ex ex art núm"
_NO_STOP = frozenset(_ABBREVIATIONS.split(" "))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, list item, cell or title: `first` and `last` bound its words in the text's row of words."""

    span: Span
    first: int
    last: int
    block: Block | None = None
    index: int = 0
    """Which sentence of its block it is."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in lower case, and where each starts and ends."""

    forms: list[str]
    starts: list[int]
    ends: list[int]

    def span(self, indexes: Sequence[int]) -> Span:
        """Return the span from the first to the last of the words."""
        return Span(self.starts[indexes[0]], self.ends[indexes[-1]])

    def spans(self, indexes: Sequence[int]) -> tuple[Span, ...]:
        """Return the place of each word; words that stand side by side make one place."""
        rows: list[list[int]] = []
        for index in sorted(set(indexes)):
            if rows and index == rows[-1][-1] + 1:
                rows[-1].append(index)
            else:
                rows.append([index])
        return tuple(self.span(row) for row in rows)


def lowered(text: str) -> str:
    """Return the text in lower case with every character at its place, whatever `str.lower` would make longer."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def sentence_spans(text: str, start: int, end: int) -> list[Span]:
    """Return the sentences of a stretch of text, trimmed; an abbreviation or a small letter after a stop ends none."""
    cuts = [start]
    for stop in _STOP.finditer(text, start, end):
        after = stop.end()
        if text[stop.start()] in ".!?…":
            if after < end and text[after].islower():
                continue
            word = text[text.rfind(" ", start, stop.start()) + 1 : stop.start()] if stop.start() > start else ""
            if text[stop.start()] == "." and (word.lower().lstrip("(") in _NO_STOP or len(word) == 1):
                continue
        cuts.append(after)
    cuts.append(end)
    spans = []
    for first, last in pairwise(cuts):
        piece = text[first:last]
        left = first + len(piece) - len(piece.lstrip())
        right = first + len(piece.rstrip())
        if left < right:
            spans.append(Span(left, right))
    return spans


def read_sentences(record: Record, low: str) -> tuple[Words, list[Sentence]]:
    """Return the words of a record's title and blocks and the sentences they make, in the order of the text."""
    words = Words([], [], [])
    sentences = []
    for span, block, index in _pieces(record):
        first = len(words.forms)
        for found in WORD.finditer(low, span.start, span.end):
            words.forms.append(found[0])
            words.starts.append(found.start())
            words.ends.append(found.end())
        sentences.append(Sentence(span, first, len(words.forms), block, index))
    return words, sentences


def _pieces(record: Record) -> Iterator[tuple[Span, Block | None, int]]:
    if record.title is not None:
        yield record.title.span, None, 0
    for block in record.blocks:
        if record.title is not None and block.span.meets(record.title.span):
            continue
        for index, span in enumerate(sentence_spans(record.prose, block.span.start, block.span.end)):
            yield span, block, index
