"""Which failures a record describes: what idioms and the learned model hear where it may claim them, taken together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from wrongfix.evidence.agreement import Voice, certainty
from wrongfix.evidence.lexicon import Hit
from wrongfix.evidence.model import Failure, Mode
from wrongfix.evidence.modes import mode_in, mode_of
from wrongfix.evidence.page import Page
from wrongfix.evidence.sentences import Sentence, together
from wrongfix.evidence.stance import Surroundings
from wrongfix.findings import Confidence
from wrongfix.frozen import dataclass
from wrongfix.record.model import Block, BlockKind
from wrongfix.text import Span

if TYPE_CHECKING:
    from wrongfix.evidence.learned import Reading

_FEWEST_WORDS = 4
_UNDERSTOOD = frozenset({"en", "und"})
"""Languages in which it says something when the learned model does not hear what an idiom says."""

_OPTION = frozenset({"option", "options", "alternative", "alternatives", "variante", "opción", "opção", "ansatz"})
_ASIDE = frozenset(
    {"pro", "pros", "con", "cons", "good", "bad", "neutral", "advantages", "disadvantages", "trade-offs"}
)
_SILENT = frozenset({"links", "status", "date", "people", "tags", "history", "contents", "metadata"})


_CERTAIN = 0.5
"""What it takes to be believed, of all that is heard in a record."""

_SURE = 0.8
"""From this score on no word before an idiom denies it."""

UNJUDGED = 0.9
"""What an idiom scores where no learned model judges it: in languages it has not learned, or in a team's own words."""

_TELLS = 0.5
"""From this score on a sentence is shown as one that tells a failure which is believed."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A failure, and how sure the learned model is of it: 0 where it does not hear it."""

    failure: Failure
    score: float = 0.0


def read_failures(page: Page) -> tuple[Claim, ...]:
    """Return the failures a record claims: one for a tag and sentence, in order of place."""
    heard: list[_Heard] = []
    speaking = 0
    for block, role in _told(page):
        if mode_of(role).counts:
            sentences = page.sentences(block)
            heard += [each for sentence in sentences for each in _hear(page, sentence, role)]
            heard += _hear_together(page, sentences, role)
            speaking += sum(_speaks(sentence) for sentence in sentences)
    return _agreed([each for each in heard if each.mode.counts], speaking, is_long=page.is_long)


def read_mentions(page: Page) -> tuple[Failure, ...]:
    """Return the failures a record names without claiming them: hopes, drawbacks, what is denied or past."""
    told = ((sentence, role) for block, role in _told(page) for sentence in page.sentences(block))
    heard = (each for sentence, role in told for each in _hear(page, sentence, role))
    return tuple(each.claim().failure for each in heard if not each.mode.counts)


def _speaks(sentence: Sentence) -> bool:
    return len(sentence.words) >= _FEWEST_WORDS


def _told(page: Page) -> Iterator[tuple[Block, str | None]]:
    return (
        (block, role) for block, role in _blocks(page) if block.kind is not BlockKind.HEADING and role not in _SILENT
    )


def _hear_together(page: Page, sentences: Sequence[Sentence], role: str | None) -> Iterator[_Heard]:
    """Yield the failure that is heard in two or three short sentences read as one."""
    whole = together(sentences)
    heard = page.heard(whole) if whole is not None else None
    if whole is None or heard is None or not heard.failures:
        return
    best = heard.failures[0]
    telling = [(each, reading) for each in sentences for reading in _hears(page, each, best.id)]
    place, reading = telling[0] if len(telling) == 1 else (whole, best)
    yield _Heard(Voice(best.id, best.score, alone=False), mode_of(role), place, partial(_telling, page, reading, place))


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


@dataclass(frozen=True, slots=True)
class _Heard:
    """A failure that a sentence speaks of, by an idiom or to the ear of the learned model, believed or not."""

    voice: Voice
    mode: Mode
    sentence: Sentence
    words: Callable[[], tuple[Span, ...]]
    """Returns the places of the words it rests on."""

    def claim(self) -> Claim:
        failure = Failure(self.voice.id, Confidence.INFERRED, self.sentence.span, self.mode, self.words())
        return Claim(failure, self.voice.score)


def _agreed(heard: Sequence[_Heard], speaking: int, *, is_long: bool) -> tuple[Claim, ...]:
    """Return what all sentences together make certain."""
    sure = certainty([each.voice for each in heard], speaking, is_long=is_long)
    believed = {name for name, chance in sure.items() if chance >= _CERTAIN}
    alone = sorted((each.voice for each in heard if each.voice.alone), key=lambda voice: voice.score)
    clearest = {voice.id: voice.score for voice in alone}
    return tuple(each.claim() for each in heard if each.voice.id in believed and _is_shown(each.voice, clearest))


def _is_shown(voice: Voice, clearest: Mapping[str, float]) -> bool:
    """Say whether a sentence is one of those that tell a failure; several at once only where none does alone."""
    if not voice.alone:
        return voice.id not in clearest
    return voice.named or voice.score >= min(_TELLS, clearest[voice.id])


def _hear(page: Page, sentence: Sentence, role: str | None) -> Iterator[_Heard]:
    """Yield all that idioms say and the learned model hears in a sentence."""
    hits, around = page.idioms(sentence)
    heard = page.heard(sentence) if mode_of(role).counts else None
    scores = {reading.id: reading.score for reading in heard.failures} if heard is not None else {}
    understood = heard is not None and page.record.language in _UNDERSTOOD
    clearest = heard.failures[0].id if heard is not None and heard.failures else None
    seen: set[str] = set()
    for hit in hits:
        if hit.id not in seen:
            seen.add(hit.id)
            judged = understood and not page.is_own(hit, sentence)
            mode = _mode(hit, around, role, scores.get(hit.id, 0.0) if judged else None)
            score = scores.get(hit.id, 0.0 if judged else UNJUDGED)
            voice = Voice(hit.id, score, named=True, first=clearest in (None, hit.id))
            yield _Heard(voice, mode, sentence, partial(sentence.places, hit.words))
    for reading in heard.failures if heard is not None and _speaks(sentence) else ():
        if reading.id not in seen:
            voice = Voice(reading.id, reading.score, first=reading.id == clearest)
            yield _Heard(voice, mode_of(role), sentence, partial(_telling, page, reading, sentence))


def _telling(page: Page, reading: Reading, sentence: Sentence) -> tuple[Span, ...]:
    return page.telling(reading.words, sentence)


def _mode(hit: Hit, around: Surroundings, role: str | None, score: float | None) -> Mode:
    """Return the mode of an idiom; where the learned model is sure of it, no word before it denies it.

    `score` is nothing where no learned model judges it.
    """
    mode = mode_in(hit, around, role, bare=score == 0.0 and len(hit.words) == 1)
    if score is not None and score >= _SURE and mode_of(role).counts and not mode.counts:
        return mode_of(role)
    return mode
