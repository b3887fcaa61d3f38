"""Trying edits out before they are offered: on the record they change, a bounded number of times, while one waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from wrongfix.engine import check
from wrongfix.findings import Finding
from wrongfix.lsp.view import View
from wrongfix.text import Edit, OverlappingEditsError, Source, Span, apply

MOST = 30
"""Checks that one answer may take; what would need more is offered untried, or not at all."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What is said without some edits, and what with them; both of the same stretch of text."""

    before: Counter[tuple[object, ...]]
    after: Counter[tuple[object, ...]]

    def clears(self, finding: Finding) -> bool:
        """Say whether a finding is gone."""
        return self.after[known_by(finding)] < self.before[known_by(finding)]

    @property
    def adds_nothing(self) -> bool:
        """Say whether nothing has come in its place."""
        return self.after.total() < self.before.total()


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of the text that is judged apart, and what is said of it."""

    span: Span
    said: Counter[tuple[object, ...]]


class Trials:
    """The trials of one answer."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._left = MOST
        self._stretches: dict[Span, _Stretch | None] = {}
        said = Counter(map(known_by, view.checked.examination.findings))
        self._whole = _Stretch(Span(0, len(view.source.text)), said)

    def of(self, finding: Finding, edits: Sequence[Edit], longest: int | None = None) -> Trial | None:
        """Return what comes of edits; nothing where too much has been tried, or the text is longer than it may be."""
        stretch = self._around(finding, edits)
        if longest is not None and stretch.span.end - stretch.span.start > longest:
            return None
        try:
            after = self._said(stretch.span, edits)
        except OverlappingEditsError:
            return None
        return Trial(stretch.said, after) if after is not None else None

    def _around(self, finding: Finding, edits: Sequence[Edit]) -> _Stretch:
        """Return the record of a log that a finding is about, where it is judged apart as it is among the others."""
        records = self._view.records
        record = next((each for each in records if each.span.covers(finding.span)), None) if len(records) > 1 else None
        if record is None:
            return self._whole
        span = _lines(self._view.source, record.span)
        if span not in self._stretches:
            inside = [each for each in self._view.checked.examination.findings if span.covers(each.span)]
            said = self._said(span, ())
            self._stretches[span] = _Stretch(span, said) if said == Counter(map(known_by, inside)) else None
        stretch = self._stretches[span]
        return stretch if stretch and all(span.covers(edit.span) for edit in edits) else self._whole

    def _said(self, span: Span, edits: Sequence[Edit]) -> Counter[tuple[object, ...]] | None:
        """Return what is said of a stretch with some edits made; nothing when no more may be tried."""
        if self._left <= 0 or self._view.left.is_set():
            return None
        self._left -= 1
        source = self._view.source
        moved = [Edit(Span(each.span.start - span.start, each.span.end - span.start), each.content) for each in edits]
        text = apply(source.slice(span), moved)
        return Counter(map(known_by, check(Source(source.name, text), self._view.rulebook, self._view.settings)))


def known_by(finding: Finding) -> tuple[object, ...]:
    """Return what tells a finding from others, wherever it stands."""
    return (finding.code, finding.failures, finding.approaches, finding.words)


def _lines(source: Source, span: Span) -> Span:
    """Return a record with the dash or the blanks before it."""
    start = source.line(source.position(span.start).row).start
    return span if source.slice(Span(start, span.start)).strip(" -") else Span(start, span.end)
