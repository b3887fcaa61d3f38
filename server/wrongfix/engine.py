"""The one road from text to findings; editor and command line call the same `examine`. It reads no file."""

from __future__ import annotations

from wrongfix import directives
from wrongfix.conditions import Case
from wrongfix.evidence.gather import gather
from wrongfix.evidence.model import Evidence
from wrongfix.findings import Finding
from wrongfix.fit import assess
from wrongfix.fixing import fixes_of
from wrongfix.frozen import dataclass, replace
from wrongfix.judging import finding_of, judgements
from wrongfix.record.model import Problem, Record
from wrongfix.record.read import read
from wrongfix.rulebook import Rulebook
from wrongfix.settings import Settings
from wrongfix.text import Source, Span


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
    findings: list[Finding] = []
    for each in evidence:
        findings += _of_record(each, rulebook, settings)
    written = directives.read(source, records)
    kept, used = directives.silence(findings, written)
    outcomes = directives.outcomes(source, written, used, rulebook, settings)
    if outcomes and evidence:
        case = replace(_case(evidence[0], rulebook, settings), directives=outcomes)
        kept += _found(case, rulebook, settings, ("directives",))
    return Examination(source, records, evidence, tuple(sorted(set(kept), key=_order)))


def examine_unread(source: Source, problem: Problem, rulebook: Rulebook, settings: Settings) -> Examination:
    """Judge a document that could not be read or decoded: the problem is all that is known of it."""
    text = source.text
    record = Record(source, "unreadable", Span(0, len(text)), " " * len(text), problems=(problem,))
    evidence = Evidence(record)
    found = _found(_case(evidence, rulebook, settings), rulebook, settings, ("record",))
    return Examination(source, (record,), (evidence,), found)


def _of_record(evidence: Evidence, rulebook: Rulebook, settings: Settings) -> tuple[Finding, ...]:
    concerns = ("record", "tags", "content") if _is_judged(evidence, rulebook) else ("record", "tags")
    return _found(_case(evidence, rulebook, settings), rulebook, settings, concerns)


def _is_judged(evidence: Evidence, rulebook: Rulebook) -> bool:
    """Say whether the content families speak: the record is in scope and its decision still stands."""
    status = evidence.record.status
    ended = rulebook.vocabulary.data("defaults")["ended-statuses"]
    return evidence.in_scope and (status is None or status.value not in ended)


def _case(evidence: Evidence, rulebook: Rulebook, settings: Settings) -> Case:
    return Case(
        evidence=evidence,
        assessment=assess(evidence, rulebook.fit),
        matrix=rulebook.fit,
        vocabulary=rulebook.vocabulary,
        thresholds={**rulebook.vocabulary.data("defaults")["thresholds"], **settings.thresholds},
    )


def _found(case: Case, rulebook: Rulebook, settings: Settings, concerns: tuple[str, ...]) -> tuple[Finding, ...]:
    return tuple(
        replace(finding_of(judgement, settings), fixes=fixes_of(judgement, rulebook))
        for judgement in judgements(case, rulebook, settings, concerns)
    )


def _order(finding: Finding) -> tuple[int, int, str]:
    return (finding.span.start, finding.span.end, finding.code)
