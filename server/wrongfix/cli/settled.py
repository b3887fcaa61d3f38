"""What is left to report once fixes are applied and accepted findings are set aside."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence

from wrongfix import files, walk
from wrongfix.cli.accepted import unaccepted
from wrongfix.cli.checking import Checking, Outcome
from wrongfix.cli.console import Console
from wrongfix.cli.remedying import Remedied, remedied
from wrongfix.findings import Severity, fix_for, is_guess
from wrongfix.frozen import dataclass, replace
from wrongfix.report import FOR_PEOPLE
from wrongfix.report.model import Checked
from wrongfix.settings import Settings
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
    """Findings that --fix would mend, where it is not asked for."""
    unsafely: int = 0
    """Findings that --unsafe-fixes would mend beyond those, where it is not asked for."""
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
            files_told = _count(len(self.checked), "file")
            yield f"{_count(len(findings), 'finding')} ({told}) in {files_told}{self._hint()}"
        elif self.checked:
            yield f"nothing found in {_count(sum(each.records for each in self.checked), 'record')}"
        if self.guessed:
            told = _count(self.guessed, "fix", "fixes")
            yield f"{told} left to you: what is only inferred is not written down unasked"
        if self.accepted:
            yield f"{_count(self.accepted, 'finding')} accepted by the baseline"
        if self.gone:
            which = "it" if self.gone == 1 else "them"
            yield f"{_count(self.gone, 'accepted finding')} no longer there: wrongfix baseline takes {which} out"

    def _hint(self) -> str:
        """Say how many fixes which flags would apply."""
        safe = f"--fix applies {self.fixable} (marked [*])" if self.fixable else ""
        more = " more" if safe else ""
        unsafe = f"--fix --unsafe-fixes applies {self.unsafely}{more}" if self.unsafely else ""
        told = ", ".join(each for each in (safe, unsafe) if each)
        return f"; {told}" if told else ""


def settle(outcomes: Sequence[Outcome], checking: Checking, options: argparse.Namespace, console: Console) -> Settled:
    """Apply fixes where asked, set accepted findings aside, and return what is left."""
    fixing = _Fixing(checking, options, console)
    outcomes = [fixing.of(outcome) for outcome in outcomes]
    folders = [] if options.changed else [os.path.abspath(path) for path in options.paths or ["."]]
    held = unaccepted([] if options.no_baseline else outcomes, checking.project, folders)
    checked = [
        Checked(outcome.document.source, held.fresh.get(index, outcome.findings), outcome.records)
        for index, outcome in enumerate(outcomes)
    ]
    left = [finding for each in checked for finding in each.findings]
    safe = sum(fix_for(finding, unsafe=False) is not None for finding in left)
    any_ = sum(fix_for(finding, unsafe=True) is not None for finding in left)
    return Settled(
        checked=tuple(checked),
        settings=tuple({id(outcome.settings): outcome.settings for outcome in outcomes}.values()),
        applied=fixing.applied,
        accepted=held.accepted,
        gone=held.gone,
        fixable=0 if options.fix or options.diff else safe,
        unsafely=0 if options.unsafe_fixes else any_ - safe,
        guessed=sum(map(is_guess, left)) if options.unsafe_fixes else 0,
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


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
