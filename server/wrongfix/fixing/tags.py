"""Fixes of tags: rename a misspelt one, retag a vague one, write down one that was read from prose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wrongfix.evidence.model import Approach, Evidence, Failure, Stance
from wrongfix.findings import Applicability, Confidence, Fix, Severity
from wrongfix.fit import assess
from wrongfix.fixing import keys
from wrongfix.frozen import replace
from wrongfix.judging import Judgement, finding_of, judgements
from wrongfix.rulebook import Rulebook
from wrongfix.settings import Settings
from wrongfix.text import Edit

_CONCERNS = ("tags", "content")


def renaming(judgement: Judgement, rulebook: Rulebook, title: str) -> Iterator[Fix]:
    """Write the known id in place of a misspelt tag; one that is only guessed at is offered, and never safe."""
    match, span = judgement.match, judgement.match.span
    if span is None:
        return
    nearest, record = match.slots.get("nearest"), judgement.case.evidence.record
    if nearest and keys.is_sound(record, span):
        if (edit := keys.written(record, span, nearest)) is not None:
            yield Fix(judgement.filled(title), Applicability.SAFE, (edit,))
    elif not nearest:
        ids = match.slots.get("suggested", "")
        titled = [
            (id_, replace(judgement, match=replace(match, slots={**match.slots, "nearest": id_})).filled(title))
            for id_ in (ids.split(" or ") if ids else ())
        ]
        yield from _meaning(judgement, rulebook, titled)


def choosing(judgement: Judgement, rulebook: Rulebook, title: str) -> Iterator[Fix]:
    """Write one of the ids that share a word in its place; one fix for each, since only the author knows which."""
    meanings = judgement.match.slots.get("meanings", "")
    titled = [(id_, f"{judgement.filled(title)} {id_}") for id_ in (meanings.split(" or ") if meanings else ())]
    yield from _meaning(judgement, rulebook, titled)


def retagging(judgement: Judgement, rulebook: Rulebook, tags: list[str]) -> Iterator[Fix]:
    """Write a more telling tag in place of a stated vague one; one fix for each."""
    record = judgement.case.evidence.record
    for failure in judgement.match.failures:
        if failure.confidence is Confidence.STATED:
            evidence = judgement.case.evidence
            others = tuple(each for each in evidence.failures if each.id != failure.id)
            named = [
                (
                    f"Retag {failure.id} as {tag}",
                    replace(evidence, failures=(*others, replace(failure, id=tag))),
                    keys.written(record, failure.span, tag),
                )
                for tag in tags
            ]
            yield from _naming(judgement, rulebook, named)


def writing(judgement: Judgement) -> Iterator[Fix]:
    """Write an inferred tag or approach into the front matter; one fix for each, never all at once.

    A stated key is the whole answer of its kind, so the new key lists only what the author accepts.
    """
    evidence = judgement.case.evidence
    names = judgement.case.vocabulary.data("keys")
    mentions: tuple[Failure | Approach, ...] = (*judgement.match.failures, *judgement.match.approaches)
    for mention in mentions:
        if mention.confidence is not Confidence.INFERRED:
            continue
        kind = names["failures"] if isinstance(mention, Failure) else names["approaches"]
        edits = keys.added(evidence.record, (*kind["always"], *kind["maybe"]), (mention.id,))
        if edits:
            where = "failure tag" if isinstance(mention, Failure) else "approach"
            yield Fix(f"Write {mention.id} down as {where}", Applicability.UNSAFE, edits)


def _meaning(judgement: Judgement, rulebook: Rulebook, titled: Sequence[tuple[str, str]]) -> Iterator[Fix]:
    """Yield a fix, by id and title, for each id that an unknown word may mean."""
    case, span = judgement.case, judgement.match.span
    if span is None:
        return
    evidence, named = case.evidence, []
    for id_, title in titled:
        if id_ in case.vocabulary.failures:
            failures = (*evidence.failures, Failure(id_, Confidence.STATED, span))
            meant = replace(evidence, failures=failures, stated_failures=True)
        else:
            approaches = (*evidence.approaches, Approach(id_, Stance.CHOSEN, Confidence.STATED, span))
            meant = replace(evidence, approaches=approaches, stated_approach=True)
        named.append((title, meant, keys.written(evidence.record, span, id_)))
    yield from _naming(judgement, rulebook, named)


def _naming(
    judgement: Judgement, rulebook: Rulebook, named: Sequence[tuple[str, Evidence, Edit | None]]
) -> Iterator[Fix]:
    """Yield a fix for each name; where what is named does not fit the rest, or cannot be edited, advice comes last."""
    advice = []
    for title, evidence, edit in named:
        if _reveals_error(judgement, rulebook, evidence):
            advice.append(Fix(f"{title}, and choose what fits it", Applicability.DISPLAY))
        elif edit is None or not keys.is_sound(evidence.record, edit.span):
            advice.append(Fix(title, Applicability.DISPLAY))
        else:
            yield Fix(title, Applicability.UNSAFE, (edit,))
    yield from advice


def _reveals_error(judgement: Judgement, rulebook: Rulebook, evidence: Evidence) -> bool:
    """Say whether the record, with this evidence, would be told of an error that nothing tells it of now.

    Rules of the strict profile count: what is offered in one profile must not be regretted in the other.
    """
    case, strict = judgement.case, Settings(profile="strict")
    changed = replace(case, evidence=evidence, assessment=assess(evidence, case.matrix))
    known = {each.rule.code for each in judgements(case, rulebook, strict, _CONCERNS)}
    return any(
        finding_of(each, strict).severity is Severity.ERROR
        for each in judgements(changed, rulebook, strict, _CONCERNS)
        if each.rule.code not in known
    )
