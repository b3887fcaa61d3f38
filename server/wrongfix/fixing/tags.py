"""Fixes of tags: rename a misspelt one, retag a vague one, write down one that was read from prose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wrongfix.evidence.model import Approach, Failure
from wrongfix.findings import Applicability, Confidence, Fix, Severity
from wrongfix.fit import assess
from wrongfix.fixing import keys
from wrongfix.frozen import replace
from wrongfix.judging import Judgement, finding_of, judgements
from wrongfix.rulebook import Rulebook
from wrongfix.settings import Settings
from wrongfix.text import Edit

_CONCERNS = ("tags", "content")


def renaming(judgement: Judgement, _rulebook: Rulebook, title: str) -> Iterator[Fix]:
    """Write the nearest known id in place of an unknown tag."""
    nearest = judgement.match.slots.get("nearest")
    if nearest and judgement.match.span is not None:
        edit = keys.written(judgement.case.evidence.record, judgement.match.span, nearest)
        yield Fix(judgement.filled(title), Applicability.SAFE, (edit,))


def choosing(judgement: Judgement, rulebook: Rulebook, title: str) -> Iterator[Fix]:
    """Write one of the ids that share a word in its place; one fix for each, since only the author knows which."""
    meanings, span = judgement.match.slots.get("meanings", ""), judgement.match.span
    if not meanings or span is None:
        return
    case = judgement.case
    named = []
    for meaning in meanings.split(" or "):
        failure = (Failure(meaning, Confidence.STATED, span),) if meaning in case.vocabulary.failures else ()
        edit = keys.written(case.evidence.record, span, meaning)
        named.append((f"{judgement.filled(title)} {meaning}", (*case.evidence.failures, *failure), edit))
    yield from _naming(judgement, rulebook, named)


def retagging(judgement: Judgement, rulebook: Rulebook, tags: list[str]) -> Iterator[Fix]:
    """Write a more telling tag in place of a stated vague one; one fix for each."""
    record = judgement.case.evidence.record
    for failure in judgement.match.failures:
        if failure.confidence is Confidence.STATED:
            others = tuple(each for each in judgement.case.evidence.failures if each.id != failure.id)
            named = [
                (
                    f"Retag {failure.id} as {tag}",
                    (*others, replace(failure, id=tag)),
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


def _naming(
    judgement: Judgement, rulebook: Rulebook, named: Sequence[tuple[str, tuple[Failure, ...], Edit]]
) -> Iterator[Fix]:
    """Yield a fix for each name; where the choice does not fit what is named, advice, after the others."""
    revealing = []
    for title, failures, edit in named:
        if _reveals_error(judgement, rulebook, failures):
            revealing.append(Fix(f"{title}, and choose what fits it", Applicability.DISPLAY))
        else:
            yield Fix(title, Applicability.UNSAFE, (edit,))
    yield from revealing


def _reveals_error(judgement: Judgement, rulebook: Rulebook, failures: tuple[Failure, ...]) -> bool:
    """Say whether the record, with these failures, would be told of an error that nothing tells it of now.

    Rules of the strict profile count: what is offered in one profile must not be regretted in the other.
    """
    case, strict = judgement.case, Settings(profile="strict")
    evidence = replace(case.evidence, failures=failures, stated_failures=True)
    changed = replace(case, evidence=evidence, assessment=assess(evidence, case.matrix))
    known = {each.rule.code for each in judgements(case, rulebook, strict, _CONCERNS)}
    return any(
        finding_of(each, strict).severity is Severity.ERROR
        for each in judgements(changed, rulebook, strict, _CONCERNS)
        if each.rule.code not in known
    )
