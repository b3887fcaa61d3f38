"""Approaches as sentences mention them: by name, and by what the learned model hears; sections weigh elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from wrongfix.evidence.lexicon import Hit
from wrongfix.evidence.model import Stance
from wrongfix.evidence.page import Page
from wrongfix.evidence.sentences import Sentence
from wrongfix.evidence.stance import Surroundings, mood_of, stance_of
from wrongfix.evidence.syntax import WORD
from wrongfix.frozen import dataclass
from wrongfix.text import Span

if TYPE_CHECKING:
    from wrongfix.evidence.learned import Heard

_SURE = 0.76
"""From this score on the learned model is believed alone."""

_SURER = 0.97
"""What it takes in a long record, whose sentences are about many things."""

_LIKELIER = 0.5
"""How likely a sentence of the decision must be a choice in a record that weighs its options elsewhere."""

_DOUBTS = 0.5
"""From this score on it speaks against a name that it does not hear."""

_CLEAR = 0.8
"""From this score on it is believed in a title that states a choice."""

CLEARER = 0.95
"""From this score on it is believed in any title: most name what was chosen and no act of choosing."""

_MARGIN = 0.3
"""By so much it must be surer of something else than of what is named."""

_FEWEST_WORDS = 4
_BOTH = 2
_DOUBTING = ("refused", "later", "weighed", "bygone", "theirs", "versus")
_HEARD = {"rejected": Stance.REJECTED, "deferred": Stance.DEFERRED}


@dataclass(frozen=True, slots=True)
class Mention:
    """An approach named in a sentence, with the stance that its place and its sentence give it.

    `lead` says how many words stand before it in its sentence, `named` that one of its names stands there,
    `score` how sure the learned model is of it, 0 where it does not hear it, `preferred` that the sentence names it
    beside another approach which it refuses: "RAG, not fine-tuning".
    """

    id: str
    stance: Stance
    sentence: Sentence
    words: tuple[Span, ...]
    lead: int = 0
    named: bool = True
    score: float = 0.0
    preferred: bool = False

    @property
    def form(self) -> frozenset[str]:
        """Return the words it is named with."""
        low = self.sentence.low
        return frozenset(word for span in self.words for word in WORD.findall(low, span.start, span.end))

    @property
    def place(self) -> Span:
        """Return the span from its first word to its last."""
        return Span(self.words[0].start, self.words[-1].end)


def mentions_in(page: Page, sentence: Sentence, stated: Sequence[Span] = ()) -> Iterator[Mention]:
    """Yield the approaches that a sentence of a decision names or lets hear; where both speak they must agree.

    `stated` are the words that a form such as `Chosen option: …` sets apart, where it does: only names in them count,
    and only words in them speak against one.
    """
    hits, around = page.names(sentence)
    heard = page.heard(sentence)
    readings = heard.approaches if heard is not None else ()
    best = readings[0] if readings else None
    chance = _chance(heard, hits, around)
    doubt = _doubt(page, heard, around, chance)
    if hits:
        known = {reading.id: reading.score for reading in readings}
        nearest = max(known.get(hit.id, 0.0) for hit in hits)
        contradicted = best is not None and best.score >= _DOUBTS and best.score - nearest > _MARGIN
        preferred = _preferred(hits, around)
        for hit in hits:
            places, score = sentence.places(hit.words), known.get(hit.id, 0.0)
            if stated:
                name = next((span for span in stated if span.covers(Span(places[0].start, places[-1].end))), None)
                if name is None or (not score and nearest >= _SURE):
                    continue  # the words beside what is surely heard only say more of it
                stance = stance_of(hit, _inside(around, name))
            else:
                stance = stance_of(hit, around, certain=_is_certain(page, chance) and score >= _SURE)
                doubted = doubt is not None and stance is Stance.CHOSEN and hit.id not in preferred
                stance = doubt if doubt is not None and doubted else stance
            if not (contradicted and stance is Stance.CHOSEN):
                yield Mention(hit.id, stance, sentence, places, hit.first, score=score, preferred=hit.id in preferred)
        if not contradicted:
            return
    yield from _heard(page, sentence, heard, around, chance, stated)


def _preferred(hits: Sequence[Hit], around: Surroundings) -> set[str]:
    """Return what is named and not refused beside something that a word right before it refuses, where nothing doubts.

    Whoever writes "RAG, not fine-tuning" has decided, however few words it takes.
    """
    if len(hits) < _BOTH or around.asks or around.has(*_DOUBTING):
        return set()
    stances = [(hit, stance_of(hit, around)) for hit in hits]
    refused = {hit.id for hit, stance in stances if stance is Stance.REJECTED}
    apart = any(around.before(hit, kind) for hit, stance in stances for kind in ("over", "none") if hit.id in refused)
    return {hit.id for hit, stance in stances if stance is Stance.CHOSEN} - refused if apart else set()


def _inside(around: Surroundings, name: Span) -> Surroundings:
    """Return what stands around a name within the words that state it."""
    sentence = around.sentence
    cues = [cue for cue in around.cues if all(map(name.covers, sentence.places(cue.words)))]
    return Surroundings(sentence, cues, around.names)


def heard_in(page: Page, sentence: Sentence) -> Iterator[Mention]:
    """Yield the approach that the learned model hears in a sentence, whatever names stand in it."""
    heard, (hits, around) = page.heard(sentence), page.names(sentence)
    yield from _heard(page, sentence, heard, around, _chance(heard, hits, around))


def _heard(
    page: Page,
    sentence: Sentence,
    heard: Heard | None,
    around: Surroundings,
    chance: float,
    stated: Sequence[Span] = (),
) -> Iterator[Mention]:
    best = heard.approaches[0] if heard is not None and heard.approaches else None
    if best is None or best.score < (_SURER if page.is_long else _SURE) or len(sentence.words) < _FEWEST_WORDS:
        return
    words = page.telling(best.words, sentence)
    name = next((span for span in stated if all(map(span.covers, words))), None)
    if name is not None:
        stance = mood_of(_inside(around, name))
    else:
        stance, doubt = mood_of(around, certain=_is_certain(page, chance)), _doubt(page, heard, around, chance)
        stance = doubt if doubt is not None and stance is Stance.CHOSEN else stance
    yield Mention(best.id, stance, sentence, words, named=False, score=best.score)


def mentions_in_title(page: Page, title: Sentence) -> Iterator[Mention]:
    """Yield what a title names, without names that only describe the noun behind them."""
    hits, around = page.names(title)
    words, named = title.words, {word for hit in hits for word in hit.words}
    torn = _torn_between(page, hits, words)
    for hit in hits:
        after = hit.last + 1
        beside = after < len(words) and after not in named and not title.between(hit.last, after).strip(" -")
        stance = stance_of(hit, around)
        if stance is Stance.CHOSEN and beside and words[after] not in page.lexicons.after and words[after].isalpha():
            continue
        stance = Stance.CONSIDERED if hit.id in torn and stance is Stance.CHOSEN else stance
        yield Mention(hit.id, stance, title, title.places(hit.words), hit.first)
    if not hits and mood_of(around) is Stance.CHOSEN:
        yield from _heard_in_title(page, title)


def _torn_between(page: Page, hits: Sequence[Hit], words: Sequence[str]) -> set[str]:
    """Return the approaches that a title names with an "or" between them."""
    either = page.lexicons.either
    apart = [(one, other) for one, other in pairwise(hits) if either.intersection(words[one.last + 1 : other.first])]
    return {hit.id for one, other in apart if one.id != other.id for hit in (one, other)}


def _heard_in_title(page: Page, title: Sentence) -> Iterator[Mention]:
    """Yield the approach that a title describes without naming any; a title is short, so it must be heard clearly."""
    heard = page.heard(title) if len(title.words) >= _FEWEST_WORDS else None
    best = heard.approaches[0] if heard is not None and heard.approaches else None
    chance = _chance(heard, *page.names(title))
    if best is not None and best.score >= (_CLEAR if chance >= _LIKELIER else CLEARER):
        words = page.telling(best.words, title)
        yield Mention(best.id, Stance.CHOSEN, title, words, named=False, score=best.score)


def names_in(page: Page, sentence: Sentence) -> Iterator[Mention]:
    """Yield the approaches that a sentence names, whatever a model hears in it."""
    hits, around = page.names(sentence)
    for hit in hits:
        yield Mention(hit.id, stance_of(hit, around), sentence, sentence.places(hit.words), hit.first)


def _is_certain(page: Page, chance: float) -> bool:
    """Say whether the learned model hears a choice so clearly that a word of doubt elsewhere is none."""
    return page.model is not None and chance >= page.model.stances.likely


def _doubt(page: Page, heard: Heard | None, around: Surroundings, chance: float) -> Stance | None:
    """Return the stance that the learned model hears where it is not sure enough that something is chosen."""
    if page.model is None or heard is None or not heard.tells:
        return None
    kind = page.model.stances
    bound = _LIKELIER if page.weighs_elsewhere else kind.floor if around.has("taken") else kind.likely
    return None if chance >= bound else _HEARD.get(heard.others[0], Stance.CONSIDERED)


def _chance(heard: Heard | None, hits: Sequence[Hit], around: Surroundings) -> float:
    """Return how likely the learned model finds it that something is chosen."""
    if heard is None or not heard.tells:
        return 0.0
    from wrongfix.evidence.choosing import signs_of  # noqa: PLC0415 # as the model itself, only where prose is weighed

    return heard.choice(signs_of(hits, around))
