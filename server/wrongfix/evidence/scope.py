"""Whether a record is about an AI system: a cheap look first, then the words of its subject."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wrongfix.evidence.lexicon import Hit


def may_concern(low: str, gate: Sequence[str]) -> bool:
    """Say whether a text in lower case holds any of the pieces without which no record is about AI."""
    return any(piece in low for piece in gate)


def is_subject(hits: Iterable[Hit]) -> bool:
    """Say whether the words found make a model, an assistant or an agent the subject: one clear, or two vague."""
    vague = 0
    for hit in hits:
        if hit.id == "subjects":
            return True
        vague += hit.id == "vague"
    return vague > 1
