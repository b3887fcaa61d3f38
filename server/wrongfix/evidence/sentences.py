"""Prose cut into sentences and words, each at its place; it judges nothing of what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from wrongfix.evidence.syntax import WORD
from wrongfix.frozen import dataclass
from wrongfix.record.model import Block
from wrongfix.text import Span

_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+\s+|\n[^\S\n]*\n\s*|\s[|]\s")
_ABBREVIATIONS = "e.g i.e vs cf ca approx resp no nr fig sec vol al z.b d.h bzw usw inkl p.ex ex art núm"
_NO_STOP = frozenset(_ABBREVIATIONS.split(" "))
_BEFORE_STOP = max(map(len, _NO_STOP)) + 2
_TOGETHER, _TOGETHER_LONG = 3, 400
"""So many sentences and characters are read as one statement too."""

LONGEST = 2_000
"""Characters; a sentence beyond that is read in pieces, so that what is weighed against each other stays little."""


@dataclass(frozen=True)
class Sentence:
    """A sentence, list item, cell or title of a text; `low` is the whole text in lower case."""

    low: str
    span: Span
    block: Block | None = None
    """The block it stands in; nothing for a title."""

    @property
    def text(self) -> str:
        """Return it in lower case."""
        return self.low[self.span.start : self.span.end]

    @cached_property
    def _found(self) -> list[re.Match[str]]:
        return list(WORD.finditer(self.low, self.span.start, self.span.end))

    @cached_property
    def words(self) -> list[str]:
        """Return its words in lower case."""
        return WORD.findall(self.low, self.span.start, self.span.end)

    def place(self, indexes: Sequence[int]) -> Span:
        """Return the span from the first to the last of the words."""
        return Span(self._found[indexes[0]].start(), self._found[indexes[-1]].end())

    def places(self, indexes: Sequence[int]) -> tuple[Span, ...]:
        """Return the place of each word; words that stand side by side make one place."""
        rows: list[list[int]] = []
        for index in sorted(indexes):
            if rows and index == rows[-1][-1] + 1:
                rows[-1].append(index)
            else:
                rows.append([index])
        return tuple(self.place(row) for row in rows)

    def between(self, left: int, right: int) -> str:
        """Return what stands between two words."""
        return self.low[self._found[left].end() : self._found[right].start()]


def together(sentences: Sequence[Sentence]) -> Sentence | None:
    """Return the two or three short sentences of a paragraph as one; nothing where they are more, or long."""
    if not 1 < len(sentences) <= _TOGETHER:
        return None
    span = Span(sentences[0].span.start, sentences[-1].span.end)
    return Sentence(sentences[0].low, span, sentences[0].block) if span.end - span.start <= _TOGETHER_LONG else None


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
            if text[stop.start()] == "." and _is_abbreviation(text, start, stop.start()):
                continue
        cuts.append(after)
    cuts.append(end)
    spans: list[Span] = []
    for first, last in pairwise(cuts):
        piece = text[first:last]
        left = first + len(piece) - len(piece.lstrip())
        right = first + len(piece.rstrip())
        if left < right:
            spans += _pieces(text, left, right)
    return spans


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a sentence, cut between words where it is longer than any that is written."""
    while end - start > LONGEST:
        cut = text.rfind(" ", start + 1, start + LONGEST)
        cut = start + LONGEST if cut < 0 else cut
        yield Span(start, cut)
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield Span(start, end)


def _is_abbreviation(text: str, start: int, stop: int) -> bool:
    start = max(start, stop - _BEFORE_STOP)
    word = text[max(text.rfind(" ", start, stop) + 1, start) : stop].lstrip("(")
    return word.lower() in _NO_STOP or (len(word) == 1 and word.isupper())
