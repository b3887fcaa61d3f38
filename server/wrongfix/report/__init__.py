"""Reports: findings as people and machines read them; each format is one function, and none changes the exit status."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from wrongfix.report.model import Report

FORMATS: Mapping[str, str] = {
    "concise": "wrongfix.report.concise",
    "full": "wrongfix.report.full",
    "json": "wrongfix.report.jsonform",
    "json-lines": "wrongfix.report.jsonlines",
    "sarif": "wrongfix.report.sarif",
    "github": "wrongfix.report.github",
    "gitlab": "wrongfix.report.gitlab",
    "junit": "wrongfix.report.junit",
    "rdjson": "wrongfix.report.rdjson",
}
"""The formats by name, each with the module whose function `text` writes it."""
FOR_PEOPLE = ("concise", "full")
"""The formats that say nothing when there is nothing to say, and are followed by a summary."""


def text(form: str, report: Report) -> str:
    """Return the report in a format; empty, or ending in a line end."""
    written: str = import_module(FORMATS[form]).text(report)
    return written
