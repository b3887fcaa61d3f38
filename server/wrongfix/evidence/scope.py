"""Whether a record is about an AI system: a cheap look first, then the words of its subject."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache

from wrongfix.vocabulary import Vocabulary

_SAME_WORD = 5
"""Words that begin with the same letters count once: model and models."""
_MOST_REMEMBERED = 50_000
"""Words."""
_LONGEST_REMEMBERED = 50_000
"""Characters of a text whose words are remembered."""


class Gate:
    """The pieces of words, the field's and a team's own, without one of which no record is read.

    Words that hold none of them are remembered, for records share most of theirs.
    """

    def __init__(self, pieces: Iterable[str]) -> None:
        pieces = [piece.lower() for piece in pieces]
        self._phrases = [piece for piece in pieces if " " in piece.strip()]
        self._pieces = [piece for piece in pieces if " " not in piece.strip()]
        self._others: set[str] = set()

    def lets_in(self, text: str) -> bool:
        """Say whether a text holds any of the pieces, in large letters or small; a space in one stands for any gap."""
        low = text.lower()
        new = set(low.split()) - self._others
        spaced = f" {'  '.join(new)} "
        if any(piece in spaced for piece in self._pieces):
            return True
        if len(low) <= _LONGEST_REMEMBERED:
            if len(self._others) > _MOST_REMEMBERED:
                self._others.clear()
            self._others |= new
        return any(phrase in low for phrase in self._phrases)


@lru_cache(maxsize=4)
def gate_of(vocabulary: Vocabulary) -> Gate:
    """Return the gate of a vocabulary; it is made once for each."""
    own = (word for words in vocabulary.own_words.values() for word in words)
    return Gate((*vocabulary.data("scope")["gate"], *own))


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
