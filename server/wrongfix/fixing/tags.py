"""Fixes of tags: rename a misspelt one, retag a vague one, write down one that was read from prose."""

from __future__ import annotations

from collections.abc import Iterator

from wrongfix.evidence.model import Approach, Failure
from wrongfix.findings import Applicability, Confidence, Fix
from wrongfix.fixing import keys
from wrongfix.judging import Judgement
from wrongfix.rulebook import Rulebook


def renaming(judgement: Judgement, _rulebook: Rulebook, title: str) -> Iterator[Fix]:
    """Write the nearest known id in place of an unknown tag."""
    nearest = judgement.match.slots.get("nearest")
    if nearest and judgement.match.span is not None:
        edit = keys.written(judgement.case.evidence.record, judgement.match.span, nearest)
        yield Fix(judgement.filled(title), Applicability.SAFE, (edit,))


def choosing(judgement: Judgement, _rulebook: Rulebook, title: str) -> Iterator[Fix]:
    """Write one of the ids that share a word in its place; one fix for each, since only the author knows which."""
    meanings, span = judgement.match.slots.get("meanings", ""), judgement.match.span
    if not meanings or span is None:
        return
    for meaning in meanings.split(" or "):
        edit = keys.written(judgement.case.evidence.record, span, meaning)
        yield Fix(f"{judgement.filled(title)} {meaning}", Applicability.UNSAFE, (edit,))


def retagging(judgement: Judgement, _rulebook: Rulebook, tags: list[str]) -> Iterator[Fix]:
    """Write a more telling tag in place of a stated vague one; one fix for each."""
    record = judgement.case.evidence.record
    for failure in judgement.match.failures:
        if failure.confidence is Confidence.STATED:
            for tag in tags:
                yield Fix(
                    f"Retag {failure.id} as {tag}",
                    Applicability.UNSAFE,
                    (keys.written(record, failure.span, tag),),
                )


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
