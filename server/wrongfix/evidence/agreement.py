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
    `alone` that it is one sentence.
    """

    id: str
    score: float
    named: bool = False
    alone: bool = True


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts for a failure, as logits.

    They were fitted to 205 labelled records whose sentences the learned model does not know; where two kinds of
    records asked for different weights, a value between them was taken. The ground was set anew since, by what it
    makes of single sentences.
    """

    ground: float
    lead: float
    """For how far the sum of its scores lies above the sum of the next failure."""
    best: float
    """For the clearest of its scores, as a logit."""
    second: float
    """For the clearest score of another sentence, as a logit."""
    named: float
    """Where an idiom of the field stands in one of the sentences."""
    length: float
    """For the logarithm of the number of sentences."""


WEIGHTS = Weights(ground=0.75, lead=1.1, best=0.6, second=0.33, named=2.9, length=-0.85)


def certainty(voices: Iterable[Voice], sentences: int, weights: Weights = WEIGHTS) -> Mapping[str, float]:
    """Return how likely each failure that is spoken of is one of the record's, between 0 and 1.

    `sentences` is how many might have spoken.
    """
    heard: dict[str, list[Voice]] = {}
    for voice in voices:
        heard.setdefault(voice.id, []).append(voice)
    support = {name: sum(voice.score for voice in own if voice.alone) for name, own in heard.items()}
    ground = weights.ground + weights.length * log(1 + sentences)
    found = {}
    for name, own in heard.items():
        rival = max((support[other] for other in heard if other != name), default=0.0)
        alone = sorted((voice.score for voice in own if voice.alone), reverse=True)
        second = alone[1] if len(alone) > 1 else 0.0
        logit = ground + weights.lead * (support[name] - rival) + weights.named * any(voice.named for voice in own)
        logit += weights.best * _logit(max(voice.score for voice in own)) + weights.second * _logit(second)
        found[name] = 1 / (1 + exp(-logit))
    return found


def _logit(score: float) -> float:
    score = min(max(score, _FAINTEST), _CLEAREST)
    return log(score / (1 - score))
