"""Evidence as data: failures with their mode, approaches with their stance, facts, each at its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from functools import cached_property

from wrongfix.findings import Confidence
from wrongfix.frozen import dataclass, field
from wrongfix.record.model import Record, Text
from wrongfix.text import Span


class Mode(StrEnum):
    """In which mode a failure is named; only the first two count as failures."""

    OBSERVED = "observed"
    REQUIRED = "required"
    DRAWBACK = "drawback"
    HOPED = "hoped"
    PAST = "past"
    HYPOTHETICAL = "hypothetical"
    METRIC = "metric"
    NEGATED = "negated"

    @property
    def counts(self) -> bool:
        """Say whether a failure named so is one the record deals with."""
        return self in (Mode.OBSERVED, Mode.REQUIRED)


class Stance(StrEnum):
    """How the record stands to an approach it names; only `chosen` is judged."""

    CHOSEN = "chosen"
    CONSIDERED = "considered"
    REJECTED = "rejected"
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True)
class Failure:
    """A failure the record names.

    `words` are the places of the single words an inferred failure rests on; `count` is how often the log saw it,
    `evidence_in_prompt` the author's answer to whether the right evidence was in the prompt.
    """

    id: str
    confidence: Confidence
    span: Span
    mode: Mode = Mode.OBSERVED
    words: tuple[Span, ...] = ()
    count: int | None = None
    evidence_in_prompt: bool | None = None


@dataclass(frozen=True, slots=True)
class Approach:
    """An approach the record names, with its stance; `words` as for failures."""

    id: str
    stance: Stance
    confidence: Confidence
    span: Span
    words: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Attempt:
    """An approach that was tried or ruled out, with the result or reason given (may be empty)."""

    id: str
    span: Span
    result: str
    confidence: Confidence = Confidence.STATED


@dataclass(frozen=True, slots=True)
class UnknownTag:
    """A word where a tag or approach was expected; `nearest` is the known id that comes closest, if one does.

    `meanings` are the ids that share the word as their name, where it is one that several do.
    """

    kind: str
    """`failure` or `approach`."""
    text: Text
    nearest: str | None
    meanings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact a rule reads: `value` is a number in the fact's unit, a word, or True for a bare mention."""

    name: str
    span: Span
    value: float | str | bool
    confidence: Confidence = Confidence.INFERRED


@dataclass(frozen=True)
class Evidence:
    """All that was read out of one record.

    `failures` holds observed and required ones.
    A stated key is the whole answer of its kind: see `claimed` and `stands`.
    """

    record: Record
    in_scope: bool = False
    failures: tuple[Failure, ...] = ()
    approaches: tuple[Approach, ...] = ()
    tried: tuple[Attempt, ...] = ()
    ruled_out: tuple[Attempt, ...] = ()
    out_of_scope: tuple[Attempt, ...] = ()
    unknown: tuple[UnknownTag, ...] = ()
    stated_failures: bool = False
    stated_approach: bool = False
    read_mentions: Callable[[], tuple[Failure, ...]] = field(default=tuple, repr=False, compare=False)
    read_facts: Callable[[], Mapping[str, tuple[Fact, ...]]] = field(default=dict, repr=False, compare=False)

    @cached_property
    def mentions(self) -> tuple[Failure, ...]:
        """Return failures named as hopes, drawbacks and the like, read when first asked for: no finding needs them."""
        return self.read_mentions()

    @cached_property
    def facts(self) -> Mapping[str, tuple[Fact, ...]]:
        """Return the facts by name, read when they are first asked for."""
        return self.read_facts()

    @property
    def claimed(self) -> tuple[Failure, ...]:
        """Return the failures that findings rest on: the stated ones where a key states any, none out of scope."""
        without = {attempt.id for attempt in self.out_of_scope}
        return tuple(
            failure
            for failure in self.failures
            if failure.id not in without and (not self.stated_failures or failure.confidence is Confidence.STATED)
        )

    def stands(self, *stances: Stance) -> tuple[Approach, ...]:
        """Return the approaches with one of the stances; a stated choice is the whole choice."""
        return tuple(
            approach
            for approach in self.approaches
            if approach.stance in stances
            and (
                not (self.stated_approach and approach.stance is Stance.CHOSEN)
                or approach.confidence is Confidence.STATED
            )
        )

    @property
    def chosen(self) -> tuple[Approach, ...]:
        """Return the chosen approaches that findings rest on."""
        return self.stands(Stance.CHOSEN)


def confidence_of(pieces: Iterable[Failure | Approach]) -> Confidence:
    """Return stated only if every piece is stated."""
    inferred = any(piece.confidence is Confidence.INFERRED for piece in pieces)
    return Confidence.INFERRED if inferred else Confidence.STATED
