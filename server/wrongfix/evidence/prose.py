"""Failures and approaches read from a record's prose, where no key states them; in doubt it stays silent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wrongfix.evidence.approaches import read_approaches, read_choices
from wrongfix.evidence.failures import UNJUDGED, Claim, read_failures, read_mentions
from wrongfix.evidence.mentions import Mention
from wrongfix.evidence.model import Approach, Failure, Stance
from wrongfix.evidence.page import Page
from wrongfix.evidence.scope import Subject
from wrongfix.evidence.wordlists import lexicons_of
from wrongfix.frozen import dataclass, field
from wrongfix.record.model import Record
from wrongfix.vocabulary import Vocabulary

_SURE, _SURER = 0.9, 0.97
_LIKELY = 0.3


@dataclass(frozen=True, slots=True)
class Prose:
    """What the prose of a record says; everything in it is inferred.

    `failures` are observed or required ones, `read_mentions` returns failures named in other modes.
    Both and `approaches` are empty for a record that is not in scope.
    """

    in_scope: bool = False
    failures: tuple[Failure, ...] = ()
    read_mentions: Callable[[], tuple[Failure, ...]] = field(default=tuple, repr=False, compare=False)
    approaches: tuple[Approach, ...] = ()


def read_prose(
    record: Record,
    vocabulary: Vocabulary,
    model: Callable[[], Any] | None = None,
    *,
    stated: bool = False,
) -> Prose:
    """Return what the prose says fails and what is done about it; `model` is called only where sentences are weighed.

    A record is in scope when it chooses an approach that is about AI by itself, or a generic one in a record about AI,
    when it is about AI and tells what fails, or when its author `stated` something as a tag.
    """
    lexicons = lexicons_of(vocabulary)
    page = Page(record, lexicons, model)
    choices = read_choices(page)
    claims: tuple[Claim, ...] | None = None
    if not stated:
        subject, chooses = page.subject, any(mention.stance is Stance.CHOSEN for mention in choices)
        if subject is Subject.VAGUE or (subject is Subject.UNSAID and chooses):
            claims = read_failures(page)
            if chooses or not page.is_long:
                # what clearly tells a failure of such a system makes the subject clearer, and a clear choice does
                clear = sum(claim.score > UNJUDGED for claim in claims)
                clear += any(_is_telling(mention, vocabulary) for mention in choices)
                subject = Subject(min(subject + clear, Subject.CLEAR))
        if subject is Subject.UNSAID:
            return Prose()
        choices = [mention for mention in choices if _stands(mention, subject, vocabulary)]
        if not any(mention.stance is Stance.CHOSEN for mention in choices):
            claims = () if subject is not Subject.CLEAR else read_failures(page) if claims is None else claims
            if not claims:
                return Prose()
    claims = read_failures(page) if claims is None else claims
    return Prose(
        in_scope=True,
        failures=tuple(claim.failure for claim in claims),
        # a page of its own, as a log of many records must not keep the pages of all of them
        read_mentions=lambda: read_mentions(Page(record, lexicons, model)),
        approaches=read_approaches(page, choices),
    )


def _is_telling(mention: Mention, vocabulary: Vocabulary) -> bool:
    """Say whether a choice is so clear, and so much one of the field alone, that it tells what the record is about."""
    return mention.score >= _SURER and mention.stance is Stance.CHOSEN and vocabulary.approaches[mention.id].ai


def _stands(mention: Mention, subject: Subject, vocabulary: Vocabulary) -> bool:
    """Say whether a choice is believed in a record with this subject; what is not chosen does no harm."""
    if mention.stance is not Stance.CHOSEN or subject is Subject.CLEAR:
        return True
    if mention.named and subject is Subject.VAGUE and vocabulary.approaches[mention.id].ai:
        return True
    return mention.score >= (_LIKELY if mention.named else _SURE)
