"""Reviewdog's rdjson: columns count bytes of UTF-8; none but a safe fix is suggested, to be applied as it stands."""

from __future__ import annotations

import json
from typing import Any

from wrongfix.findings import Applicability, Finding, Severity
from wrongfix.report.model import Report
from wrongfix.report.plain import as_text
from wrongfix.text import Source, Span

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def text(report: Report) -> str:
    """Return one object with all diagnostics."""
    told = []
    for checked, finding in report.findings():
        address = report.address(finding)
        told.append(
            {
                "message": f"{finding.message} ({finding.name})",
                "location": {"path": as_text(checked.name), "range": _range(checked.source, finding.span)},
                "severity": _SEVERITIES[finding.severity],
                "code": {"value": finding.code, **({"url": address} if address else {})},
                "suggestions": _suggestions(checked.source, finding),
            }
        )
    return json.dumps({"source": {"name": "wrongfix"}, "diagnostics": told}, indent=2) + "\n"


def _suggestions(source: Source, finding: Finding) -> list[dict[str, Any]]:
    safe = (fix for fix in finding.fixes if fix.applicability is Applicability.SAFE and fix.filename is None)
    edits = next((fix.edits for fix in safe), ())
    return [{"range": _range(source, edit.span), "text": edit.content} for edit in edits]


def _range(source: Source, span: Span) -> dict[str, dict[str, int]]:
    return {"start": _position(source, span.start), "end": _position(source, span.end)}


def _position(source: Source, offset: int) -> dict[str, int]:
    at = source.position(offset)
    before = source.text[source.line_starts[at.row] : source.line_starts[at.row] + at.column]
    return {"line": at.row + 1, "column": len(before.encode("utf-8", "replace")) + 1}
