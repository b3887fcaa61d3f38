"""Inlay hints: beside the words they were read from, the failures and approaches nobody wrote down as tags."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from wrongfix.evidence.model import Evidence
from wrongfix.findings import Confidence
from wrongfix.lsp import convert
from wrongfix.lsp.elsewhere import also_named
from wrongfix.lsp.view import View
from wrongfix.text import Span


def answer(view: View, params: types.InlayHintParams) -> list[types.InlayHint]:
    """Return the hints of a range, for records in scope only."""
    asked = convert.span_of(view.source, params.range, view.ruler)
    return [
        types.InlayHint(
            position=convert.position(view.source, span.end, view.ruler),
            label=label,
            kind=types.InlayHintKind.Type,
            tooltip=tip,
            padding_left=True,
        )
        for evidence in view.evidence()
        if evidence.in_scope
        for span, label, tip in _read(view, evidence)
        if asked.start <= span.end <= asked.end
    ]


def _read(view: View, evidence: Evidence) -> Iterator[tuple[Span, str, str]]:
    """Yield what was inferred; where the author states a kind, that is the whole answer and nothing is hinted."""
    terms = view.vocabulary
    if not evidence.stated_failures:
        for failure in evidence.failures:
            if failure.confidence is Confidence.INFERRED:
                tip = f"{terms.failures[failure.id].title}, {failure.mode.value}: read from these words"
                yield failure.span, failure.id, tip
    if not evidence.stated_approach:
        for approach in evidence.approaches:
            if approach.confidence is Confidence.INFERRED:
                tip = f"{terms.approaches[approach.id].title}, {approach.stance.value}: read from these words"
                for span in (approach.span, *also_named(approach, evidence.record)):
                    yield span, f"{approach.stance.value}: {approach.id}", tip
