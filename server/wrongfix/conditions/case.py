"""What a condition looks at and what it finds: cases, matches and the shape of a condition; no kinds here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from wrongfix.evidence.model import Approach, Evidence, Fact, Failure
from wrongfix.fit import Assessment, Matrix, Verdict
from wrongfix.frozen import dataclass, field
from wrongfix.text import Edit, Span
from wrongfix.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a silencing directive: `kind` is unknown, unused or reasonless; `removal` deletes it."""

    kind: str
    span: Span
    text: str
    removal: Edit | None = None


@dataclass(frozen=True)
class Case:
    """Everything a condition may look at for one record."""

    evidence: Evidence
    assessment: Assessment
    matrix: Matrix
    vocabulary: Vocabulary
    thresholds: Mapping[str, float] = field(default_factory=dict)
    directives: tuple[Outcome, ...] = ()

    @cached_property
    def facts(self) -> Mapping[str, tuple[Fact, ...]]:
        """Return the facts of the record, read when the first rule asks."""
        return self.evidence.facts


@dataclass(frozen=True, slots=True)
class Match:
    """One thing a condition found: what it binds, where it stands, and words for the message's slots."""

    failures: tuple[Failure, ...] = ()
    approaches: tuple[Approach, ...] = ()
    span: Span | None = None
    slots: Mapping[str, str] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    pairs: tuple[Verdict, ...] = ()
    gaps: tuple[str, ...] = ()
    removal: Edit | None = None

    def joined(self, other: Match) -> Match:
        """Return both matches as one; the first one's place wins."""
        return Match(
            failures=union(self.failures, other.failures),
            approaches=union(self.approaches, other.approaches),
            span=self.span or other.span,
            slots={**other.slots, **self.slots},
            facts=self.facts + other.facts,
            pairs=self.pairs + other.pairs,
            gaps=self.gaps + other.gaps,
            removal=self.removal or other.removal,
        )


Condition = Callable[[Case], tuple[Match, ...]]
HOLDS = (Match(),)


class ConditionError(ValueError):
    """A condition is not of the closed set, or its value has not the form its kind asks for."""


def status_of(evidence: Evidence) -> str:
    """Return the status that rules go by: a missing or unknown one counts as proposed."""
    status = evidence.record.status
    return "proposed" if status is None or status.value == "unknown" else status.value


def union(one: Iterable[Any], other: Iterable[Any]) -> tuple[Any, ...]:
    """Return both without repeats, in order."""
    return tuple(dict.fromkeys((*one, *other)))
