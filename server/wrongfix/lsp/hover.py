"""Hover: what the word under the pointer means, what fits it, why it was read so; never the finding again."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from wrongfix import directives, explain
from wrongfix.evidence.model import Approach, Attempt, Evidence, Failure
from wrongfix.findings import Confidence
from wrongfix.lsp import terms
from wrongfix.lsp.elsewhere import also_named
from wrongfix.lsp.view import View
from wrongfix.text import Span

_MOST_WORDS = 12


def answer(view: View, params: types.HoverParams) -> types.Hover | None:
    """Return what is known about the smallest thing under the pointer."""
    offset = view.offset(params.position)
    found = sorted(
        (each for each in _things(view, offset) if each[0].start <= offset <= each[0].end),
        key=lambda each: each[0].end - each[0].start,
    )
    if not found:
        return None
    span = found[0][0]
    told = "\n\n---\n\n".join(dict.fromkeys(text for each, text in found if each == span))
    if not view.client.markdown:
        return types.Hover(types.MarkupContent(types.MarkupKind.PlainText, terms.plain(told)), view.range(span))
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, told), view.range(span))


def _things(view: View, offset: int) -> Iterator[tuple[Span, str]]:
    """Yield everything that can be said something about, with its place."""
    evidence = view.evidence_at(offset)
    if evidence is not None:
        yield from _of_evidence(view, evidence)
        status = evidence.record.status
        known = {entry["id"]: entry for entry in view.vocabulary.statuses}
        if status is not None and status.value in known:
            yield status.text.span, terms.of_status(known[status.value], view.vocabulary)
    for directive in directives.read(view.source, view.records):
        for name in directive.names:
            if rule := view.rulebook.named(name.value):
                yield name.span, explain.page(rule, view.rulebook)


def _of_evidence(view: View, evidence: Evidence) -> Iterator[tuple[Span, str]]:
    vocabulary, matrix = view.vocabulary, view.matrix
    for failure in (*evidence.failures, *evidence.mentions):
        text = terms.of_failure(failure.id, vocabulary, matrix)
        for span in (failure.span, *failure.words):
            yield span, f"{text}\n\n{_reading(view, failure)}"
    for approach in evidence.approaches:
        text = terms.of_approach(approach.id, vocabulary, matrix)
        told = _weighed(approach, evidence, view)
        for span in (approach.span, *approach.words, *also_named(approach, evidence.record)):
            yield span, "\n\n".join(each for each in (text, told, _reading(view, approach)) if each)
    for attempt in (*evidence.tried, *evidence.ruled_out, *evidence.out_of_scope):
        yield attempt.span, _of_attempt(attempt, view)
    for unknown in evidence.unknown:
        ids = () if unknown.meanings else vocabulary.suggested(unknown.kind, unknown.text.value)
        question = f" Did you mean {' or '.join(f'`{each}`' for each in ids)}?" if ids else ""
        yield unknown.text.span, f"No {unknown.kind} of this name is known.{question}"


def _reading(view: View, piece: Failure | Approach) -> str:
    """Return how a failure or an approach came to be read here."""
    kind = piece.mode.value if isinstance(piece, Failure) else piece.stance.value
    if piece.confidence is Confidence.STATED:
        return f"Stated by the author: {kind}."
    words = " … ".join(terms.escaped(view.source.slice(span)) for span in piece.words[:_MOST_WORDS])
    return f"Read as {kind} from “{words or terms.escaped(view.source.slice(piece.span))}”."


def _weighed(approach: Approach, evidence: Evidence, view: View) -> str:
    """Return what the approach does to each failure this record claims."""
    rows = []
    for failure in dict.fromkeys(each.id for each in evidence.claimed):
        _, said = terms.fit_of(approach.id, [failure], view.matrix)
        if said:
            rows.append(f"- in this record: {said.removesuffix(failure)}`{failure}`")
    return "\n".join(rows)


def _of_attempt(attempt: Attempt, view: View) -> str:
    if attempt.id in view.vocabulary.approaches:
        return terms.of_approach(attempt.id, view.vocabulary, view.matrix)
    return terms.of_failure(attempt.id, view.vocabulary, view.matrix)
