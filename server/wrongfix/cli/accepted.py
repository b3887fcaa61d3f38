"""Which findings the baselines accept, and what is known of the accepted ones that were not met; it writes nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wrongfix import files, walk
from wrongfix.cli.checking import Outcome
from wrongfix.cli.console import CannotDoError
from wrongfix.cli.project import Project
from wrongfix.findings import Finding
from wrongfix.frozen import dataclass
from wrongfix.settings import BASELINE_NAME, Settings

if TYPE_CHECKING:
    from collections import Counter

    from wrongfix.baseline import Accepted, Sifted


@dataclass(frozen=True)
class Unaccepted:
    """The findings no baseline accepts, by the place of their document; how many are accepted, how many are gone."""

    fresh: Mapping[int, tuple[Finding, ...]]
    accepted: int
    gone: int


def unaccepted(outcomes: Sequence[Outcome], project: Project, folders: Sequence[str]) -> Unaccepted:
    """Hold outcomes against their baselines; `folders` are the paths that were walked or named, for what is gone."""
    groups: dict[str, list[int]] = {}
    by_folder: dict[tuple[str, str | None], str | None] = {}
    for index, outcome in enumerate(outcomes):
        key = (os.path.dirname(outcome.document.path), outcome.settings.baseline)
        if key not in by_folder:
            by_folder[key] = baseline_of(outcome.settings, key[0])
        if path := by_folder[key]:
            groups.setdefault(path, []).append(index)
    fresh: dict[int, tuple[Finding, ...]] = {}
    accepted = gone = 0
    for path, members in groups.items():
        here = [outcomes[index] for index in members]
        sifted = sift(path, entries_of(path), here)
        fresh.update(zip(members, sifted.fresh, strict=True))
        accepted += sifted.occurring.total()
        if sifted.absent:
            whole = any(files.is_inside(_area(path, here), folder) for folder in folders)
            seen = looked_at(path, project, [each.document.path for each in here if not each.failed], whole=whole)
            gone += sum(count for entry, count in sifted.absent.items() if seen(entry))
    return Unaccepted(fresh, accepted, gone)


def entries_of(path: str) -> Counter[Accepted]:
    """Return what a baseline accepts. Raises CannotDoError."""
    from wrongfix import baseline  # noqa: PLC0415 # most projects have no baseline

    try:
        return baseline.read(Path(path))
    except baseline.BaselineError as error:
        raise CannotDoError(str(error)) from None


def sift(path: str, entries: Counter[Accepted], outcomes: Sequence[Outcome]) -> Sifted:
    """Hold outcomes against the entries of a baseline."""
    from wrongfix import baseline  # noqa: PLC0415 # as above

    file = Path(path)
    existing = {entry.file for entry in entries if os.path.exists(file.parent / entry.file)}
    found = [(baseline.name_in(file, outcome.document.path), outcome.findings) for outcome in outcomes]
    return baseline.sift(found, entries, existing)


def looked_at(path: str, project: Project, seen: Collection[str], *, whole: bool) -> Callable[[Accepted], bool]:
    """Return what says whether an accepted finding of a baseline would have been met, had it been there.

    Its rule has to run for its file, and the file has to be among those seen; one that is gone may have gone anywhere,
    so that all the baseline is about has to be seen: the `whole`.
    """
    folder = os.path.dirname(path)
    known = set(seen)

    def says(entry: Accepted) -> bool:
        file = os.path.normpath(os.path.join(folder, entry.file))
        return (file in known or (whole and not os.path.exists(file))) and _runs(entry.code, file, project)

    return says


def baseline_of(settings: Settings, folder: str) -> str | None:
    """Return the baseline in force in a folder: the configured one, else the closest up to its project's folder."""
    if settings.baseline is not None:
        return settings.baseline
    top = walk.repository_of(folder) or settings.root or os.getcwd()
    return walk.closest(BASELINE_NAME, folder, top)


def _area(path: str, outcomes: Sequence[Outcome]) -> str:
    """Return the folder around everything a baseline is about."""
    roots = {outcome.settings.root for outcome in outcomes if outcome.settings.root}
    return os.path.commonpath([os.path.dirname(path), *roots])


def _runs(code: str, file: str, project: Project) -> bool:
    """Say whether a rule runs for a file, or is one that nobody knows any more."""
    settings = project.settings(os.path.dirname(file))
    rule = project.rulebook(settings).by_name.get(code)
    if rule is None:
        return True
    settings = settings.of_file(settings.path_of(file))
    return settings.runs(rule.code, rule.name, by_profile=settings.profile in (rule.profile, "strict"))
