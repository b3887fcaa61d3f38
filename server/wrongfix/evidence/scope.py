"""Whether a record is about an AI system: a cheap look first, then the words of its subject."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum

_SAME_WORD = 5
"""Words that begin with the same letters count once: model and models."""


def may_concern(low: str, gate: Sequence[str]) -> bool:
    """Say whether a text in lower case holds any of the pieces without which no record is about AI."""
    return any(piece in low for piece in gate)


class Subject(IntEnum):
    """How clearly the words of a record say that it is about a model, an assistant or an agent."""

    UNSAID = 0
    VAGUE = 1
    CLEAR = 2


def subject_of(found: Iterable[tuple[str, str]]) -> Subject:
    """Return what a record's words say of its subject: a clear one settles it, two different vague ones hint at it.

    Each is given as its list (`subjects`, `vague` or `not`) and the word itself.
    """
    vague = set()
    for kind, word in found:
        if kind == "subjects":
            return Subject.CLEAR
        if kind == "vague":
            vague.add(word[:_SAME_WORD])
    return Subject.VAGUE if len(vague) > 1 else Subject.UNSAID
