"""Remedies for findings: edits to this document's text, or advice in words; nothing is applied here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from wrongfix.findings import Applicability, Fix
from wrongfix.fixing import approaches, sections, tags
from wrongfix.judging import Judgement
from wrongfix.rulebook import Rulebook

__all__ = ["FIXES", "fixes_of"]


def fixes_of(judgement: Judgement, rulebook: Rulebook) -> tuple[Fix, ...]:
    """Return the fixes a finding offers: those its rule names, in order, then writing down what was read from prose."""
    fixes = [
        fix
        for template in judgement.rule.fixes
        for kind, argument in template.items()
        for fix in FIXES[kind](judgement, rulebook, argument)
    ]
    fixes += tags.writing(judgement)
    return tuple(dict.fromkeys(fixes))


def _suggestion(judgement: Judgement, _rulebook: Rulebook, argument: str) -> Iterator[Fix]:
    """Advice in words, with the message's slots."""
    yield Fix(judgement.filled(argument), Applicability.DISPLAY)


def _removal(judgement: Judgement, _rulebook: Rulebook, title: str) -> Iterator[Fix]:
    """Take a directive out that silences nothing."""
    if judgement.match.removal is not None:
        yield Fix(title, Applicability.SAFE, (judgement.match.removal,))


FIXES: Mapping[str, Callable[[Judgement, Rulebook, Any], Iterator[Fix]]] = {
    "replace": approaches.replacement,
    "add": approaches.addition,
    "drop": approaches.removal,
    "rename": tags.renaming,
    "choose": tags.choosing,
    "retag": tags.retagging,
    "insert": sections.insertion,
    "reorder": sections.reordering,
    "remove-directive": _removal,
    "suggest": _suggestion,
}
"""The kinds of fix a rule file can name, each with what it takes."""
