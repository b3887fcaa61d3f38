"""What is left to report once fixes are applied and accepted findings are set aside."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence

from wrongfix import files, walk
from wrongfix.cli.checking import Checking, Outcome
from wrongfix.cli.console import CannotDoError, Console
from wrongfix.cli.remedying import Remedied, fix_for, is_guess, remedied
from wrongfix.findings import Finding, Severity
from wrongfix.frozen import dataclass, replace
from wrongfix.report import FOR_PEOPLE
from wrongfix.report.model import Checked
from wrongfix.settings import BASELINE_NAME, Settings
from wrongfix.text import Source


@dataclass(frozen=True)
class Settled:
    """The documents with what is left to say about them, and what was done: `failed` when a file was not written."""

    checked: tuple[Checked, ...]
    settings: tuple[Settings, ...]
    applied: int = 0
    accepted: int = 0
    gone: int = 0
    fixable: int = 0
    guessed: int = 0
    """Fixes asked for that rest on guesses, and so were left alone."""
    diff: str | None = None
    standard_output: str | None = None
    failed: bool = False

    def summary(self) -> Iterator[str]:
        """Yield the lines that follow a report for people."""
        findings = [finding for checked in self.checked for finding in checked.findings]
        if self.applied:
            yield f"{_count(self.applied, 'fix', 'fixes')} {'would be ' if self.diff is not None else ''}applied"
        if findings:
            kinds = [(severity, sum(each.severity is severity for each in findings)) for severity in Severity]
            told = ", ".join(_count(number, severity.value) for severity, number in kinds if number)
            hint = f"; --fix applies {self.fixable}" if self.fixable and not self.applied else ""
            files_told = _count(len(self.checked), "file")
            yield f"{_count(len(findings), 'finding')} ({told}) in {files_told}{hint}"
        elif self.checked:
            yield f"nothing found in {_count(sum(each.records for each in self.checked), 'record')}"
        if self.guessed:
            told = _count(self.guessed, "fix", "fixes")
            yield f"{told} left to you: what is only inferred is not written down unasked"
        if self.accepted:
            yield f"{_count(self.accepted, 'finding')} accepted by the baseline"
        if self.gone:
            yield f"{_count(self.gone, 'accepted finding')} no longer there: wrongfix baseline takes them out"


def settle(outcomes: Sequence[Outcome], checking: Checking, options: argparse.Namespace, console: Console) -> Settled:
    """Apply fixes where asked, set accepted findings aside, and return what is left."""
    fixing = _Fixing(checking, options, console)
    outcomes = [fixing.of(outcome) for outcome in outcomes]
    fresh, accepted, gone = (
        ([outcome.findings for outcome in outcomes], 0, 0) if options.no_baseline else _without_accepted(outcomes)
    )
    checked = [
        Checked(outcome.document.source, findings, outcome.records)
        for outcome, findings in zip(outcomes, fresh, strict=True)
    ]
    return Settled(
        checked=tuple(checked),
        settings=tuple({id(outcome.settings): outcome.settings for outcome in outcomes}.values()),
        applied=fixing.applied,
        accepted=accepted,
        gone=gone,
        fixable=sum(fix_for(finding, unsafe=False) is not None for each in checked for finding in each.findings),
        guessed=sum(is_guess(finding) for each in checked for finding in each.findings) * options.unsafe_fixes,
        diff="".join(fixing.diffs) if options.diff else None,
        standard_output=fixing.standard_output,
        failed=fixing.failed,
    )


class _Fixing:
    """The fixing of one run: what was applied, what it would change, and whether a file could not be written."""

    def __init__(self, checking: Checking, options: argparse.Namespace, console: Console) -> None:
        self._checking = checking
        self._options = options
        self._console = console
        self.applied = 0
        self.diffs: list[str] = []
        self.standard_output: str | None = None
        self.failed = False

    def of(self, outcome: Outcome) -> Outcome:
        """Return a document's outcome after its fixes; with --diff, as it was."""
        if not (self._options.fix or self._options.diff) or outcome.document.problem is not None:
            return outcome
        before = outcome.document.source
        after = remedied(
            before.text,
            outcome.findings,
            lambda text: self._checking.again(outcome, text),
            unsafe=self._options.unsafe_fixes,
        )
        if self._options.diff:
            self._show(outcome, after)
            return outcome
        document = replace(outcome.document, source=Source(before.name, after.text))
        if "-" in self._options.paths and not outcome.document.on_disk:
            self.standard_output = after.text
        elif after.text != before.text:
            try:
                document = files.write(outcome.document, after.text, _folder_of(outcome))
            except files.WriteError as error:
                self._console.error(f"{before.name}: not fixed: {error}")
                self.failed = True
                return outcome
        self.applied += after.applied
        return replace(outcome, document=document, findings=after.findings)

    def _show(self, outcome: Outcome, after: Remedied) -> None:
        """Add what fixes would change in a document to the patch."""
        from wrongfix.cli.patch import patch  # noqa: PLC0415 # rarely asked for

        if not after.applied:
            return
        if outcome.document.encoding.startswith("utf-16"):
            self._console.note(f"{outcome.document.source.name}: not in the patch: it is UTF-16")
            return
        self.applied += after.applied
        colour = self._console.colour and self._options.output_file is None and not is_beside_a_report(self._options)
        readable = is_for_reading(self._options, self._console)
        self.diffs += patch(outcome.document, after.text, readable=readable, colour=colour)


def is_beside_a_report(options: argparse.Namespace) -> bool:
    """Say whether a patch stands beside a report: a format for machines is asked for, and its report keeps its place.

    Where the report is for people, the patch takes its place.
    """
    return options.output_format not in (None, *FOR_PEOPLE)


def is_for_reading(options: argparse.Namespace, console: Console) -> bool:
    """Say whether a patch goes where people read it, and not into a file or a pipe."""
    if options.output_file is not None:
        return is_beside_a_report(options) and console.interactive
    return is_beside_a_report(options) or console.interactive or console.colour


def _folder_of(outcome: Outcome) -> str:
    """Return the folder that no link may lead a fix out of: the repository, the settings' folder, or the file's own."""
    folder = os.path.dirname(outcome.document.path)
    return walk.repository_of(folder) or outcome.settings.root or folder


def _without_accepted(outcomes: Sequence[Outcome]) -> tuple[list[tuple[Finding, ...]], int, int]:
    """Return for each document the findings no baseline accepts, how many are accepted, how many no longer occur."""
    groups: dict[str, list[int]] = {}
    by_folder: dict[tuple[str, str | None], str | None] = {}
    for index, outcome in enumerate(outcomes):
        key = (os.path.dirname(outcome.document.path), outcome.settings.baseline)
        if key not in by_folder:
            by_folder[key] = baseline_of(outcome)
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


def baseline_of(outcome: Outcome) -> str | None:
    """Return the baseline in force for a document: the configured one, else the closest up to its project's folder."""
    if outcome.settings.baseline is not None:
        return outcome.settings.baseline
    folder = os.path.dirname(outcome.document.path)
    top = walk.repository_of(folder) or outcome.settings.root or os.getcwd()
    return walk.closest(BASELINE_NAME, folder, top)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
