"""Showing what a check came to: the report in its format, the patch of --diff, and where each of them goes."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from typing import Any

from wrongfix import __version__, files, report
from wrongfix.cli.console import CannotDoError, Console
from wrongfix.cli.project import Project
from wrongfix.cli.settled import Settled, is_beside_a_report
from wrongfix.report.model import Report


def show(settled: Settled, project: Project, options: argparse.Namespace, console: Console) -> None:
    """Write the report, or the patch, where it belongs, and the lines that follow a report for people."""
    form = options.output_format or "concise"
    to_file = options.output_file is not None
    told = Report(
        settled.checked,
        address=lambda finding: _address(settled, project, finding.code),
        page=lambda code: _page(settled, project, code),
        other=lambda name: files.read(name, name).source,
        version=__version__,
        width=console.width,
        colour=console.colour and not to_file,
        rules=(),
    )
    if options.statistics:
        from wrongfix.cli.statistics import statistics  # noqa: PLC0415 # rarely asked for

        _tell(statistics(told, form), settled, options, console)
    elif settled.diff is None or is_beside_a_report(options):
        _tell(report.text(form, told), settled, options, console)
    if settled.diff is not None:
        _show_patch(settled.diff, options, console)
    if form in report.FOR_PEOPLE or settled.diff is not None:
        for line in settled.summary():
            console.note(line)


def _tell(text: str, settled: Settled, options: argparse.Namespace, console: Console) -> None:
    """Write the report where it belongs."""
    if options.output_file is not None:
        _write(options.output_file, text.encode("utf-8", "replace"))
    elif settled.standard_output is not None:
        console.say(settled.standard_output)
        sys.stderr.write(text)
    else:
        console.say(text)


def _show_patch(text: str, options: argparse.Namespace, console: Console) -> None:
    """Write a patch in the place of the report; beside one, to standard output or error, whichever is left."""
    beside = is_beside_a_report(options)
    if options.output_file is not None and not beside:
        _write(options.output_file, text.encode("utf-8", "surrogateescape"))
    elif beside and options.output_file is None:
        sys.stderr.write(text)
    else:
        console.say_exactly(text)


def _write(name: str, data: bytes) -> None:
    """Write a report into a file in one step, or into what stands there and is none: a device, a pipe."""
    try:
        if os.path.exists(name) and not os.path.isfile(name):
            with open(name, "wb") as stream:
                stream.write(data)
        else:
            files.replaced(os.path.realpath(name), data)
    except (files.WriteError, OSError, ValueError) as error:
        raise CannotDoError(f"{name}: {getattr(error, 'strerror', None) or error}") from None


def _address(settled: Settled, project: Project, code: str) -> str | None:
    from wrongfix import explain  # noqa: PLC0415 # the formats for people need no addresses

    for settings in settled.settings:
        if rule := project.rulebook(settings).by_name.get(code):
            return explain.url(rule, settings)
    return None


def _page(settled: Settled, project: Project, code: str) -> Mapping[str, Any] | None:
    from wrongfix import explain  # noqa: PLC0415 # as above

    for settings in settled.settings:
        rulebook = project.rulebook(settings)
        if code in rulebook.explained["rules"] and (rule := rulebook.by_name.get(code)):
            told = {"severity": rule.severity["default"], "help": explain.remedies(rule, rulebook)}
            return {**rulebook.explained["rules"][code], **told}
    return None
