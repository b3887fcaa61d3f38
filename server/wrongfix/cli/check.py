"""Lint decision records: files, folders (default .), or - for standard input."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from wrongfix import files, report, walk
from wrongfix.cli.checking import Checking, Outcome, name_of
from wrongfix.cli.console import CannotDoError, Console
from wrongfix.cli.parsing import RARER
from wrongfix.cli.project import Overrides, Project
from wrongfix.cli.remembering import opened, saved
from wrongfix.cli.settled import settle
from wrongfix.cli.showing import show
from wrongfix.findings import Severity
from wrongfix.frozen import replace

if TYPE_CHECKING:
    from argparse import _ActionsContainer as Container

OPERANDS = "[PATH ...]"
EXAMPLE = """examples:
  wrongfix check docs/decisions
  wrongfix check --changed --base-ref origin/main --output-format github
exit status: 0 nothing found, 1 findings, 2 could not do the job"""

_STDIN = "-"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's flags."""
    rarer = parser.add_argument_group(RARER)
    add, seldom = parser.add_argument, rarer.add_argument
    add("paths", nargs="*", metavar="PATH", help=argparse.SUPPRESS)
    add("--output-format", choices=tuple(report.FORMATS), metavar="FORMAT", help=", ".join(report.FORMATS))
    seldom("-o", "--output-file", metavar="FILE", help="write the report to a file")
    add("--fix", action="store_true", help="apply safe fixes")
    add("--unsafe-fixes", action="store_true", help="with --fix or --diff: unsafe ones too")
    add("--diff", action="store_true", help="write nothing, show a patch")
    add_selection(parser, rarer)
    add("--fail-on", choices=tuple(each.value for each in Severity), default=Severity.WARNING.value, metavar="LEVEL",
        help="exit with 1 from error, warning (default), info")  # fmt: skip
    seldom("-e", "--exit-zero", action="store_true", help="exit with 0 though there are findings")
    seldom("--statistics", action="store_true", help="count the findings of each rule")
    seldom("--show-files", action="store_true", help="list the files that would be checked")
    add("--changed", action="store_true", help="only files changed since --base-ref")
    add("--base-ref", metavar="REF", help="a Git revision (default: what is not committed)")
    seldom("--force-exclude", action="store_true", help="leave out what is excluded, or no record, though named")
    seldom("--stdin-filename", metavar="NAME", help="what standard input is called")
    seldom("--no-baseline", action="store_true", help="report accepted findings too")
    seldom("--no-cache", action="store_true", help="neither read nor write the cache")
    add("-w", "--watch", action="store_true", help="check again whenever a file changes")
    add_terminal(rarer)


def add_selection(parser: argparse.ArgumentParser, rarer: Container | None = None) -> None:
    """Declare the flags that say which settings are in force, the less common ones in a group of their own."""
    add, seldom = parser.add_argument, (rarer or parser).add_argument
    add("--select", action="append", metavar="RULES", help="only these: codes, names, families, ALL")
    add("--ignore", action="append", metavar="RULES", help="not these")
    seldom("--extend-select", action="append", metavar="RULES", help="these too")
    seldom("--config", metavar="FILE", help="use this configuration file")
    seldom("--isolated", action="store_true", help="use no configuration file")


def add_terminal(parser: Container) -> None:
    """Declare the flags that say how to speak."""
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", metavar="WHEN",
                        help="auto (default), always or never; NO_COLOR counts")  # fmt: skip
    parser.add_argument("-q", "--quiet", action="store_true", help="findings only, no notes")


def overrides(options: argparse.Namespace) -> Overrides:
    """Return what the flags say about settings."""
    return Overrides(
        config=options.config,
        isolated=options.isolated,
        select=_listed(options.select),
        ignore=_listed(options.ignore),
        extend_select=_listed(options.extend_select),
    )


def run(options: argparse.Namespace, console: Console) -> int:
    """Check once, or again and again."""
    if options.base_ref is not None and not options.changed:
        raise CannotDoError("--base-ref needs --changed")
    if options.unsafe_fixes and not (options.fix or options.diff):
        raise CannotDoError("--unsafe-fixes needs --fix or --diff")
    if options.statistics and options.diff:
        raise CannotDoError("--diff shows a patch and --statistics counts: ask for one of them")
    if options.fix:
        from wrongfix.cli.terminating import end_cleanly  # noqa: PLC0415 # what only reads may end at once

        end_cleanly()
    if options.watch:
        if _STDIN in options.paths:
            raise CannotDoError("--watch cannot watch standard input")
        from wrongfix.cli.watching import watch  # noqa: PLC0415 # rarely asked for

        return watch(lambda: _again(options, console), options.paths or ["."], console)
    return check(options, console, Project(overrides(options)))


def _again(options: argparse.Namespace, console: Console) -> frozenset[str]:
    """Check with all that is in force now, and return the files it rests on beside the records."""
    project = Project(overrides(options))
    check(options, console, project)
    return project.files()


def check(options: argparse.Namespace, console: Console, project: Project) -> int:
    """Check what the paths stand for, and return the exit status."""
    paths = options.paths or ["."]
    if missing := walk.unreachable(path for path in paths if path != _STDIN):
        raise CannotDoError("\nwrongfix: ".join(missing))
    cache = None if options.no_cache or _STDIN in paths else opened(project, console)
    checking = Checking(project, cache, force_exclude=options.force_exclude)
    outcomes = [each for each in _outcomes(paths, checking, options, console) if each.counts]
    console.progress("")
    saved(cache, console)
    if options.show_files:
        console.say("".join(f"{outcome.document.source.name}\n" for outcome in outcomes))
        return 0
    settled = settle(outcomes, checking, options, console)
    show(settled, project, options, console)
    if not outcomes:
        console.note(_nothing(paths, options))
    failed = [outcome for outcome in outcomes if outcome.failed]
    for outcome in failed:
        console.error(f"{outcome.document.source.name} was not checked, by an error of wrongfix: {outcome.failed}")
    if failed or settled.failed:
        return 2
    worst = max((finding.severity.weight for each in settled.checked for finding in each.findings), default=0)
    return int(worst >= Severity(options.fail_on).weight and not options.exit_zero)


def _nothing(paths: Sequence[str], options: argparse.Namespace) -> str:
    """Return why nothing was checked."""
    where = ", ".join(paths)
    if options.changed:
        return f"nothing changed: no record in {where} differs from {options.base_ref or 'the last commit'}"
    return f"no records found in {where}"


def _outcomes(
    paths: Sequence[str], checking: Checking, options: argparse.Namespace, console: Console
) -> Iterator[Outcome]:
    if _STDIN in paths:
        name = options.stdin_filename or "stdin.md"
        path = os.path.abspath(name)
        if not options.force_exclude or walk.would_meet(path, checking.project.settings):
            document = replace(files.decoded(_standard_input(), name_of(path), path), on_disk=False)
            yield checking.of_document(document, named=True)
    named = [path for path in paths if path != _STDIN]
    found = list(walk.find(named, checking.project.settings, force_exclude=options.force_exclude))
    if options.changed:
        from wrongfix.cli.changes import changed_files  # noqa: PLC0415 # rarely asked for

        changed = changed_files(os.getcwd(), options.base_ref)
        found = [each for each in found if os.path.realpath(each.path) in changed or each.path in changed]
    yield from checking.of_files(found, lambda done: console.progress(f"checking {done} of {len(found)} files"))


def _standard_input() -> bytes:
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise CannotDoError(f"standard input cannot be read: {error.strerror or error}") from None


def _listed(values: Sequence[str] | None) -> tuple[str, ...] | None:
    """Return the rules of flags that may be repeated and hold commas; None where the flag is not given."""
    if values is None:
        return None
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())
