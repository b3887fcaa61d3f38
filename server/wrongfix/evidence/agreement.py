"""How sure a failure is when all sentences of a record are heard together; it reads no text.

One sentence may be misheard, and of many sentences some are; several that tell the same are seldom wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import exp, log

from wrongfix.frozen import dataclass

_FAINTEST, _CLEAREST = 0.03, 0.995
"""Scores beyond are no fainter and no clearer."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One sentence, or several short ones read as one, that speak of a failure.

    `score` is what the learned model gives it, 0 where it does not hear it; `named` tells that an idiom stands there;
    `alone` that it is one sentence; `first` that no other failure is heard more clearly in it.
    """

    id: str
    score: float
    named: bool = False
    alone: bool = True
    first: bool = True


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts for a failure, as logits.

    They were fitted to 265 failures of 286 labelled records whose sentences the learned model does not know, each left
    out in turn; what a record of one or two sentences weighs was set by single sentences.
    """

    ground: float
    best: float
    """For the clearest of its scores, as a logit."""
    second: float
    """For the clearest score of another sentence, as a logit."""
    named: float
    """Where an idiom of the field stands in one of the sentences."""
    first: float
    """Where nothing else is heard more clearly in its clearest sentence."""
    length: float
    """For the logarithm of the number of sentences."""
    few: float
    """Where there are one or two sentences only: nothing else can speak for it."""
    long: float
    """In a record of many pages, whose sentences are about many things."""
    best_in_long: float
    """For the clearest of its scores there: what stands in one sentence of many weighs less."""


WEIGHTS = Weights(
    ground=0.1, best=0.66, second=0.41, named=3.8, first=1.19, length=-0.86, few=0.05, long=-0.67, best_in_long=-0.41
)
_FEW = 2


def certainty(
    voices: Iterable[Voice], sentences: int, *, is_long: bool = False, weights: Weights = WEIGHTS
) -> Mapping[str, float]:
    """Return how sure each failure that is spoken of is one of the record's: one half and more is believed.

    `sentences` is how many might have spoken; `is_long` says that the record has many pages.
    """
    heard: dict[str, list[Voice]] = {}
    for voice in voices:
        heard.setdefault(voice.id, []).append(voice)
    ground = weights.ground + weights.length * log(1 + sentences)
    ground += weights.long if is_long else weights.few if sentences <= _FEW else 0.0
    best_weight = weights.best + (weights.best_in_long if is_long else 0.0)
    found = {}
    for name, own in heard.items():
        clearest = max(own, key=lambda voice: voice.score)
        alone = sorted((voice.score for voice in own if voice.alone), reverse=True)
        second = alone[1] if len(alone) > 1 else 0.0
        logit = ground + weights.named * any(voice.named for voice in own) + weights.first * clearest.first
        logit += best_weight * _logit(clearest.score) + weights.second * _logit(second)
        found[name] = 1 / (1 + exp(-logit))
    return found


def _logit(score: float) -> float:
    score = min(max(score, _FAINTEST), _CLEAREST)
    return log(score / (1 - score))
