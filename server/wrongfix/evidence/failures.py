"""Which failures a record describes, by the idioms of the field and the section they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from wrongfix.evidence.lexicon import Hit
from wrongfix.evidence.model import Failure, Mode
from wrongfix.evidence.modes import mode_in, mode_of
from wrongfix.evidence.page import Page
from wrongfix.evidence.sentences import Sentence, together
from wrongfix.findings import Confidence
from wrongfix.frozen import dataclass
from wrongfix.record.model import Block, BlockKind

if TYPE_CHECKING:
    from wrongfix.evidence.learned import Reading

_FEWEST_WORDS = 4
_OF_THE_WORLD = "knowledge"
"""The layer of failures that facts and readers bring about, whatever is built."""

_UNDERSTOOD = frozenset({"en", "und"})
"""Languages in which it says something when the learned model does not hear what an idiom says."""

_OPTION = frozenset({"option", "options", "alternative", "alternatives", "variante", "opción", "opção", "ansatz"})
_ASIDE = frozenset(
    {"pro", "pros", "con", "cons", "good", "bad", "neutral", "advantages", "disadvantages", "trade-offs"}
)
_SILENT = frozenset({"links", "status", "date", "people", "tags", "history", "contents", "metadata"})


@dataclass(frozen=True, slots=True)
class Belief:
    """What it takes to be believed, in a record where at most `sentences` may claim a failure.

    From the score `sure` on the learned model is believed alone; from `doubts` on it speaks against an idiom that it
    does not hear; an idiom that it neither hears nor doubts has at least `words` words.
    The more sentences there are, the surer each must be, or long records would collect errors.
    """

    sentences: int
    sure: float
    doubts: float
    words: int


_BELIEFS = (Belief(4, 0.8, 0.3, 3), Belief(12, 0.9, 0.5, 1))
_BELIEF_IN_LONG_RECORDS = Belief(0, 0.97, 0.5, 1)
_BELIEF_BESIDE = Belief(0, 0.97, 0.3, 2)
"""What it takes beside a failure that all sentences of a paragraph tell together."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A failure, and how sure the learned model is of it: 0 where it does not hear it."""

    failure: Failure
    score: float = 0.0


def read_failures(page: Page) -> tuple[Claim, ...]:
    """Return the failures a record names where it may claim them: one for a tag and sentence, in order of place."""
    found: list[Claim] = []
    blocks = [(sentences, role) for sentences, role in _told(page) if mode_of(role) is not Mode.HOPED]
    claiming = sum(len(sentences) for sentences, role in blocks if mode_of(role).counts)
    belief = next((belief for belief in _BELIEFS if claiming <= belief.sentences), _BELIEF_IN_LONG_RECORDS)
    for sentences, role in blocks:
        told = _told_together(page, sentences, role, belief)
        alone = belief if told is None else _BELIEF_BESIDE
        claims = [claim for sentence in sentences for claim in _claims(page, sentence, role, alone)]
        if told is not None and all(claim.failure.id != told.failure.id for claim in claims):
            claims.append(told)
        found += claims
    return tuple(found)


def read_hopes(page: Page) -> tuple[Failure, ...]:
    """Return the failures a record names where it tells what is hoped for; no finding rests on them."""
    hoping = [(sentences, role) for sentences, role in _told(page) if mode_of(role) is Mode.HOPED]
    return tuple(
        claim.failure
        for sentences, role in hoping
        for sentence in sentences
        for claim in _claims(page, sentence, role, _BELIEF_IN_LONG_RECORDS)
    )


def _told(page: Page) -> Iterator[tuple[tuple[Sentence, ...], str | None]]:
    for block, role in _blocks(page):
        if block.kind is not BlockKind.HEADING and role not in _SILENT:
            yield page.sentences(block), role


def _told_together(page: Page, sentences: Sequence[Sentence], role: str | None, belief: Belief) -> Claim | None:
    """Return the failure that two or three short sentences tell together; nothing where none is heard in them."""
    whole = together(sentences) if mode_of(role).counts else None
    if whole is None:
        return None
    heard = page.heard(whole)
    best = heard.failures[0] if heard is not None and heard.failures else None
    if best is None or best.score < belief.sure:
        return None
    telling = [(sentence, reading) for sentence in sentences for reading in _hears(page, sentence, best.id)]
    place, reading = telling[0] if len(telling) == 1 else (whole, best)
    words = page.telling(reading.words, place)
    return Claim(Failure(best.id, Confidence.INFERRED, place.span, mode_of(role), words), best.score)


def _hears(page: Page, sentence: Sentence, name: str) -> list[Reading]:
    """Return the reading of a failure in one sentence, if it is heard there at all."""
    heard = page.heard(sentence)
    return [reading for reading in heard.failures if reading.id == name] if heard is not None else []


def _blocks(page: Page) -> Iterator[tuple[Block, str | None]]:
    """Yield the blocks, each with the role of its place: what stands under or beside an option is about that option."""
    record = page.record
    weighing: dict[int, bool] = {}
    for index, section in enumerate(record.sections):
        inside = section.parent is not None and weighing.get(section.parent, False)
        words = section.title.lower().lstrip("0123456789.:# ").split()
        weighing[index] = not section.own_role and (inside or bool(words and words[0].rstrip(":") in _OPTION))
    for block in record.blocks:
        role = page.role(block)
        if block.label in _ASIDE or block.option is not None or (block.section is not None and weighing[block.section]):
            role = "options"
        yield block, role


def _claims(page: Page, sentence: Sentence, role: str | None, belief: Belief) -> Iterator[Claim]:
    hits, around = page.idioms(sentence)
    heard = page.heard(sentence) if mode_of(role).counts else None
    readings = heard.failures if heard is not None else ()
    scores = {reading.id: reading.score for reading in readings}
    best = readings[0] if readings else None
    understood = heard is not None and page.record.language in _UNDERSTOOD
    agreed = belief.words == 1 and any(hit.id in scores for hit in hits)
    doubted = best is not None and best.score >= belief.doubts and not agreed
    seen: set[str] = set()
    for hit in hits:
        unheard = understood and hit.id not in scores
        mode = mode_in(hit, around, role, bare=unheard and len(hit.words) == 1)
        if mode is Mode.DRAWBACK and _is_of_the_world(page, sentence, hit):
            mode = Mode.REQUIRED
        if hit.id in seen or (mode.counts and unheard and (doubted or len(hit.words) < belief.words)):
            continue
        seen.add(hit.id)
        failure = Failure(hit.id, Confidence.INFERRED, sentence.span, mode, sentence.places(hit.words))
        yield Claim(failure, scores.get(hit.id, 0.0))
    if best is not None and not seen and best.score >= belief.sure and len(sentence.words) >= _FEWEST_WORDS:
        words = page.telling(best.words, sentence)
        yield Claim(Failure(best.id, Confidence.INFERRED, sentence.span, mode_of(role), words), best.score)


def _is_of_the_world(page: Page, sentence: Sentence, hit: Hit) -> bool:
    """Say whether a sentence beside an option tells what is needed or changes in the world, not what the option does.

    Why fine-tuning was not chosen is where many records say that facts change and that answers must name a source.
    """
    return page.lexicons.vocabulary.failures[hit.id].group == _OF_THE_WORLD and not page.names(sentence)[0]
