"""From matches to findings: which rules speak, what replaces what, how severe it is and in which words; no fixes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from wrongfix.conditions import Case, Match, status_of
from wrongfix.evidence.model import Approach, Failure, confidence_of
from wrongfix.findings import Confidence, Finding, Related, Severity
from wrongfix.fit import Fit
from wrongfix.frozen import dataclass
from wrongfix.rule import Rule
from wrongfix.rulebook import Rulebook
from wrongfix.settings import Settings
from wrongfix.text import Span
from wrongfix.wording import filled, first_of_each, joined, named, quoted

MISFITS = (Fit.WRONG_FIX, Fit.MAKES_WORSE)


@dataclass(frozen=True)
class Judgement:
    """One match of one rule, before it is put into words."""

    rule: Rule
    match: Match
    case: Case

    @cached_property
    def misfits(self) -> tuple[tuple[Failure, ...], tuple[Approach, ...], tuple[str, ...]]:
        """Return the bound failures and approaches that make misfit pairs, and the ids of the approaches judged."""
        pairs = [pair for pair in self.match.pairs if pair.fit in MISFITS]
        failures = tuple(dict.fromkeys(pair.failure for pair in pairs))
        approaches = tuple(dict.fromkeys(pair.approach for pair in pairs))
        return failures, approaches, tuple(dict.fromkeys(pair.approach_id for pair in pairs))

    @property
    def confidence(self) -> Confidence:
        """Return stated only if every failure and approach the match rests on is stated."""
        return confidence_of((*self.match.failures, *self.match.approaches))

    def filled(self, text: str) -> str:
        """Return a text of the rule with its slots filled; a slot that nothing bound is left out."""
        failures, approaches, _ = self.misfits
        failures, approaches = failures or self.match.failures, approaches or self.match.approaches
        record, matrix = self.case.evidence.record, self.case.matrix
        fits = dict.fromkeys(each for failure in failures for each in matrix.fitting(failure.id, Fit.FIRST_FIX))
        return filled(
            text,
            {
                "failure": joined(named(record, failure) for failure in first_of_each(failures)),
                "approach": joined(named(record, approach) for approach in first_of_each(approaches)),
                "failure-id": joined(failure.id for failure in failures),
                "approach-id": joined(approach.id for approach in approaches),
                "first-fix": joined(fits, "or"),
                **self.match.slots,
            },
        )


def judgements(case: Case, rulebook: Rulebook, settings: Settings, concerns: tuple[str, ...]) -> Iterator[Judgement]:
    """Yield what the rules in force find, less what more specific rules replace."""
    found = [
        Judgement(rule, match, case)
        for rule in rulebook.rules
        if rule.concern in concerns and in_profile(rule, case, settings)
        for match in rule.matches(case)
    ]
    replacing: dict[str, list[Match]] = {}
    for other in found:
        for code in other.rule.replaces:
            replacing.setdefault(code, []).append(other.match)
    for judgement in found:
        others = replacing.get(judgement.rule.code, [])
        if _has_evidence(judgement, settings) and (kept := _without_replaced(judgement, others)) is not None:
            rule = judgement.rule
            if settings.runs(rule.code, rule.name, by_profile=True):
                yield kept


def in_profile(rule: Rule, case: Case, settings: Settings) -> bool:
    """Say whether the profile, or the project's own selection, has the rule for a record of this status."""
    if settings.runs(rule.code, rule.name, by_profile=False):
        return True
    if settings.profile == "strict":
        return True
    if rule.profile != "default":
        return False
    return not rule.default_statuses or status_of(case.evidence) in rule.default_statuses


def finding_of(judgement: Judgement, settings: Settings) -> Finding:
    """Put a judgement into words, at its place, without fixes."""
    rule, match = judgement.rule, judgement.match
    failures, _, approach_ids = judgement.misfits
    named = failures or match.failures
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=_severity(judgement, settings),
        confidence=judgement.confidence,
        message=judgement.filled(rule.message),
        span=_place(judgement),
        failures=tuple(dict.fromkeys(failure.id for failure in named)),
        approaches=approach_ids,
        related=tuple(_related(judgement, named)),
        words=tuple(_words(judgement)),
        tags=rule.tags,
        record=judgement.case.evidence.record.called,
    )


def _has_evidence(judgement: Judgement, settings: Settings) -> bool:
    """Say whether a rule that blames an absence may speak: in the default profile it needs stated evidence."""
    needs = judgement.rule.needs_stated
    if needs == "no" or settings.profile != "default" or (needs == "unless-misfit" and judgement.misfits[0]):
        return True
    evidence = judgement.case.evidence
    stated = evidence.stated_failures or evidence.stated_approach
    return stated and judgement.confidence is Confidence.STATED


def _without_replaced(judgement: Judgement, others: Sequence[Match]) -> Judgement | None:
    """Return the judgement without the pairs, failures or approaches that others, of rules replacing it, have taken."""
    if not others:
        return judgement
    match = judgement.match
    if match.pairs:
        taken = {(pair.failure.id, pair.approach.id) for other in others for pair in other.pairs}
        pairs = tuple(pair for pair in match.pairs if (pair.failure.id, pair.approach.id) not in taken)
        if not pairs:
            return None
        failures = tuple(dict.fromkeys(pair.failure for pair in pairs))
        return Judgement(judgement.rule, _narrowed(match, failures, pairs), judgement.case)
    taken_failures = {failure.id for other in others for failure in other.failures}
    taken_approaches = {approach.id for other in others for approach in other.approaches}
    if match.failures:
        left = tuple(failure for failure in match.failures if failure.id not in taken_failures)
        return Judgement(judgement.rule, _narrowed(match, left, ()), judgement.case) if left else None
    if match.approaches and all(approach.id in taken_approaches for approach in match.approaches):
        return None
    return judgement


def _narrowed(match: Match, failures: tuple[Failure, ...], pairs: tuple[object, ...]) -> Match:
    return Match(
        failures=failures,
        approaches=match.approaches,
        span=match.span,
        slots=match.slots,
        facts=match.facts,
        pairs=tuple(pair for pair in match.pairs if pair in pairs),
        gaps=match.gaps,
        removal=match.removal,
    )


def _severity(judgement: Judgement, settings: Settings) -> Severity:
    rule = judgement.rule
    own = settings.severity_of(rule.code, rule.name)
    if own is not None:
        return own
    severity = Severity(rule.severity.get(status_of(judgement.case.evidence), rule.severity["default"]))
    if rule.is_eased(judgement.case):
        severity = Severity.WARNING if severity is Severity.ERROR else Severity.INFO
    failures, _, _ = judgement.misfits
    if failures and judgement.confidence is Confidence.INFERRED:
        return Severity.WARNING
    if failures:
        caps = [_cap(pair.fit, pair.severity) for pair in judgement.match.pairs if pair.fit in MISFITS]
        strongest = max(caps, key=lambda cap: cap.weight)
        return min(severity, strongest, key=lambda each: each.weight)
    if judgement.confidence is Confidence.INFERRED and severity is Severity.ERROR and rule.concern == "content":
        return Severity.WARNING
    return severity


def _cap(fit: Fit, severity: str | None) -> Severity:
    if severity is not None:
        return Severity(severity)
    return Severity.ERROR if fit is Fit.WRONG_FIX else Severity.WARNING


def _place(judgement: Judgement) -> Span:
    match = judgement.match
    if match.span is not None:
        return match.span
    _, approaches, _ = judgement.misfits
    for mentions in (approaches, match.approaches, match.failures, match.facts):
        if mentions:
            return mentions[0].span
    return judgement.case.evidence.record.anchor


def _related(judgement: Judgement, failures: tuple[Failure, ...]) -> Iterator[Related]:
    place = _place(judgement)
    record = judgement.case.evidence.record
    mentions: tuple[Failure | Approach, ...] = (*failures, *judgement.match.approaches)
    for mention in mentions:
        if mention.confidence is Confidence.INFERRED:
            words = ", ".join(f"“{quoted(record.words(span))}”" for span in mention.words or (mention.span,))
            yield Related(f"{mention.id} is read from {words}", mention.span)
        elif mention.span != place:
            yield Related(f"{mention.id} is stated here", mention.span)
    for fact in judgement.match.facts:
        if fact.span != place:
            yield Related(f"{fact.name} is read here", fact.span)


def _words(judgement: Judgement) -> Iterator[str]:
    """Yield the record's own words, as a baseline knows the finding by them."""
    record = judgement.case.evidence.record
    match = judgement.match
    mentions: tuple[Failure | Approach, ...] = (*match.failures, *match.approaches)
    spans = [mention.span for mention in mentions]
    if match.span is not None:
        spans.append(match.span)
    for span in spans:
        yield " ".join(record.source.slice(span).split())
    yield from match.gaps
