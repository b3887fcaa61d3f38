"""Failures and approaches read from a record's prose, where no key states them; in doubt it stays silent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wrongfix.evidence.approaches import read_approaches, read_choices
from wrongfix.evidence.failures import read_failures
from wrongfix.evidence.model import Approach, Failure, Stance
from wrongfix.evidence.page import Page, lexicons_of
from wrongfix.evidence.scope import may_concern
from wrongfix.record.model import Record
from wrongfix.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Prose:
    """What the prose of a record says; everything in it is inferred.

    `failures` are observed or required ones, `mentions` are failures named in other modes.
    Both and `approaches` are empty for a record that is not in scope.
    """

    in_scope: bool = False
    failures: tuple[Failure, ...] = ()
    mentions: tuple[Failure, ...] = ()
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
    or when its author `stated` something as a tag.
    """
    lexicons = lexicons_of(vocabulary)
    page = Page(record, lexicons, model)
    if not stated and not may_concern(page.low, lexicons.gate):
        return Prose()
    choices = read_choices(page)
    ai = {name for name, term in vocabulary.approaches.items() if term.ai}
    chosen = {mention.id for mention in choices if mention.stance is Stance.CHOSEN}
    if not stated and not (chosen & ai or (chosen and page.about_ai)):
        return Prose()
    named = read_failures(page)
    return Prose(
        in_scope=True,
        failures=tuple(failure for failure in named if failure.mode.counts),
        mentions=tuple(failure for failure in named if not failure.mode.counts),
        approaches=read_approaches(page, choices),
    )
