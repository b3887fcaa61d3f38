"""Applying fixes until nothing changes: safe ones, unsafe ones when asked for, guesses never."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wrongfix.findings import Finding, Fix, fix_for
from wrongfix.frozen import dataclass
from wrongfix.text import Edit, apply

_MOST_ROUNDS = 20

Examine = Callable[[str], tuple[Finding, ...]]


@dataclass(frozen=True)
class Remedied:
    """A text after its fixes: what is left to say, and how many fixes were applied."""

    text: str
    findings: tuple[Finding, ...]
    applied: int


def remedied(text: str, findings: tuple[Finding, ...], examine: Examine, *, unsafe: bool) -> Remedied:
    """Return a text with the fixes applied that may be, again and again until it settles.

    A text that comes back ends the rounds, so two fixes that undo each other do no harm.
    """
    seen = {text}
    applied = 0
    for _ in range(_MOST_ROUNDS):
        edits, count = _together(fix for finding in findings if (fix := fix_for(finding, unsafe=unsafe)))
        changed = apply(text, edits)
        if not edits or changed in seen:
            break
        seen.add(changed)
        text, applied = changed, applied + count
        findings = examine(text)
    return Remedied(text, findings, applied)


def _together(fixes: Iterable[Fix]) -> tuple[tuple[Edit, ...], int]:
    """Return the edits of all fixes that do not meet an earlier one's, and how many fixes these are."""
    taken: list[Edit] = []
    count = 0
    for fix in fixes:
        if all(_apart(edit, other) for edit in fix.edits for other in taken):
            taken += fix.edits
            count += 1
    return tuple(taken), count


def _apart(one: Edit, other: Edit) -> bool:
    """Say whether two edits touch different characters; two insertions at one place do not stand apart."""
    return one.span.end < other.span.start or other.span.end < one.span.start
