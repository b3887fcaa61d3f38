"""How a sentence stands to an approach it names: taken, weighed, refused or put off; it reads words, not sections."""

from __future__ import annotations

from collections.abc import Sequence

from wrongfix.evidence.lexicon import Hit
from wrongfix.evidence.model import Stance
from wrongfix.evidence.sentences import Sentence
from wrongfix.frozen import dataclass

_NEAR = {"over": 4, "none": 3, "undone": 8, "undoing": 8, "from": 6, "to": 6}
_STRUCK = frozenset("✗✘❌✖⛔🚫−")
_ANSWERS = frozenset(":?–—-")
_BREAKS = frozenset(";:—–|(")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """One sentence, the cues in it, and the words at which names begin."""

    sentence: Sentence
    cues: Sequence[Hit]
    names: frozenset[int] = frozenset()

    def before(self, hit: Hit, kind: str, *, across: bool = False) -> bool:
        """Say whether a cue of the kind stands shortly before the hit, with no break between unless across one.

        One that a number follows is about that number: "200 passages instead of 20 and a reranker".
        """
        words = self.sentence.words
        return any(
            cue.id == kind
            and cue.last < hit.first
            and not words[cue.last + 1][0].isdigit()
            and hit.first - cue.last <= _NEAR[kind] + 1
            and (across or self._labels(cue) or not self._broken(cue.last, hit.first))
            for cue in self.cues
        )

    def _labels(self, cue: Hit) -> bool:
        """Say whether a cue opens the sentence as its label: "Removed: the reranker"."""
        last, words = cue.last, self.sentence.words
        return cue.first == 0 and last + 1 < len(words) and ":" in self.sentence.between(last, last + 1)

    def after(self, hit: Hit, kind: str) -> bool:
        """Say whether a cue of the kind stands shortly after the hit with no break between.

        A refusal that the next name follows at once is about that name: "a larger model, no fine-tuning".
        """
        return any(
            cue.id == kind
            and cue.first > hit.last
            and not (kind == "undone" and cue.last + 1 in self.names)
            and cue.first - hit.last <= _NEAR[kind] + 1
            and not self._broken(hit.last, cue.first)
            for cue in self.cues
        )

    def has(self, *kinds: str) -> bool:
        """Say whether the sentence holds a cue of one of the kinds."""
        return any(cue.id in kinds for cue in self.cues)

    @property
    def asks(self) -> bool:
        """Say whether the sentence is a question."""
        return self.sentence.text.endswith("?")

    @property
    def struck(self) -> bool:
        """Say whether a sign of refusal opens the sentence."""
        return self.sentence.low[self.sentence.span.start] in _STRUCK

    def denied(self, hit: Hit) -> bool:
        """Say whether a bare "no" answers the name: "semantic cache: no, each case differs"."""
        at = hit.last + 1
        words = self.sentence.words
        if at >= len(words) or not any(cue.id == "none" and cue.words == (at,) for cue in self.cues):
            return False
        ends = at + 1 == len(words) or not self.sentence.between(at, at + 1)[:1].isspace()
        return ends and not _ANSWERS.isdisjoint(self.sentence.between(hit.last, at))

    def torn(self, hit: Hit) -> bool:
        """Say whether a denial stands inside the name: "we train no model"."""
        if hit.last - hit.first + 1 == len(hit.words):
            return False
        within = set(range(hit.first, hit.last)) - set(hit.words)
        return any(cue.id == "none" and within.issuperset(cue.words) for cue in self.cues)

    def _broken(self, left: int, right: int) -> bool:
        between = self.sentence.between(left, right)
        return not _BREAKS.isdisjoint(between) or " - " in between


def stance_of(hit: Hit, around: Surroundings, *, certain: bool = False) -> Stance:
    """Return how the sentence stands to the approach named by the hit; chosen where nothing says otherwise.

    Where it is `certain` that the sentence takes something, only words about the name itself say otherwise.
    """
    if any(cue.id == "reversed" and cue.last < hit.first for cue in around.cues):
        return Stance.CHOSEN
    for cue in around.cues:
        if cue.id == "favour":
            return Stance.CHOSEN if cue.first < hit.first else Stance.REJECTED
    if around.struck or (around.cues and _is_refused(hit, around)):
        return Stance.REJECTED
    return mood_of(around, certain=certain)


def mood_of(around: Surroundings, *, certain: bool = False) -> Stance:
    """Return how a sentence as a whole stands to what it proposes.

    Where it is `certain` that the sentence takes something, its words of doubt are about something else.
    """
    if around.has("refused") and not certain:
        return Stance.REJECTED
    if around.asks:
        return Stance.CONSIDERED
    if around.has("later") and not certain:
        return Stance.DEFERRED
    if around.has("weighed", "bygone", "theirs", "versus") and not (certain or around.has("taken")):
        return Stance.CONSIDERED
    return Stance.CHOSEN


def _is_refused(hit: Hit, around: Surroundings) -> bool:
    """Say whether words around the name refuse it."""
    return (
        any(around.before(hit, kind) for kind in ("over", "none", "undoing"))
        or (around.before(hit, "from") and around.after(hit, "to"))
        or around.after(hit, "undone")
        or around.denied(hit)
        or around.torn(hit)
    )
