"""Gathering a record's evidence: what is stated, joined by what prose says and the facts; it decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wrongfix.evidence.model import Evidence, Fact
from wrongfix.evidence.scope import gate_of
from wrongfix.evidence.stated import read_stated
from wrongfix.record.model import Record
from wrongfix.vocabulary import Vocabulary


def gather(record: Record, vocabulary: Vocabulary, model: Callable[[], Any]) -> Evidence:
    """Return what a record says fails and what it chooses; `model` is called only if prose has to be weighed."""
    stated = read_stated(record, vocabulary)
    tagged = bool(stated.failures or stated.approaches)
    if not tagged and not _may_concern_ai(record, vocabulary):
        return Evidence(record, unknown=stated.unknown)
    from wrongfix.evidence.prose import read_prose  # noqa: PLC0415 # most records are about something else

    prose = read_prose(record, vocabulary, model, stated=tagged)
    return Evidence(
        record=record,
        in_scope=prose.in_scope,
        failures=(*stated.failures, *prose.failures),
        read_mentions=prose.read_mentions,
        approaches=(*stated.approaches, *prose.approaches),
        tried=stated.tried,
        ruled_out=stated.ruled_out,
        out_of_scope=stated.out_of_scope,
        unknown=stated.unknown,
        stated_failures=bool(stated.failures),
        stated_approach=bool(stated.approaches),
        read_facts=lambda: _facts(record, vocabulary),
    )


def _may_concern_ai(record: Record, vocabulary: Vocabulary) -> bool:
    """Say whether prose can name an approach: a piece of a word of the field, or of a team's own, is in it."""
    title = record.title.value if record.title is not None else ""
    return gate_of(vocabulary).lets_in(f"{title} {record.prose}")


def _facts(record: Record, vocabulary: Vocabulary) -> Mapping[str, tuple[Fact, ...]]:
    from wrongfix.evidence.facts import read_facts  # noqa: PLC0415 # most records are judged without facts

    return read_facts(record, vocabulary)
