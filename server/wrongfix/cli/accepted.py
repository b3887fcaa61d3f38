"""Setting aside what a baseline accepts: which baseline is in force for a document, and what it leaves to report."""

from __future__ import annotations

import os
from collections.abc import Sequence

from wrongfix import walk
from wrongfix.cli.checking import Outcome
from wrongfix.cli.console import CannotDoError
from wrongfix.findings import Finding
from wrongfix.settings import BASELINE_NAME, Settings


def without_accepted(outcomes: Sequence[Outcome]) -> tuple[list[tuple[Finding, ...]], int, int]:
    """Return for each document the findings no baseline accepts, how many are accepted, how many no longer occur."""
    groups: dict[str, list[int]] = {}
    by_folder: dict[tuple[str, str | None], str | None] = {}
    for index, outcome in enumerate(outcomes):
        key = (os.path.dirname(outcome.document.path), outcome.settings.baseline)
        if key not in by_folder:
            by_folder[key] = baseline_of(outcome.settings, key[0])
        if path := by_folder[key]:
            groups.setdefault(path, []).append(index)
    fresh = [outcome.findings for outcome in outcomes]
    accepted = gone = 0
    for path, members in groups.items():
        counts = _sift(path, members, outcomes, fresh)
        accepted, gone = accepted + counts[0], gone + counts[1]
    return fresh, accepted, gone


def _sift(
    path: str, members: list[int], outcomes: Sequence[Outcome], fresh: list[tuple[Finding, ...]]
) -> tuple[int, int]:
    """Take the findings of some documents that a baseline accepts out of `fresh`; count them, and those gone."""
    from pathlib import Path  # noqa: PLC0415 # most projects have no baseline

    from wrongfix import baseline  # noqa: PLC0415 # as above

    file = Path(path)
    try:
        entries = baseline.read(file)
    except baseline.BaselineError as error:
        raise CannotDoError(str(error)) from None
    names = [baseline.name_in(file, outcomes[index].document.path) for index in members]
    found = [(name, fresh[index]) for name, index in zip(names, members, strict=True)]
    existing = {entry.file for entry in entries if os.path.exists(file.parent / entry.file)}
    left, occurring = baseline.sift(found, entries, existing)
    for index, findings in zip(members, left, strict=True):
        fresh[index] = findings
    looked_at = sum(count for entry, count in entries.items() if entry.file in names or entry.file not in existing)
    return occurring.total(), max(0, looked_at - occurring.total())


def baseline_of(settings: Settings, folder: str) -> str | None:
    """Return the baseline in force in a folder: the configured one, else the closest up to its project's folder."""
    if settings.baseline is not None:
        return settings.baseline
    top = walk.repository_of(folder) or settings.root or os.getcwd()
    return walk.closest(BASELINE_NAME, folder, top)
