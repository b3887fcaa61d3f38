"""The one road from text to findings; editor and command line call the same `examine`. It reads no file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wrongfix.evidence.gather import gather
from wrongfix.evidence.model import Evidence
from wrongfix.findings import Finding
from wrongfix.frozen import dataclass, replace
from wrongfix.record.model import Problem, Record
from wrongfix.record.read import read
from wrongfix.rulebook import Rulebook
from wrongfix.settings import Settings
from wrongfix.text import Source, Span

if TYPE_CHECKING:
    from wrongfix.conditions import Case, Outcome

_DIRECTIVE = "wrongfix"
"""Every silencing comment has this word in it."""


@dataclass(frozen=True)
class Examination:
    """Everything known about one document: its records, the evidence of each (same order), and the findings."""

    source: Source
    records: tuple[Record, ...]
    evidence: tuple[Evidence, ...]
    findings: tuple[Finding, ...]


def check(source: Source, rulebook: Rulebook, settings: Settings) -> tuple[Finding, ...]:
    """Return the findings of a document, in the order of their places."""
    return examine(source, rulebook, settings).findings


def examine(source: Source, rulebook: Rulebook, settings: Settings) -> Examination:
    """Read a document and judge it. Never raises on what a document holds."""
    records = read(source, rulebook.vocabulary)
    evidence = tuple(gather(record, rulebook.vocabulary, lambda: rulebook.model) for record in records)
    findings = tuple(found for each in evidence for found in _of_record(each, rulebook, settings))
    if _DIRECTIVE in source.text:
        findings = _unsilenced(source, records, evidence, findings, rulebook, settings)
    return Examination(source, records, evidence, tuple(sorted(set(findings), key=_order)))


def examine_unread(source: Source, problem: Problem, rulebook: Rulebook, settings: Settings) -> Examination:
    """Judge a document that could not be read or decoded: the problem is all that is known of it."""
    text = source.text
    record = Record(source, "unreadable", Span(0, len(text)), " " * len(text), problems=(problem,))
    evidence = Evidence(record)
    found = _found(_case(evidence, rulebook, settings), rulebook, settings, ("record",))
    return Examination(source, (record,), (evidence,), found)


def _of_record(evidence: Evidence, rulebook: Rulebook, settings: Settings) -> tuple[Finding, ...]:
    """Return the findings of one record; rules are not even loaded where there is nothing they could be about."""
    about = {
        "record": bool(evidence.record.problems),
        "tags": bool(evidence.unknown),
        "content": _is_judged(evidence, rulebook),
    }
    concerns = tuple(concern for concern, present in about.items() if present)
    return _found(_case(evidence, rulebook, settings), rulebook, settings, concerns) if concerns else ()


def _unsilenced(
    source: Source,
    records: tuple[Record, ...],
    evidence: tuple[Evidence, ...],
    findings: tuple[Finding, ...],
    rulebook: Rulebook,
    settings: Settings,
) -> tuple[Finding, ...]:
    """Return the findings that no comment silences, and those about comments that came to nothing."""
    from wrongfix import directives  # noqa: PLC0415 # few documents silence anything

    written = directives.read(source, records)
    kept, used = directives.silence(findings, written)
    outcomes = directives.outcomes(source, written, used, rulebook, settings)
    if not outcomes or not evidence:
        return kept
    case = _case(evidence[0], rulebook, settings, outcomes)
    return (*kept, *_found(case, rulebook, settings, ("directives",)))


def _is_judged(evidence: Evidence, rulebook: Rulebook) -> bool:
    """Say whether the content families speak: the record is in scope, chooses or states something, and still stands.

    Failures that were only read from prose, with no choice beside them, are shown and not judged.
    """
    status = evidence.record.status
    ended = rulebook.vocabulary.data("defaults")["ended-statuses"]
    claims = bool(evidence.chosen) or evidence.stated_failures or evidence.stated_approach
    return evidence.in_scope and claims and (status is None or status.value not in ended)


def _case(evidence: Evidence, rulebook: Rulebook, settings: Settings, directives: tuple[Outcome, ...] = ()) -> Case:
    from wrongfix.conditions import Case  # noqa: PLC0415 # a record that claims nothing is no case
    from wrongfix.fit import assess  # noqa: PLC0415 # as above

    return Case(
        evidence=evidence,
        assessment=assess(evidence, rulebook.fit),
        matrix=rulebook.fit,
        vocabulary=rulebook.vocabulary,
        thresholds={**rulebook.vocabulary.data("defaults")["thresholds"], **settings.thresholds},
        directives=directives,
    )


def _found(case: Case, rulebook: Rulebook, settings: Settings, concerns: tuple[str, ...]) -> tuple[Finding, ...]:
    from wrongfix.fixing import fixes_of  # noqa: PLC0415 # a record that claims nothing needs no remedy
    from wrongfix.judging import finding_of, judgements  # noqa: PLC0415 # as above

    return tuple(
        replace(finding_of(judgement, settings), fixes=fixes_of(judgement, rulebook))
        for judgement in judgements(case, rulebook, settings, concerns)
    )


def _order(finding: Finding) -> tuple[int, int, str]:
    return (finding.span.start, finding.span.end, finding.code)
