"""Which failures a record describes, by the idioms of the field and the section they stand in."""

from __future__ import annotations

from collections.abc import Iterable

from wrongfix.evidence.model import Failure
from wrongfix.evidence.modes import mode_in
from wrongfix.evidence.page import Page
from wrongfix.findings import Confidence
from wrongfix.record.model import BlockKind

_SILENT = frozenset({"links", "status", "date", "people", "tags", "history", "contents", "metadata"})


def read_failures(page: Page) -> tuple[Failure, ...]:
    """Return the failures a record names in whatever mode: one entry for a tag and sentence, in order of place."""
    record = page.record
    found: list[Failure] = []
    for sentence in page.sentences:
        block = sentence.block
        role = None if block is None else record.role(block)
        if block is None or block.kind is BlockKind.HEADING or role in _SILENT:
            continue
        hits, around = page.idioms(sentence)
        seen: set[str] = set()
        for hit in hits:
            if hit.id in seen:
                continue
            seen.add(hit.id)
            found.append(
                Failure(
                    hit.id,
                    Confidence.INFERRED,
                    sentence.span,
                    mode_in(hit, around, role),
                    page.words.spans(hit.words),
                )
            )
    return tuple(found)


def claimed(failures: Iterable[Failure]) -> tuple[Failure, ...]:
    """Return those that count as failures of the record: observed and required ones."""
    return tuple(failure for failure in failures if failure.mode.counts)
