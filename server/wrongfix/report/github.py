"""Workflow commands that GitHub Actions turns into annotations; what could end or forge a command is escaped."""

from __future__ import annotations

from wrongfix.findings import Severity
from wrongfix.report.model import Report, place
from wrongfix.report.plain import plain

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def text(report: Report) -> str:
    """Return one command a finding."""
    lines = []
    for checked, finding in report.findings():
        at = place(checked.source, finding.span)
        properties = {"title": f"wrongfix {finding.code} {finding.name}", "file": checked.name, "line": at.row}
        properties |= {"col": at.column, "endLine": at.end_row}
        if at.end_row == at.row:
            properties["endColumn"] = at.end_column
        listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
        lines.append(f"::{_LEVELS[finding.severity]} {listed}::{_data(finding.message)}\n")
    return "".join(lines)


def _data(words: str) -> str:
    return plain(words).replace("%", "%25")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")
