"""Code lens: one line above a record that sums up what it claims; off unless switched on."""

from __future__ import annotations

from lsprotocol import types

from wrongfix.evidence.model import Evidence
from wrongfix.lsp.view import View
from wrongfix.text import Span


def answer(view: View, _params: types.CodeLensParams) -> list[types.CodeLens]:
    """Return a line for each record in scope."""
    return [
        types.CodeLens(view.range(Span(start, start)), types.Command(_sum(view, evidence), ""))
        for evidence in view.evidence()
        if evidence.in_scope
        for start in (evidence.record.anchor.start,)
    ]


def _sum(view: View, evidence: Evidence) -> str:
    failures = ", ".join(dict.fromkeys(failure.id for failure in evidence.claimed)) or "no failure named"
    chosen = ", ".join(dict.fromkeys(approach.id for approach in evidence.chosen)) or "nothing chosen"
    span = evidence.record.span
    found = sum(span.start <= each.span.start <= span.end for each in view.checked.examination.findings)
    return f"{failures} → {chosen} · {found} {'finding' if found == 1 else 'findings'}"
