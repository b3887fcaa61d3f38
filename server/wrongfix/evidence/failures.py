"""Which failures a record describes, by the idioms of the field and the section they stand in."""

from __future__ import annotations

from collections.abc import Iterator

from wrongfix.evidence.model import Failure
from wrongfix.evidence.modes import mode_in, mode_of
from wrongfix.evidence.page import Page
from wrongfix.evidence.sentences import Sentence
from wrongfix.findings import Confidence
from wrongfix.record.model import BlockKind

_SURE = ((4, 0.75), (12, 0.85), (10**9, 0.93))
_SILENT = frozenset({"links", "status", "date", "people", "tags", "history", "contents", "metadata"})


def read_failures(page: Page) -> tuple[Failure, ...]:
    """Return the failures a record names in whatever mode: one entry for a tag and sentence, in order of place."""
    record = page.record
    found: list[Failure] = []
    sentences = [
        (sentence, record.role(block))
        for block in record.blocks
        if block.kind is not BlockKind.HEADING and record.role(block) not in _SILENT
        for sentence in page.sentences(block)
    ]
    sure = _sure(sum(mode_of(role).counts for _, role in sentences))
    for sentence, role in sentences:
        found += _named(page, sentence, role, sure)
    return tuple(found)


def _sure(claiming: int) -> float:
    """Return the score from which on the learned model is believed alone.

    The more sentences of a record may claim a failure, the surer each must be, or long records would collect errors.
    """
    return next(score for most, score in _SURE if claiming <= most)


def _named(page: Page, sentence: Sentence, role: str | None, sure: float) -> Iterator[Failure]:
    hits, around = page.idioms(sentence)
    claiming = mode_of(role).counts
    heard = page.heard(sentence) if claiming else None
    readings = heard.failures if heard is not None else ()
    known = {reading.id for reading in readings}
    best = readings[0] if readings else None
    contradicted = best is not None and known.isdisjoint(hit.id for hit in hits)
    seen: set[str] = set()
    for hit in hits:
        mode = mode_in(hit, around, role)
        if hit.id in seen or (contradicted and mode.counts):
            continue
        seen.add(hit.id)
        yield Failure(hit.id, Confidence.INFERRED, sentence.span, mode, sentence.places(hit.words))
    if contradicted and best is not None and best.score >= sure:
        words = best.words or (sentence.span,)
        yield Failure(best.id, Confidence.INFERRED, sentence.span, mode_of(role), words)
