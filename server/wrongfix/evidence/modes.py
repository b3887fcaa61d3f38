"""In which mode a failure is named: the section it stands in and the words around it decide; it finds no failures."""

from __future__ import annotations

from wrongfix.evidence.lexicon import Hit
from wrongfix.evidence.model import Mode
from wrongfix.evidence.stance import Surroundings

_CLAIMING = frozenset({"context", "drivers", "failures", "evidence", "questions", "rationale", None})
_DRAWBACKS = frozenset({"options", "rejected", "pros-and-cons", "cons", "negative"})
_HOPES = frozenset({"pros", "positive", "consequences", "rollout", "confirmation"})
_DOUBTS = (Mode.NEGATED, Mode.METRIC, Mode.PAST)
_BREAKS = frozenset(",;:—–|(")
_NEAR = {"negated": 4, "metric": 2, "hypothetical": 6, "past": 8, "hoped": 3}


def mode_of(role: str | None) -> Mode:
    """Return in which mode the section with this role names failures where no word around them says otherwise."""
    if role in _CLAIMING:
        return Mode.OBSERVED
    if role in _DRAWBACKS:
        return Mode.DRAWBACK
    return Mode.HOPED


def mode_in(hit: Hit, around: Surroundings, role: str | None, *, bare: bool = False) -> Mode:
    """Return the mode in which a sentence of a section names the failure of the hit.

    A `bare` word that nothing else supports is believed only in a sentence that nowhere denies, measures or ends it.
    """
    mode = mode_of(role)
    if bare:
        others = {cue.id for cue in around.cues if not set(cue.words) <= set(hit.words)}
        doubt = next((doubt for doubt in _DOUBTS if doubt.value in others), None)
        if doubt is not None:
            return doubt
    if _before(hit, around, "negated"):
        return Mode.NEGATED
    if _after(hit, around, "metric"):
        return Mode.METRIC
    if _before(hit, around, "past"):
        return Mode.PAST
    if mode is Mode.OBSERVED and (around.has("required") or _before(hit, around, "hoped")):
        return Mode.REQUIRED
    return mode


def _before(hit: Hit, around: Surroundings, kind: str) -> bool:
    return any(
        cue.id == kind
        and cue.last < hit.first
        and hit.first - cue.last <= _NEAR[kind] + 1
        and _BREAKS.isdisjoint(around.sentence.between(cue.last, hit.first))
        for cue in around.cues
    )


def _after(hit: Hit, around: Surroundings, kind: str) -> bool:
    return any(
        cue.id == kind and cue.first > hit.last and cue.first - hit.last <= _NEAR[kind] + 1 for cue in around.cues
    )
