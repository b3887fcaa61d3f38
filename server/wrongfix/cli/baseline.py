"""Accept today's findings, or take out of the baseline what no longer occurs.

With a baseline, `check` reports new findings only. It shrinks by itself and grows only with --allow-new.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from pathlib import Path

from wrongfix import baseline, files, walk
from wrongfix.cli.accepted import baseline_of
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
    cache = opened(project, console)
    found = list(walk.find([root], project.settings))
    checking = Checking(project, cache)
    checked = checking.of_files(found, lambda done: console.progress(f"checking {done} of {len(found)} files"))
    console.progress("")
    saved(cache, console)
    outcomes = [
        each
        for each in checked
        if each.counts and baseline_of(each.settings, os.path.dirname(each.document.path)) in (str(path), None)
    ]
    entries, told = _entries(path, outcomes, allow_new=options.allow_new)
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


def _entries(path: Path, outcomes: list[Outcome], *, allow_new: bool) -> tuple[Counter[baseline.Accepted] | None, str]:
    """Return what the baseline is to hold and the words about it; nothing to hold when it stays as it is."""
    found = [(baseline.name_in(path, outcome.document.path), outcome.findings) for outcome in outcomes]
    everything = Counter(baseline.accepted(finding, name) for name, findings in found for finding in findings)
    if not path.exists():
        if not everything:
            return None, "nothing found, so there is nothing to accept"
        return everything, f"{_findings(everything)} accepted"
    try:
        before = baseline.read(path)
    except baseline.BaselineError as error:
        raise CannotDoError(str(error)) from None
    if allow_new:
        return everything, f"{_findings(everything)} accepted, before it were {before.total()}"
    existing = {entry.file for entry in before if os.path.exists(path.parent / entry.file)}
    fresh, occurring = baseline.sift(found, before, existing)
    new = sum(map(len, fresh))
    grown = f"; {new} new not accepted (--allow-new does)" if new else ""
    return occurring, f"{_findings(occurring)} accepted, {before.total() - occurring.total()} taken out{grown}"


def _findings(entries: Counter[baseline.Accepted]) -> str:
    number = entries.total()
    return f"{number} finding{'' if number == 1 else 's'}"
