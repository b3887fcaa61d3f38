"""JSON, version 1: fields may be added, never changed. Characters beyond ASCII are escaped, so terminals are safe."""

from __future__ import annotations

import json
from typing import Any

from wrongfix.findings import Finding, Fix
from wrongfix.report.model import Checked, Report, place
from wrongfix.report.plain import as_text
from wrongfix.text import Source, Span

VERSION = 1


def text(report: Report) -> str:
    """Return one object with all findings."""
    told = {
        "version": VERSION,
        "files": len(report.checked),
        "records": sum(checked.records for checked in report.checked),
        "findings": [as_data(report, checked, finding) for checked, finding in report.findings()],
    }
    return json.dumps(told, indent=2) + "\n"


def as_data(report: Report, checked: Checked, finding: Finding) -> dict[str, Any]:
    """Return a finding as plain data."""
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "message": finding.message,
        "filename": as_text(checked.name),
        **locations(checked.source, finding.span),
        "failures": list(finding.failures),
        "approaches": list(finding.approaches),
        "related": [
            {
                "message": each.message,
                **({"filename": as_text(each.filename)} if each.filename else {}),
                **locations(report.source_of(checked, each.filename), each.span),
            }
            for each in finding.related
        ],
        "fixes": [_fix(report, checked, fix) for fix in finding.fixes],
        "tags": list(finding.tags),
        "url": report.address(finding),
    }


def locations(source: Source, span: Span) -> dict[str, dict[str, int]]:
    """Return the two ends of a span, counted from 1."""
    at = place(source, span)
    return {
        "location": {"row": at.row, "column": at.column},
        "end_location": {"row": at.end_row, "column": at.end_column},
    }


def _fix(report: Report, checked: Checked, fix: Fix) -> dict[str, Any]:
    source = report.source_of(checked, fix.filename)
    named = {"filename": as_text(fix.filename)} if fix.filename else {}
    return {
        "title": fix.title,
        "applicability": fix.applicability.value,
        "edits": [{**named, **locations(source, edit.span), "content": edit.content} for edit in fix.edits],
    }
