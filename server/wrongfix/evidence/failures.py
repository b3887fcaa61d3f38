"""Which failures a record describes, by the idioms of the field and the section they stand in."""

from __future__ import annotations

from collections.abc import Iterator

from wrongfix.evidence.model import Failure
from wrongfix.evidence.modes import mode_in, mode_of
from wrongfix.evidence.page import Page
from wrongfix.evidence.sentences import Sentence
from wrongfix.findings import Confidence
from wrongfix.frozen import dataclass
from wrongfix.record.model import Block, BlockKind, Record

_SURE = ((4, 0.75), (12, 0.9), (10**9, 0.97))
_DOUBTS = 0.5
_FEWEST_WORDS = 4
_OPTION = frozenset({"option", "options", "alternative", "alternatives", "variante", "opción", "opção", "ansatz"})
_ASIDE = frozenset(
    {"pro", "pros", "con", "cons", "good", "bad", "neutral", "advantages", "disadvantages", "trade-offs"}
)
_SILENT = frozenset({"links", "status", "date", "people", "tags", "history", "contents", "metadata"})


@dataclass(frozen=True, slots=True)
class Claim:
    """A failure, and how sure the learned model is of it: 0 where it does not hear it."""

    failure: Failure
    score: float = 0.0


def read_failures(page: Page) -> tuple[Claim, ...]:
    """Return the failures a record names in whatever mode: one entry for a tag and sentence, in order of place."""
    record = page.record
    found: list[Claim] = []
    sentences = [
        (sentence, role)
        for block, role in _blocks(record)
        if block.kind is not BlockKind.HEADING and role not in _SILENT
        for sentence in page.sentences(block)
    ]
    sure = _sure(sum(mode_of(role).counts for _, role in sentences))
    for sentence, role in sentences:
        found += _named(page, sentence, role, sure)
    return tuple(found)


def _blocks(record: Record) -> Iterator[tuple[Block, str | None]]:
    """Yield the blocks, each with the role of its place: what stands under or beside an option is about that option."""
    weighing: dict[int, bool] = {}
    for index, section in enumerate(record.sections):
        inside = section.parent is not None and weighing.get(section.parent, False)
        words = section.title.lower().lstrip("0123456789.:# ").split()
        weighing[index] = not section.own_role and (inside or bool(words and words[0].rstrip(":") in _OPTION))
    for block in record.blocks:
        role = record.role(block)
        if block.label in _ASIDE or block.option is not None or (block.section is not None and weighing[block.section]):
            role = "options"
        yield block, role


def _sure(claiming: int) -> float:
    """Return the score from which on the learned model is believed alone.

    The more sentences of a record may claim a failure, the surer each must be, or long records would collect errors.
    """
    return next(score for most, score in _SURE if claiming <= most)


def _named(page: Page, sentence: Sentence, role: str | None, sure: float) -> Iterator[Claim]:
    hits, around = page.idioms(sentence)
    claiming = mode_of(role).counts
    heard = page.heard(sentence) if claiming else None
    readings = heard.failures if heard is not None else ()
    known = {reading.id: reading.score for reading in readings}
    best = readings[0] if readings else None
    agreed = any(hit.id in known for hit in hits)
    contradicted = best is not None and best.score >= _DOUBTS and not agreed
    seen: set[str] = set()
    for hit in hits:
        mode = mode_in(hit, around, role)
        if hit.id in seen or (contradicted and mode.counts):
            continue
        seen.add(hit.id)
        failure = Failure(hit.id, Confidence.INFERRED, sentence.span, mode, sentence.places(hit.words))
        yield Claim(failure, known.get(hit.id, 0.0))
    alone = best is not None and (contradicted or not hits) and len(sentence.words) >= _FEWEST_WORDS
    if best is not None and alone and best.score >= sure:
        words = best.words or (sentence.span,)
        yield Claim(Failure(best.id, Confidence.INFERRED, sentence.span, mode_of(role), words), best.score)
