"""Findings, and the fixes and related places they carry: plain data in character offsets."""

from __future__ import annotations

from enum import IntEnum, StrEnum

from wrongfix.frozen import dataclass
from wrongfix.text import Edit, Span


class Severity(StrEnum):
    """How much a finding matters; `--fail-on` compares with `weight`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def weight(self) -> int:
        """Return 3 for an error, 2 for a warning, 1 for an info."""
        return {"error": 3, "warning": 2, "info": 1}[self.value]


class Confidence(StrEnum):
    """Stated: the author wrote every piece of the evidence as a tag. Inferred: some of it was read from prose."""

    STATED = "stated"
    INFERRED = "inferred"


class Applicability(StrEnum):
    """Safe keeps the meaning; unsafe changes what the record claims; display is advice in words, without edits."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    DISPLAY = "display"


@dataclass(frozen=True, slots=True)
class Fix:
    """A remedy the author can apply: all edits together, in this document unless `filename` says another."""

    title: str
    applicability: Applicability
    edits: tuple[Edit, ...] = ()
    filename: str | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """Another place the finding rests on, in its own words."""

    message: str
    span: Span
    filename: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing said about a record.

    `failures` and `approaches` hold the pairs the fit matrix marks as wrong-fix or makes-worse, and nothing else.
    `words` are the record's own words the finding rests on, in order, and `record` is what the record is called: what
    a baseline knows it by.
    """

    code: str
    name: str
    severity: Severity
    confidence: Confidence
    message: str
    span: Span
    failures: tuple[str, ...] = ()
    approaches: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()
    words: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    """`unnecessary` or `deprecated`, as editors grey out or strike through."""
    record: str = ""


class Likeness(IntEnum):
    """How much a document is like a record: it decides about an AI system and has no mark of one, or it looks like one.

    What merely decides is a record once somebody names it; on a walk it is none.
    """

    NONE = 0
    DECIDES = 1
    LOOKS = 2


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of a document: its records, its findings, and how much it is like a record, if that was asked.

    `failed` names the error of the tool itself that kept it from saying anything.
    """

    records: int
    findings: tuple[Finding, ...]
    likeness: Likeness | None
    failed: str = ""


def fix_for(finding: Finding, *, unsafe: bool) -> Fix | None:
    """Return the fix that is applied for a finding without anybody looking, if there is one.

    A safe fix comes before an unsafe one. What was only inferred is never written down unasked.
    """
    here = [fix for fix in finding.fixes if fix.edits and fix.filename is None]
    safe = next((fix for fix in here if fix.applicability is Applicability.SAFE), None)
    if safe is not None or not unsafe or finding.confidence is Confidence.INFERRED:
        return safe
    return next((fix for fix in here if fix.applicability is Applicability.UNSAFE), None)


def is_guess(finding: Finding) -> bool:
    """Say whether a finding has a fix that is left alone because it rests on what was only inferred."""
    return (
        finding.confidence is Confidence.INFERRED
        and fix_for(finding, unsafe=True) is None
        and any(fix.edits for fix in finding.fixes)
    )
