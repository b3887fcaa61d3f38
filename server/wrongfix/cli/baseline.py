"""Accept today's findings, or take out of the baseline what no longer occurs.

With a baseline, `check` reports new findings only. It shrinks by itself and grows only with --allow-new.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from pathlib import Path

from wrongfix import baseline, files, walk
from wrongfix.cli.accepted import baseline_of, entries_of, looked_at, sift
from wrongfix.cli.check import add_selection, add_terminal, overrides
from wrongfix.cli.checking import Checking, Outcome
from wrongfix.cli.console import CannotDoError, Console
from wrongfix.cli.project import Project
from wrongfix.cli.remembering import opened, saved
from wrongfix.settings import BASELINE_NAME

OPERANDS = ""
EXAMPLE = """examples:
  wrongfix baseline                accept today's findings, once
  wrongfix baseline                later: drop what is fixed by now
  wrongfix baseline --allow-new    accept new findings as well"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's flags."""
    parser.add_argument("--allow-new", action="store_true", help="let an existing baseline grow")
    add_selection(parser)
    add_terminal(parser)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the baseline of the project around the current folder."""
    here = os.getcwd()
    project = Project(overrides(options))
    settings = project.settings(here)
    root = settings.root or walk.repository_of(here) or here
    path = Path(settings.baseline or Path(root) / BASELINE_NAME)
    outcomes = [
        each
        for each in _outcomes(root, project, console)
        if baseline_of(each.settings, os.path.dirname(each.document.path)) in (str(path), None)
    ]
    entries, told = _entries(path, outcomes, project, allow_new=options.allow_new)
    if entries is not None:
        if settings.baseline is None and not files.is_inside(os.path.realpath(path), os.path.realpath(root)):
            raise CannotDoError(f"{path}: it is a link that leads out of {root}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            files.replaced(str(path.resolve()), baseline.text(entries).encode())
        except (files.WriteError, OSError) as error:
            raise CannotDoError(f"{path}: {error}") from None
    console.note(f"{os.path.relpath(path)}: {told}")
    return 0


def _outcomes(root: str, project: Project, console: Console) -> list[Outcome]:
    """Return what came of every file below a folder. Raises CannotDoError where it is not all of it."""
    cache = opened(project, console)
    found = list(walk.find([root], project.settings))
    checking = Checking(project, cache)
    outcomes = checking.of_files(found, lambda done: console.progress(f"checking {done} of {len(found)} files"))
    console.progress("")
    saved(cache, console)
    for each in outcomes:
        if each.failed:
            name = each.document.source.name
            raise CannotDoError(f"{name} was not checked, by an error of wrongfix: {each.failed}")
    return outcomes


def _entries(
    path: Path, outcomes: list[Outcome], project: Project, *, allow_new: bool
) -> tuple[Counter[baseline.Accepted] | None, str]:
    """Return what the baseline is to hold and the words about it; nothing to hold when it stays as it is.

    What was not looked at stays: findings of rules that do not run, or in files that were passed over.
    """
    records = [outcome for outcome in outcomes if outcome.counts]
    if not path.exists():
        everything = _everything(path, records)
        if not everything:
            return None, "nothing found, so there is nothing to accept"
        return everything, f"{_findings(everything)} accepted"
    before = entries_of(str(path))
    sifted = sift(str(path), before, records)
    seen = looked_at(str(path), project, [each.document.path for each in outcomes], whole=True)
    kept = Counter({entry: count for entry, count in sifted.absent.items() if not seen(entry)})
    unseen = f" ({kept.total()} of them not looked at)" if kept else ""
    if allow_new:
        after = _everything(path, records) + kept
        return after, f"{_findings(after)} accepted{unseen}, {before.total()} before"
    after = sifted.occurring + kept
    new = sum(map(len, sifted.fresh))
    grown = f"; {new} new not accepted (--allow-new does)" if new else ""
    return after, f"{_findings(after)} accepted{unseen}, {before.total() - after.total()} taken out{grown}"


def _everything(path: Path, records: list[Outcome]) -> Counter[baseline.Accepted]:
    named = [(baseline.name_in(path, record.document.path), record.findings) for record in records]
    return Counter(baseline.accepted(finding, name) for name, findings in named for finding in findings)


def _findings(entries: Counter[baseline.Accepted]) -> str:
    number = entries.total()
    return f"{number} finding{'' if number == 1 else 's'}"
